"""Writes designs.json: batches of the design, kernel and regression strategies on random rows.

Written from the definitions with numpy, the slow way: whole matrices, traces and determinants computed anew for every candidate, distances by
plain loops. Run it with a Python that has numpy, from any folder; the output is deterministic and belongs under version control.

    python3 designs.py
"""

import json
import pathlib

import numpy as np

rng = np.random.default_rng(20260202)
golden = {}


def single(*shape):
    return rng.standard_normal(shape).astype(np.float32).astype(float)


def fisher(p, h):
    return np.kron(np.diag(p) - np.outer(p, p), np.outer(h, h))


def bait(pool, labelled, b, regularisation):
    """pool and labelled: information matrices of the items."""
    size, l = pool[0].shape[0], len(labelled)
    target = (sum(pool) + sum(labelled)) / (len(pool) + l)
    start = regularisation * np.eye(size) + (l / (l + b)) * sum(labelled) / max(l, 1)
    w = b / (l + b)

    def objective(chosen):
        return np.trace(np.linalg.inv(start + w * sum(pool[i] for i in chosen)) @ target)

    chosen, after = [], []
    while len(chosen) < 2 * b:
        chosen.append(min((i for i in range(len(pool)) if i not in chosen), key=lambda i: objective(chosen + [i])))
        after.append(objective(chosen))
    while len(chosen) > b:
        chosen.remove(min(chosen, key=lambda i: objective([j for j in chosen if j != i])))
    return chosen, after


h, lh = single(40, 4), single(6, 4)
logits, llogits = single(40, 3) * 2, single(6, 3) * 2
p = np.exp(logits) / np.exp(logits).sum(1, keepdims=True)
lp = np.exp(llogits) / np.exp(llogits).sum(1, keepdims=True)
batch, objectives = bait([fisher(*v) for v in zip(p, h)], [fisher(*v) for v in zip(lp, lh)], 5, 0.3)
golden["bait"] = dict(h=h.ravel().tolist(), p=p.ravel().tolist(), labelled_h=lh.ravel().tolist(), labelled_p=lp.ravel().tolist(),
                      batch=batch, objectives=objectives)
golden["egl"] = dict(scores=[sum(p[i, c] * np.linalg.norm(np.kron(p[i] - np.eye(3)[c], h[i])) for c in range(3)) for i in range(40)])

rows, known = single(60, 5), single(7, 5)
batch, objectives = bait([np.outer(v, v) for v in rows], [np.outer(v, v) for v in known], 6, 0.5)
golden["rows"] = dict(rows=rows.ravel().tolist(), labelled=known.ravel().tolist())
golden["regression_bait"] = dict(batch=batch, objectives=objectives)

# MaxDet: the determinant of the whole kernel matrix of labelled and taken rows.
noise = 0.4
taken, variances = [], []
while len(taken) < 8:
    def log_determinant(more):
        f = np.vstack([known, rows[taken + more]])
        return np.linalg.slogdet(f @ f.T + noise * np.eye(len(f)))[1]
    best = max((i for i in range(60) if i not in taken), key=lambda i: log_determinant([i]))
    variances.append(float(np.exp(log_determinant([best]) - log_determinant([]))))
    taken.append(best)
golden["maxdet"] = dict(batch=taken, variances=variances)


def lcmd(candidates, centres, b):
    centres, chosen, distances = [c for c in centres], [], []
    while len(chosen) < b:
        if centres:
            squared = np.array([[np.sum((x - c) ** 2) for c in centres] for x in candidates])
            owner, nearest = squared.argmin(1), squared.min(1)
            sizes = [nearest[owner == k].sum() for k in range(len(centres))]
            nearest = np.where(owner == int(np.argmax(sizes)), nearest, -1)
        else:
            nearest = np.sum(candidates ** 2, 1)
        chosen.append(int(nearest.argmax()))
        distances.append(float(np.sqrt(nearest.max())))
        centres.append(candidates[chosen[-1]])
    return dict(batch=chosen, distances=distances)


golden["lcmd"] = lcmd(rows, known, 9)
golden["lcmd_cold"] = lcmd(rows, known[:0], 9)

# Expected variance reduction of Bayesian linear regression, by training again: prior and noise variance 1 and 0.7.
taken, reductions = [], []


def mean_variance(items):
    f = np.vstack([known, rows[items]])
    return np.mean(np.einsum("ij,jk,ik->i", rows, np.linalg.inv(np.eye(5) + f.T @ f / 0.7), rows))


while len(taken) < 6:
    best = min((i for i in range(60) if i not in taken), key=lambda i: mean_variance(taken + [i]))
    reductions.append(mean_variance(taken) - mean_variance(taken + [best]))
    taken.append(best)
covariance = rows @ np.linalg.inv(np.eye(5) + known.T @ known / 0.7) @ rows.T
golden["variance_reduction"] = dict(batch=taken, reductions=reductions, covariance=covariance.ravel().tolist())

# The same from posterior samples.
samples = rng.standard_normal((9, 60))
k = np.cov(samples.T, bias=True)
taken, reductions = [], []


def conditional(items):
    s = k[np.ix_(items, items)] + 0.7 * np.eye(len(items))
    return np.mean(np.diag(k - k[:, items] @ np.linalg.solve(s, k[items, :]))) if items else np.mean(np.diag(k))


while len(taken) < 6:
    best = min((i for i in range(60) if i not in taken), key=lambda i: conditional(taken + [i]))
    reductions.append(conditional(taken) - conditional(taken + [best]))
    taken.append(best)
golden["sampled_variance_reduction"] = dict(samples=samples.ravel().tolist(), batch=taken, reductions=reductions)

predictions, values = rng.standard_normal(60), rng.standard_normal(7)


def greedy(inputs):
    taken, scores = [], []
    while len(taken) < 7:
        x, y = np.vstack([known, rows[taken]]), np.concatenate([values, predictions[taken]])
        score = [-1 if i in taken else min(abs(predictions[i] - y[j]) * (np.linalg.norm(rows[i] - x[j]) if inputs else 1) for j in range(len(y)))
                 for i in range(60)]
        taken.append(int(np.argmax(score)))
        scores.append(float(np.max(score)))
    return dict(batch=taken, scores=scores)


golden["greedy"] = dict(predictions=predictions.tolist(), values=values.tolist())
golden["output_greedy"] = greedy(False)
golden["improved_greedy"] = greedy(True)

main = rng.standard_normal(60)
golden["emcm"] = dict(main=main.tolist(),
                      scores=(np.mean(np.abs(samples - main), 0) * np.linalg.norm(rows, axis=1)).tolist(),
                      variances=samples.var(0).tolist())

path = pathlib.Path(__file__).with_name("designs.json")
path.write_text(json.dumps(golden, indent=1) + "\n", encoding="utf-8")
