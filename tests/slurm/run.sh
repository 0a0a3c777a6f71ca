#!/usr/bin/env bash
# A sweep as an array job of a real Slurm, with a node killed in the middle: the results must be those of one process.
# Starts a controller and two node daemons on this machine, in a temporary folder, and stops them again. Needs root, the packages slurm-wlm and munge,
# and the .NET SDK; not part of the usual tests. The batch script is the one of docs/howto-cluster.md.
# Usage: bash tests/slurm/run.sh [folder of a built tool]
set -euo pipefail
repository=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
for program in munged slurmctld slurmd sbatch dotnet; do
    command -v "$program" > /dev/null || { echo "skipped: $program is missing (apt-get install slurm-wlm munge)"; exit 0; }
done
((EUID == 0)) || { echo "skipped: the daemons need root"; exit 0; }

work=$(mktemp -d)
chmod 755 "$work"
daemons=()
cleanup() {
    scancel --quiet --user=root 2> /dev/null || true
    sleep 1
    for pid in "${daemons[@]}"; do kill "$pid" 2> /dev/null || true; done
    wait 2> /dev/null || true
    if [[ ${KEEP:-} ]]; then echo "kept: $work"; else rm -rf "$work"; fi
}
trap cleanup EXIT
fail() {
    echo "FAILED: $*"
    KEEP=1
    exit 1
}

if (($# > 0)); then
    tool=$(cd "$1" && pwd)
else
    dotnet build -c Release -v quiet -o "$work/tool" "$repository/src/PyRelationAL.Net.Cli"
    tool=$work/tool
fi

mkdir -p "$work"/{bin,state,munge,log}
printf '#!/bin/sh\nexec dotnet "%s/pyrelational.dll" "$@"\n' "$tool" > "$work/bin/pyrelational"
chmod +x "$work/bin/pyrelational"
export PATH=$work/bin:$PATH DOTNET_NOLOGO=1 SLURM_CONF=$work/slurm.conf
awk '/^```bash$/ { inside = 1; next } /^```$/ { inside = 0 } inside && /^#!/ { found = 1 } inside && found { print } !inside && found { exit }' \
    "$repository/docs/howto-cluster.md" > "$work/sweep.sh"
grep -q '^#SBATCH --array' "$work/sweep.sh" || fail "docs/howto-cluster.md has no batch script"

host=$(hostname -s)
cat > "$work/slurm.conf" << CONFIGURATION
ClusterName=test
SlurmctldHost=$host(127.0.0.1)
SlurmUser=root
AuthType=auth/munge
AuthInfo=socket=$work/munge/socket
SlurmctldPort=${SLURM_TEST_PORT:-17817}
StateSaveLocation=$work/state
SlurmctldPidFile=$work/slurmctld.pid
SlurmctldLogFile=$work/log/slurmctld
SlurmdPidFile=$work/%n.pid
SlurmdLogFile=$work/log/%n
SlurmdSpoolDir=$work/spool-%n
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
MpiDefault=none
SelectType=select/cons_tres
SelectTypeParameters=CR_CPU
SlurmdParameters=config_overrides
SlurmdTimeout=10
ReturnToService=2
JobRequeue=1
MailProg=/bin/true
NodeName=node1 NodeHostname=$host NodeAddr=127.0.0.1 Port=17821 CPUs=1
NodeName=node2 NodeHostname=$host NodeAddr=127.0.0.1 Port=17822 CPUs=1
PartitionName=all Nodes=node1,node2 Default=YES MaxTime=INFINITE State=UP
CONFIGURATION
dd if=/dev/urandom of="$work/munge/key" bs=1024 count=1 status=none
chmod 400 "$work/munge/key"

munged --foreground --force --socket="$work/munge/socket" --key-file="$work/munge/key" --pid-file="$work/munge/pid" \
    --seed-file="$work/munge/seed" --log-file="$work/munge/log" 2> /dev/null &
daemons+=($!)
sleep 1
slurmctld -D > /dev/null 2>&1 &
daemons+=($!)
declare -A node
for name in node1 node2; do
    mkdir -p "$work/spool-$name"
    slurmd -D -N "$name" > /dev/null 2>&1 &
    node[$name]=$!
    daemons+=($!)
done

# Waits until a command succeeds; at most so many seconds.
await() {
    local seconds=$1 what=$2
    shift 2
    for ((i = 0; i < seconds * 5; i++)); do
        if "$@"; then return; fi
        sleep 0.2
    done
    fail "timed out: $what"
}
nodes_idle() { [[ $(sinfo -h -N -t idle -o %N 2> /dev/null | wc -l) == 2 ]]; }
await 60 "both nodes idle" nodes_idle
sinfo --version
sinfo -N

sweep=(--dataset Iris,WineCultivars --strategy Entropy,Margin,Random --model LogisticRegression --folds 5 --queries 80 --seeds 10)
cd "$work"
pyrelational bench "${sweep[@]}" --threads 2 --out whole > whole.log 2>&1 || fail "the single process: $(tail -1 whole.log)"

job=$(sbatch --parsable --array=1-4 --cpus-per-task=1 --output="$work/log/task-%a" sweep.sh "${sweep[@]}" --out sweep)
echo "array job $job, four shards on two nodes"
lines() { cat sweep/results.shard-"$1"-of-4.jsonl 2> /dev/null | wc -l; }
on_node2() { [[ $(squeue -h -w node2 -t R -o %K) ]]; }
await 60 "a task on node2" on_node2
task=$(squeue -h -w node2 -t R -o %K)
raw=$(squeue -h -w node2 -t R -o %A)
in_the_middle() { (($(lines "$task") >= 5)); }
await 60 "shard $task having finished five runs" in_the_middle

# A node that dies: its daemon, the step's, and all that they started.
family() {
    local child
    for child in $(pgrep -P "$1"); do family "$child"; done
    echo "$1"
}
step=$(pgrep -f "^slurmstepd: \[$raw\.batch\]" | head -1)
[[ $step ]] || fail "there is no step of task $task"
# shellcheck disable=SC2046
kill -9 "${node[node2]}" $(family "$step")
before=$(lines "$task")
whole=$(wc -l < whole/results.jsonl)
echo "node2 is killed: shard $task has finished $before of $((whole / 4)) runs"
((before < whole / 4)) || fail "the shard was over before its node was killed"

restarted() { [[ $(scontrol show job "${job}_$task" 2> /dev/null) == *" Restarts=1 "* ]]; }
await 120 "task $task being queued again" restarted
slurmd -D -N node2 > /dev/null 2>&1 &
daemons+=($!)
done_all() { [[ -z $(squeue -h -j "$job" 2> /dev/null) ]]; }
await 300 "the end of the job" done_all

grep -h 'runs were done before' "$work/log/task-$task" || fail "the task that was queued again did not go on"
[[ -f sweep/report.html ]] || fail "no shard wrote the report"
pyrelational merge sweep --out merged
pyrelational merge whole --out single > /dev/null
essence() { sed -E 's/,"machine":\{[^}]*\}//; s/,"timings":\{[^}]*\}//' "$1/results.jsonl"; }
cmp <(essence single) <(essence merged) || fail "the results differ"
twice=$(cat sweep/results.shard-*.jsonl | wc -l)
((twice == whole)) || fail "$((twice - whole)) runs were done twice"
echo "passed: $whole runs in four shards, a node killed and the task queued again: equal to one process, byte for byte but for timings"
