"""Time and peak memory of `pyrelational select` on embeddings [N×64] and probabilities [N×10] in mapped files, for N from 10^5 to 10^7.

Needs numpy. Writes its data (2.96 GB at 10^7) into --data and keeps them. With --limit the tool runs in a control group of so many GiB, which needs the right
to make one. The memory shown is the peak of the process's own pages; the mapped files' pages take what is left, and are read again where that is little.
"""

import argparse
import multiprocessing
import os
import resource
import subprocess
import sys
import time
from pathlib import Path

import numpy as np

HERE = Path(__file__).resolve().parent
TOOL = HERE / "../../artifacts/bin/PyRelationAL.Net.Cli/release/pyrelational.dll"
WIDTH, CLASSES, BLOCK = 64, 10, 100_000


def make(folder, rows):
    """A mixture of 100 normal clouds and what a linear classifier with noise says of it; block by block, so that it needs no memory."""
    embeddings, probabilities = folder / f"embeddings_{rows}.npy", folder / f"probabilities_{rows}.npy"
    if not probabilities.exists():
        random = np.random.default_rng(0)
        centres, weights = 3 * random.standard_normal((100, WIDTH)), random.standard_normal((WIDTH, CLASSES)) / 8
        x = np.lib.format.open_memmap(embeddings, "w+", np.float32, (rows, WIDTH))
        part = folder / "part.npy"
        p = np.lib.format.open_memmap(part, "w+", np.float32, (rows, CLASSES))
        for start in range(0, rows, BLOCK):
            count = min(BLOCK, rows - start)
            block = centres[random.integers(0, len(centres), count)] + random.standard_normal((count, WIDTH))
            logits = block @ weights + random.standard_normal((count, CLASSES))
            logits = np.exp(logits - logits.max(1, keepdims=True))
            x[start:start + count], p[start:start + count] = block, logits / logits.sum(1, keepdims=True)
        x.flush(), p.flush()
        del x, p
        part.rename(probabilities)
    labelled = folder / f"labelled_{rows}.npy"
    if not labelled.exists():
        np.save(labelled, np.sort(np.random.default_rng(1).choice(rows, 1000, replace=False)))
    return {"embeddings": embeddings, "probabilities": probabilities, "labelled": labelled}


def join_group(limit):
    """Puts this process into a control group of so many bytes (version 1 or 2). Pages of mapped files count, but can be dropped and read again."""
    root = Path("/sys/fs/cgroup")
    version1 = (root / "memory").exists()
    group = (root / "memory" if version1 else root) / "pyrelational-select"
    group.mkdir(exist_ok=True)
    (group / ("memory.limit_in_bytes" if version1 else "memory.max")).write_text(str(limit))
    (group / "cgroup.procs").write_text(str(os.getpid()))


def own_memory(process):
    """The peak of what is no page of a file, which cannot be dropped, in GiB; looked at ten times a second."""
    peak = 0
    while process.poll() is None:
        try:
            for line in Path(f"/proc/{process.pid}/status").read_text().splitlines():
                if line.startswith("RssAnon"):
                    peak = max(peak, int(line.split()[1]) / 1024 ** 2)
        except OSError:
            pass
        time.sleep(0.1)
    return peak


def run(strategy, files, names, options):
    arguments = ["dotnet", str(TOOL), "select", "--strategy", strategy, "--count", str(options.count), "--out", str(options.data / "batch.csv")]
    for name in names:
        arguments += ["--" + name, str(files[name])]
    if options.threads:
        arguments += ["--threads", str(options.threads)]
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    started = time.perf_counter()
    limit = (lambda: join_group(int(options.limit * 1024 ** 3))) if options.limit else None
    process = subprocess.Popen(arguments, stdout=subprocess.DEVNULL, preexec_fn=limit)
    own = own_memory(process)
    wall = time.perf_counter() - started
    if process.returncode != 0:
        sys.exit(f"{strategy} ended with {process.returncode}")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return wall, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, own


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder for the generated files")
    parser.add_argument("--rows", type=float, nargs="+", default=[1e5, 1e6, 1e7])
    parser.add_argument("--strategies", nargs="+", default=["Entropy", "KCentre", "BADGE", "TypiClust"])
    parser.add_argument("--count", type=int, default=1000)
    parser.add_argument("--threads", type=int)
    parser.add_argument("--limit", type=float, help="GiB that the tool may use")
    parser.add_argument("--labelled", action="store_true", help="leave out 1,000 labelled rows, so that the pool is no single part of the file")
    options = parser.parse_args()
    options.data.mkdir(parents=True, exist_ok=True)

    NEEDS = {"Entropy": ["probabilities"], "BADGE": ["probabilities", "embeddings"]}
    print("| Rows | Strategy | Time | Processor time | Own memory, peak |\n|---:|---|---:|---:|---:|", flush=True)
    for rows in map(int, options.rows):
        # In a process of its own: a child's largest resident set counts what its parent had at the start.
        with multiprocessing.Pool(1) as maker:
            files = maker.apply(make, (options.data, rows))
        for strategy in options.strategies:
            names = NEEDS.get(strategy, ["embeddings"]) + (["labelled"] if options.labelled else [])
            wall, processor, own = run(strategy, files, names, options)
            print(f"| {rows:,} | {strategy} | {wall:.1f} s | {processor:.1f} s | {own:.2f} GiB |", flush=True)
