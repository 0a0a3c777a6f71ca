"""scikit-learn's multilayer perceptrons on the tasks that benchmarks/networks exports; that program runs this one.

    python3 networks_sklearn.py FOLDER

Prints JSON: for each task the scores of each seed. Needs scikit-learn.
"""
import json
import os
import sys
import warnings

import numpy as np
from sklearn.metrics import log_loss
from sklearn.neural_network import MLPClassifier, MLPRegressor

warnings.filterwarnings("ignore")
folder, results = sys.argv[1], {}
for number, task in enumerate(json.load(open(os.path.join(folder, "tasks.json")))):
    features = np.fromfile(os.path.join(folder, f"{number}.x"), dtype=np.float32).reshape(-1, task["features"])
    y = np.fromfile(os.path.join(folder, f"{number}.y"))
    scores = []
    for seed, split in enumerate(task["splits"]):
        train, test = split["train"], split["test"]
        x = features.astype(np.float64) if task["standardise"] else features
        if task["standardise"]:
            deviation = x[train].std(0)
            x = (x - x[train].mean(0)) / np.where(deviation > 0, deviation, 1)
        # alpha=0: no weight decay, as on the other side. Everything else that matters is the same on both by default.
        settings = dict(hidden_layer_sizes=(task["hidden"],), alpha=0, batch_size=task["batch"], learning_rate_init=task["rate"],
                        max_iter=task["epochs"], n_iter_no_change=task["epochs"], random_state=seed)
        if task["classifies"]:
            model = MLPClassifier(**settings).fit(x[train], y[train].astype(int))
            scores.append({"accuracy": model.score(x[test], y[test].astype(int)), "log_loss": log_loss(y[test].astype(int), model.predict_proba(x[test]))})
        else:
            mean, scale = y[train].mean(), y[train].std()
            predicted = MLPRegressor(**settings).fit(x[train], (y[train] - mean) / scale).predict(x[test]) * scale + mean
            scores.append({"rmse": float(np.sqrt(np.mean((predicted - y[test]) ** 2)))})
    results[task["name"]] = scores
json.dump(results, sys.stdout)
