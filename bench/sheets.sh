#!/bin/bash
# sheets.sh: how long a planner waits for the sheet of a month, for each planning node of a demo store. Prints one line
# of name=value: the node with most people, and of the others the median and the slowest; medians of five readings.
#
#   bench/sheets.sh STORE INSTANT
set -euo pipefail
cd "$(dirname "$0")/.."
instant=$2
. bench/common.sh
start "$1"
sign_in "$1"
agencies >"$work/units"
while read -r unit; do
	version=$(draft "$unit")
	times=()
	for _ in 1 2 3 4 5; do
		times+=("$(api "roster/versions/$version/sheet" -o "$work/sheet" -w '%{time_total}' | awk '{ printf "%d", $1 * 1000 + 0.5 }')")
	done
	# of everybody of the node, on the sheet or not
	echo "$(grep -o '"all":\[[0-9]*' "$work/sheet" | head -1 | grep -o '[0-9]*$') $(median "${times[@]}")"
done <"$work/units" | sort -n >"$work/nodes"
read -r people largest < <(tail -1 "$work/nodes")
others=$(head -n -1 "$work/nodes" | cut -d' ' -f2)
echo "nodes=$(wc -l <"$work/nodes") people=$people largest_ms=$largest others_ms=$(median $others) slowest_ms=$(sort -n <<<"$others" | tail -1)"
