"""Writes openset.json: the numeric parts of the open-set strategies on random numbers.

Written from the definitions with numpy, scikit-learn and PyTorch, the slow way: set functions anew for every candidate, whole similarity matrices. Run it with
a Python that has these, from any folder; the output is deterministic and belongs under version control.

    python3 openset.py
"""

import json
import pathlib

import numpy as np

rng = np.random.default_rng(20260909)
golden = {}


def single(*shape):
    return rng.standard_normal(shape).astype(np.float32).astype(float)


# SIMILAR: every measure as a function of a set, maximised greedily.
candidates, query, private = single(30, 4), single(5, 4) + 0.5, single(4, 4) - 0.5
query, private = [x.astype(np.float32).astype(float) for x in (query, private)]
n, q, p = len(candidates), len(query), len(private)
rows = np.vstack([candidates, query, private])
unit = rows / np.linalg.norm(rows, axis=1, keepdims=True)
cosine = unit @ unit.T
eta, nu = 0.8, 0.6
s = np.maximum(cosine, 0)
U, Q, P = list(range(n)), list(range(n, n + q)), list(range(n + q, n + q + p))


def largest(i, others):
    return max((s[i, j] for j in others), default=0)


def determinant(items, given, weights):
    """ln det of S over the items given others, whose similarities with the items are weighted."""
    kernel = cosine + np.eye(len(cosine))
    cross = kernel[np.ix_(items, given)] * np.array(weights) if given else np.zeros((len(items), 0))
    rest = kernel[np.ix_(items, items)] - (cross @ np.linalg.solve(kernel[np.ix_(given, given)], cross.T) if given else 0)
    return np.linalg.slogdet(rest)[1] if items else 0.0


measures = {
    "FLCMI": lambda a: sum(max(min(largest(i, a), eta * largest(i, Q)) - nu * largest(i, P), 0) for i in U),
    "LogDetCMI": lambda a: determinant(a, P, [nu] * p) - determinant(a, P + Q, [nu] * p + [eta] * q),
    "FLQMI": lambda a: sum(largest(i, a) for i in Q) + eta * sum(largest(i, Q) for i in a),
    "GCMI": lambda a: 2 * eta * sum(s[i, j] for i in a for j in Q),
    "LogDetMI": lambda a: determinant(a, [], []) - determinant(a, Q, [eta] * q),
    "FLCG": lambda a: sum(max(largest(i, a) - nu * largest(i, P), 0) for i in U),
    "LogDetCG": lambda a: determinant(a, P, [nu] * p),
}
similar = dict(candidates=candidates.ravel().tolist(), query=query.ravel().tolist(), private=private.ravel().tolist(), eta=eta, nu=nu)
for name, f in measures.items():
    batch, gains = [], []
    while len(batch) < 7:
        # Caps make ties: the gain that a candidate has alone decides between them.
        best = max((i for i in U if i not in batch), key=lambda i: (round(f(batch + [i]), 10), f([i])))
        gains.append(f(batch + [best]) - f(batch))
        batch.append(best)
    similar[name] = dict(batch=batch, gains=gains)
golden["similar"] = similar

path = pathlib.Path(__file__).with_name("openset.json")
path.write_text(json.dumps(golden, indent=1) + "\n", encoding="utf-8")
