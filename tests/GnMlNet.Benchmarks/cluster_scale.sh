#!/bin/bash
# Measures 1, 2 and 4 silos on machines that this one plays: each in a network namespace of its own behind a switch, with shaped links and a share of a core,
# and prints what was measured beside what the model of the costs (gnml cluster plan) makes of one silo. Some eight minutes on an idle machine of two cores.
#
#   sudo tests/GnMlNet.Benchmarks/cluster_scale.sh [FOLDER]
#
# A kernel that has netem delays what a machine sends by DELAY; without it links are shaped by tbf, and a call takes as long as the machine takes for it. FOLDER (cluster-scale in the folder for temporary files as it is) takes the figures as JSON and the tables. Needs root, iproute2 with tc, util-linux, redis-server, python3, and a build:
# dotnet build src/GnMlNet.Cli -c Release; or the path of another gnml.dll in GNML. ROWS, TRAINING_ROWS, ITERATIONS, MEGABITS, DELAY and SHARE change what is measured.
#
# Machines of two cores have no five to give, so every silo and the coordinator have the same share of a core, which control groups of the processor hold them to in every ten milliseconds.
# Five shares of 0.4 are two cores. What one silo does in its share is what the model takes for a core.
set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd)
gnml=${GNML:-$here/../../src/GnMlNet.Cli/bin/Release/net10.0/gnml.dll}
folder=${1:-${TMPDIR:-/tmp}/cluster-scale}
rows=${ROWS:-524288} training_rows=${TRAINING_ROWS:-1000000} iterations=${ITERATIONS:-40}
megabits=${MEGABITS:-1000} delay=${DELAY:-250us} share=${SHARE:-0.4}
inputs=10 hidden=50 members=2 threads=2 limit=720
# In a share of a core loops that the runtime compiles a second time later on, when they have been run often, are slow for long: they are compiled fully at once.
export DOTNET_TC_QuickJitForLoops=0
name=gnmlscale$$ network=10.99.77 processes=()

for tool in ip tc nsenter redis-server python3 dotnet taskset; do command -v "$tool" > /dev/null || { echo "cluster_scale.sh needs $tool." >&2; exit 1; }; done
[ "$(id -u)" = 0 ] || { echo "cluster_scale.sh makes network namespaces and control groups: run it as root." >&2; exit 1; }
[ -f "$gnml" ] || { echo "There is no $gnml: build it with 'dotnet build src/GnMlNet.Cli -c Release', or name another in GNML." >&2; exit 1; }
mkdir -p "$folder"
shared=$(mktemp -d "$folder/shared.XXXXXX")

# Version 2 of control groups has one folder for all controllers, version 1 one for the processor.
if [ -f /sys/fs/cgroup/cgroup.controllers ]; then groups=/sys/fs/cgroup version=2; else groups=/sys/fs/cgroup/cpu version=1; fi

clean() {
    trap - EXIT INT TERM
    # Nobody else is in this cluster, so that nobody need leave it in order.
    for process in "${processes[@]}" $(for machine in 0 1 2 3 4; do ip netns pids "$name-$machine" 2> /dev/null || true; done); do kill "$process" 2> /dev/null || true; done
    sleep 1
    for process in "${processes[@]}" $(for machine in 0 1 2 3 4; do ip netns pids "$name-$machine" 2> /dev/null || true; done); do kill -9 "$process" 2> /dev/null || true; done
    wait 2> /dev/null || true
    for machine in 0 1 2 3 4; do rmdir "$groups/$name-$machine" 2> /dev/null || true; done
    for machine in switch 0 1 2 3 4; do ip netns del "$name-$machine" 2> /dev/null || true; done
    rm -rf "$shared"
}
trap clean EXIT
trap 'exit 130' INT TERM
# Ends with what it has begun whatever hangs.
( trap 'kill $! 2> /dev/null; exit' TERM; sleep $limit & wait $!; echo "It took more than $limit seconds." >&2; kill -TERM $$ ) & processes+=($!)

# A shell that waits hears signals at once.
run() {
    local code=0
    "$@" & processes+=($!)
    wait $! || code=$?
    unset 'processes[-1]'
    return $code
}

in_machine() { local machine=$1; shift; ip netns exec "$name-$machine" "$@"; }

ip netns add "$name-switch"
in_machine switch ip link add switch type bridge
in_machine switch ip link set switch up
for machine in 0 1 2 3 4; do
    ip netns add "$name-$machine"
    in_machine switch ip link add "port$machine" type veth peer name wire netns "$name-$machine"
    in_machine switch ip link set "port$machine" master switch up
    in_machine "$machine" ip addr add "$network.$((10 + machine))/24" dev wire
    in_machine "$machine" ip link set lo up
    in_machine "$machine" ip link set wire up
    # Both ways: what leaves a machine goes at the speed of the wire, and so does what comes to it from several others.
    in_machine switch tc qdisc add dev "port$machine" root tbf rate "${megabits}mbit" burst 256kb latency 100ms
    if ! in_machine "$machine" tc qdisc add dev wire root netem delay "$delay" rate "${megabits}mbit" limit 100000 2> /dev/null; then
        in_machine "$machine" tc qdisc add dev wire root tbf rate "${megabits}mbit" burst 256kb latency 100ms
        delay="none: this kernel has no netem"
    fi
