#!/bin/bash
# work.sh: the figures of work. A store in which each of EMPLOYEES has reported three things done on each of 22
# working days, superiors have looked at nearly all of it, and everything is summed as ever: `luwes doctor` says so
# at the end. Then, over HTTP: pages of superiors and boards, verifications in one gesture, watchers of boards while
# reports come in, the recap of the month. Prints one line of name=value.
#
#   bench/work.sh [EMPLOYEES [ROUNDS [SECONDS [RATE [WATCHERS]]]]]
#
# What is printed of several rounds is their median, or the worst where it must hold every time (wrong, errors).
set -euo pipefail
cd "$(dirname "$0")/.."
employees=${1:-36005} rounds=${2:-3} seconds=${3:-10} rate=${4:-1000} watchers=${5:-500}
instant=2025-11-28T16:05+07:00 month=2025-11-01 after=2025-12-01T08:20+07:00 # a Friday evening, and the Monday behind it
days=30 items=3 gesture=200
. bench/common.sh

# fill NAME ITEMS: a store, the number of items in $work/NAME.items and the tenths of a second in $work/NAME.took
fill() {
	local from
	from=$(date +%s%N)
	"$luwes" demo --db "$work/$1.db" --employees "$employees" --at "$instant" --history-days "$days" --items "$2" |
		sed -n 's/^\([0-9]*\) report items$/\1/p' >"$work/$1.items"
	echo $((($(date +%s%N) - from) / 100000000)) >"$work/$1.took"
}
# waiting SESSION: what waits for a superior, as items of a request
waiting() {
	curl -sS -f -H "Cookie: luwes_session=$1" "$url/api/v1/reports/team?state=submitted" |
		grep -o '"report":"[0-9]*"[^}]*"version":[0-9]*' |
		sed 's/"report":\("[0-9]*"\).*"version":\([0-9]*\)/{"report":\1,"version":\2}/' | head -n "$gesture"
}
# verify SESSION FILE: milliseconds; fails unless all of them are verified
verify() {
	cookie=luwes_session=$1 api reports/verifications -H 'Content-Type: application/json' -o "$work/verified" -w '%{time_total}\n' \
		-d "{\"items\":[$(paste -sd, "$2")]}" | awk '{ printf "%d\n", $1 * 1000 + 0.5 }'
	[ "$(grep -o '"status":"verified"' "$work/verified" | wc -l)" -eq "$(wc -l <"$2")" ]
}
# streams: a quarter of the watchers each at the boards of the whole government, the others at those of agencies and
# the units below them, as a stream and its board
streams() {
	local unit quarter=$((watchers / 4))
	below() { api "monitor/$1" | grep -o '"unit":"[0-9]*","name"' | grep -o '[0-9]*'; }
	for ((i = 0; i < quarter; i++)); do
		printf '/api/v1/monitor/%s\t/api/v1/monitor/%s\n' events board performance/events performance
	done
	{ below board; for unit in $(below board); do below "board/$unit" || true; done; } >"$work/units"
	head -n "$quarter" "$work/units" | while read -r unit; do
		printf '/api/v1/monitor/%s=%s\t/api/v1/monitor/%s%s\n' \
			'events?unit' "$unit" board/ "$unit" 'performance/events?unit' "$unit" 'performance?unit=' "$unit"
	done
}

echo "bench: $employees employees report $items things on each of 22 days, and beside it the same days without reports ..." >&2
fill none 0 &
fill work "$items"
wait $!
written=$(cat "$work/work.items") bytes=$(stat -c %s "$work/work.db")
grown=$((bytes - $(stat -c %s "$work/none.db")))
rm -rf "$work"/none.db*
"$luwes" demo --db "$work/work.db" --sessions "$((rounds * seconds * rate))" "$work/sessions" --clock "$instant" >/dev/null
"$luwes" demo --db "$work/work.db" --sessions "$employees" "$work/superiors" --superiors --clock "$instant" >/dev/null

start "$work/work.db"
sleep 6 # the writer fills its sheet of today after a start
sign_in "$work/work.db"
IFS=$'\t' read -r _ _ nip password < <("$luwes" demo --db "$work/work.db" --logins | awk '$1 == "bkd" && $2 == "jabar"')

