"""What other programs compute in the cases of selection.py, restated; selection.py runs this beside ours.

    python3 selection_peers.py CASE THREADS REPETITIONS FOLDER

Prints JSON: {variant: {"seconds": [...], "processor": [...], "result": [...]}}. The same computations as the programs named, in as few lines; what they add
around them (checks, loaders, garbage collection) is left out, so that a ratio to the program itself can only be larger. Needs numpy, scipy, scikit-learn and
PyTorch. The caller sets OPENBLAS_NUM_THREADS.
"""
import json
import sys
import time

import numpy as np
import torch

case, threads, repetitions, folder = sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), sys.argv[4]
torch.set_num_threads(threads)


def read(name, *shape):
    return np.fromfile(f"{folder}/{name}.f32", dtype=np.float32).reshape(shape)


def sorted_pool(scores):
    """PyRelationAL's TopKSampler: the whole pool is sorted and becomes a list."""
    return torch.argsort(scores, descending=True).tolist()[:100]


def top(scores):
    return torch.topk(scores, 100).indices.tolist()


def top_of_array(scores):
    best = np.argpartition(scores, -100)[-100:]
    return best[np.argsort(-scores[best])].tolist()


def scores():
    array = read("probs_1000000x10", 1_000_000, 10)
    p = torch.from_numpy(array)

    def two(order):
        first, second = (order(p)[:, i] for i in (0, 1))
        return (1 - (first - second)) if case == "margin" else second / first

    def two_by_maximum():
        first, at = p.max(1, keepdim=True)
        second = p.scatter(1, at, -1.0).amax(1)
        return (1 - (first[:, 0] - second)) if case == "margin" else second / first[:, 0]

    def partitioned():
        best = np.partition(array, -2, axis=1)
        first, second = best[:, -1], best[:, -2]
        return (1 - (first - second)) if case == "margin" else second / first

    if case == "entropy":
        return {
            "PyRelationAL": lambda: sorted_pool((0 - (p * torch.log2(p)).sum(1)) / np.log2(10)),
            "torch": lambda: top(-(p * p.log()).sum(1)),
            "torch entr": lambda: top(torch.special.entr(p).sum(1)),
            "numpy": lambda: top_of_array(-np.einsum("ij,ij->i", array, np.log(array))),
        }
    if case == "least confidence":
        return {
            "PyRelationAL": lambda: sorted_pool((1 - p.max(1)[0]) * (10 / 9)),
            "torch": lambda: top(1 - p.amax(1)),
            "numpy": lambda: top_of_array(1 - array.max(1)),
        }
    return {
        "PyRelationAL": lambda: sorted_pool(two(lambda x: x.sort(descending=True)[0])),
        "torch topk": lambda: top(two(lambda x: x.topk(2)[0])),
        "torch two maxima": lambda: top(two_by_maximum()),
        "numpy": lambda: top_of_array(partitioned()),
    }


def bald():
    array = read("bald_20x100000x10", 20, 100_000, 10)
    q = torch.from_numpy(array)

    def with_numpy():
        mean = array.mean(0)
        return np.einsum("mnc,mnc->n", array, np.log(array)) / 20 - np.einsum("nc,nc->n", mean, np.log(mean))

    def with_torch():
        mean = q.mean(0)
        return (q * q.log()).sum(2).mean(0) - (mean * mean.log()).sum(1)

    log = q.log().permute(1, 0, 2).contiguous()

    def with_log_probabilities():
        """batchbald_redux without its garbage collection: from log probabilities [N, K, C], in chunks."""
        parts = []
        for start in range(0, len(log), 1024):
            part = log[start:start + 1024]
            mean = torch.logsumexp(part, 1) - np.log(20)
            parts.append((part * part.exp()).sum((1, 2)) / 20 - (mean * mean.exp()).sum(1))
        return torch.cat(parts)

    return {"numpy": lambda: top_of_array(with_numpy()), "torch": lambda: top(with_torch()), "batchbald_redux": lambda: top(with_log_probabilities())}


def relative():
    from sklearn.metrics import pairwise_distances_argmin_min
    x, y = read("rel_query_100000x64", 100_000, 64), read("rel_ref_5000x64", 5_000, 64)
    return {"scikit-learn": lambda: pairwise_distances_argmin_min(x, y)[1][:5].tolist()}


def centres():
    x, labelled = read("kc_unl_50000x64", 50_000, 64), read("kc_lab_100x64", 100, 64)

    def with_numpy():
        norms = np.einsum("ij,ij->i", x, x)
        nearest = (norms[:, None] + np.einsum("ij,ij->i", labelled, labelled) - 2 * (x @ labelled.T)).min(1)
        distances, chosen = np.empty_like(nearest), []
        for _ in range(1000):
            best = int(nearest.argmax())
            chosen.append(best)
            np.dot(x, x[best] * np.float32(-2), out=distances)
            distances += norms
            distances += norms[best]
            np.minimum(nearest, distances, out=nearest)
            nearest[best] = 0
        return chosen

    return {"numpy": with_numpy}


