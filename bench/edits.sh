#!/bin/bash
# edits.sh: how long a planner waits for the check of one changed cell: the whole draft is judged anew, stored, and what
# is wrong comes back. Takes the planning node of a demo store that has nearest to PEOPLE of them, and changes the first
# open cell of one person after another. Prints one line of name=value; milliseconds are tenths.
#
#   bench/edits.sh STORE INSTANT PEOPLE
set -euo pipefail
cd "$(dirname "$0")/.."
instant=$2 wanted=$3 edits=50
. bench/common.sh
start "$1"
sign_in "$1"
agencies >"$work/units"
while read -r unit; do
	version=$(draft "$unit")
	api "roster/versions/$version/sheet" >"$work/sheet.$version"
	people=$(grep -o '"all":\[[0-9]*' "$work/sheet.$version" | sed -n '1s/.*\[//p')
	echo "$((people > wanted ? people - wanted : wanted - people)) $people $version"
done <"$work/units" | sort -n >"$work/nodes"
read -r _ people version < <(head -1 "$work/nodes")
# who and how many days after the first his first open cell is
sed 's/{"employee":"/\n&/g' "$work/sheet.$version" | sed -n 's/^{"employee":"\([0-9]*\)".*"cells":"\([^"]*\)".*/\1 \2/p' |
	awk -v most="$edits" 'index($2, ".") && n++ < most { print $1, index($2, ".") - 1 }' >"$work/cells"
revision=$(word revision <"$work/sheet.$version")
times=()
while read -r employee after; do
	cell="{\"employee\":\"$employee\",\"day\":\"$(date -d "2025-12-01 +$after days" +%F)\",\"letter\":\"R\",\"locked\":true}"
	times+=("$(api "roster/versions/$version/cells" -H 'Content-Type: application/json' -d "{\"revision\":$revision,\"cells\":[$cell]}" -o "$work/reply" -w '%{time_total}' | awk '{ printf "%d", $1 * 10000 + 0.5 }')")
	revision=$(word revision <"$work/reply")
done <"$work/cells"
echo "people=$people edits=${#times[@]} median_tenths=$(median "${times[@]}") slowest_tenths=$(printf '%s\n' "${times[@]}" | sort -n | tail -1)"
