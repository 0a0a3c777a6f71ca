"""Makes laplace.json: Laplace posteriors of a softmax layer, /usr/bin/env python3 make_laplace.py (NumPy 1.24, SciPy 1.10, Debian 12).

All C(D+1) parameters and explicit inverses: nothing is left out, factored or rotated. The prior's precision is found by maximising the density of the weights, less
what all classes share, over the (C-1)(D+1) directions that are left.
"""
import json
import os

import numpy as np
from scipy.optimize import minimize_scalar
from scipy.special import softmax


def case(n, d, c, scale, seed):
    r = np.random.default_rng(seed)
    h = np.hstack([np.round(r.normal(size=(n, d)) * (1 + np.arange(d)) / 2, 3), np.ones((n, 1))])
    w = np.round(r.normal(size=(c, d + 1)) * scale, 3)
    x = np.hstack([np.round(2 * r.normal(size=(3, d)), 3), np.ones((3, 1))])
    p = softmax(h @ w.T, axis=1)
    lam = [np.diag(q) - np.outer(q, q) for q in p]
    whole = sum(np.kron(l, np.outer(g, g)) for l, g in zip(lam, h))
    factored = np.kron(np.mean(lam, axis=0), h.T @ h)
    centre = np.eye(c) - 1 / c
    norm = np.sum((centre @ w) ** 2)
    out = {"n": n, "classes": c, "rows": h.tolist(), "weights": w.tolist(), "probabilities": p.tolist(), "items": x.tolist()}
    for name, hessian in [("whole", whole), ("factored", factored)]:
        size = len(hessian)

        def negative_density(log_precision):
            return 0.5 * np.exp(log_precision) * norm - 0.5 * (c - 1) * (d + 1) * log_precision

        precision = np.exp(minimize_scalar(negative_density, bounds=(-12, 12), method="bounded", options={"xatol": 1e-10}).x)
        inverse = np.linalg.inv(hessian + precision * np.eye(size))
        covariances, averages = [], []
        for row in x:
            jacobian = np.kron(centre, row[None, :])
            covariance = jacobian @ inverse @ jacobian.T
            mean = w @ row
            variance = np.diag(covariance)[:, None] + np.diag(covariance)[None, :] - 2 * covariance
            q = 1 / np.exp((mean[None, :] - mean[:, None]) / np.sqrt(1 + np.pi / 8 * variance)).sum(1)
            covariances.append(covariance.tolist())
            averages.append((q / q.sum()).tolist())
        out[name] = {"precision": precision, "covariances": covariances, "averages": averages}
    return out


cases = {"two classes": case(30, 3, 2, 0.5, 1), "four classes": case(40, 5, 4, 0.4, 2), "fewer items than parameters": case(4, 6, 3, 0.3, 3)}
with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "laplace.json"), "w") as f:
    json.dump(cases, f)
    f.write("\n")
