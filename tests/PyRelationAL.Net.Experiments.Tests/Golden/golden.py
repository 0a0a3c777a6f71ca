"""Writes golden.json: the numbers that the tests of the statistics hold the library against.

Written from scipy, scikit-learn and the definitions, independently of the library: null distributions by listing all signs, exact bootstrap distributions by
listing all resamples, Holm's correction by testing all intersections. Run it with a Python that has numpy, scipy and scikit-learn, from any folder; the output
is deterministic and belongs under version control.

    python3 golden.py
"""

import itertools
import json
import math
import pathlib

import numpy as np
from scipy import stats
from sklearn.isotonic import IsotonicRegression

rng = np.random.default_rng(20261121)
golden = {}


def signs_tail(ranks, least):
    """P(W <= least) over all signs of the ranks."""
    ranks = np.asarray(ranks)
    sums = np.zeros(1)
    for rank in ranks:
        sums = np.concatenate([sums, sums + rank])
    return float(np.mean(sums <= least + 1e-9))


def wilcoxon_by_signs(d, zeros):
    d = np.asarray(d)
    ranked = d if zeros == "pratt" else d[d != 0]
    ranks = stats.rankdata(np.abs(ranked))
    plus, minus = ranks[ranked > 0].sum(), ranks[ranked < 0].sum()
    p = min(1.0, 2 * signs_tail(ranks[ranked != 0], min(plus, minus)))
    return {"differences": d, "zeros": zeros, "plus": plus, "minus": minus, "p": p, "exact": True}


wilcoxon = []
for n in (3, 5, 8, 15, 25, 40, 70):
    d = rng.normal(0.4, 1, n)
    result = stats.wilcoxon(d, method="exact")
    ranks = stats.rankdata(np.abs(d))
    wilcoxon.append({"differences": d, "zeros": "wilcox", "plus": ranks[d > 0].sum(), "minus": ranks[d < 0].sum(), "p": result.pvalue, "exact": True})
    assert result.statistic == min(wilcoxon[-1]["plus"], wilcoxon[-1]["minus"])
for n in (4, 9, 14, 18):
    d = np.round(rng.normal(0.5, 1.5, n))
    for zeros in ("wilcox", "pratt"):
        wilcoxon.append(wilcoxon_by_signs(d, zeros))
for n, digits in ((120, 6), (300, 0), (200, 1)):
    d = np.round(rng.normal(0.2, 1, n), digits)
    for zeros in ("wilcox", "pratt"):
        result = stats.wilcoxon(d, zero_method=zeros, correction=True, method="approx")
        ranked = d if zeros == "pratt" else d[d != 0]
        ranks = stats.rankdata(np.abs(ranked))
        is_exact = np.count_nonzero(d) <= 50
        assert not is_exact
        wilcoxon.append({
            "differences": d, "zeros": zeros, "plus": ranks[ranked > 0].sum(), "minus": ranks[ranked < 0].sum(), "p": result.pvalue, "exact": False})
golden["wilcoxon"] = wilcoxon


def holm_by_closure(p):
    """The largest Bonferroni p-value of all intersections that a hypothesis is part of."""
    m = len(p)
    adjusted = [0.0] * m
    for size in range(1, m + 1):
        for subset in itertools.combinations(range(m), size):
            bonferroni = min(1.0, size * min(p[i] for i in subset))
            for i in subset:
                adjusted[i] = max(adjusted[i], bonferroni)
    return adjusted


golden["holm"] = [{"p": p, "adjusted": holm_by_closure(p)} for p in
                  ([0.04], [0.01, 0.04, 0.03, 0.005], [0.5, 0.5, 0.9], list(np.round(rng.uniform(0, 0.2, 8), 4)), [0.01, 0.01, 0.01])]

friedman = []
for blocks, k, digits in ((6, 3, 3), (12, 5, 3), (30, 4, 1), (10, 10, 3), (5, 2, 3)):
    scores = np.round(rng.normal(0, 1, (blocks, k)) + np.linspace(0, 0.8, k), digits)
    chi = stats.friedmanchisquare(*scores.T) if k > 2 else None
    ranks = np.array([stats.rankdata(-row) for row in scores])
    if chi is None:
        # scipy wants three samples; the definition does not.
        chi_squared = 12 * blocks / (k * (k + 1)) * (np.sum(ranks.mean(0) ** 2) - k * (k + 1) ** 2 / 4)
        chi_p = stats.chi2.sf(chi_squared, k - 1)
    else:
        chi_squared, chi_p = chi.statistic, chi.pvalue
    f = (blocks - 1) * chi_squared / (blocks * (k - 1) - chi_squared)
    friedman.append({"scores": scores, "ranks": ranks.mean(0), "chiSquared": chi_squared, "chiSquaredP": chi_p,
                     "f": f, "fP": stats.f.sf(f, k - 1, (k - 1) * (blocks - 1))})
golden["friedman"] = friedman

golden["range"] = [{"q": q, "k": k, "cdf": stats.studentized_range.cdf(q, k, np.inf)} for k in (2, 3, 5, 10, 20, 50) for q in (0.3, 1.0, 2.5, 3.7, 5.0)]
golden["rangeQuantiles"] = [{"p": p, "k": k, "q": stats.studentized_range.ppf(p, k, np.inf)} for k in (2, 3, 6, 10, 25) for p in (0.5, 0.9, 0.95, 0.99)]


