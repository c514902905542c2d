#!/bin/bash
# run.sh: serves the demo province; fills it on first use.
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
		rm -rf "$store".part* "$store-wal" "$store-shm" "$store.files" "$store.keys" # of a store that was deleted
		echo "luwes: filling a demo province (36.005 fictional employees), under a minute ..."
		fill "$store.part"
		[ ! -d "$store.part.files" ] || mv "$store.part.files" "$store.files"
		mv "$store.part.keys" "$store.keys"
		mv "$store.part" "$store"
	fi
	;;
esac
echo
echo "  Luwes: http://$listen   (demo clock $instant, running)"
echo "  sign in as (role, government, NIP, password):"
build/luwes demo --db "$store" --logins | sed 's/^/    /'
echo
exec build/luwes serve --db "$store" --listen "$listen" --clock "$instant,x1" --migrate --log warn
