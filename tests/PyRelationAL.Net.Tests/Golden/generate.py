"""Writes golden.json: the numbers that GoldenTests holds the library against.

Written from the definitions with numpy, scipy and scikit-learn, independently of the library. Run it with a Python that has
the three, from any folder; the output is deterministic and belongs under version control.

    python3 generate.py
"""

import json
import math
import pathlib

import numpy as np
from scipy import special, stats
from scipy.cluster import hierarchy
from sklearn import metrics

rng = np.random.default_rng(20260101)
golden = {}


def entropy(p, axis=-1):
    return special.entr(p).sum(axis=axis)


def largest_two(p):
    ordered = np.sort(np.concatenate([p, np.zeros(p.shape[:-1] + (1,))], axis=-1), axis=-1)
    return ordered[..., -1], ordered[..., -2]


def probability_case(p):
    c = p.shape[1]
    first, second = largest_two(p)
    return {
        "classCount": c,
        "probabilities": p,
        "leastConfidence": (1 - first) * c / (c - 1),
        "margin": 1 - (first - second),
        "ratio": second / first,
        "entropy": entropy(p),
        "normalisedEntropy": entropy(p) / math.log(c),
    }


def votes_of(q):
    s, n, c = q.shape
    shares = np.zeros((n, c))
    for m in range(s):
        shares[np.arange(n), q[m].argmax(axis=1)] += 1 / s
    return shares


def sample_case(q):
    mean = q.mean(axis=0)
    divergences = special.rel_entr(q, mean[None]).sum(axis=2)
    shares = votes_of(q)
    return {
        "sampleCount": q.shape[0],
        "classCount": q.shape[2],
        "samples": q,
        "mean": mean,
        "consensusEntropy": entropy(mean),
        "bald": entropy(mean) - entropy(q).mean(axis=0),
        "meanStandardDeviation": q.std(axis=0).mean(axis=1),
        "voteEntropy": entropy(shares),
        "variationRatio": 1 - shares.max(axis=1),
        "maxDisagreement": divergences.max(axis=0),
        "meanDisagreement": divergences.mean(axis=0),
    }


def log_excess(z):
    """ln(phi(z) + z Phi(z)), stable in the lower tail through the scaled complementary error function."""
    log_density = -0.5 * z * z - 0.5 * math.log(2 * math.pi)
    if z > -3:
        return math.log(math.exp(log_density) + z * special.ndtr(z))
    # phi + z Phi = phi (1 - |z| Mills), and 1 - |z| Mills by its continued fraction in exact rational steps.
    from fractions import Fraction

    x = Fraction(-z)
    fraction = x
    for k in range(300, 0, -1):
        fraction = x + Fraction(k) / fraction
        fraction = Fraction(fraction.limit_denominator(10**40))
    return log_density + math.log(float(1 - x / fraction))


def improvement(mu, sd, best, xi):
    ei, pi = [], []
    for m, s in zip(mu, sd):
        gain = m - best - xi
        if s == 0:
            ei.append(max(gain, 0.0))
            pi.append(float(gain > 0))
        else:
            ei.append(s * math.exp(log_excess(gain / s)))
            pi.append(math.exp(special.log_ndtr(gain / s)))
    return ei, pi


def gaussian_case(mu, sd, best, xi, kappa, noise):
    ei, pi = improvement(mu, sd, best, xi)
    return {
        "mean": mu,
        "standardDeviation": sd,
        "best": best,
        "xi": xi,
        "kappa": kappa,
        "noiseVariance": noise,
        "expectedImprovement": ei,
        "probabilityOfImprovement": pi,
        "upperConfidenceBound": np.asarray(mu) + kappa * np.asarray(sd),
        "bald": 0.5 * np.log1p(np.asarray(sd) ** 2 / noise),
    }


def value_sample_case(r, best, xi):
    return {
        "sampleCount": r.shape[0],
        "samples": r,
        "best": best,
        "xi": xi,
        "mean": r.mean(axis=0),
        "standardDeviation": r.std(axis=0, ddof=1),
        "bald": 0.5 * np.log1p(r.var(axis=0)),
        "expectedImprovement": np.maximum(r - best - xi, 0).mean(axis=0),
    }


def pairwise(a, b, metric):
    d = a[:, None, :] - b[None, :, :]
    if metric == "euclidean":
        return np.sqrt((d**2).sum(-1))
    if metric == "squaredEuclidean":
        return (d**2).sum(-1)
    if metric == "manhattan":
        return np.abs(d).sum(-1)
    if metric == "chebyshev":
        return np.abs(d).max(-1)
    norms = np.linalg.norm(a, axis=1)[:, None] * np.linalg.norm(b, axis=1)[None]
    return 1 - (a @ b.T) / norms


