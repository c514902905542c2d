#!/bin/bash
# soak.sh: the slow proofs, run by people and not by CI: a thousand kills, a disk that fails at every write in turn, five minutes of overload,
# ten minutes of each fuzz target.
set -euo pipefail
cd "$(dirname "$0")/.."
PATH="$(tools/node.sh):$PATH"
export PATH LUWES_BIN="$PWD/build/luwes" LUWES_CYCLES=${LUWES_CYCLES:-1000}
export LUWES_DISK_STEP=1
(cd web && npx --no-install vitest run --config vitest.http.config.ts kill disk.test)
bench/overload.sh "${LUWES_OVERLOAD_SECONDS:-300}"
tools/fuzz.sh "${LUWES_FUZZ_SECONDS:-600}"