def bca_of_all_resamples(x, level):
    """Percentile and BCa intervals of the mean from the exact bootstrap distribution."""
    n = len(x)
    replicates = np.zeros(1)
    for _ in range(n):
        replicates = (replicates[:, None] + x[None, :]).ravel()
    replicates = np.sort(replicates / n)
    close = np.isclose(replicates, x.mean(), rtol=0, atol=1e-12)
    z0 = stats.norm.ppf((np.mean((replicates < x.mean()) & ~close)) + 0.5 * np.mean(close))
    jackknife = (x.sum() - x) / (n - 1)
    u = jackknife.mean() - jackknife
    a = np.sum(u ** 3) / (6 * np.sum(u ** 2) ** 1.5)
    z = stats.norm.ppf([(1 - level) / 2, (1 + level) / 2])
    corrected = stats.norm.cdf(z0 + (z0 + z) / (1 - a * (z0 + z)))
    return np.quantile(replicates, [(1 - level) / 2, (1 + level) / 2]), np.quantile(replicates, corrected)


bootstrap = []
for n, level in ((5, 0.9), (7, 0.95), (8, 0.95)):
    x = np.round(rng.exponential(1, n), 4)
    percentile, bca = bca_of_all_resamples(x, level)
    bootstrap.append({"values": x, "level": level, "percentile": percentile, "bca": bca})
for n in (20, 60):
    x = np.round(rng.exponential(1, n), 4)
    ends = {method: stats.bootstrap((x,), np.mean, n_resamples=200_000, batch=5000, method=method, random_state=np.random.default_rng(n)).confidence_interval
            for method in ("percentile", "BCa")}
    bootstrap.append({"values": x, "level": 0.95, "percentile": list(ends["percentile"]), "bca": list(ends["BCa"])})
golden["bootstrap"] = bootstrap

hodges_lehmann = []
for n, level in ((5, 0.95), (6, 0.95), (12, 0.9), (18, 0.95), (120, 0.95)):
    first, second = np.round(rng.normal(1, 1, n), 4), np.round(rng.normal(0.5, 1, n), 4)
    d = first - second
    walsh = np.sort([(d[i] + d[j]) / 2 for i in range(n) for j in range(i, n)])
    tail = (1 - level) / 2
    if n <= 20:
        c = 0
        while signs_tail(np.arange(1, n + 1), c) <= tail:
            c += 1
    else:
        c = math.floor(n * (n + 1) / 4 + stats.norm.ppf(tail) * math.sqrt(n * (n + 1) * (2 * n + 1) / 24))
    hodges_lehmann.append({"first": first, "second": second, "level": level, "shift": np.median(walsh),
                           "low": walsh[c - 1] if c else None, "high": walsh[len(walsh) - c] if c else None})
golden["hodgesLehmann"] = hodges_lehmann

bayesian = []
for n, shift, rope in ((5, 0.02, 0.01), (10, 0.0, 0.01), (12, 0.012, 0.01), (15, -0.03, 0.0), (20, 0.005, 0.01)):
    d = np.round(rng.normal(shift, 0.015, n), 5)
    z = np.concatenate([[0], d])
    pairs = z[:, None] + z[None, :]
    wins = np.zeros(3)
    for _ in range(20):
        w = rng.dirichlet(np.concatenate([[0.5], np.ones(n)]), 10_000)
        shares = np.stack([np.einsum("si,ij,sj->s", w, region.astype(float), w)
                           for region in (pairs < -2 * rope, np.abs(pairs) <= 2 * rope, pairs > 2 * rope)])
        best = shares == shares.max(0)
        wins += (best / best.sum(0)).sum(1)
    bayesian.append({"differences": d, "rope": rope, "posterior": wins / wins.sum()})
golden["bayesian"] = bayesian

isotonic = []
for n in (1, 2, 7, 40):
    y = np.round(np.linspace(0.3, 0.9, n) + rng.normal(0, 0.1, n), 4)
    isotonic.append({"scores": y, "rising": IsotonicRegression().fit_transform(np.arange(n), y),
                     "falling": IsotonicRegression(increasing=False).fit_transform(np.arange(n), y),
                     "median5": [np.median(y[max(0, i - 2):i + 3]) for i in range(n)]})
golden["smoothing"] = isotonic


def kaplan_meier_median(times, reached):
    survival = 1.0
    for t in sorted(set(times)):
        at_risk = sum(other >= t for other in times)
        events = sum(other == t and r for other, r in zip(times, reached))
        survival *= 1 - events / at_risk
        if survival <= 0.5 + 1e-12:
            return float(t)
    return None


golden["kaplanMeier"] = []
for n in (1, 4, 5, 12, 13):
    times, reached = rng.integers(10, 30, n).tolist(), (rng.uniform(size=n) < 0.7).tolist()
    golden["kaplanMeier"].append({"times": times, "reached": reached, "median": kaplan_meier_median(times, reached)})

areas = []
for n in (2, 6, 15):
    labelled = 10 + np.cumsum(rng.integers(0, 5, n) + (np.arange(n) == 1))
    y, r = rng.uniform(0.4, 0.9, n), rng.uniform(0.3, 0.8, n)
    area = np.trapz(y, labelled) / (labelled[-1] - labelled[0])
    areas.append({"labelled": labelled, "scores": y, "random": r, "area": area, "normalised": (area - 0.4) / (0.95 - 0.4),
                  "deficiency": np.sum(0.95 - y) / np.sum(0.95 - r)})
golden["areas"] = areas

golden["student"] = []
for n in (2, 5, 30):
    first, second = rng.normal(0.3, 1, n), rng.normal(0, 1, n)
    golden["student"].append({"differences": first - second, "p": stats.ttest_rel(first, second).pvalue})


def plain(value):
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple, np.ndarray)):
        return [plain(item) for item in value]
    return value.item() if isinstance(value, np.generic) else value


path = pathlib.Path(__file__).with_name("golden.json")
path.write_text(json.dumps(plain(golden), indent=1) + "\n")
