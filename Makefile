# The front door. Thin: meson builds the program, npm and vite the web app, scripts in tools/ do the rest.
#
#   make run     everything, and a demo province at http://127.0.0.1:8080
#   make build   build/luwes, and build/luwes-mip beside it
#   make test    every test          make check   both compilers, sanitizers, layers, format, golden files
#   make bench   docs/BENCHMARKS.md  make fuzz    libFuzzer, a minute per target    make soak   slow proofs
#   make golden  renew what the program prints: api/openapi.json, schema.d.ts, routes.txt
#
# LUWES_DB (build/demo.db) and LUWES_LISTEN (127.0.0.1:8080) say what `make run` serves, and where.

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DELETE_ON_ERROR:
MAKEFLAGS += --no-builtin-rules --no-print-directory

web_sources := $(shell find web/src web/pegawai web/atasan web/bkd web/kios web/verifikasi web/periksa web/public web/tools -type f -not -name '*.test.*' 2>/dev/null) \
	$(wildcard web/*.ts web/package.json)
modules := web/node_modules/.package-lock.json
pages := web/dist/sw.js

.PHONY: run build code test check bench fuzz soak golden clean need-run need-test

run: build
	@tools/run.sh

# The compiler works while npm fetches; the pages go into the program at the end.
build: need-run
	@$(MAKE) -s -j2 code $(pages)
	@tools/build.sh build/release programs
	@for program in luwes luwes-mip; do [ ! -f build/release/$$program ] || \
		cmp -s build/release/$$program build/$$program || cp -f build/release/$$program build/$$program; done

code:
	@tools/build.sh build/release code

$(modules): web/package-lock.json web/.npmrc
	@PATH="$$(tools/node.sh):$$PATH"; npm ci --loglevel=error --no-audit --no-fund --prefix web </dev/null >/dev/null
	@touch $@

$(pages): $(modules) $(web_sources)
	@mkdir -p build
	@PATH="$$(tools/node.sh):$$PATH"; npm run --silent --prefix web build >build/web.log 2>&1 || { cat build/web.log >&2; exit 1; }
	@touch $@

need-run:
	@tools/need.sh packages-run.txt

need-test:
	@tools/need.sh packages-run.txt packages-test.txt

test: need-test build
	@tools/test.sh

check: need-test build
	@tools/check.sh

bench: need-test build
	@tools/need.sh packages-bench.txt
	@tools/build.sh build/release load-benches
	@tools/build.sh build/release roster-benches -Dtests=enabled -Dlemon=true
	@bench/run.sh

fuzz: need-test build
	@tools/fuzz.sh 60

soak: need-test build
	@tools/build.sh build/release luwes-bench
	@tools/soak.sh

golden: build
	@tools/golden.sh write

clean:
	rm -rf build web/dist web/node_modules