done

quota=$(python3 -c "print(int($share * 10000))")
for machine in 0 1 2 3 4; do
    mkdir "$groups/$name-$machine"
    if [ $version = 2 ]; then
        echo +cpu > "$groups/cgroup.subtree_control" 2> /dev/null || true
        echo "$quota 10000" > "$groups/$name-$machine/cpu.max"
    else
        echo 10000 > "$groups/$name-$machine/cpu.cfs_period_us"
        echo "$quota" > "$groups/$name-$machine/cpu.cfs_quota_us"
    fi
done

ip netns exec "$name-0" redis-server --bind "$network.10" --port 6379 --protected-mode no --save "" --dir "$shared" > "$folder/redis.log" & processes+=($!)
cluster=(--cluster "redis:$network.10:6379" --cluster-id "$name")

# The shell joins the group, and the program with it, before the runtime looks how many cores there are.
# Other than ip netns exec, nsenter leaves it the list of the groups to look at.
on_machine() {
    local machine=$1
    shift
    exec bash -c 'echo $$ > "$0" && exec nsenter --net="$@"' "$groups/$name-$machine/cgroup.procs" "/run/netns/$name-$machine" "$@"
}

start_silo() {
    local machine=$1 core=$((($1 - 1) % $(nproc))) log="$folder/silo-$1.log"
    ( on_machine "$machine" taskset -c $core dotnet "$gnml" silo "${cluster[@]}" --name "silo-$machine" --allow "$shared" ) > "$log" 2>&1 & processes+=($!)
    for _ in $(seq 300); do grep -q "silo ready" "$log" && return; sleep 0.1; done
    echo "Silo $machine does not start:" >&2; cat "$log" >&2; exit 1
}

echo "Making $training_rows rows ..."
run dotnet "$gnml" data friedman1 --rows "$training_rows" --out "$shared/t.parquet" > /dev/null
started=0
for silos in 1 2 4; do
    while [ $started -lt $silos ]; do started=$((started + 1)); start_silo $started; done
    echo "$silos silos: passes ..."
    rates=(); [ $silos = 1 ] || rates=(--rates "$folder/bench-1.json")
    run on_machine 0 dotnet "$gnml" cluster bench "${cluster[@]}" --silos $silos --rows "$rows" --inputs $inputs --hidden $hidden --repeats 3 "${rates[@]}" --json > "$folder/bench-$silos.json"
    # What training without iterations takes, such as reading and laying out the table, is no part of the model.
    for count in 0 "$iterations"; do
        echo "$silos silos: training, $count iterations ..."
        run on_machine 0 dotnet "$gnml" train "${cluster[@]}" --cluster-folder "$shared" --data "$shared/t.parquet" --label y --test-fraction 0.01 --kernel none --ensemble $members --hidden $hidden \
            --iterations "$count" --spread rows --threads $threads --no-baselines --json --out "$shared/m.zip" > "$folder/train-$silos-$count.json"
    done
done

dotnet "$gnml" cluster plan --rows "$training_rows" --inputs $inputs --hidden $hidden --ensemble $members --held-iterations "$iterations" --iterations $((iterations / 10)) --cores 1 --threads $threads \
    --rates "$folder/bench-1.json" --most 4 --json > "$folder/plan.json"
echo "Links of $megabits Mbit/s, delay of each machine $delay; machines with $share of a core each; $rows rows in passes, $training_rows in training; $(sed -n 's/^model name\s*: //p' /proc/cpuinfo | head -1), $(nproc) cores." | tee "$folder/machine.txt"
python3 - "$folder" "$iterations" << 'END' | tee "$folder/tables.md"
import json, sys
folder, iterations = sys.argv[1], sys.argv[2]
def read(name): return json.load(open(f"{folder}/{name}.json"))
bench = {silos: read(f"bench-{silos}") for silos in (1, 2, 4)}
plan = {line["silos"]: line["byRows"]["whole"]["seconds"] for line in read("plan")["clusters"]}
print("| Silos | Gradient pass s | predicted | times as fast | Gram pass s | predicted | times as fast | Empty sum ms | MB/s |")
print("|---:|---:|---:|---:|---:|---:|---:|---:|---:|")
for silos, at in bench.items():
    cells = []
    for kind in ("gradient", "gram"):
        predicted = at[kind]["predictedSeconds"]
        cells += [f"{at[kind]['seconds']:.3f}", "-" if predicted is None else f"{predicted:.3f}", f"{bench[1][kind]['seconds'] / at[kind]['seconds']:.2f}"]
    print(f"| {silos} | " + " | ".join(cells) + f" | {1e3 * at['emptySumSeconds']:.2f} | {1e-6 * at['rates']['bytesPerSecond']:.1f} |")
print()
print(f"| Silos | {iterations} iterations of training, s | predicted | times as fast | predicted |")
print("|---:|---:|---:|---:|---:|")
def trained(silos, count): return read(f"train-{silos}-{count}")["trainers"][0]["seconds"]
seconds = {silos: trained(silos, iterations) - trained(silos, 0) for silos in bench}
for silos, measured in seconds.items():
    print(f"| {silos} | {measured:.2f} | {plan[silos]:.2f} | {seconds[1] / measured:.2f} | {plan[1] / plan[silos]:.2f} |")
END
