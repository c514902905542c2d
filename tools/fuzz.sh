#!/bin/bash
# fuzz.sh SECONDS: libFuzzer over every target of test/fuzz, corpus kept; crashes land in build/fuzz.
# fuzz.sh replay: every seed through every target under ASan+UBSan; last line "corpus: N passed, M failed".
set -uo pipefail
cd "$(dirname "$0")/.."

if [ "$1" = replay ]; then
	passed=0 failed=0
	for target in build/release/fuzz_*_replay; do
		name=$(basename "$target" _replay)
		for seed in test/fuzz/corpus/"${name#fuzz_}"/*; do
			if timeout 20 "$target" "$seed" >/dev/null 2>build/log/fuzz-replay; then
				passed=$((passed + 1))
			else
				failed=$((failed + 1))
				echo "$name failed on $seed"
				tail -n 30 build/log/fuzz-replay
			fi
		done
	done
	echo "corpus: $passed passed, $failed failed"
	[ "$failed" = 0 ] && [ "$passed" -gt 0 ]
	exit
fi
CC=clang tools/build.sh build/fuzz all -Db_sanitize=address,undefined -Db_lundef=false -Dfuzzers=true || exit 1
status=0
for target in build/fuzz/fuzz_*[!y]; do
	[ -x "$target" ] && [ -f "$target" ] || continue
	name=$(basename "$target")
	[[ $name == *_replay ]] && continue
	echo "== $name, $1 s"
	"$target" -max_total_time="$1" -timeout=10 -rss_limit_mb=2048 -artifact_prefix=build/fuzz/ \
		"test/fuzz/corpus/${name#fuzz_}" 2>&1 | tail -n 4 || status=1
	[ "${PIPESTATUS[0]}" = 0 ] || status=1
done
exit $status