def badge():
    """JordanAsh's BADGE: k-means++ with distances from factors, a Python sum and a scipy distribution for each pick."""
    from scipy import stats
    embeddings, p = read("badge_emb_20000x64", 20_000, 64), read("badge_probs_20000x10", 20_000, 10)

    def run():
        np.random.seed(1)
        errors = -p.copy()
        errors[np.arange(len(p)), p.argmax(1)] += 1
        left, right = (errors ** 2).sum(1), (embeddings ** 2).sum(1)
        chosen = [int((left * right).argmax())]
        nearest = None
        while len(chosen) < 1000:
            last = chosen[-1]
            squared = left * right + left[last] * right[last] - 2 * (errors @ errors[last]) * (embeddings @ embeddings[last])
            distances = np.sqrt(np.clip(squared, 0, None))
            nearest = distances if nearest is None else np.minimum(nearest, distances)
            nearest[chosen] = 0
            weights = nearest.ravel().astype(float)
            weights = weights ** 2 / sum(weights ** 2)
            drawn = stats.rv_discrete(name="custom", values=(np.arange(len(weights)), weights)).rvs(size=1)[0]
            while drawn in chosen:
                drawn = stats.rv_discrete(name="custom", values=(np.arange(len(weights)), weights)).rvs(size=1)[0]
            chosen.append(int(drawn))
        return chosen

    return {"JordanAsh": run}


def batch_bald():
    """batchbald_redux in float32 without its garbage collection: exact joint entropies up to 10,000 configurations, then 10,000 samples of them."""
    log = torch.from_numpy(read("bb_logp_2000x100x10", 2000, 100, 10))
    n, k, classes = log.shape
    limit = 10_000

    def joint_entropies(rows, weights):
        """−Σ p ln p / q over configurations: rows [configurations, K] are p(y | θ); weights q, or None where these are all configurations."""
        result = []
        for start in range(0, n, 1024):
            part = log[start:start + 1024].exp()
            p = torch.empty(len(part), len(rows), classes)
            for i in range(len(part)):
                torch.matmul(rows, part[i], out=p[i])
            p /= k
            terms = p.log() * p
            if weights is not None:
                terms /= weights
            result.append(-terms.sum((1, 2)) / (1 if weights is None else len(rows)))
        return torch.cat(result)

    def run():
        torch.manual_seed(1)
        conditional = -(log * log.exp()).sum((1, 2)) / k
        rows, chosen, shared, weights = torch.ones(1, k), [], 0.0, None
        for step in range(10):
            if step > 0:
                shared += conditional[chosen[-1]]
                if classes ** step <= limit:
                    rows = (rows[:, None, :] * log[chosen[-1]].exp().t()[None]).reshape(-1, k)
                else:
                    # For each θ as many configurations, drawn anew for the whole batch.
                    p = log[chosen].exp()
                    draws = torch.stack([torch.multinomial(each, limit // k, replacement=True) for each in p]).reshape(step, -1)
                    rows = torch.stack([p[i].t()[draws[i]] for i in range(step)]).log().sum(0).exp()
                    weights = rows.mean(1, keepdim=True)[None]
            gains = joint_entropies(rows, weights) - conditional - shared
            gains[chosen] = -np.inf
            chosen.append(int(gains.argmax()))
        return chosen

    return {"batchbald_redux": run}


def clusters():
    from sklearn.cluster import KMeans
    x = read("km_20000x64", 20_000, 64)
    _, k, starts = case.split()
    seeds = iter(range(1000))
    return {"scikit-learn": lambda: [float(KMeans(int(k), n_init=int(starts), random_state=next(seeds)).fit(x).inertia_)]}


cases = {"bald": bald, "relative": relative, "k-centre": centres, "badge": badge, "batchbald": batch_bald}
variants = (clusters if case.startswith("k-means") else cases.get(case, scores))()
results = {}
for name, run in variants.items():
    if repetitions > 2:
        run()
    seconds, processor, found = [], [], None
    for _ in range(repetitions):
        begun, used = time.perf_counter(), time.process_time()
        found = run()
        seconds.append(time.perf_counter() - begun)
        processor.append(time.process_time() - used)
        if case.startswith("k-means"):
            results.setdefault(name, {}).setdefault("inertias", []).append(found[0])
    results.setdefault(name, {}).update(seconds=seconds, processor=processor, result=found)
print(json.dumps(results))
