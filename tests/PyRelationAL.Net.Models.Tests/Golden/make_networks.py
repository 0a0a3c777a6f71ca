"""Makes networks.json: test scores of scikit-learn's multilayer perceptrons, /usr/bin/env python3 make_networks.py (scikit-learn 1.2.1, Debian 12).

Rows 4, 9, 14, ... are the test rows. Features and targets are standardised on the training rows. Five seeds each; the tests compare means.
"""
import json
import os
import warnings

import numpy as np
from sklearn.datasets import load_breast_cancer, load_diabetes, load_digits
from sklearn.metrics import log_loss
from sklearn.neural_network import MLPClassifier, MLPRegressor

warnings.filterwarnings("ignore")
out = {}
for name, load, classify, epochs in [("Digits", load_digits, True, 30), ("BreastCancer", load_breast_cancer, True, 30), ("DiabetesScaled", load_diabetes, False, 50)]:
    x, y = load(return_X_y=True)
    test = np.arange(len(y)) % 5 == 4
    deviation = x[~test].std(0)
    x = (x - x[~test].mean(0)) / np.where(deviation > 0, deviation, 1)
    scores, losses = [], []
    for seed in range(5):
        settings = dict(hidden_layer_sizes=(32,), alpha=0, batch_size=32, max_iter=epochs, n_iter_no_change=epochs, random_state=seed)
        if classify:
            m = MLPClassifier(**settings).fit(x[~test], y[~test])
            scores.append(m.score(x[test], y[test]))
            losses.append(log_loss(y[test], m.predict_proba(x[test])))
        else:
            mean, scale = y[~test].mean(), y[~test].std()
            m = MLPRegressor(**settings).fit(x[~test], (y[~test] - mean) / scale)
            scores.append(float(np.sqrt(np.mean((m.predict(x[test]) * scale + mean - y[test]) ** 2))))
    out[name] = {"epochs": epochs, "scores": scores, "losses": losses}

with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "networks.json"), "w") as f:
    json.dump(out, f, indent=1)
    f.write("\n")
