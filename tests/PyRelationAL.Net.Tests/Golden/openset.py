"""Writes openset.json: the numeric parts of the open-set strategies on random numbers.

Written from the definitions with numpy, scikit-learn and PyTorch, the slow way: set functions anew for every candidate, whole similarity matrices. Run it with
a Python that has these, from any folder; the output is deterministic and belongs under version control.

    python3 openset.py
"""

import json
import pathlib

import numpy as np
import torch
from sklearn.mixture import GaussianMixture

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

# LfOSA: mixtures of two Gaussians on one number, with its settings. k-means, from which they start, is given enough tries to find the best division.
def mixture(values):
    model = GaussianMixture(2, max_iter=10, tol=1e-2, reg_covar=5e-4, random_state=0)
    column = values.reshape(-1, 1)
    probabilities = model.fit(column).predict_proba(column)
    return dict(values=values.tolist(), upper=probabilities[:, model.means_[:, 0].argmax()].tolist())


golden["mixtures"] = [
    mixture(np.array([1, 1.2, 1.1, 0.9, 5, 5.2, 4.9, 5.1])),
    mixture(np.concatenate([rng.normal(2, 0.7, 60), rng.normal(5, 1.1, 90)])),
    mixture(np.concatenate([rng.normal(1, 0.3, 15), rng.normal(1.9, 0.5, 25)])),
    mixture(np.array([3.0, 4.0])),
    mixture(np.array([7.0, 7.0, 7.0, 7.5])),
]

# A network of one hidden layer: outputs, the gradient of the sum of outputs times given weights, and its parameters after three steps of Adam on it.
torch.set_default_dtype(torch.float64)
D, H, K, B = 3, 5, 4, 6
x, weights = rng.standard_normal((B, D)), rng.standard_normal((B, K))
first, second = torch.nn.Linear(D, H), torch.nn.Linear(H, K)
order = [first.weight, first.bias, second.weight, second.bias]
for t in order:
    t.data = torch.tensor(rng.standard_normal(tuple(t.shape)))


def flat(tensors):
    return np.concatenate([t.detach().numpy().ravel() for t in tensors]).tolist()


network = dict(rows=x.ravel().tolist(), weights=weights.ravel().tolist(), parameters=flat(order))
adam = torch.optim.Adam(order, lr=0.02)
for step in range(3):
    adam.zero_grad()
    outputs = second(torch.relu(first(torch.tensor(x))))
    (outputs * torch.tensor(weights)).sum().backward()
    if step == 0:
        network.update(outputs=outputs.detach().numpy().ravel().tolist(), gradient=flat([t.grad for t in order]))
    adam.step()
network["after"] = flat(order)
golden["network"] = network

path = pathlib.Path(__file__).with_name("openset.json")
path.write_text(json.dumps(golden, indent=1) + "\n", encoding="utf-8")
