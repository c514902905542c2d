#!/bin/bash
# golden.sh write|check: what the program prints about itself, kept in the repository so that any change of
# the contract shows in review: the OpenAPI document, the types of the web app, the list of routes.
set -euo pipefail
cd "$(dirname "$0")/.."
PATH="$(tools/node.sh):$PATH"
new=$(mktemp -d)
trap 'rm -rf "$new"' EXIT
build/luwes openapi >"$new/openapi.json"
build/luwes routes >"$new/routes.txt"
(cd web && npx --no-install openapi-typescript "$new/openapi.json" -o "$new/schema.d.ts" >/dev/null)
status=0
for pair in openapi.json:api/openapi.json routes.txt:test/golden/routes.txt schema.d.ts:web/src/api/schema.d.ts; do
	from=$new/${pair%%:*} to=${pair##*:}
	if [ "$1" = write ]; then
		mkdir -p "$(dirname "$to")"
		cp "$from" "$to"
	elif ! diff -u "$to" "$from" | head -n 40; then
		echo "golden: $to differs from what the program prints; 'make golden' renews it" >&2
		status=1
	fi
done
exit $status
