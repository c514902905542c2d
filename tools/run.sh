#!/bin/bash
# run.sh: serves the demo province, and signs the head of its log; fills it on first use.
set -euo pipefail
cd "$(dirname "$0")/.."
instant=2025-11-13T07:20+07:00
store=${LUWES_DB:-build/demo.db}
listen=${LUWES_LISTEN:-127.0.0.1:8080}

fill() { build/luwes demo --db "$1" --at "$instant"; }

case $store in
postgres*) # cannot be filled aside and renamed; `luwes demo` refuses a database that holds anything
	build/luwes demo --db "$store" --logins >/dev/null 2>&1 || fill "$store"
	;;
*)
	if [ ! -f "$store" ]; then
		rm -rf "$store".part* "$store-wal" "$store-shm" "$store.files" "$store.keys" "$store.log".* # of a store that was deleted
		echo "luwes: filling a demo province (36.005 fictional employees), under a minute ..."
		fill "$store.part"
		[ ! -d "$store.part.files" ] || mv "$store.part.files" "$store.files"
		mv "$store.part.keys" "$store.keys"
		mv "$store.part" "$store"
	fi
	if [ ! -f "$store.log.key" ]; then # the log's own key, which the server never holds (docs/OPERATIONS.md)
		name=$(build/luwes sign --new-key "$store.log.key" --name luwes.demo/jabar)
		build/luwes sign --register "$name" --letter contoh --government jabar --db "$store" >/dev/null
	fi
	;;
esac
echo
echo "  Luwes: http://$listen   (demo clock $instant, running)"
echo "  sign in as (role, government, NIP, password):"
build/luwes demo --db "$store" --logins | sed 's/^/    /'
echo
build/luwes serve --db "$store" --listen "$listen" --clock "$instant,x1" --migrate --log warn &
server=$! signer=
trap 'kill "$server" $signer 2>/dev/null || true; wait' EXIT
trap 'exit 130' INT TERM
if [ -f "$store.log.key" ]; then
	until (: >"/dev/tcp/${listen%:*}/${listen##*:}") 2>/dev/null; do
		kill -0 "$server" 2>/dev/null || break
		sleep 0.2
	done
	build/luwes sign --server "http://$listen" --government jabar --key "$store.log.key" --state "$store.log.state" >/dev/null &
	signer=$!
fi
wait "$server"
