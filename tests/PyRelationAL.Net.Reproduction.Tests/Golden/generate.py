"""Golden numbers for the reproduction: CPython's random.sample and sets, torch's argsort, scikit-learn's unfitted Gaussian processes.

Run: python3 generate.py > golden.json   (python3-sklearn 1.2.1, python3-torch 1.13, NumPy 1.24, CPython 3.11)
"""
import json
import math
import random

import numpy as np
import torch
from sklearn.gaussian_process import GaussianProcessClassifier, GaussianProcessRegressor

golden = {}

generator = random.Random(1234)
golden["words"] = [generator.getrandbits(32) for _ in range(700)][-5:]
# The last two take the way with a pool, the others the way with a set.
golden["samples"] = [
    {"seed": seed, "population": n, "count": k, "drawn": random.Random(seed).sample(range(n), k)}
    for seed, n, k in [(1234, 455, 45), (1234, 7654, 765), (7, 100, 3), (1234, 30, 12), (0, 21, 5)]
]

# Few different values: nearly all are ties.
rng = np.random.default_rng(5)
ties = []
for n in [1, 2, 16, 17, 40, 200, 999]:
    for values in [1, 2, 5]:
        scores = rng.integers(0, values, n)
        first = torch.argsort(torch.tensor(scores, dtype=torch.float64), descending=True)[0]
        ties.append({"scores": scores.tolist(), "first": int(first)})
golden["ties"] = ties

x = np.round(rng.normal(size=(40, 2)), 3).astype(np.float32)
value = np.round(np.sin(3 * x[:, 0].astype(float)) + x[:, 1], 3)
binary = (value > 0).astype(int)
three = np.digitize(value, [-0.5, 0.5])
labelled, rest = list(range(12)), list(range(12, 40))
regressor = GaussianProcessRegressor().fit(x[labelled], value[labelled])
mean, deviation = regressor.predict(x[rest], return_std=True)


def classes(y):
    model = GaussianProcessClassifier().fit(x[labelled], y[labelled])
    predicted = model.predict(x[rest])
    recalls = [np.mean(predicted[y[rest] == c] == c) for c in np.unique(y[rest])]
    return {"labels": y.tolist(), "probabilities": model.predict_proba(x[rest]).tolist(), "balanced_accuracy": float(np.mean(recalls))}


golden["process"] = {
    "features": x.astype(float).tolist(),
    "values": value.tolist(),
    "labelled": len(labelled),
    "mean": mean.tolist(),
    "deviation": deviation.tolist(),
    "mse": float(np.mean((mean - value[rest]) ** 2)),
    "binary": classes(binary),
    "three": classes(three),
}

# Far from everything, only the sign of the latent mean is left.
far = np.array([[0.0], [30.0], [12.0], [18.0]], dtype=np.float32)
model = GaussianProcessClassifier().fit(far[:2], [0, 1])
golden["far"] = {"features": far.astype(float).tolist(), "predicted": model.predict(far[2:]).tolist()}

# Pools as PyRelationAL keeps them: lists of sets, made anew in every round. Each is summed up: its items times their
# positions. Every fifth row is for testing.
pools = []
for n, start, rounds in [(569, 45, 250), (442, 2, 250), (9568, 765, 40), (209, 3, 163), (24, 2, 17)]:
    items = [i for i in range(n) if i % 5 != 1]
    labelled = generator.sample(items, start)
    train = list(set.union(set(items), set()))
    pool = list(set(train) - set(labelled))
    queried, sums = [], []
    for _ in range(rounds):
        sums.append(sum(position * item for position, item in enumerate(pool)))
        queried.append(generator.choice(pool))
        pool = list(set(pool) - {queried[-1]})
    pools.append({"rows": n, "labelled": labelled, "queried": queried, "sums": sums})
golden["pools"] = pools


def softmax(probabilities):
    powers = math.e ** probabilities.float()
    return powers / torch.sum(powers, dim=-1, keepdim=True)


scores = []
for classes in [2, 6]:
    probabilities = torch.tensor(np.round(rng.dirichlet(np.ones(classes), 12), 6))
    q = softmax(probabilities)
    ordered, _ = torch.sort(q, descending=True, dim=-1)
    scores.append({
        "probabilities": probabilities.tolist(),
        "least_confidence": ((1 - torch.max(q, dim=-1)[0]) * (classes / (classes - 1))).tolist(),
        "margin": (1 - (ordered[:, 0] - ordered[:, 1])).tolist(),
        "entropy": ((0 - torch.sum(q * torch.log2(q), dim=-1)) / math.log2(classes)).tolist(),
    })
golden["softmax"] = scores

# As the bits of single precision; some are not rounded correctly.
exponents = torch.linspace(0, 1, 1000, dtype=torch.float64).float()
golden["powers"] = (math.e ** exponents).numpy().view(np.int32).tolist()

print(json.dumps(golden))
