#!/bin/bash
# build.sh DIR TARGET [MESON-OPTION...]: configures DIR, or changes its options, and builds TARGET in it.
set -euo pipefail
cd "$(dirname "$0")/.."
dir=$1 target=$2
shift 2
mkdir -p "$(dirname "$dir")" web/dist # what is not there at setup is not embedded
log=$dir.log
if [ ! -f "$dir/build.ninja" ]; then
	rm -rf "$dir"
	meson setup "$dir" "$@" >"$log" 2>&1 || { cat "$log" >&2; exit 1; }
elif [ $# -gt 0 ]; then
	meson configure "$dir" "$@" >"$log" 2>&1 || { cat "$log" >&2; exit 1; }
fi
ninja -C "$dir" "$target" >"$log" 2>&1 </dev/null || { grep -v '^\[' "$log" >&2 || cat "$log" >&2; exit 1; }
