"""Makes golden.json from scikit-learn: /usr/bin/env python3 make_golden.py (made with scikit-learn 1.2.1, SciPy 1.10, Debian 12).

Inputs are rounded to float32 first, so that both sides see the same numbers. Nothing here is random.
"""
import json
import os

import numpy as np
import sklearn
from sklearn.datasets import load_diabetes, load_iris
from sklearn.gaussian_process import GaussianProcessClassifier, GaussianProcessRegressor
from sklearn.gaussian_process.kernels import RBF, ConstantKernel, Matern, RationalQuadratic, WhiteKernel
from sklearn.linear_model import BayesianRidge, LogisticRegression


def f32(a):
    return np.asarray(a, dtype=np.float32).astype(np.float64)


def lst(a):
    return np.asarray(a, dtype=float).tolist()


iris = load_iris()
xi = f32((iris.data - iris.data.mean(0)) / iris.data.std(0))
diabetes = load_diabetes()
xd = f32(diabetes.data / diabetes.data.std(0))

# Every third flower to train on, the next one to test; binary problems leave out the class that is separable.
tr3, te3 = np.arange(0, 150, 3), np.arange(1, 150, 5)
tr2, te2 = np.arange(50, 150, 3), np.arange(51, 150, 5)
trr, ter = np.arange(0, 40), np.arange(40, 55)
cols = [0, 2, 3, 8]


def kernels(d):
    ls = [0.7 + 0.4 * j for j in range(d)]
    return {
        "constant*rbf": ConstantKernel(1.7) * RBF(1.3),
        "constant*ard": ConstantKernel(0.8) * RBF(ls),
        "constant*matern12": ConstantKernel(1.5) * Matern(1.6, nu=0.5),
        "constant*matern32": ConstantKernel(1.5) * Matern(1.6, nu=1.5),
        "constant*matern52": ConstantKernel(1.5) * Matern(1.6, nu=2.5),
        "constant*matern52ard": ConstantKernel(1.5) * Matern(ls, nu=2.5),
        "constant*rq": ConstantKernel(1.2) * RationalQuadratic(alpha=0.6, length_scale=1.1),
        "constant*rbf+white": ConstantKernel(1.2) * RBF(1.4) + WhiteKernel(0.3),
        "rbf*matern32+constant*rq+white": RBF(2.5) * Matern(3.0, nu=1.5)
        + ConstantKernel(0.4) * RationalQuadratic(alpha=1.5, length_scale=0.9) + WhiteKernel(0.2),
    }


def white(k):
    return sum(np.exp(h) for h, p in zip(k.theta, k.hyperparameters) if p.name.endswith("noise_level"))


out = {"scikit-learn": sklearn.__version__, "data": {
    "irisTrain3": {"x": lst(xi[tr3]), "y": lst(iris.target[tr3])},
    "irisTest3": {"x": lst(xi[te3]), "y": lst(iris.target[te3])},
    "irisTrain2": {"x": lst(xi[tr2]), "y": lst(iris.target[tr2] - 1)},
    "irisTest2": {"x": lst(xi[te2]), "y": lst(iris.target[te2] - 1)},
    "diabetesTrain": {"x": lst(xd[trr][:, cols]), "y": lst(diabetes.target[trr])},
    "diabetesTest": {"x": lst(xd[ter][:, cols]), "y": lst(diabetes.target[ter])},
}}

X, y, T = xd[trr][:, cols], diabetes.target[trr], xd[ter][:, cols]
out["kernelMatrices"] = {n: lst(k(X[:6])) for n, k in kernels(X.shape[1]).items()}

out["gpr"] = {}
for name, k in kernels(X.shape[1]).items():
    alpha = 1e-10 if "white" in name else 0.05
    m = GaussianProcessRegressor(k, alpha=alpha, optimizer=None, normalize_y=True).fit(X, y)
    lml, grad = m.log_marginal_likelihood(k.theta, eval_gradient=True)
    mean, cov = m.predict(T, return_cov=True)
    # scikit-learn's covariance is that of new observations' latent part plus the white kernel; ours is the latent function's alone.
    cov = cov - np.eye(len(T)) * white(m.kernel_) * m._y_train_std**2
    out["gpr"][name] = {"jitter": alpha, "lml": lml, "gradient": lst(grad), "mean": lst(mean), "covariance": lst(cov)}

out["gprFit"] = {}
for name in ["constant*rbf+white", "rbf*matern32+constant*rq+white"]:
    m = GaussianProcessRegressor(kernels(X.shape[1])[name], normalize_y=True).fit(X, y)
    out["gprFit"][name] = {"lml": m.log_marginal_likelihood_value_, "theta": lst(m.kernel_.theta), "mean": lst(m.predict(T))}
ard = ConstantKernel(1.0) * RBF([1.0] * X.shape[1]) + WhiteKernel(0.5)
m = GaussianProcessRegressor(ard, normalize_y=True).fit(X, y)
out["gprFit"]["ard"] = {"lml": m.log_marginal_likelihood_value_, "theta": lst(m.kernel_.theta), "mean": lst(m.predict(T))}

X2, y2, T2 = xi[tr2], iris.target[tr2] - 1, xi[te2]
out["gpc"] = {}
for name, k in kernels(X2.shape[1]).items():
    if "white" in name:
        continue
    m = GaussianProcessClassifier(k, optimizer=None).fit(X2, y2)
    lml, grad = m.base_estimator_.log_marginal_likelihood(k.theta, eval_gradient=True)
    out["gpc"][name] = {"lml": lml, "gradient": lst(grad), "probabilities": lst(m.predict_proba(T2))}

m = GaussianProcessClassifier(ConstantKernel(1.0) * RBF(1.0)).fit(X2, y2)
out["gpcFit"] = {"lml": m.base_estimator_.log_marginal_likelihood_value_, "theta": lst(m.base_estimator_.kernel_.theta),
                 "probabilities": lst(m.predict_proba(T2))}

X3, y3, T3 = xi[tr3], iris.target[tr3], xi[te3]
m = GaussianProcessClassifier(ConstantKernel(1.7) * RBF(1.3), optimizer=None).fit(X3, y3)
out["gpcOneVsRest"] = {"probabilities": lst(m.predict_proba(T3))}

out["logistic"] = {}
for name, c, a, b, t in [("binary", 1.0, X2, y2, T2), ("multinomial", 1.0, X3, y3, T3), ("multinomialStrong", 0.05, X3, y3, T3)]:
    m = LogisticRegression(C=c, solver="newton-cg", tol=1e-12, max_iter=100000).fit(a, b)
    out["logistic"][name] = {"c": c, "weights": lst(m.coef_), "intercepts": lst(m.intercept_), "probabilities": lst(m.predict_proba(t))}

m = BayesianRidge(alpha_1=0, alpha_2=0, lambda_1=0, lambda_2=0, tol=1e-12, n_iter=10000).fit(X, y)
A = m.lambda_ * np.eye(X.shape[1]) + m.alpha_ * (X - X.mean(0)).T @ (X - X.mean(0))
Tc = T - X.mean(0)
var = np.einsum("ij,ij->i", Tc, np.linalg.solve(A, Tc.T).T) + 1 / (m.alpha_ * len(X))
out["bayesianRidge"] = {"weights": lst(m.coef_), "intercept": float(m.intercept_), "weightPrecision": float(m.lambda_),
                        "noisePrecision": float(m.alpha_), "mean": lst(m.predict(T)), "deviation": lst(np.sqrt(var))}

with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "golden.json"), "w") as f:
    json.dump(out, f, indent=None, separators=(",", ":"))
    f.write("\n")
