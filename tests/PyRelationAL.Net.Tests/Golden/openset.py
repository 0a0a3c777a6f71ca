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

# NT-Xent of 2 x 4 rows of 3 numbers, with its gradient.
z = torch.tensor(rng.standard_normal((8, 3)), requires_grad=True)
unit_rows = torch.nn.functional.normalize(z, dim=1)
logits = (unit_rows @ unit_rows.T / 0.5).masked_fill(torch.eye(8, dtype=torch.bool), -torch.inf)
loss = torch.nn.functional.cross_entropy(logits, (torch.arange(8) + 4) % 8)
loss.backward()
golden["contrastive"] = dict(rows=z.detach().numpy().ravel().tolist(), loss=loss.item(), gradient=z.grad.numpy().ravel().tolist())

# CCAL's scores from given features: 20 candidates, 5 labelled items of two classes and one of a third, two shifts.
semantic, known_semantic = single(20, 4), single(6, 4)
distinctive, known_distinctive = single(2, 20, 3), single(2, 6, 3)
classes = [0, 1, 0, 1, 2, 1]


def cosines(a, b):
    return (a / np.linalg.norm(a, axis=1, keepdims=True)) @ (b / np.linalg.norm(b, axis=1, keepdims=True)).T


def unit_interval(v):
    return (v - v.min()) / (v.max() - v.min())


likeness = unit_interval(cosines(semantic, known_semantic).max(1))
mapped = (1 - np.exp(-20 * (likeness - 0.6))) / (1 + np.exp(-20 * (likeness - 0.6)))
scores = []
for c in range(3):
    members = [i for i in range(6) if classes[i] == c]
    near = np.zeros(20)
    for k in range(2):
        to, among = cosines(distinctive[k], known_distinctive[k][members]), cosines(known_distinctive[k][members], known_distinctive[k][members])
        for i in range(20):
            ranked = np.argsort(-to[i])
            first, second = ranked[0], ranked[min(1, len(ranked) - 1)]
            near[i] += (2 * to[i, first] - to[i, second] + among[first, second]) / 2
    scores.append((mapped + 1 - unit_interval(near)).tolist())
golden["ccal"] = dict(semantic=semantic.ravel().tolist(), labelled_semantic=known_semantic.ravel().tolist(),
                      distinctive=distinctive.ravel().tolist(), labelled_distinctive=known_distinctive.ravel().tolist(),
                      classes=classes, likeness=likeness.tolist(), scores=sum(scores, []))

# MQ-Net's meta-network: outputs, and parameters after twenty steps of gradient descent on the ranking loss.
H = 6
order = [torch.tensor(rng.standard_normal(shape) * 0.7 + 0.3, requires_grad=True) for shape in [(2, H), (H,), (H, 1), (1,)]]
x = torch.tensor(np.exp(rng.standard_normal((9, 2))))
losses = torch.tensor([0.0, 1.3, 0.0, 0.2, 2.5, 0.7, 0.0, 0.0, 0.4])


def phi():
    return (torch.sigmoid(x @ torch.relu(order[0]) + order[1]) @ torch.relu(order[2]) + order[3])[:, 0]


meta = dict(inputs=x.numpy().ravel().tolist(), losses=losses.tolist(), parameters=flat(order), outputs=phi().detach().numpy().tolist())
descent = torch.optim.SGD(order, lr=0.05)
for _ in range(20):
    descent.zero_grad()
    difference, sign = (phi() - phi().flip(0))[:4], torch.sign(losses - losses.flip(0))[:4]
    (torch.clamp(0.5 - sign * difference, min=0) * sign.abs()).sum().div(4).backward()
    descent.step()
meta["after"] = flat(order)
golden["meta"] = meta

path = pathlib.Path(__file__).with_name("openset.json")
path.write_text(json.dumps(golden, indent=1) + "\n", encoding="utf-8")
