# The front door. Thin: meson builds the program, npm and vite the web app, scripts in tools/ do the rest.
#
#   make run     everything, and a demo province at http://127.0.0.1:8080
#   make build   build/luwes
#   make test    every test          make check   both compilers, sanitizers, layers, format, golden files
#   make bench   docs/BENCHMARKS.md  make fuzz    libFuzzer, a minute per target    make soak   slow proofs
#   make golden  renew what the program prints: api/openapi.json, schema.d.ts, routes.txt

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DELETE_ON_ERROR:
MAKEFLAGS += --no-builtin-rules

web_sources := $(shell find web/src web/pegawai web/atasan web/bkd web/public web/tools -type f 2>/dev/null) \
	$(wildcard web/*.ts web/*.json)

.PHONY: run build test check bench fuzz soak golden clean need-run need-test

run: build
	@tools/run.sh

build: need-run build/web.stamp
	@tools/build.sh build/release build/luwes

need-run:
	@tools/need.sh packages-run.txt

need-test:
	@tools/need.sh packages-run.txt packages-test.txt

build/node_modules.stamp: web/package-lock.json web/.npmrc
	@mkdir -p build
	@PATH="$$(tools/node.sh):$$PATH"; cd web && npm ci --no-audit --no-fund --loglevel=error
	@touch $@

build/web.stamp: build/node_modules.stamp $(web_sources)
	@PATH="$$(tools/node.sh):$$PATH"; cd web && npm run --silent build
	@touch $@

test: need-test build
	@tools/test.sh

check: need-test build
	@tools/check.sh

bench: need-test build
	@bench/run.sh

fuzz: need-test build
	@tools/fuzz.sh 60

soak: need-test build
	@tools/soak.sh

golden: build
	@tools/golden.sh write

clean:
	rm -rf build web/dist web/node_modules
