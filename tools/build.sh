#!/bin/bash
# build.sh DIR TARGET [MESON-OPTION...]: configures DIR, or changes its options, and builds TARGET in it.
# What went wrong is printed; all of it is in DIR.log.
set -euo pipefail
cd "$(dirname "$0")/.."
dir=$1 target=$2
shift 2
mkdir -p "$(dirname "$dir")" web/dist # what is not there at setup is not embedded
log=$dir.log

meson_quietly() { meson "$@" >"$log" 2>&1 </dev/null || { cat "$log" >&2; exit 1; }; }

if [ ! -f "$dir/build.ninja" ]; then
	rm -rf "$dir"
	meson_quietly setup "$dir" "$@"
elif [ $# -gt 0 ] && [ "$(cat "$dir/options" 2>/dev/null)" != "$*" ]; then
	meson_quietly configure "$dir" "$@"
fi
[ $# = 0 ] || echo "$*" >"$dir/options"
ninja -C "$dir" "$target" >"$log" 2>&1 </dev/null || { sed -n '/^FAILED\|^ninja: error\|ERROR:/,$p' "$log" >&2; exit 1; }