echo "bench: the team pages of $(wc -l <"$work/superiors") superiors and the government's boards ..." >&2
page_errors=0
# A team page asks again every minute: 20 a second are those of all superiors.
# page NAME MODE PATH OPTION...: adds the p99 of a round to the file NAME
page() {
	local name=$1 mode=$2 path=$3 line
	shift 3
	line=$(load "$mode" --path "$path" --seconds "$seconds" --rate 20 --connections 8 "$@" || true)
	value p99_us "$line" >>"$work/p99.$name"
	page_errors=$((page_errors + $(value errors "$line")))
}
for ((round = 1; round <= rounds; round++)); do
	page team pages /api/v1/attendance/team --sessions "$work/superiors"
	page reports pages '/api/v1/reports/team?state=submitted' --sessions "$work/superiors"
	page board board /api/v1/monitor/board --nip "$nip" --password "$password"
	page performance board /api/v1/monitor/performance --nip "$nip" --password "$password"
done

echo "bench: $gesture verifications in one gesture ..." >&2
verified=() least=$gesture
while IFS=$'\t' read -r session _ && [ "${#verified[@]}" -lt 5 ]; do
	waiting "$session" >"$work/waiting" || true
	count=$(wc -l <"$work/waiting")
	# a small store has nobody for whom so many wait
	[ "$count" -eq "$gesture" ] || { [ "$employees" -lt 36005 ] && [ "$count" -gt 0 ]; } || continue
	least=$((count < least ? count : least))
	verified+=("$(verify "$session" "$work/waiting")")
done <"$work/superiors"

echo "bench: $watchers watchers of boards while $rate reports a second come in ..." >&2
streams >"$work/streams"
for ((round = 1; round <= rounds; round++)); do
	awk -v from=$(((round - 1) * seconds * rate)) -v many=$((seconds * rate)) 'NR > from && NR <= from + many' \
		"$work/sessions" >"$work/sessions.round"
	build/release/luwes-work-bench --url "$url" --sessions "$work/sessions.round" --streams "$work/streams" \
		--token "${cookie#luwes_session=}" --seconds "$seconds" --rate "$rate" >>"$work/watched" || true
done
rss=$(rss_mb VmHWM)
stop

echo "bench: the recap of the month, all of it ..." >&2
clock=$after start "$work/work.db"
sign_in "$work/work.db"
until [ "$(api monitor/board | sed -n 's/.*"total":{"expected":\([0-9]*\).*/\1/p')" -gt 0 ]; do sleep 1; done # opens the days since then
sleep 10
for ((round = 1; round <= 5; round++)); do
	# after three seconds the server gives up, which is a figure too
	{ api "recap/units?month=$month" -o "$work/recap" -w '%{time_total}\n' || true; } | awk '{ printf "%d\n", $1 * 1000 }' >>"$work/recaps"
done
stop

echo "bench: luwes doctor looks at all of it ..." >&2
from=$(date +%s%N)
"$luwes" doctor --db "$work/work.db" >"$work/doctor" || { cat "$work/doctor" >&2; exit 1; }
doctor=$((($(date +%s%N) - from) / 1000000000))

# of NAME: that figure of all rounds of watching
of() { sed -n "s/.*\b$1=\([0-9]*\).*/\1/p" "$work/watched"; }
worst() { sort -n | tail -1; }
echo "items=$written took_ds=$(cat "$work/work.took") alone_ds=$(cat "$work/none.took") bytes=$bytes grown=$grown" \
	"superiors=$(wc -l <"$work/superiors") team_us=$(median $(cat "$work/p99.team")) reports_us=$(median $(cat "$work/p99.reports"))" \
	"board_us=$(median $(cat "$work/p99.board")) performance_us=$(median $(cat "$work/p99.performance")) page_errors=$page_errors" \
	"verified=$least verify_ms=$(median "${verified[@]}") watchers=$(of watchers | worst) watch_errors=$(of errors | worst) wrong=$(of wrong | worst)" \
	"watch_rate=$(median $(of rate)) report_p99_us=$(median $(of p99_us)) late_us=$(median $(of late_us)) lag_us=$(median $(of lag_us))" \
	"worst_late_us=$(of late_us | worst) worst_lag_us=$(of lag_us | worst) rss_mb=$rss recap_ms=$(median $(cat "$work/recaps")) doctor_s=$doctor"
