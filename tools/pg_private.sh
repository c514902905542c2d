#!/bin/sh
# A private PostgreSQL for tests: a fresh cluster in DIR, reached by a socket in DIR only, never by TCP.
#
#   tools/pg_private.sh start DIR   makes DIR (which must not exist), starts, prints the URL
#   tools/pg_private.sh stop DIR    stops and removes DIR
#
# As root the server runs as the user postgres, because it refuses to run as root. Nothing here is
# meant to survive a crash: fsync is off. Needs Debian's postgresql package, or LUWES_PG_BIN.
set -eu

fail() {
	echo "pg_private: $1" >&2
	exit 1
}

[ $# -eq 2 ] || fail "usage: pg_private.sh start|stop DIR"
verb=$1
dir=$2
case $dir in /*) ;; *) dir=$(pwd)/$dir ;; esac

bin=${LUWES_PG_BIN:-}
if [ -z "$bin" ]; then
	for candidate in /usr/lib/postgresql/*/bin; do
		if [ -x "$candidate/initdb" ]; then bin=$candidate; fi
	done
fi
[ -n "$bin" ] && [ -x "$bin/initdb" ] || fail "no PostgreSQL server found; install postgresql or set LUWES_PG_BIN"

as_owner() {
	if [ "$(id -u)" = 0 ]; then
		(cd / && setpriv --reuid=postgres --regid=postgres --clear-groups -- "$@")
	else
		"$@"
	fi
}

start() {
	[ ! -e "$dir" ] || fail "$dir exists"
	mkdir -m 700 "$dir"
	if [ "$(id -u)" = 0 ]; then chown postgres:postgres "$dir"; fi
	as_owner "$bin/initdb" -D "$dir/data" -A trust -U luwes --locale=C -E UTF8 --no-sync >"$dir/initdb.log" 2>&1 ||
		fail "initdb failed: $(tail -n 1 "$dir/initdb.log")"
	as_owner "$bin/pg_ctl" -D "$dir/data" -l "$dir/server.log" -w -t 60 -o "-c listen_addresses='' -k '$dir' \
		-c fsync=off -c full_page_writes=off -c max_connections=60 -c shared_buffers=32MB" start >/dev/null ||
		fail "the server did not start: $(tail -n 1 "$dir/server.log")"
	echo "postgresql:///postgres?host=$dir&user=luwes"
}

stop() {
	[ -d "$dir/data" ] || fail "$dir holds no cluster"
	as_owner "$bin/pg_ctl" -D "$dir/data" -m immediate -w stop >/dev/null
	rm -rf "$dir"
}

case $verb in
start) start ;;
stop) stop ;;
*) fail "unknown verb $verb" ;;
esac
