"""Writes hierarchical.json: a Ward tree and the prunings that hierarchical sampling makes of it as labels come in.

The tree is scipy's. The prunings are written from the paper (Dasgupta and Hsu, ICML 2008), recursively, with sets of leaves for nodes. Run it with a Python that
has numpy and scipy, from any folder; the output is deterministic and belongs under version control.

    python3 hierarchical.py
"""

import json
import math
import pathlib

import numpy as np
from scipy.cluster.hierarchy import to_tree, linkage

rng = np.random.default_rng(20260404)
centres = np.array([[0, 0], [6, 0], [0, 6], [7, 7]])
x = np.vstack([c + rng.standard_normal((30, 2)) for c in centres]).astype(np.float32).astype(float)
truth = np.repeat([0, 1, 2, 0], 30)
flips = rng.choice(120, 8, replace=False)
truth[flips] = rng.integers(0, 3, 8)
classes, beta = 3, 2.0


class Node:
    def __init__(self, tree):
        self.leaves = frozenset(tree.pre_order())
        self.children = [] if tree.is_leaf() else [Node(tree.left), Node(tree.right)]
        self.seen = []  # labels of the leaves drawn from here, or from a node of the pruning above

    def bounds(self, label):
        n, w = len(self.seen), len(self.leaves)
        if n == 0:
            return 0.0, 1.0
        p = self.seen.count(label) / n
        delta = (1 - n / w) / n + math.sqrt((1 - n / w) * p * (1 - p) / n)
        return max(p - delta, 0.0), min(p + delta, 1.0)

    def admissible(self):
        if not self.seen:
            return []
        return [l for l in range(classes)
                if all(1 - self.bounds(l)[0] < beta * (1 - self.bounds(o)[1]) for o in range(classes) if o != l)]

    def own(self):
        """Errors under the best admissible label, and the label."""
        found = [(len(self.leaves) * (1 - self.seen.count(l) / len(self.seen)), l) for l in self.admissible()]
        return min(found) if found else (len(self.leaves), None)

    def cost(self):
        own, label = self.own()
        if label is None or not self.children:
            return own
        return min(own, sum(c.cost() for c in self.children))

    def prune(self, inherited):
        own, label = self.own()
        label = inherited if label is None else label
        if self.own()[1] is not None and self.children and sum(c.cost() for c in self.children) < own - 1e-9 * len(self.leaves):
            return [pair for c in self.children for pair in c.prune(label)]
        return [(self, label)]


linked = linkage(x, "ward")
root = Node(to_tree(linked))
pruning, left, rounds = [(root, 0)], set(range(120)), []
for _ in range(14):
    batch = []
    weights = [len(v.leaves) * (1 - v.bounds(l)[0]) if v.leaves & left else 0 for v, l in pruning]
    for _ in range(5):
        weights = [w if v.leaves & left else 0 for w, (v, _) in zip(weights, pruning)]
        v = pruning[rng.choice(len(pruning), p=np.array(weights) / sum(weights))][0]
        z = int(rng.choice(sorted(v.leaves & left)))
        left.remove(z)
        batch.append(z)
    for z in batch:
        node = next(v for v, _ in pruning if z in v.leaves)
        while True:
            node.seen.append(int(truth[z]))
            if not node.children:
                break
            node = next(c for c in node.children if z in c.leaves)
    pruning = [pair for v, l in pruning for pair in v.prune(l)]
    rounds.append(dict(batch=batch, labels=[int(truth[z]) for z in batch],
                       pruning=sorted((dict(leaves=sorted(v.leaves), label=l, weight=len(v.leaves) * (1 - v.bounds(l)[0])) for v, l in pruning),
                                      key=lambda d: d["leaves"])))

nodes, below = [], {i: [i] for i in range(120)}
for m, (a, b, _, _) in enumerate(linked):
    below[120 + m] = sorted(below[int(a)] + below[int(b)])
    nodes.append(below[120 + m])
golden = dict(rows=x.ravel().tolist(), tree=nodes, rounds=rounds)
pathlib.Path(__file__).with_name("hierarchical.json").write_text(json.dumps(golden) + "\n")
