#!/bin/bash
# test.sh: every test, by stage with its time; the last line is "N passed, N failed".
set -uo pipefail
cd "$(dirname "$0")/.."
PATH="$(tools/node.sh):$PATH"
export PATH LUWES_BIN="$PWD/build/luwes"
. tools/stage.sh

numbers() { # LOG PATTERN: "N passed, M failed" behind PATTERN, else "0 1"
	sed -n "s/^$2 \([0-9]*\) passed, \([0-9]*\) failed.*/\1 \2/p" "build/log/$1" | tail -n 1 | grep . || echo 0 1
}

stage c-build tools/build.sh build/release all -Dtests=enabled

# Two lanes, because each waits for disks, clocks and databases half of its time.
{
	stage c-tests tools/ctests.sh build/release
	count $(numbers c-tests 'c tests:')
	stage fuzz-corpus tools/fuzz.sh replay
	count $(numbers fuzz-corpus 'corpus:')
	stage http-scenarios tools/vitest.sh http
	count $(numbers http-scenarios 'http:')
} &
{
	stage web-units tools/vitest.sh web
	count $(numbers web-units 'web:')
	stage browser tools/playwright.sh
	count $(numbers browser 'browser:')
} &
wait
finish
