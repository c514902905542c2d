#!/bin/bash
# run.sh: measures the program with a full demo and writes docs/BENCHMARKS.md.
#
# /livez and durable punches take turns on the same server, three rounds on fresh copies of the store, and the
# medians are reported: what counts is the ratio, which survives a slow or busy machine. LUWES_BENCH_QUICK=1
# runs everything small, to see that it works; it then prints the table and leaves the document alone.
set -euo pipefail
cd "$(dirname "$0")/.."
employees=36005 planned=36000 seconds=8 morning=60 half=300 overload=60 rounds=5 phones=2048 work_load='3 10 1000 500'
instant=2025-11-13T07:20+07:00
document=docs/BENCHMARKS.md
if [ -n "${LUWES_BENCH_QUICK:-}" ]; then
	employees=600 planned=2000 seconds=1 morning=3 half=3 overload=0 rounds=1 phones=64 work_load='1 2 100 40' document=/dev/stdout
fi
. bench/common.sh

# fresh NAME: a copy of the demo with its sessions
fresh() {
	rm -rf "$work/$1".db*
	cp "$work/demo.db" "$work/$1.db"
	cp "$work/demo.db.keys" "$work/$1.db.keys"
}
# people SUFFIX: a file of as many new employees as there are already
people() {
	awk -v count="$employees" -v suffix="$1" 'BEGIN {
		print "nip;name;employment_kind"
		for (i = 0; i < count; i++)
			printf "19%02d%02d%02d2005011%03d;Pegawai Impor %d%s;pns\n", 60 + i % 40, 1 + int(i / 40) % 12, 1 + int(i / 480) % 28, 1 + int(i / 13440), i, suffix
	}'
}
# import FILE: sends it and waits until it is applied; prints the milliseconds and how many rows that was
import() {
	local from sha id state
	from=$(date +%s%N)
	sha=$(api files -H 'Content-Type: application/octet-stream' --data-binary "@$1" | word sha256)
	id=$(api imports -H 'Content-Type: application/json' -d "{\"kind\":\"employees\",\"sha256\":\"$sha\",\"file_name\":\"pegawai.csv\",\"effective\":\"${instant%%T*}\",\"dry_run\":false}" | word import)
	while state=$(api "imports/$id") && [ "$(word state <<<"$state")" = waiting ]; do sleep 0.05; done
	[ "$(word state <<<"$state")" = applied ] || { echo "bench: the import ended otherwise: $state" >&2; return 1; }
	echo "$((($(date +%s%N) - from) / 1000000))"
}

echo "bench: filling a demo of $employees employees ..." >&2
filled=$(date +%s%N)
"$luwes" demo --db "$work/demo.db" --employees "$employees" --at "$instant" >/dev/null
filled=$((($(date +%s%N) - filled) / 100000000))
"$luwes" demo --db "$work/demo.db" --sessions "$employees" "$work/sessions" --clock "$instant" >/dev/null
awk 'NR % 2' "$work/sessions" >"$work/sessions.half"
IFS=$'\t' read -r _ _ nip password < <("$luwes" demo --db "$work/demo.db" --logins | awk '$1 == "bkd" && $2 == "jabar"')

echo "bench: /livez and durable punches in turn ..." >&2
livez=() punches=() ratios=() cpu=() starts=() idle=() loaded=() signed=() signed_cpu=() verify=() dearer=()
for ((round = 1; round <= rounds; round++)); do
	fresh round
	start "$work/round.db"
	starts+=("$start_ms")
	sleep 6 # the writer fills its sheet of today after a start
	idle+=("$(rss_mb VmRSS)")
	load livez --seconds 1 --connections "$phones" >/dev/null
	line=$(load livez --seconds "$seconds" --connections "$phones")
	livez+=("$(value rate "$line")")
	line=$(load punches --seconds "$seconds" --connections "$phones" --sessions "$work/sessions")
	punches+=("$(value rate "$line")")
	cpu+=("$(value cpu_us_per_request "$line")")
	ratios+=($((100 * ${punches[-1]} / ${livez[-1]})))
	line=$(load punches --seconds "$seconds" --connections "$phones" --sessions "$work/sessions" --signed yes)
	signed+=("$(value rate "$line")")
	signed_cpu+=("$(value cpu_us_per_request "$line")")
	verify+=("$(value us_each "$("$generator" verify)")")
	dearer+=($((100 * ${signed_cpu[-1]} / ${verify[-1]})))
	loaded+=("$(rss_mb VmHWM)")
	stop
	echo "bench: round $round: ${livez[-1]} and ${punches[-1]}/s, ${cpu[-1]} us; signed ${signed[-1]}/s, ${signed_cpu[-1]} us" >&2
