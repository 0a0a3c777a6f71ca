"""One of the cases of benchmarks/performance/NetworkTimings.cs as a plain PyTorch loop; networks.py runs both.

    python3 networks_torch.py ensemble|images|products THREADS SEED [FOLDER]

Prints "case seconds quality", or GFLOP/s. Needs PyTorch, NumPy and scikit-learn (for Diabetes). The caller sets OPENBLAS_NUM_THREADS: torch.set_num_threads does not
reach an OpenBLAS with threads of its own.
"""
import gzip
import sys
import time

import numpy
import torch
from sklearn.datasets import load_diabetes

case, threads, seed = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
torch.set_num_threads(threads)


def ensemble_over_sixteen_rounds():
    """Ten networks 10-5-1, 100 epochs in batches of 10, with 25, 50, ..., 400 labels: 344,000 steps of Adam. Root mean square error on the last 42 rows."""
    x, y = (torch.tensor(part, dtype=torch.float32) for part in load_diabetes(return_X_y=True))
    y = y.reshape(-1, 1)
    begun = time.perf_counter()
    for labels in range(25, 401, 25):
        mean, deviation = x[:labels].mean(0), x[:labels].std(0, unbiased=False)
        level, scale = y[:labels].mean(), y[:labels].std(unbiased=False)
        scaled, targets = (x - mean) / deviation, (y - level) / scale
        predictions = []
        for member in range(10):
            torch.manual_seed(1000 * seed + member)
            model = torch.nn.Sequential(torch.nn.Linear(10, 5), torch.nn.ELU(), torch.nn.Dropout(0.12), torch.nn.Linear(5, 1))
            optimiser = torch.optim.Adam(model.parameters(), lr=3e-4)
            for _ in range(100):
                order = torch.randperm(labels)
                for start in range(0, labels, 10):
                    rows = order[start:start + 10]
                    optimiser.zero_grad()
                    torch.nn.functional.mse_loss(model(scaled[rows]), targets[rows]).backward()
                    optimiser.step()
            with torch.no_grad():
                predictions.append(model.eval()(scaled[-42:]) * scale + level)
    seconds = time.perf_counter() - begun
    return seconds, (torch.stack(predictions).mean(0) - y[-42:]).square().mean().sqrt().item()


def images(folder, part, count):
    with gzip.open(f"{folder}/{part}-images-idx3-ubyte.gz") as file:
        x = numpy.frombuffer(file.read(), dtype=numpy.uint8, offset=16)[:count * 784].reshape(count, 784)
    with gzip.open(f"{folder}/{part}-labels-idx1-ubyte.gz") as file:
        y = numpy.frombuffer(file.read(), dtype=numpy.uint8, offset=8)[:count]
    return torch.tensor(x / 255, dtype=torch.float32), torch.tensor(y, dtype=torch.int64)


def epoch_of_images(folder, labels=10000, epochs=7):
    """784-256-128-10 with dropout in batches of 128. The median epoch but for the first and the last; accuracy on 10,000 test images."""
    torch.manual_seed(seed)
    x, y = images(folder, "train", labels)
    layers = []
    for width, units in ((784, 256), (256, 128)):
        layers += [torch.nn.Linear(width, units), torch.nn.ReLU(), torch.nn.Dropout(0.1)]
    model = torch.nn.Sequential(*layers, torch.nn.Linear(128, 10))
    optimiser = torch.optim.Adam(model.parameters())
    seconds = []
    for _ in range(epochs):
        begun = time.perf_counter()
        order = torch.randperm(labels)
        for start in range(0, labels, 128):
            rows = order[start:start + 128]
            optimiser.zero_grad()
            torch.nn.functional.cross_entropy(model(x[rows]), y[rows]).backward()
            optimiser.step()
        seconds.append(time.perf_counter() - begun)
    x, y = images(folder, "t10k", 10000)
    with torch.no_grad():
        accuracy = (model.eval()(x).argmax(1) == y).float().mean().item()
    return sorted(seconds[1:-1])[len(seconds[1:-1]) // 2], accuracy


def products():
    """GFLOP per processor second of the products that a step on images makes."""
    for rows, depth, columns, transposed in ((128, 784, 256, False), (784, 128, 256, True), (128, 256, 128, False), (256, 128, 128, True),
                                             (128, 128, 256, False), (128, 128, 10, False)):
        a = torch.randn(depth, rows).t() if transposed else torch.randn(rows, depth)
        b, c = torch.randn(depth, columns), torch.empty(rows, columns)
        repeats, seconds = int(5e8 / (2 * rows * depth * columns)), []
        for _ in range(9):
            begun = time.process_time()
            for _ in range(repeats):
                torch.mm(a, b, out=c)
            seconds.append((time.process_time() - begun) / repeats)
        print(f"product {rows}x{depth}x{columns}{'t' if transposed else ''} {2e-9 * rows * depth * columns / sorted(seconds)[4]:.1f}")


if case == "products":
    products()
elif case == "images":
    print("images", *epoch_of_images(sys.argv[4]))
else:
    print("ensemble", *ensemble_over_sixteen_rounds())
