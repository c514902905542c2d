#!/bin/bash
# clears.sh: how long a superior's day takes to clear in a browser, pressed as fast as the page answers
# (test/e2e/clears.spec.ts): thirty who wrote, and a school of ninety. Prints one line of name=value; medians of three.
#
#   bench/clears.sh
set -euo pipefail
cd "$(dirname "$0")/.."
PATH="$(tools/node.sh):$PATH"
. bench/common.sh
(cd web && npx --no-install playwright test --config ../test/e2e/playwright.config.ts --reporter=line --workers=1 --repeat-each=3 clears.spec.ts) >"$work/clears" </dev/null || { cat "$work/clears" >&2; exit 1; }
# of REPORTS: what is told of them, as "alone presses tenths"
told() { sed -n "s/^$1 reports, \([0-9]*\) of them by themselves: \([0-9]*\) presses, \([0-9]*\)\.\([0-9]\) s.*/\1 \2 \3\4/p" "$work/clears" | sed 's/ 0\([0-9]\)$/ \1/'; }
# part REPORTS NUMBER: the median of one of the three
part() { median $(told "$1" | cut -d' ' -f"$2"); }
echo "thirty_alone=$(part 30 1) thirty_presses=$(part 30 2) thirty_ds=$(part 30 3) ninety_alone=$(part 90 1) ninety_presses=$(part 90 2) ninety_ds=$(part 90 3)"