def ranked_batch(scores, pool, labelled, count):
    pool, known = list(range(len(scores))), [np.asarray(x) for x in labelled]
    rows, picks = golden_rows, []
    for _ in range(count):
        alpha = len(pool) / (len(pool) + len(known))
        values = []
        for i in pool:
            similarity = max((1 / (1 + np.linalg.norm(rows[i] - l)) for l in known), default=0.0)
            values.append(alpha * (1 - similarity) + (1 - alpha) * scores[i])
        best = pool[int(np.argmax(values))]
        picks.append(best)
        pool.remove(best)
        known.append(rows[best])
    return picks


def random_simplex(*shape):
    p = rng.dirichlet(np.full(shape[-1], 0.6), size=shape[:-1])
    p[p < 0.01] = 0
    return p / p.sum(axis=-1, keepdims=True)


# --- predictions -------------------------------------------------------------------------------------------------------------
golden["probabilities"] = [
    probability_case(np.array([[0.7, 0.2, 0.1], [0.4, 0.35, 0.25], [1.0, 0.0, 0.0], [0.5, 0.5, 0.0]])),
    probability_case(random_simplex(50, 5)),
    probability_case(random_simplex(50, 2)),
]
golden["samples"] = [
    sample_case(np.array([[[0.9, 0.1], [0.5, 0.5], [0.8, 0.2]], [[0.1, 0.9], [0.5, 0.5], [0.6, 0.4]]])),
    sample_case(random_simplex(7, 50, 5)),
    sample_case(random_simplex(2, 9, 3)),
]
golden["gaussians"] = [
    gaussian_case([1.0, 1.2, 0.8, 1.5], [0.5, 0.1, 0.0, 0.0], 1.1, 0.01, 1.0, 1.0),
    gaussian_case(rng.normal(size=50), rng.gamma(1.0, size=50), 0.4, 0.05, 2.0, 0.3),
    # Far in the tails: z = 5, 0, -3, -5, -20 and -35.
    gaussian_case([5.0, 0.0, -3.0, -5.0, -20.0, -35.0], [1.0] * 6, 0.0, 0.0, 1.0, 1e6),
]
golden["valueSamples"] = [
    value_sample_case(np.array([[1.0, 2.0, 0.0], [3.0, 2.0, 4.0], [5.0, 2.0, 2.0]]), 3.0, 0.0),
    value_sample_case(rng.normal(size=(7, 50)), 0.5, 0.1),
]
z = np.concatenate([np.linspace(-38, 8, 93), [-3.0, -2.999999999, 3.0, 2.999999999, 0.0, 1e-10, -1e-10]])
golden["normal"] = {"z": z, "logCumulative": special.log_ndtr(z), "logExcess": [log_excess(float(v)) for v in z]}

# --- geometry ----------------------------------------------------------------------------------------------------------------
candidates, references = rng.normal(size=(50, 4)).astype(np.float32), rng.normal(size=(6, 4)).astype(np.float32)
golden["distances"] = {
    "columns": 4,
    "candidates": candidates,
    "references": references,
    **{
        m: pairwise(candidates.astype(float), references.astype(float), m).min(axis=1)
        for m in ["euclidean", "squaredEuclidean", "manhattan", "chebyshev", "cosine"]
    },
}

golden_rows = rng.normal(size=(30, 3)).astype(np.float32).astype(float)
labelled = rng.normal(size=(4, 3)).astype(np.float32).astype(float)
scores = rng.uniform(size=30)
density = (1 / (1 + pairwise(golden_rows, golden_rows, "euclidean"))).mean(axis=1)
golden["density"] = {
    "columns": 3,
    "rows": golden_rows,
    "labelled": labelled,
    "scores": scores,
    "inverseDistance": density,
    "radialBasis": np.exp(-0.7 * pairwise(golden_rows, golden_rows, "squaredEuclidean")).mean(axis=1),
    "cosine": (1 - pairwise(golden_rows, golden_rows, "cosine") / 2).mean(axis=1),
    "rankedBatch": ranked_batch(scores, golden_rows, labelled, 12),
}

# UPGMA by scipy, as partitions: the lowest row number of each row's cluster.
linkage = hierarchy.linkage(golden_rows, method="average")


def partition(k):
    labels = hierarchy.cut_tree(linkage, n_clusters=k).ravel()
    return [int(np.flatnonzero(labels == label)[0]) for label in labels]


golden["upgma"] = {str(k): partition(k) for k in [1, 2, 3, 5, 8, 13, 29]}

