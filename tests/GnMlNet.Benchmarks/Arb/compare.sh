#!/bin/sh
# Compares the exact matrices with Arb on one core, if Arb is there (Debian: libflint-arb-dev). Both sides get the same inputs and run alternately;
# printed are the medians over all rounds of the processor time of a run in milliseconds, and their ratio.
# Usage: compare.sh [ROUNDS] [SECONDS_EACH]
set -eu
rounds=${1:-5} seconds=${2:-0.5}
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# FLINT 3 contains Arb; before, it was a library of its own.
compiler=${CC:-cc}
"$compiler" -O2 -o "$work/arb" "$here/arb.c" -lflint-arb -lflint -lm 2>"$work/errors" || "$compiler" -O2 -I/usr/include/flint -o "$work/arb" "$here/arb.c" -lflint -lm 2>>"$work/errors" || {
    cat "$work/errors" >&2
    echo "Arb was not found. On Debian: apt-get install gcc libflint-arb-dev libflint-dev" >&2
    exit 1
}
dotnet build "$here/.." -c Release -v q --nologo
program="$here/../bin/Release/net10.0/GnMlNet.Benchmarks.dll"
dotnet "$program" arb inputs "$work/inputs"

one_core=$(command -v taskset >/dev/null && echo "taskset -c 0" || true)
round=0
while [ "$round" -lt "$rounds" ]; do
    $one_core dotnet "$program" arb measure "$seconds" | sed 's/^/ours /' >>"$work/lines"
    $one_core "$work/arb" "$work/inputs" "$seconds" | sed 's/^/arb /' >>"$work/lines"
    round=$((round + 1))
done

# The rows: name, what we took, what Arb took. An error is log2 of the greatest radius over the greatest entry.
median() { awk -v side="$1" -v name="$2" '$1 == side && $2 == name { print $3 }' "$work/lines" | sort -g | awk '{ t[NR] = $1 } END { print t[int((NR + 1) / 2)] }'; }
error() { awk -v side="$1" -v name="$2" '$1 == side && $2 == name { e = $4 } END { print e == "" ? "exact" : e }' "$work/lines"; }
row() { echo "$1 $(median ours "$1") $(median arb "$2") $(error ours "$1") $(error arb "$2")" | awk '{ printf "%-24s %10.3f %10.3f %8.2f %12s %12s\n", $1, $2, $3, $3 / $2, $4, $5 }'; }
printf '%-24s %10s %10s %8s %12s %12s\n' work "ours, ms" "Arb, ms" ratio "our error" "Arb's error"
for bits in 128 256; do
    row "gram-$bits" "gram-$bits"
    row "gram-$bits" "gram-$bits-rounded"
    row "gram-$bits-integers" "gram-$bits"
done
row tanh-128 tanh-128
row solve-128 solve-128