done

echo "bench: the same with one transaction for each request ..." >&2
fresh single
start "$work/single.db" --batch 1
line=$(load punches --seconds "$seconds" --connections $((phones / 32)) --sessions "$work/sessions" || true) # some are told 503
single=$(value rate "$line") single_cpu=$(value cpu_us_per_request "$line")
stop

echo "bench: a morning, $employees people in $morning seconds ..." >&2
fresh morning
start "$work/morning.db"
load board --seconds "$morning" --rate 5 --connections 4 --nip "$nip" --password "$password" >"$work/board" &
board_pid=$!
arrivals=$(load morning --seconds "$morning" --sessions "$work/sessions" || true)
wait "$board_pid" || true
board=$(cat "$work/board")
morning_rss=$(rss_mb VmHWM)
stop

echo "bench: the same people, signed: all of them in $morning seconds, half of them in $half ..." >&2
fresh signed
start "$work/signed.db"
signed_all=$(load morning --seconds "$morning" --sessions "$work/sessions" --signed yes || true)
stop
fresh signed
start "$work/signed.db"
signed_half=$(load morning --seconds "$half" --sessions "$work/sessions.half" --signed yes || true)
stop

overloaded='not run' can=0 taken=0
if [ "$overload" -gt 0 ]; then
	echo "bench: a slow disk, and ten times as many punches as it takes ..." >&2
	overloaded=$(bench/overload.sh "$overload") || echo "bench: the overload did not hold what it promises: $overloaded" >&2
	can=$(value can "$overloaded") taken=$(value rate "$overloaded")
fi

echo "bench: $employees new employees come in a file while others clock in, then once more with other names ..." >&2
people '' >"$work/new.csv"
people ', S.E.' >"$work/changed.csv"
fresh import
start "$work/import.db"
sign_in "$work/import.db"
load morning --seconds "$((morning / 3))" --sessions "$work/sessions" >"$work/meanwhile" &
meanwhile_pid=$!
sleep 1
created=$(import "$work/new.csv") updated=$(import "$work/changed.csv")
wait "$meanwhile_pid" || true
meanwhile=$(cat "$work/meanwhile")
stop

figures=$(bench/work.sh "$employees" $work_load)
# figure NAME: of bench/work.sh
figure() { value "$1" "$figures"; }
# below NAME LIMIT: the limit, and whether that figure of bench/work.sh keeps it; both in the unit of the figure
below() { [ "$(figure "$1")" -lt "$2" ] && echo met || echo 'not met'; }
# none NAME: whether that figure of bench/work.sh is zero
none() { [ "$(figure "$1")" -eq 0 ] && echo met || echo 'not met'; }

echo "bench: rosters of $planned people x 22 days, our network simplex and LEMON's in turn ..." >&2
build/release/luwes-roster-bench "$planned" 22 >"$work/rosters"
build/release/luwes-roster-bench-lemon "$planned" 22 >"$work/rosters.lemon"
# planned POLICY: the medians over the seeds, two threads: ours, LEMON's
planned() {
	local file all=()
	for file in "$work/rosters" "$work/rosters.lemon"; do
		all+=("$(median $(sed -n "s/^policy=$1 .*two_ms=\([0-9]*\).*/\1/p" "$file"))")
	done
	echo "${all[0]} ms; ${all[1]} ms with LEMON's"
}
# figures WHAT NAME: NAME of all seeds, ours
figures() { sed -n "s/^$1 .*\b$2=\(-\{0,1\}[0-9]*\).*/\1/p" "$work/rosters"; }
# per_mille WHAT PART WHOLE: the median over the seeds of 1000 * PART / WHOLE, with two decimals
per_mille() { median $(paste <(figures "$1" "$2") <(figures "$1" "$3") | awk '{ printf "%.2f\n", 1000 * $1 / $2 }'); }
optima() { sed -n '/^policy\|^clashes/s/_ms=[0-9]*//gp' "$1"; }
gap=$(median $(paste <(figures priced cost) <(figures priced least) | awk '{ printf "%.3f\n", 100 * ($1 - $2) / -$2 }'))
[ "$(optima "$work/rosters")" = "$(optima "$work/rosters.lemon")" ] || { echo "bench: the two solvers disagree about the optimum" >&2; exit 1; }

