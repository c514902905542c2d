#!/bin/bash
# need.sh LIST...: installs the Debian packages named in the lists that are missing.
# Works as root and with sudo; otherwise says which packages are missing and how to get them.
set -euo pipefail

missing=()
while read -r name; do
	[ -n "$name" ] || continue
	dpkg-query -W -f '${db:Status-Status}\n' "$name" 2>/dev/null | grep -qx installed || missing+=("$name")
done < <(cat "$@")
[ ${#missing[@]} -gt 0 ] || exit 0

if ! command -v apt-get >/dev/null; then
	echo "luwes: this machine has no apt-get; please install: ${missing[*]}" >&2
	exit 1
fi
as_root=()
if [ "$(id -u)" != 0 ]; then
	if ! command -v sudo >/dev/null || ! sudo -n true 2>/dev/null; then
		echo "luwes: these packages are missing and installing them needs root or sudo:" >&2
		echo "  apt-get install ${missing[*]}" >&2
		exit 1
	fi
	as_root=(sudo)
fi
echo "luwes: installing ${missing[*]}" >&2
log=$(mktemp)
if ! { "${as_root[@]}" apt-get update && "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive \
	apt-get install -y --no-install-recommends "${missing[@]}"; } >"$log" 2>&1; then
	tail -n 20 "$log" >&2
	echo "luwes: apt-get failed; see above" >&2
	exit 1
fi
rm -f "$log"