# --- metrics -----------------------------------------------------------------------------------------------------------------
probabilities, truth = random_simplex(60, 4) * 0.96 + 0.01, rng.integers(0, 3, size=60)
predicted = probabilities.argmax(axis=1)
golden["classification"] = {
    "classCount": 4,
    "probabilities": probabilities,
    "classes": truth,
    "accuracy": metrics.accuracy_score(truth, predicted),
    "balanced_accuracy": float(np.mean(metrics.recall_score(truth, predicted, average=None, labels=np.unique(truth)))),
    "macro_f1": metrics.f1_score(truth, predicted, average="macro"),
    "log_loss": metrics.log_loss(truth, probabilities, labels=[0, 1, 2, 3]),
}
actual = rng.normal(size=40)
guess = actual + rng.normal(scale=0.5, size=40)
golden["regression"] = {
    "predicted": guess,
    "actual": actual,
    "mse": metrics.mean_squared_error(actual, guess),
    "rmse": math.sqrt(metrics.mean_squared_error(actual, guess)),
    "mae": metrics.mean_absolute_error(actual, guess),
    "r2": metrics.r2_score(actual, guess),
}

# --- normalisation -----------------------------------------------------------------------------------------------------------
values = np.round(rng.normal(size=25), 1)
golden["normalisation"] = {
    "scores": values,
    "minMax": (values - values.min()) / (values.max() - values.min()),
    "zScore": stats.zscore(values),
    "rank": (stats.rankdata(values) - 1) / (len(values) - 1),
}

# --- random stream: xoshiro256** and SplitMix64 from Blackman and Vigna's papers ---------------------------------------------
MASK = (1 << 64) - 1


def split_mix(state):
    state = (state + 0x9E3779B97F4A7C15) & MASK
    mixed = state
    mixed = ((mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9) & MASK
    mixed = ((mixed ^ (mixed >> 27)) * 0x94D049BB133111EB) & MASK
    return state, mixed ^ (mixed >> 31)


def rotate(x, k):
    return ((x << k) | (x >> (64 - k))) & MASK


class Stream:
    def __init__(self, seed):
        self.seed = seed & MASK
        state, self.s = self.seed, []
        for _ in range(4):
            state, word = split_mix(state)
            self.s.append(word)

    def next(self):
        s = self.s
        result = (rotate((s[1] * 5) & MASK, 7) * 9) & MASK
        t = (s[1] << 17) & MASK
        s[2] ^= s[0]
        s[3] ^= s[1]
        s[1] ^= s[2]
        s[0] ^= s[3]
        s[2] ^= t
        s[3] = rotate(s[3], 45)
        return result

    def child(self, key):
        if isinstance(key, str):
            word = 14695981039346656037
            for byte in key.encode("utf-8"):
                word = ((word ^ byte) * 1099511628211) & MASK
        else:
            word = (key & MASK) ^ 0xA5A55A5AC3C33C3C
        state, a = split_mix(self.seed)
        _, b = split_mix(state ^ word)
        return Stream(rotate(a, 32) ^ b)


golden["stream"] = [
    {
        "seed": seed,
        "bits": [str(v) for v in (lambda s: [s.next() for _ in range(8)])(Stream(seed))],
        "child": [str(v) for v in (lambda s: [s.next() for _ in range(4)])(Stream(seed).child("query"))],
        "accented": [str(v) for v in (lambda s: [s.next() for _ in range(4)])(Stream(seed).child("è中"))],
        "indexed": [str(v) for v in (lambda s: [s.next() for _ in range(4)])(Stream(seed).child(7))],
        "grandchild": [str(v) for v in (lambda s: [s.next() for _ in range(4)])(Stream(seed).child("a").child(-1))],
        "doubles": (lambda s: [(s.next() >> 11) * 2.0**-53 for _ in range(4)])(Stream(seed)),
    }
    for seed in [0, 1, 42, -1, 9223372036854775807]
]


def plain(value):
    if isinstance(value, dict):
        return {k: plain(v) for k, v in value.items()}
    if isinstance(value, np.ndarray):
        return [plain(v) for v in value.ravel().tolist()]
    if isinstance(value, (list, tuple)):
        return [plain(v) for v in value]
    if isinstance(value, np.generic):
        return value.item()
    return value


target = pathlib.Path(__file__).with_name("golden.json")
target.write_text(json.dumps(plain(golden), indent=None, separators=(",", ":")).replace('},"', '},\n"').replace('],"', '],\n"') + "\n", encoding="utf-8")
print(f"{target}: {target.stat().st_size} bytes")