echo "bench: one agency by the flow, and by CBC from scratch ..." >&2
"$luwes" roster generate --employees 1000 --days 22 --seed 1 >"$work/agency.json"
flow=() cbc=()
# whole NAME COMMAND...: milliseconds of a whole program, from the instance to the roster in NAME
whole() {
	local name=$1 from
	shift
	from=$(date +%s%N)
	"$@" <"$work/agency.json" >"$work/$name"
	echo $((($(date +%s%N) - from) / 1000000))
}
for ((round = 1; round <= rounds; round++)); do
	flow+=("$(whole agency.flow "$luwes" roster solve)")
	cbc+=("$(whole agency.cbc build/luwes-mip --exact --seconds 600 --memory-mb 4096)")
done
[ "$(word cost <"$work/agency.flow")" = "$(word cost <"$work/agency.cbc")" ] || { echo "bench: the flow and CBC disagree about the optimum" >&2; exit 1; }

echo "bench: every agency of the demo in December, by the flow and by CBC ..." >&2
# Codes of the units without a parent, of the government jabar.
agencies() {
	"$luwes" dump --db "$1" | awk -F'\t' '
		/^table / { table = $0; head = 1; next }
		head { for (i = 1; i <= NF; i++) at[$i] = i; head = 0; next }
		table == "table platform_government" && $at["code"] == "jabar" { jabar = $at["government_id"] }
		table == "table org_unit" && $at["parent_id"] == 0 { own[$at["government_id"]] = own[$at["government_id"]] $at["code"] "\n" }
		END { printf "%s", own[jabar] }'
}
offices=0 offices_flow=0 offices_cbc=0
for code in $(agencies "$work/demo.db"); do
	"$luwes" roster instance --government jabar --unit "$code" --from 2025-12-01 --to 2025-12-31 --db "$work/demo.db" >"$work/agency.json"
	offices_flow=$((offices_flow + $(whole office.flow "$luwes" roster solve)))
	offices_cbc=$((offices_cbc + $(whole office.cbc build/luwes-mip --exact --seconds 600 --memory-mb 4096)))
	offices=$((offices + 1))
	[ "$(word cost <"$work/office.flow")" = "$(word cost <"$work/office.cbc")" ] || { echo "bench: the flow and CBC disagree about $code" >&2; exit 1; }
done

echo "bench: the sheet of a month, for every planning node ..." >&2
fresh sheets
sheets=$(bench/sheets.sh "$work/sheets.db" "$instant")
fresh edits
edits=$(bench/edits.sh "$work/edits.db" "$instant" 300)
edit=$(value median_tenths "$edits")

echo "bench: a day of a superior, cleared in a browser ..." >&2
clears=$(bench/clears.sh)

memory=$(awk '$1 == "MemTotal:" { printf "%d", $2 / 1048576 + 0.5 }' /proc/meminfo)
[ "$document" = /dev/stdout ] || exec >"$document"
cat <<TABLE
# Benchmarks

