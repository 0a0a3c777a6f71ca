"""The weights of CoverageStrategyTests.The_logistic_regression_is_that_of_scikit_learn."""
import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import StandardScaler

x = np.array([[1, 2], [2, 0.5], [3, 3], [0, 1], [-1, 0], [0.5, -2], [-2, 1.5]])
y = np.array([1, 1, 1, 0, 0, 0, 0])
model = LogisticRegression(C=1, solver="newton-cholesky", tol=1e-12, max_iter=10000).fit(StandardScaler().fit_transform(x), y)
print(", ".join(f"{v:.9f}" for v in [*model.coef_[0], model.intercept_[0]]))
