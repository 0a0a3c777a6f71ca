"""Built-in networks beside plain PyTorch loops, in turn and at equal threads; prints medians and ratios.

    python3 networks.py [--repeats 5] [--ensemble-repeats 5] [--threads 1 2] [--mnist FOLDER]

Build benchmarks/performance in Release first. Needs, for networks_torch.py, PyTorch with OpenBLAS, NumPy and scikit-learn. One full run takes half an hour, nearly all
of it the ensemble in PyTorch; medians are over the repeats.
"""
import argparse
import os
import pathlib
import statistics
import subprocess
import sys

here = pathlib.Path(__file__).resolve().parent
root = here.parent.parent
parser = argparse.ArgumentParser()
parser.add_argument("--repeats", type=int, default=5)
parser.add_argument("--ensemble-repeats", type=int, default=5)
parser.add_argument("--threads", type=int, nargs="+", default=[1, 2])
parser.add_argument("--mnist", default=str(root.parent / "shared/datasets/images/mnist"))
arguments = parser.parse_args()
ours = [str(root / "artifacts/bin/PyRelationAL.Net.Benchmarks/release/PyRelationAL.Net.Benchmarks"), "networks"]
theirs = [sys.executable, str(here / "networks_torch.py")]


def run(program, case, threads, seed):
    """The lines of one process as {name: numbers}."""
    environment = dict(os.environ, OPENBLAS_NUM_THREADS=str(threads), OMP_NUM_THREADS=str(threads))
    text = subprocess.run(
        [*program, case, str(threads), str(seed), arguments.mnist], env=environment, check=True, capture_output=True, text=True).stdout
    lines = (line.split() for line in text.splitlines())
    if case in ("products", "lanes"):
        return {" ".join(line[:-1]): [float(line[-1])] for line in lines}
    return {line[0]: [float(number) for number in line[1:]] for line in lines}


def compare(case, threads, repeats):
    collected = {}
    for seed in range(1, repeats + 1):
        for side, program in (("ours", ours), ("theirs", theirs)):
            for name, numbers in run(program, case, threads, seed).items():
                collected.setdefault((side, name), []).append(numbers)
    return {key: [statistics.median(column) for column in zip(*rows)] for key, rows in collected.items()}


print("Products on one thread, GFLOP per processor second: ours, OpenBLAS")
medians = compare("products", 1, arguments.repeats)
for side, name in [key for key in medians if key[0] == "ours"]:
    print(f"  {name[8:]:14} {medians[side, name][0]:7.1f} {medians['theirs', name][0]:7.1f}")

# Seconds of an epoch's products at the speeds just measured; the last shape stands for its two gradients too.
in_products = 0
for side, name in [key for key in medians if key[0] == "ours"]:
    rows, depth, columns = (int(size) for size in name[8:].rstrip("t").split("x"))
    in_products += (3 if columns == 10 else 1) * 2e-9 * rows * depth * columns / medians[side, name][0] * 10000 / 128
peak = run(ours, "peak", 1, 1)["peak"][0]
print(f"Multiply-adds in registers on one thread: {peak:.1f}")

operations = 10000 * 2 * (784 * 256 * 2 + 256 * 128 * 3 + 128 * 10 * 3) / 1e9
print("An epoch of MNIST, 10,000 rows: threads, ours s, PyTorch s, PyTorch/ours, accuracies, GFLOP/s of ours, on one thread share outside products")
for threads in arguments.threads:
    medians = compare("images", threads, arguments.repeats)
    (mine, my_accuracy), (other, other_accuracy) = medians["ours", "images"], medians["theirs", "images"]
    share = f", {1 - in_products / mine:.0%}" if threads == 1 else ""
    print(f"  {threads}: {mine:.3f}, {other:.3f}, {other / mine:.2f}, {my_accuracy:.4f} and {other_accuracy:.4f}, {operations / mine:.0f}{share}")

print("Ten networks over sixteen rounds: threads, ours s (in a cold process), PyTorch s, PyTorch/ours (cold), test errors")
for threads in arguments.threads:
    medians = compare("ensemble", threads, arguments.ensemble_repeats)
    (mine, my_error), (cold, _), (other, other_error) = medians["ours", "ensemble"], medians["ours", "ensemble-cold"], medians["theirs", "ensemble"]
    print(f"  {threads}: {mine:.3f} ({cold:.3f}), {other:.1f}, {other / mine:.0f} ({other / cold:.0f}), {my_error:.2f} and {other_error:.2f}")

print("Members one after the other over members in lanes, processor time")
for name, numbers in run(ours, "lanes", 1, 1).items():
    print(f"  {name[6:]:16} {numbers[0]:.2f}")
