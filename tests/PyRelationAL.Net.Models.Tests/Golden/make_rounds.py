"""Makes rounds.json from scikit-learn: /usr/bin/env python3 make_rounds.py FOLDER (made with scikit-learn 1.2.1, SciPy 1.10, Debian 12).

FOLDER holds the CSV files of the shared datasets. Of each dataset 100 rows are the pool and 30 more the test rows, drawn with a fixed seed, standardised and rounded
to float32 (and then float64, so that scikit-learn computes with the same numbers). On them: likelihoods, gradients and predictions at fixed hyperparameters; likelihoods after fitting, from a cold start on; and what 30 rounds
of a plain loop query, with the score's distance to the next best. All of it at fixed hyperparameters and fitted in each round.
"""
import json
import os
import sys
import warnings

import numpy as np
import sklearn
import sklearn.datasets
from sklearn.gaussian_process import GaussianProcessClassifier, GaussianProcessRegressor
from sklearn.gaussian_process.kernels import RBF, ConstantKernel, WhiteKernel

warnings.filterwarnings("ignore")
POOL, TEST, ROUNDS, TRAINED = 100, 30, 30, 60
CLASSES = {"BreastCancer": None, "Glass": "Id", "Seeds": None, "Parkinsons": None, "Checkerboard2x2": None, "Iris": None, "WineCultivars": None}
VALUES = {"Diabetes": None, "Concrete": None, "Energy": "Y2_cooling_load", "Yacht": None, "Airfoil": None}


def table(name, drop):
    if name in ("Iris", "WineCultivars"):
        source = {"Iris": sklearn.datasets.load_iris, "WineCultivars": sklearn.datasets.load_wine}[name]()
        return source.data, source.target
    path = os.path.join(sys.argv[1], name + ".csv")
    with open(path) as f:
        names = f.readline().strip().split(",")
    data = np.loadtxt(path, delimiter=",", skiprows=1)
    keep = [i for i, n in enumerate(names) if n != drop]
    return data[:, keep[:-1]], data[:, keep[-1]]


def lst(a, digits=12):
    return [float(f"{v:.{digits}g}") for v in np.ravel(a)]


def farthest(x):
    d = ((x[:, None].astype(float) - x[None].astype(float)) ** 2).sum(-1)
    return sorted(int(i) for i in np.unravel_index(np.argmax(d), d.shape))


def classifier(x, y, scale, fit):
    kernel = ConstantKernel(1.5) * RBF(scale)
    return GaussianProcessClassifier(kernel, optimizer="fmin_l_bfgs_b" if fit else None).fit(x, y)


def regressor(x, y, scale, fit):
    kernel = ConstantKernel(1.5) * RBF(scale) + WhiteKernel(0.1)
    return GaussianProcessRegressor(kernel, alpha=1e-10, normalize_y=True, optimizer="fmin_l_bfgs_b" if fit else None).fit(x, y)


def parts(model):
    if isinstance(model, GaussianProcessRegressor):
        return [model]
    base = model.base_estimator_
    return base.estimators_ if hasattr(base, "estimators_") else [base]


def likelihoods(model):
    return [float(p.log_marginal_likelihood_value_) for p in parts(model)]


def predictions(model, x):
    """Probabilities, or means and deviations of the latent function."""
    if isinstance(model, GaussianProcessClassifier):
        return model.predict_proba(x)
    mean, deviation = model.predict(x, return_std=True)
    noise = np.exp(model.kernel_.theta[-1]) * model._y_train_std**2
    return np.stack([mean, np.sqrt(np.maximum(0, deviation**2 - noise))], 1)


def loop(make, x, y, labelled, scale, fit):
    rounds = []
    for _ in range(ROUNDS):
        model = make(x[labelled], y[labelled], scale, fit)
        pool = np.setdiff1d(np.arange(len(x)), labelled)
        p = predictions(model, x[pool])
        scores = 1 - p.max(1) if make is classifier else p[:, 1]
        order = np.argsort(-scores, kind="stable")
        rounds.append({"query": int(pool[order[0]]), "gap": float(scores[order[0]] - scores[order[1]]), "logLikelihoods": lst(likelihoods(model))})
        labelled = labelled + [int(pool[order[0]])]
    return rounds


out = {"scikit-learn": sklearn.__version__, "datasets": {}}
for name, drop in {**CLASSES, **VALUES}.items():
    x, y = table(name, drop)
    rows = np.random.default_rng(5).permutation(len(x))[:POOL + TEST]
    x, y = x[rows], y[rows]
    x = ((x - x[:POOL].mean(0)) / np.where(x[:POOL].std(0) > 0, x[:POOL].std(0), 1)).astype(np.float32).astype(np.float64)
    scale = float(np.sqrt(x.shape[1]))
    make = classifier if name in CLASSES else regressor
    if make is classifier:
        y = np.unique(y, return_inverse=True)[1]
    pool, test = x[:POOL], x[POOL:]
    start = sorted(int(np.flatnonzero(y[:POOL] == c)[0]) for c in np.unique(y[:POOL])) if make is classifier else farthest(pool)
    fixed = make(pool[:TRAINED], y[:TRAINED], scale, False)
    gradients = [p.log_marginal_likelihood(p.kernel_.theta, eval_gradient=True)[1] for p in parts(fixed)]
    cold = {}
    for count in (0, 10, TRAINED):
        train = start + [i for i in range(POOL) if i not in start][:count]
        cold[str(len(train))] = {"rows": train, "logLikelihoods": lst(likelihoods(make(pool[train], y[train], scale, True)))}
    out["datasets"][name] = {
        "classes": int(y.max()) + 1 if make is classifier else 0,
        "columns": x.shape[1],
        "x": [float(str(np.float32(v))) for v in x.ravel()],
        "y": y.tolist(),
        "lengthScale": scale,
        "logLikelihoods": lst(likelihoods(fixed)),
        "gradients": lst(gradients),
        "present": [int(c) for c in fixed.classes_] if make is classifier else [],
        "predictions": lst(predictions(fixed, test)),
        "fits": list(cold.values()),
        "start": start,
        "fixedRounds": loop(make, pool, y[:POOL], start, scale, False),
        "fittedRounds": loop(make, pool, y[:POOL], start, scale, True),
    }
    print(name, x.shape, start, [round(r["gap"], 6) for r in out["datasets"][name]["fittedRounds"]][:5], flush=True)

with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "rounds.json"), "w") as f:
    json.dump(out, f, indent=None, separators=(",", ":"))
    f.write("\n")
