"""Two active-learning runs as plain scikit-learn loops, with what PyRelationAL's Gaussian process examples do in each round.

    python3 gaussian_process.py classifier|regressor FOLDER [repetitions] [queries]

FOLDER holds checkerboard_train500.csv, checkerboard_test1000.csv, diabetes_train400.csv and diabetes_test42.csv; `peers` of benchmarks/performance writes them. Each
round fits from the start values 1.0 * RBF(1.0), scores the test rows and the pool, and labels one row. Prints one line of JSON for each repetition; the
number of threads is OPENBLAS_NUM_THREADS. Needs numpy and scikit-learn.
"""
import json
import os
import sys
import time
import warnings

import numpy as np
import sklearn
from sklearn.gaussian_process import GaussianProcessClassifier, GaussianProcessRegressor
from sklearn.gaussian_process.kernels import RBF, ConstantKernel

warnings.filterwarnings("ignore")


def rows(name):
    table = np.loadtxt(os.path.join(sys.argv[2], name + ".csv"), delimiter=",", skiprows=1)
    return table[:, :-1].astype(np.float32), table[:, -1]


def kernel():
    return ConstantKernel(1.0, (1e-5, 1e5)) * RBF(1.0, (1e-5, 1e5))


def classifier(queries):
    x, y = rows("checkerboard_train500")
    test, truth = rows("checkerboard_test1000")
    labelled = sorted(int(np.flatnonzero(y == c)[0]) for c in np.unique(y))
    for done in range(queries + 1):
        model = GaussianProcessClassifier(kernel()).fit(x[labelled], y[labelled])
        score = np.mean(model.predict_proba(test).argmax(1) == truth)
        if done < queries:
            pool = np.setdiff1d(np.arange(len(x)), labelled)
            confidence = model.predict_proba(x[pool]).max(1)
            labelled.append(int(pool[np.argmin(confidence)]))
    return labelled, float(score), float(model.log_marginal_likelihood_value_)


def regressor(queries):
    x, y = rows("diabetes_train400")
    test, truth = rows("diabetes_test42")
    distances = ((x[:, None, :].astype(float) - x[None, :, :]) ** 2).sum(-1)
    labelled = sorted(int(i) for i in np.unravel_index(np.argmax(distances), distances.shape))
    for done in range(queries + 1):
        model = GaussianProcessRegressor(kernel(), alpha=0.1, normalize_y=True).fit(x[labelled], y[labelled])
        score = np.sqrt(np.mean((model.predict(test, return_std=True)[0] - truth) ** 2))
        if done < queries:
            pool = np.setdiff1d(np.arange(len(x)), labelled)
            labelled.append(int(pool[np.argmax(model.predict(x[pool], return_std=True)[1])]))
    return labelled, float(score), float(model.log_marginal_likelihood_value_)


loop = {"classifier": classifier, "regressor": regressor}[sys.argv[1]]
repetitions, queries = ([int(a) for a in sys.argv[3:5]] + [1, 100][len(sys.argv[3:5]):])
loop(3)
for _ in range(repetitions):
    begun = time.perf_counter()
    labelled, score, likelihood = loop(queries)
    print(json.dumps({"seconds": time.perf_counter() - begun, "score": score, "logLikelihood": likelihood, "labelled": labelled,
                      "versions": f"scikit-learn {sklearn.__version__}, numpy {np.__version__}"}), flush=True)
