#!/bin/bash
# build.sh DIR [LINK] [MESON-OPTION...]: configures DIR once, builds it, and links the program to LINK.
set -euo pipefail
cd "$(dirname "$0")/.."
dir=$1 link=${2:-}
shift; [ $# -gt 0 ] && shift
if [ ! -f "$dir/build.ninja" ]; then
	meson setup "$dir" "$@" >"$dir.log" 2>&1 || { mkdir -p "$(dirname "$dir")"; meson setup "$dir" "$@"; }
fi
ninja -C "$dir" --quiet || exit 1
[ -z "$link" ] || cp -f "$dir/luwes" "$link"
