"""Writes folds.csv: the unshuffled folds of scikit-learn for small label sequences, one line for each item.

Run with scikit-learn 1.2.1 (Debian 12): python3 folds.py > folds.csv
"""
import warnings

import numpy as np
from sklearn.model_selection import KFold, StratifiedKFold

rng = np.random.default_rng(7)
CASES = {
    "sorted": ([0] * 11 + [1] * 7 + [2] * 5, 5),
    "first_seen_2_0_1": ([2, 0, 1, 2, 0, 0, 1, 2, 2, 0, 1, 1, 0, 2, 2], 3),
    "rare_class": ([0] * 12 + [1] * 2 + [0] * 5 + [1] + [2] * 6, 4),
    "random_101": (rng.integers(0, 4, 101).tolist(), 7),
    "random_skewed": (rng.choice(3, 60, p=[0.85, 0.1, 0.05]).tolist(), 5),
    "two_folds_of_two": ([0, 1, 0, 1], 2),
    "skips_class_1": ([2, 2, 0, 0, 2, 0, 0, 2, 2], 3),
}


def test_fold(splitter, y):
    fold = np.empty(len(y), int)
    for f, (_, test) in enumerate(splitter.split(np.zeros((len(y), 1)), y)):
        fold[test] = f
    return fold


warnings.simplefilter("ignore")  # a class smaller than k only warns, and is one of the cases
print("case,folds,label,kfold,stratified")
for name, (y, k) in CASES.items():
    y = np.array(y)
    for label, plain, stratified in zip(y, test_fold(KFold(k), y), test_fold(StratifiedKFold(k), y)):
        print(f"{name},{k},{label},{plain},{stratified}")
