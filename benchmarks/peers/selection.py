"""Scores, selection and clustering here and in other programs, in turn on the same files with as many threads: one table with the targets.

    python3 selection.py --data FOLDER [--threads 2] [--rounds 3] [--cases entropy k-centre ...]

FOLDER holds the files of selection_data.py. A round runs each case once here and once there, each in a process of its own that repeats it;
medians are over all repetitions of all rounds. Writes selection.json and selection.md into FOLDER. Needs the built benchmarks (selection.sh builds
them) and, for the peers, numpy, scipy, scikit-learn and PyTorch.
"""
import argparse
import json
import os
import statistics
import subprocess
import sys
from pathlib import Path

here = Path(__file__).resolve().parent
program = here.parents[1] / "artifacts/bin/PyRelationAL.Net.Benchmarks/release/PyRelationAL.Net.Benchmarks"

# Case, repetitions of a process here and there, and (against which variants, how many times as fast): "" is the fastest of all.
CASES = [
    ("entropy", 15, 7, [("", 1), ("PyRelationAL", 5)]),
    ("margin", 15, 5, [("", 1), ("PyRelationAL", 5)]),
    ("ratio", 15, 5, [("", 1), ("PyRelationAL", 5)]),
    ("least confidence", 15, 7, []),
    ("bald", 15, 7, [("", 2)]),
    ("relative", 5, 2, [("scikit-learn", 3)]),
    ("k-centre", 9, 3, [("", 1)]),
    ("badge", 9, 1, [("JordanAsh", 10)]),
    ("batchbald", 3, 1, [("batchbald_redux", 10)]),
    ("k-means 10 1", 10, 6, [("scikit-learn", 1)]),
    ("k-means 10 10", 5, 3, [("scikit-learn", 1)]),
    ("k-means 100 1", 10, 6, [("scikit-learn", 1)]),
    ("k-means 100 10", 3, 1, [("scikit-learn", 1)]),
]


def run(command, case, threads, repetitions, data):
    environment = dict(os.environ, OPENBLAS_NUM_THREADS=str(threads), OMP_NUM_THREADS=str(threads))
    result = subprocess.run([*command, case, str(threads), str(repetitions), data], env=environment, check=True, capture_output=True, text=True)
    return json.loads(result.stdout)


def compare(case, mine, other, options):
    """For each variant: the median seconds, processor seconds and, of clusterings, the mean sum of squares."""
    collected = {}
    for _ in range(options.rounds):
        for command, repetitions in (([str(program), "selection"], mine), ([sys.executable, str(here / "selection_peers.py")], other)):
            for name, numbers in run(command, case, options.threads, repetitions, options.data).items():
                for key in ("seconds", "processor", "inertias"):
                    collected.setdefault(name, {}).setdefault(key, []).extend(numbers.get(key, []))
    return {
        name: {"seconds": statistics.median(n["seconds"]), "processor": statistics.median(n["processor"]),
               "inertia": statistics.mean(n["inertias"]) if n["inertias"] else None}
        for name, n in collected.items()}


def rows_of(case, found, targets):
    ours = found["ours"]
    peers = {name: numbers for name, numbers in found.items() if name != "ours"}
    fastest = min(peers, key=lambda name: peers[name]["seconds"])
    for wanted, factor in targets or [("", None)]:
        name = wanted or fastest
        ratio, busy = (peers[name][key] / ours[key] for key in ("seconds", "processor"))
        quality = f"{ours['inertia']:,.0f}, {peers[name]['inertia']:,.0f}" if ours["inertia"] else ""
        reached = "" if factor is None else "yes" if ratio >= factor else "no"
        times = f"{ours['seconds']:.3g} s | {peers[name]['seconds']:.3g} s | {ratio:.2g} | {busy:.2g}"
        yield f"| {case} | {name} | {times} | {factor or ''} | {reached} | {quality} |"


parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
parser.add_argument("--data", required=True)
parser.add_argument("--threads", type=int, default=2)
parser.add_argument("--rounds", type=int, default=3)
parser.add_argument("--cases", nargs="+")
options = parser.parse_args()
results, lines = {}, [
    "| Case | against | here | there | ratio | ratio of processor time | target | reached | sum of squares here, there |",
    "|---|---|---:|---:|---:|---:|---:|---|---|",
]
print("\n".join(lines), flush=True)
for case, mine, other, targets in CASES:
    if options.cases is None or case in options.cases:
        results[case] = compare(case, mine, other, options)
        for line in rows_of(case, results[case], targets):
            lines.append(line)
            print(line, flush=True)
Path(options.data, "selection.json").write_text(json.dumps({"threads": options.threads, "rounds": options.rounds, "cases": results}, indent=1))
Path(options.data, "selection.md").write_text("\n".join(lines) + "\n")
