#!/bin/bash
# overload.sh [SECONDS]: a store slowed down to some 500 signed punches a second, and ten times as many offered.
#
# What must hold, or it ends with 1: what it takes is at least 90 % of what it can, those taken are answered within a
# second (p99), all others are told 503 with Retry-After, memory stays where it was, and ten seconds later it is
# as if nothing had been: an empty queue, and a sound store. Prints one line of name=value.
set -euo pipefail
cd "$(dirname "$0")/.."
luwes=build/luwes generator=build/release/luwes-bench
seconds=${1:-60} instant=2025-11-13T07:20+07:00 people=${LUWES_OVERLOAD_PEOPLE:-12000} rate=5000
work=$(mktemp -d "${TMPDIR:-/tmp}/luwes-overload.XXXXXX")
server_pid=
trap '[ -z "$server_pid" ] || kill "$server_pid" 2>/dev/null || true; rm -rf "$work"' EXIT

"$luwes" demo --db "$work/demo.db" --employees "$people" --at "$instant" >/dev/null
"$luwes" demo --db "$work/demo.db" --sessions "$people" "$work/sessions" --clock "$instant" >/dev/null
cc -shared -fPIC -O1 -o "$work/disk.so" test/http/disk.c -ldl
coproc server {
	LD_PRELOAD=$work/disk.so LUWES_DISK_SLOW_MS=60 exec "$luwes" serve --db "$work/demo.db" --listen 127.0.0.1:0 --clock "$instant,x1" --log error --batch 16
}
server_pid=$server_PID
read -r line <&"${server[0]}"
url=${line#listening }
sleep 5 # the writer fills its sheet of today after a start

rss_kb() { awk '$1 == "VmRSS:" { print $2 }' "/proc/$server_pid/status"; }
value() { sed -n "s/.*\b$1=\([0-9]*\).*/\1/p" <<<"$2"; }
punches() { "$generator" "$@" --url "$url" --pid "$server_pid" --sessions "$work/sessions" --signed yes; }

can=$(punches punches --seconds 15 --connections 64)
punches offered --seconds "$seconds" --rate "$rate" --connections 4000 >"$work/offered" &
offering=$!
sleep $((seconds / 3))
early=$(rss_kb)
wait "$offering" || true
late=$(rss_kb) from=$SECONDS
until [[ $(curl -fsS "$url/readyz") == *'"queue":0'* ]] || ((SECONDS - from > 10)); do sleep 0.2; done
recovered=$((SECONDS - from))
after=$(punches punches --seconds 2 --connections 16)
kill "$server_pid"
wait "$server_pid"
server_pid=
"$luwes" doctor --db "$work/demo.db" >/dev/null

offered=$(cat "$work/offered")
echo "can=$(value rate "$can") rate=$(value rate "$offered") shed=$(value shed "$offered") errors=$(value errors "$offered")" \
	"p99_us=$(value p99_us "$offered") rss_early_mb=$((early / 1024)) rss_late_mb=$((late / 1024)) recovered_s=$recovered"
[ "$(value errors "$offered")" -eq 0 ] && [ "$(value errors "$after")" -eq 0 ] &&
	[ $((10 * $(value rate "$offered"))) -ge $((9 * $(value rate "$can"))) ] && [ "$(value p99_us "$offered")" -lt 1000000 ] &&
	[ "$late" -lt $((early + early / 10)) ] && [ "$recovered" -le 10 ]
