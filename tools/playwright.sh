#!/bin/bash
# playwright.sh: the browser tests in Debian's Chromium; the last line is "browser: N passed, N failed".
set -uo pipefail
cd "$(dirname "$0")/.."
report=$(mktemp)
trap 'rm -f "$report"' EXIT
(cd web && PLAYWRIGHT_JSON_OUTPUT_NAME="$report" timeout -k 10 900 npx --no-install playwright test --config ../test/e2e/playwright.config.ts --reporter=list,json) </dev/null
status=$?
node -e 'const s = JSON.parse(require("fs").readFileSync(process.argv[1], "utf8")).stats;
	console.log(`browser: ${s.expected} passed, ${s.unexpected + s.flaky} failed`)' "$report" 2>/dev/null || { echo "browser: 0 passed, 1 failed"; exit 1; }
exit $status
