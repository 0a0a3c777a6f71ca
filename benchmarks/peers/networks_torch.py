"""The two cases of benchmarks/performance/NeuralNetworkBenchmarks.cs as plain PyTorch loops.

    python3 networks_torch.py [threads]

Prints seconds. Needs PyTorch and scikit-learn (for Diabetes).
"""
import sys
import time

import torch
from sklearn.datasets import load_diabetes

torch.set_num_threads(int(sys.argv[1]) if len(sys.argv) > 1 else 1)


def ensemble_over_sixteen_rounds():
    """Ten networks 10-5-1, 100 epochs in batches of 10, with 25, 50, ..., 400 labels: 344,000 steps of Adam."""
    x, y = load_diabetes(return_X_y=True)
    x = torch.tensor(x, dtype=torch.float32)
    y = torch.tensor(y, dtype=torch.float32).reshape(-1, 1)
    y = (y - y.mean()) / y.std()
    steps = 0
    for labels in range(25, 401, 25):
        for member in range(10):
            torch.manual_seed(member)
            model = torch.nn.Sequential(torch.nn.Linear(10, 5), torch.nn.ELU(), torch.nn.Dropout(0.12), torch.nn.Linear(5, 1))
            optimiser = torch.optim.Adam(model.parameters(), lr=3e-4)
            for _ in range(100):
                order = torch.randperm(labels)
                for start in range(0, labels, 10):
                    rows = order[start:start + 10]
                    optimiser.zero_grad()
                    torch.nn.functional.mse_loss(model(x[rows]), y[rows]).backward()
                    optimiser.step()
                    steps += 1
    return steps


def epoch_of_images(epochs=4):
    """784-256-128-10 with dropout on 5,000 rows in batches of 128."""
    x = torch.randn(5000, 784)
    y = torch.randint(10, (5000,))
    layers = []
    for width, units in ((784, 256), (256, 128)):
        layers += [torch.nn.Linear(width, units), torch.nn.ReLU(), torch.nn.Dropout(0.1)]
    model = torch.nn.Sequential(*layers, torch.nn.Linear(128, 10))
    optimiser = torch.optim.Adam(model.parameters())
    seconds = []
    for _ in range(epochs):
        begun = time.perf_counter()
        order = torch.randperm(5000)
        for start in range(0, 5000, 128):
            rows = order[start:start + 128]
            optimiser.zero_grad()
            torch.nn.functional.cross_entropy(model(x[rows]), y[rows]).backward()
            optimiser.step()
        seconds.append(time.perf_counter() - begun)
    return sorted(seconds)[len(seconds) // 2]


print(f"torch {torch.__version__}, {torch.get_num_threads()} threads")
print(f"epoch of images: {epoch_of_images():.3f} s")
begun = time.perf_counter()
steps = ensemble_over_sixteen_rounds()
print(f"ensemble over sixteen rounds: {time.perf_counter() - begun:.1f} s, {steps} steps")
