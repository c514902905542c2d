#!/bin/bash
# need.sh LIST...: installs the Debian packages named in the lists that are missing. A line is a package,
# or "package command": then it is needed only where that command is missing, too.
# Works as root and with sudo; otherwise says which packages are missing and how to get them.
set -euo pipefail

if ! command -v dpkg-query >/dev/null || ! command -v apt-get >/dev/null; then
	echo "luwes: this machine has no apt; what the lists name must be there: $*" >&2
	exit 0
fi
installed=$(dpkg-query -W -f '${Package} ${db:Status-Status}\n' | sed -n 's/ installed$//p')
missing=()
while read -r name command; do
	grep -qxF "$name" <<<"$installed" && continue
	[ -n "$command" ] && command -v "$command" >/dev/null && continue
	missing+=("$name")
done < <(grep -h . "$@")
[ ${#missing[@]} -gt 0 ] || exit 0

as_root=()
if [ "$(id -u)" != 0 ]; then
	as_root=(sudo)
	[ -t 0 ] || as_root=(sudo -n) # nobody is there to type a password
	if ! command -v sudo >/dev/null || ! "${as_root[@]}" true; then
		echo "luwes: packages are missing, and installing them needs root or sudo:" >&2
		echo "  apt-get install --no-install-recommends ${missing[*]}" >&2
		exit 1
	fi
fi
echo "luwes: installing ${missing[*]}" >&2
log=$(mktemp)
trap 'rm -f "$log"' EXIT
if ! { "${as_root[@]}" apt-get update && "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive \
	apt-get install -y --no-install-recommends "${missing[@]}"; } >"$log" 2>&1 </dev/null; then
	tail -n 20 "$log" >&2
	echo "luwes: apt-get failed; see above" >&2
	exit 1
fi
