#!/bin/bash
# check.sh: both compilers with -Werror, ASan+UBSan over C tests and scenarios, layers, format, golden
# files, lock file. By stage with its time; the last line is "N passed, N failed" (stages).
set -uo pipefail
cd "$(dirname "$0")/.."
PATH="$(tools/node.sh):$PATH"
export PATH
. tools/stage.sh

check() { stage "$@"; has_failed "$1" && count 0 1 || count 1 0; }
lsan="suppressions=$PWD/tools/lsan.supp:print_suppressions=0"
scenarios_sanitized() { # a server that a scenario ends may not leave a report either
	local report=$PWD/build/log/sanitizer status=0
	rm -f "$report".*
	LUWES_BIN="$PWD/build/asan/luwes" LUWES_QUICK=1 LSAN_OPTIONS="$lsan" ASAN_OPTIONS="detect_leaks=1:log_path=$report" \
		UBSAN_OPTIONS="halt_on_error=1:print_stacktrace=1:log_path=$report" tools/vitest.sh http || status=1
	compgen -G "$report.*" >/dev/null && cat "$report".* && status=1
	return $status
}
format_clean() { find src tools bench test/fuzz -name '*.[ch]' -print0 | xargs -0 clang-format --dry-run -Werror; }
lock_clean() { ! grep -q '"resolved"' web/package-lock.json; }
types_clean() { (cd web && npm run --silent check); }
contract_clean() { (cd web && npx --no-install redocly lint --config ../api/redocly.yaml ../api/openapi.json); }

check gcc-werror tools/build.sh build/gcc all -Dwerror=true
check clang-werror env CC=clang tools/build.sh build/clang all -Dwerror=true -Doptimization=1
check asan-build tools/build.sh build/asan all -Db_sanitize=address,undefined -Db_lundef=false -Doptimization=1
check asan-c-tests env LSAN_OPTIONS="$lsan" UBSAN_OPTIONS=halt_on_error=1:print_stacktrace=1 tools/ctests.sh build/asan
check asan-scenarios scenarios_sanitized
check layers tools/check_layers.sh
check format format_clean
check golden tools/golden.sh check
check contract contract_clean
check web types_clean
check lock-file lock_clean
finish
