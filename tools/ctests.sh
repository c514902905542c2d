#!/bin/bash
# ctests.sh DIR: runs every C test binary of a build directory, two at a time, and prints what each said.
# What failed is said once more at the end. The last line is "c tests: N passed, M failed".
set -uo pipefail
cd "$(dirname "$0")/.."
dir=$1
out=$(mktemp -d)
trap 'tools/pg_private.sh stop "$out/pg" >/dev/null 2>&1; rm -rf "$out"' EXIT
chmod 755 "$out"
LUWES_TEST_PG=${LUWES_TEST_PG:-$(tools/pg_private.sh start "$out/pg" 2>&1 | tail -n 1)} # one cluster for all
export LUWES_TEST_PG
mkdir "$out/said"
printf '%s\n' "$dir"/*_test | xargs -P 2 -I{} sh -c \
	'timeout 300 "$1" >"$2/$(basename "$1")" 2>&1 || echo "exit $?" >>"$2/$(basename "$1")"' _ {} "$out/said"
passed=0 failed=0
for f in "$out"/said/*; do
	echo "== $(basename "$f")"
	cat "$f"
	p=$(sed -n 's/^\[  PASSED  \] \([0-9]*\) test.*/\1/p' "$f" | awk '{s+=$1} END {print s+0}')
	b=$(sed -n 's/^\[  FAILED  \] .*: \([0-9]*\) test.*/\1/p;s/^\[  FAILED  \] \([0-9]*\) test.*/\1/p' "$f" | awk '{s+=$1} END {print s+0}')
	if grep -q '^exit ' "$f" && [ "$b" = 0 ]; then b=1; fi
	[ "$p" -gt 0 ] || [ "$b" -gt 0 ] || b=1
	[ "$b" = 0 ] || bad="${bad-} $(basename "$f")"
	passed=$((passed + p)) failed=$((failed + b))
done
for name in ${bad-}; do
	echo "failed in $name:"
	grep -E '^(\[  (ERROR|FAILED) |exit |.*(error:|Error|ERROR:))|!=|^\[   LINE' "$out/said/$name" | grep -v '^\[  PASSED' | tail -n 20
done
echo "c tests: $passed passed, $failed failed"
[ "$failed" = 0 ]
