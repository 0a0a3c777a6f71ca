"""Writes small arrays as NumPy has them, and what plain NumPy selects from them. Needs numpy and scipy: python3 select.py"""

import json
from pathlib import Path

import numpy as np
from scipy.special import entr, softmax

OUT = Path(__file__).resolve().parent / "Select"
OUT.mkdir(exist_ok=True)
random = np.random.default_rng(7)
N, S, C, D = 40, 6, 3, 5

logits = random.normal(size=(N, C)) * 2
samples = softmax(logits + random.normal(size=(S, N, C)), axis=2)
probabilities = softmax(logits, axis=1)
embeddings = random.normal(size=(N, D)).astype(np.float32)
mean, std = random.normal(size=N), random.uniform(0.1, 1, size=N)
values = random.normal(size=(S, N)) * random.uniform(0.1, 2, size=N)
labelled = np.array([31, 4, 17])
labels = np.array([0, 2, 1])
pool = np.setdiff1d(np.arange(N), labelled)

np.save(OUT / "probabilities.npy", probabilities)
np.save(OUT / "probabilities_single.npy", probabilities.astype(np.float32))
np.save(OUT / "logits.npy", logits)
np.save(OUT / "samples.npy", samples)
np.save(OUT / "embeddings.npy", embeddings)
np.save(OUT / "embeddings_double.npy", embeddings.astype(float))
np.save(OUT / "mean.npy", mean)
np.save(OUT / "std.npy", std[:, None])
np.save(OUT / "values.npy", values)
np.save(OUT / "labelled.npy", labelled)
np.save(OUT / "labels.npy", labels)
np.save(OUT / "fortran.npy", np.asfortranarray(probabilities))
np.save(OUT / "big_endian.npy", probabilities.astype(">f8"))
np.save(OUT / "half.npy", embeddings.astype(np.float16))
np.savez(OUT / "round.npz", probabilities=probabilities, samples=samples, labelled=labelled)
np.savez_compressed(OUT / "single.npz", probabilities)
np.savetxt(OUT / "probabilities.csv", probabilities, delimiter=",", header='"a","b","c"', comments="", fmt="%.17g")
np.savetxt(OUT / "labelled.txt", labelled, fmt="%d")


def top(score, count):
    """Highest first, ties by the lowest row, among the pool."""
    order = pool[np.argsort(-score[pool], kind="stable")][:count]
    return {"indices": order.tolist(), "scores": score[order].tolist()}


def k_centre(count):
    x, chosen, distances = embeddings.astype(float), labelled.tolist(), []
    for _ in range(count):
        nearest = np.linalg.norm(x[:, None] - x[chosen], axis=2).min(1)
        nearest[chosen] = -1
        distances.append(nearest.max())
        chosen.append(int(nearest.argmax()))
    return {"indices": chosen[len(labelled):], "scores": distances}


two = np.sort(probabilities, axis=1)[:, ::-1]
sums = entr(samples.mean(0)).sum(1) - entr(samples).sum(2).mean(0)
best = mean[labelled].max()
expected = {
    "Entropy": top(entr(probabilities).sum(1) / np.log(C), 5),
    "LeastConfidence": top((1 - two[:, 0]) * C / (C - 1), 5),
    "EntropyOfSamples": top(entr(samples.mean(0)).sum(1) / np.log(C), 5),
    "ClassificationBALD": top(sums, 5),
    "KCentre": k_centre(6),
    "Variance": top(std, 5),
    "VarianceOfSamples": top(values.std(0, ddof=1), 5),
    "UCB": top(mean + std, 5),
}
(OUT / "expected.json").write_text(json.dumps(expected, indent=1) + "\n")
np.save(OUT / "entropy_indices.npy", np.array(expected["Entropy"]["indices"]))
