#!/bin/bash
# overload.sh SECONDS: offers far more punches than the program takes, with a short queue, and checks what must
# hold: it sheds (503) instead of growing, memory stays bounded, and right after it is ready, empty and sound.
set -euo pipefail
cd "$(dirname "$0")/.."
luwes=build/luwes generator=build/release/luwes-bench
seconds=${1:-60} instant=2025-11-13T07:20+07:00
work=$(mktemp -d "${TMPDIR:-/tmp}/luwes-overload.XXXXXX")
server_pid=
trap '[ -z "$server_pid" ] || kill "$server_pid" 2>/dev/null || true; rm -rf "$work"' EXIT

"$luwes" demo --db "$work/demo.db" --employees 6000 --at "$instant" >/dev/null
"$luwes" demo --db "$work/demo.db" --sessions 6000 "$work/sessions" >/dev/null
coproc server { exec "$luwes" serve --db "$work/demo.db" --listen 127.0.0.1:0 --clock "$instant,x1" --log error --queue 256; }
server_pid=$server_PID
read -r line <&"${server[0]}"
url=${line#listening }

"$generator" punches --url "$url" --pid "$server_pid" --seconds "$seconds" --sessions "$work/sessions" --connections 2000 || true
rss=$(awk '$1 == "VmHWM:" { print int($2 / 1024) }' "/proc/$server_pid/status")
shed=$(curl -fsS "$url/metrics" | awk '$1 == "luwes_shed_total" { print $2 }')
ready=$(curl -fsS "$url/readyz")
kill "$server_pid"
wait "$server_pid"
server_pid=
"$luwes" doctor --db "$work/demo.db"
echo "shed $shed, memory $rss MB, after: $ready"
[ "$rss" -lt 250 ] && [[ $ready == *'"queue":0'* ]]
