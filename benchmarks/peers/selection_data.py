"""Writes the files of selection.py into a folder: raw float32, little-endian, row-major.

    python3 selection_data.py FOLDER
"""
import sys
from pathlib import Path

import numpy as np

folder = Path(sys.argv[1])
folder.mkdir(parents=True, exist_ok=True)
random = np.random.default_rng(1)


def softmax(logits):
    e = np.exp(logits - logits.max(-1, keepdims=True))
    return e / e.sum(-1, keepdims=True)


def blobs(centres, count):
    return centres[random.integers(0, len(centres), count)] + random.normal(0, 1, (count, centres.shape[1]))


def write(name, values):
    values.astype("<f4").tofile(folder / f"{name}.f32")


write("probs_1000000x10", softmax(random.normal(0, 2, (1_000_000, 10))))
write("bald_20x100000x10", softmax(random.normal(0, 1.5, (1, 100_000, 10)) + random.normal(0, 1, (20, 100_000, 10))))
write("rel_query_100000x64", random.normal(0, 1, (100_000, 64)))
write("rel_ref_5000x64", random.normal(0, 1, (5_000, 64)))
far = random.normal(0, 3, (200, 64))
write("kc_unl_50000x64", blobs(far, 50_000))
write("kc_lab_100x64", blobs(far, 100))
write("km_20000x64", blobs(random.normal(0, 2, (50, 64)), 20_000))
write("badge_emb_20000x64", np.maximum(random.normal(0, 1, (20_000, 64)), 0))
write("badge_probs_20000x10", softmax(random.normal(0, 1.5, (20_000, 10))))
write("bb_logp_2000x100x10", np.log(softmax(random.normal(0, 1, (2000, 1, 10)) + random.normal(0, 1, (2000, 100, 10)))))
