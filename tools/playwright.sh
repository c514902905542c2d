#!/bin/bash
# playwright.sh: the browser tests in Debian's Chromium; the last line is "browser: N passed, N failed". Who passed only when
# run again is named before it.
set -uo pipefail
cd "$(dirname "$0")/.."
report=$(mktemp)
trap 'rm -f "$report"' EXIT
(cd web && PLAYWRIGHT_JSON_OUTPUT_NAME="$report" timeout -k 10 1800 npx --no-install playwright test --config ../test/e2e/playwright.config.ts --reporter=list,json) </dev/null
status=$?
node -e 'const { stats, suites } = JSON.parse(require("fs").readFileSync(process.argv[1], "utf8"));
	const walk = s => { for (const t of s.specs ?? []) if (t.tests.some(x => x.status === "flaky")) console.log(`passed when run again: ${t.file}: ${t.title}`); (s.suites ?? []).forEach(walk); };
	suites.forEach(walk);
	console.log(`browser: ${stats.expected + stats.flaky} passed, ${stats.unexpected} failed`)' "$report" 2>/dev/null || { echo "browser: 0 passed, 1 failed"; exit 1; }
exit $status
