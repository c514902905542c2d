#!/bin/bash
# vitest.sh web|http: runs one suite; the last line is "SUITE: N passed, N failed".
set -uo pipefail
cd "$(dirname "$0")/.."
suite=$1
report=$(mktemp)
trap 'rm -f "$report"' EXIT
config=vitest.config.ts
[ "$suite" = http ] && config=vitest.http.config.ts
(cd web && timeout -k 10 900 npx --no-install vitest run --config "$config" --reporter=default --reporter=json --outputFile.json="$report") </dev/null
status=$?
node -e 'const r = JSON.parse(require("fs").readFileSync(process.argv[1], "utf8"));
	console.log(`${process.argv[2]}: ${r.numPassedTests} passed, ${r.numFailedTests + (r.success || r.numFailedTests ? 0 : 1)} failed`)' \
	"$report" "$suite" 2>/dev/null || { echo "$suite: 0 passed, 1 failed"; exit 1; }
exit $status
