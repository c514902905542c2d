# common.sh: what the scripts of the bench share. Sourced from the root of the project by one that has set `instant`, and
# `cookie` where it signs in.
luwes=build/luwes generator=build/release/luwes-bench
work=$(mktemp -d "${TMPDIR:-/tmp}/luwes-bench.XXXXXX")
server_pid=
trap '[ -z "$server_pid" ] || kill "$server_pid" 2>/dev/null || true; rm -rf "$work"' EXIT

# start STORE [OPTION...]: sets url, server_pid and start_ms (from exec to the line that says it listens)
start() {
	local store=$1 from line
	shift
	from=$(date +%s%N)
	coproc server { exec "$luwes" serve --db "$store" --listen 127.0.0.1:0 --clock "${clock:-$instant},x1" --log error "$@"; }
	server_pid=$server_PID
	read -r line <&"${server[0]}"
	start_ms=$((($(date +%s%N) - from) / 1000000))
	url=${line#listening }
}
stop() {
	kill "$server_pid"
	wait "$server_pid" 2>/dev/null || true
	server_pid=
}
# value NAME LINE: the number behind NAME= in a line of the generator
value() { sed -n "s/.*\b$1=\([0-9]*\).*/\1/p" <<<"$2"; }
# median NUMBER...
median() { printf '%s\n' "$@" | sort -n | sed -n "$((($# + 1) / 2))p"; }
# ratio "A..." "B...": of the medians, to a tenth
ratio() { awk -v a="$(median $1)" -v b="$(median $2)" 'BEGIN { printf "%.1f", a / b }'; }
rss_mb() { awk -v key="$1:" '$1 == key { printf "%d", $2 / 1024 }' "/proc/$server_pid/status"; }
load() {
	local mode=$1
	shift
	"$generator" "$mode" --url "$url" --pid "$server_pid" "$@"
}
ms() { awk -v us="$1" 'BEGIN { printf us < 9950 ? "%.1f" : "%.0f", us / 1000 }'; }
# sign_in STORE: the personnel board; its cookie is for https alone, so it is handed over by hand
sign_in() {
	IFS=$'\t' read -r _ _ nip password < <("$luwes" demo --db "$1" --logins | awk '$1 == "bkd" && $2 == "jabar"')
	cookie=$(api sessions -D - -o /dev/null -H 'Content-Type: application/json' -d "{\"government\":\"jabar\",\"nip\":\"$nip\",\"password\":\"$password\"}" |
		sed -n 's/^[Ss]et-[Cc]ookie: \([^;]*\).*/\1/p' | tr -d '\r' | paste -sd ';')
}
# api PATH [CURL-OPTION...]
api() {
	local path=$1 key
	shift
	printf -v key '%012x' "$(($(date +%s%N) / 1000000))" # of a UUIDv7
	printf -v key '%s-%s-7%03x-8%03x-%012x' "${key::8}" "${key:8}" $((RANDOM % 4096)) $((RANDOM % 4096)) "$RANDOM$RANDOM"
	curl -sS -f -H 'X-Luwes: 1' -H "Cookie: ${cookie:-}" -H "Idempotency-Key: $key" "$@" "$url/api/v1/$path"
}
# agencies: their ids
agencies() { api org/units | grep -o '{"id":"[0-9]*"[^}]*}' | sed 's/{"id":"\([0-9]*\)".*/\1/'; }
# draft UNIT: makes its roster of December, and prints the version
draft() {
	api roster/versions -H 'Content-Type: application/json' -d "{\"unit\":\"$1\",\"period_from\":\"2025-12-01\",\"period_to\":\"2025-12-31\"}" |
		sed -n 's/^{"id":"\([0-9]*\)".*/\1/p'
}
# word NAME: the text or number under a key of the JSON on stdin
word() { sed -n "s/.*\"$1\":\"\{0,1\}\([^\",}]*\).*/\1/p"; }
tenths() { echo "$(($1 / 10)).$(($1 % 10))"; }
thousands() { sed ':a;s/\B[0-9]\{3\}\>/,&/;ta' <<<"$1"; }