Written by \`make bench\` (bench/run.sh) on $(date +%F): $(nproc) cores, $memory GB of memory, SQLite store on local disk. The
server, the load generator (bench/bench.c, $(thousands "$phones") connections, people in random order) and whatever else the machine does share the cores, so
rates are a lower bound; the ratio to \`/livez\` of the same server in the same minute is the figure to compare.
The store is the full demo: $(thousands "$employees") employees, two weeks of history, filled in $(tenths "$filled") s.

A *durable punch* is one \`POST /api/v1/attendance/punches\` with one event: session, permission, journal, leaf of the
log, day projection, counters of the boards, COMMIT with fsync, and only then the answer. A *signed* one is also verified (ES256), its time token
and chain checked, sealed beside the journal, and answered with a receipt signed with Ed25519.

| What | Measured | Target |
|---|---|---|
| \`/livez\` | $(thousands "$(median "${livez[@]}")")/s (rounds: ${livez[*]}) | |
| Durable punches | $(thousands "$(median "${punches[@]}")")/s (rounds: ${punches[*]}) | |
| Durable punches / \`/livez\` | $(median "${ratios[@]}") % | at least 30 % |
| CPU of the server per durable punch | $(median "${cpu[@]}") us | |
| Durable punches that phones signed | $(thousands "$(median "${signed[@]}")")/s (rounds: ${signed[*]}) | at least 5,000/s |
| CPU of the server per signed punch; of it as many times one ES256 verification on one thread | $(median "${signed_cpu[@]}") us; $(ratio "$(median "${dearer[@]}")" 100) | |
| One transaction per request (\`--batch 1\`) | $(thousands "$single")/s, $single_cpu us | contrast |
| $(thousands "$employees") people in $morning s: errors | $(value errors "$arrivals") | 0 |
| ... p50 / p99 of a punch, counted from when it was due | $(ms "$(value p50_us "$arrivals")") / $(ms "$(value p99_us "$arrivals")") ms | p99 under 100 ms |
| ... meanwhile the government's board, 5/s: p99, errors | $(ms "$(value p99_us "$board")") ms, $(value errors "$board") | p99 under 50 ms |
| Signed: $(thousands "$employees") phones in $morning s: errors, p50 / p99 | $(value errors "$signed_all"), $(ms "$(value p50_us "$signed_all")") / $(ms "$(value p99_us "$signed_all")") ms | 0, p99 under 100 ms |
| ... half of them in $half s: errors, p50 / p99 | $(value errors "$signed_half"), $(ms "$(value p50_us "$signed_half")") / $(ms "$(value p99_us "$signed_half")") ms | 0, p99 under 100 ms |
| Overload on a slow disk (bench/overload.sh): takes $(thousands "$can")/s, is offered 5,000/s signed: taken / p99 of those / told 503 / errors | $(thousands "$taken")/s / $(ms "$(value p99_us "$overloaded")") ms / $(thousands "$(value shed "$overloaded")") / $(value errors "$overloaded") | at least 90 %, under 1 s, 0 errors |
| ... memory a third into it / at its end; empty again after | $(value rss_early_mb "$overloaded") / $(value rss_late_mb "$overloaded") MB; $(value recovered_s "$overloaded") s | flat, 10 s |
| Import of $(thousands "$employees") employees by CSV: new / changed | $created / $updated ms | under 5,000 ms |
| ... meanwhile $(thousands "$employees") people in $((morning / 3)) s: errors, p99 / longest wait of a punch | $(value errors "$meanwhile"), $(ms "$(value p99_us "$meanwhile")") / $(ms "$(value max_us "$meanwhile")") ms | 0, under 500 ms |
| Work: $(thousands "$(figure items)") things reported by $(thousands "$employees") people on 22 working days, looked at and summed: filled in; found right by \`luwes doctor\` in | $(tenths "$(figure took_ds)") s, of it $(tenths "$(figure alone_ds)") s without reports; $(figure doctor_s) s | |
| ... the store; of it for each item: its share of report, thread, leaves of the log, sums | $(thousands $(($(figure bytes) / 1048576))) MB; $(($(figure grown) / $(figure items))) bytes | |
| ... the team page, $(thousands "$(figure superiors)") superiors in turn, 20/s: p99 of the people of today / of the reports that wait; errors | $(ms "$(figure team_us)") / $(ms "$(figure reports_us)") ms; $(figure page_errors) | p99 under 50 ms: $(below team_us 50000) / $(below reports_us 50000) |
| ... the government's boards, 20/s: p99 of the day's / of live performance | $(ms "$(figure board_us)") / $(ms "$(figure performance_us)") ms | p99 under 50 ms: $(below board_us 50000) / $(below performance_us 50000) |
| ... $(figure verified) verifications in one gesture (median of five superiors) | $(figure verify_ms) ms | under 300 ms: $(below verify_ms 300) |
| ... $(figure watchers) watchers of boards while $(thousands "$(figure watch_rate)") reports a second come in: boards that are wrong at the end; after the last report all are right within | $(figure wrong); $(ms "$(figure late_us)") ms, at worst $(ms "$(figure worst_late_us)") | none: $(none wrong); 2,000 ms: $(below worst_late_us 2000000) |
| ... the longest that a report was not on the government's board, meanwhile; p99 of handing one in; errors | $(ms "$(figure lag_us)") ms, at worst $(ms "$(figure worst_lag_us)"); $(ms "$(figure report_p99_us)") ms; $(figure watch_errors) | |
| ... the recap of the month: $(thousands "$employees") people x 30 days, all units summed | $(thousands "$(figure recap_ms)") ms | under 3,000 ms: $(below recap_ms 3000) |
| ... memory of the server after all that | $(figure rss_mb) MB | |
| The best roster of $(thousands "$planned") people x 22 days, at most half at home (medians of seeds 1-5, two threads) | $(planned half) | not slower than LEMON, about 500 ms |
| ... exactly 40 % of each agency, with quotas | $(planned exactly_40) | about 1,500 ms |
| ... Thursdays only | $(planned thursdays) | contrast |
| ... replanned when 5 % fall ill a third into the period | $(median $(figures replan two_ms)) ms | under 500 ms |
| ... of the free cells from then on, how many change (median) | $(per_mille replan changes open) ‰ | at most 2 ‰ |
| ... at most 30 % of those who could over the whole government, by a price: the gap to the bound | $(median $(figures priced two_ms)) ms, $gap % | |
| All clashes where 60 % are asked for and three days a week are let | $(median $(figures clashes two_ms)) ms | under 3,000 ms |
| One cell edited in an office of 300, replanned | $(median $(figures edit two_ms)) ms | under 50 ms |
| One cell changed by a planner in an office of $(value people "$edits") (bench/edits.sh): the draft judged anew, stored, and all that is wrong answered, median / slowest of $(value edits "$edits") | $(ms $((edit * 100))) / $(ms $((100 * $(value slowest_tenths "$edits")))) ms | median under 50 ms: $([ "$edit" -lt 500 ] && echo met || echo 'not met'), $(ratio "$edit" 500) of it |
| The sheet of December of $(value nodes "$sheets") nodes (bench/sheets.sh): the largest, $(thousands "$(value people "$sheets")") people / the others, median and slowest | $(value largest_ms "$sheets") / $(value others_ms "$sheets") and $(value slowest_ms "$sheets") ms | as fast as any |
| A superior's day cleared in a browser (bench/clears.sh, median of three): 30 reports, $(value thirty_alone "$clears") of them by themselves | $(value thirty_presses "$clears") presses, $(tenths "$(value thirty_ds "$clears")") s | |
| ... a school of 90, $(value ninety_alone "$clears") of them by themselves | $(value ninety_presses "$clears") presses, $(tenths "$(value ninety_ds "$clears")") s | |
| One agency of 1,000 x 22, at most half: CBC from scratch / the flow, whole programs (medians of $rounds rounds) | $(median "${cbc[@]}") / $(median "${flow[@]}") ms: $(ratio "${cbc[*]}" "${flow[*]}") times | contrast |
| Every agency of the demo ($offices), December 2025 as planned in its store: the same optimum by CBC from scratch / by the flow, all together | $offices_cbc / $offices_flow ms | equal |
| Memory: idle / under full load / in the morning | $(median "${idle[@]}") / $(median "${loaded[@]}") / $morning_rss MB | under 60 / 150 MB |
| From start to "listening" | $(median "${starts[@]}") ms | under 300 ms |

The rows of *work* (bench/work.sh) share a store of their own, in which everybody has reported through the functions that the routes use
(\`luwes demo --items 3\`). A quarter each of the watchers has the government's board of the day, its board of live performance, and those two
of an agency or a unit below one. Every report is handed in by another person over HTTP, with a target of his plan where he has one. What a
stream showed last is compared with what its board says when it is asked, all figures of it. That nobody waits longer than the last
ones is told by the longest time between the answer to a report and the message that first counts it. A stream sends at most once a
second. A team page that is open asks again every minute: 20/s are those of all superiors. The recap is asked for on the Monday after, when every day of the month is over.

A day is cleared by a script that presses as soon as the page answers: what is told is the program's share of the time, on a phone's
screen in Chromium; reading is the superior's.

The roster rows run the whole engine (networks, optimum, roster, list of broken limits) on invented governments, once with our
network simplex and once with LEMON's in its place; costs and clashes agree, or nothing is written. So do the costs of the flow and of
CBC (\`luwes-mip --exact\`), which solves the same instance as a mixed-integer problem, rank after rank. A cell is one person's day;
those that can no longer be home, because the person fell ill, are not among the changes. The best roster within a limit over the
whole government lies between what the one by a price costs and its bound.

The changed cell by itself, on any demo store: \`bench/edits.sh STORE INSTANT PEOPLE\`. The page says what is wrong before that: it counts only
what an edit touches (\`web/src/roster/sheet.test.ts\` holds 300 people and a month to a tenth of the limit).

Again: \`make bench\`. Small, without touching this file: \`LUWES_BENCH_QUICK=1 make bench\`.
TABLE
[ "$document" = /dev/stdout ] || echo "bench: wrote $document" >&2
