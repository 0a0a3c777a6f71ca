"""Writes scenarios.csv: how many items of each class an imbalance and an open-set rate leave, in exact or 60-digit arithmetic.

Columns: sizes of the known classes, unknown items, imbalance factor (or -), open-set rate (or -), known items that stay by class, unknown items that stay.
Run with Python 3.11: python3 scenarios.py > scenarios.csv
"""
from decimal import ROUND_HALF_UP, Decimal, getcontext
from fractions import Fraction
from random import Random

getcontext().prec = 60


def long_tail(sizes, factor):
    if len(sizes) == 1:
        return sizes
    f = Decimal(factor)
    # 60 digits: what is within 1e-40 of a whole number is one.
    return [int(n * f ** (Decimal(c) / (len(sizes) - 1)) + Decimal("1e-40")) for c, n in enumerate(sizes)]


def half_up(x):
    return int((Decimal(x.numerator) / Decimal(x.denominator)).quantize(Decimal(1), ROUND_HALF_UP))


def hamilton(sizes, seats):
    total = sum(sizes)
    exact = [Fraction(n * seats, total) for n in sizes]
    quotas = [int(x) for x in exact]
    for c in sorted(range(len(sizes)), key=lambda c: (quotas[c] - exact[c], c))[: seats - sum(quotas)]:
        quotas[c] += 1
    return quotas


def to_rate(known, unknown, rate):
    r = Fraction(rate)
    wanted = half_up(sum(known) * r / (1 - r))
    if wanted <= unknown:
        return known, wanted
    return hamilton(known, half_up(unknown * (1 - r) / r)), unknown


rng = Random(5)
# Those of the ALScope benchmark first: CIFAR10 with 8, 6 and 4 known classes, AGNEWS with 2; CIFAR10 imbalanced.
cases = [
    ([5000] * 8, 10000, "-", "0.2"),
    ([5000] * 6, 20000, "-", "0.4"),
    ([5000] * 4, 30000, "-", "0.6"),
    ([30000] * 2, 60000, "-", "0.4"),
    ([30000] * 2, 60000, "-", "0.6"),
    ([5000] * 10, 0, "0.2", "-"),
    ([5000] * 10, 0, "0.1", "-"),
    ([5000] * 10, 0, "0.01", "-"),
    ([30000] * 4, 0, "0.2", "-"),
    ([100, 100], 0, "0.29", "-"),
    ([7], 9, "0.2", "0.5"),
    ([10, 20, 30], 40, "1", "0.4"),
]
for _ in range(60):
    sizes = [rng.randint(20, 90) for _ in range(rng.randint(1, 9))]
    factor = rng.choice(["-", "0.2", "0.25", "0.4", "0.6", "1"])
    rate = rng.choice(["-", "0.1", "0.2", "0.4", "0.5", "0.6", "0.75", "0.8"])
    cases.append((sizes, rng.randint(30, 200), factor, rate))

print("sizes,unknown,factor,rate,known_kept,unknown_kept")
for sizes, unknown, factor, rate in cases:
    known = sizes if factor == "-" else long_tail(sizes, factor)
    known, left = (known, unknown) if rate == "-" else to_rate(known, unknown, rate)
    if min(known) == 0:
        continue  # refused
    print(" ".join(map(str, sizes)), unknown, factor, rate, " ".join(map(str, known)), left, sep=",")
