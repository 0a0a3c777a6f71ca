"""Writes projections.json: Frank-Wolfe batches and principal components on random rows.

Written from the definitions with numpy, the slow way: explicit weights over all candidates, whole kernel matrices, a singular value decomposition. Run it
with a Python that has numpy, from any folder; the output is deterministic and belongs under version control.

    python3 projections.py
"""

import json
import pathlib

import numpy as np

rng = np.random.default_rng(20260303)
golden = {}


def single(*shape):
    return rng.standard_normal(shape).astype(np.float32).astype(float)


def frank_wolfe(kernel, b):
    """Weights w over the candidates; minimises (1 - w)' K (1 - w) subject to sum of w_i c_i = sum of c_i, each candidate once."""
    n = len(kernel)
    c = np.sqrt(np.diag(kernel))
    w, batch, residuals = np.zeros(n), [], []
    for _ in range(b):
        score = kernel @ (1 - w) / c
        score[batch] = -np.inf
        i = int(np.argmax(score))
        vertex = np.zeros(n)
        vertex[i] = c.sum() / c[i]
        d = vertex - w
        # The line search, by the derivative of the quadratic along d.
        gamma = (d @ kernel @ (1 - w)) / (d @ kernel @ d)
        w = w + gamma * d
        batch.append(i)
        residuals.append(float((1 - w) @ kernel @ (1 - w)))
    return batch, residuals


rows, labelled, noise = single(50, 6) + 0.3, single(9, 6), 0.7
golden["rows"] = dict(rows=rows.astype(np.float32).ravel().tolist(), labelled=labelled.ravel().tolist())
rows = rows.astype(np.float32).astype(float)
cold, cold_residuals = frank_wolfe(rows @ rows.T, 10)
posterior = np.linalg.inv(np.eye(6) + labelled.T @ labelled / noise)
warm, warm_residuals = frank_wolfe(rows @ posterior @ rows.T, 10)
golden["frank_wolfe_cold"] = dict(batch=cold, residuals=cold_residuals)
golden["frank_wolfe"] = dict(noise=noise, batch=warm, residuals=warm_residuals)
variances = noise + np.einsum("ij,jk,ik->i", rows, posterior, rows)
order = np.argsort(-variances, kind="stable")[:8]
golden["max_diag"] = dict(batch=order.tolist(), variances=variances[order].tolist())

# Principal components: by the singular values of the centred rows, largest entry of each direction positive.
x = single(80, 12) @ np.diag(np.linspace(3, 0.2, 12)) @ single(12, 12) + 5
x = x.astype(np.float32).astype(float)
centred = x - x.mean(0)
_, s, v = np.linalg.svd(centred, full_matrices=False)
v = v[:4]
v *= np.sign(v[np.arange(4), np.abs(v).argmax(1)])[:, None]
golden["components"] = dict(rows=x.ravel().tolist(), variances=(s[:4] ** 2 / len(x)).tolist(), directions=v.ravel().tolist(),
                            projected=(centred @ v.T).ravel().tolist())

pathlib.Path(__file__).with_name("projections.json").write_text(json.dumps(golden, indent=1) + "\n")
