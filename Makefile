# Every target sets up what it needs on a bare Debian 12 or later; `make help` lists them.
.DEFAULT_GOAL := help
BIN := .venv/bin
PROCESSES ?= $(shell nproc)
# Test processes run side by side, one a core, so each library in each keeps to one thread.
ONE_THREAD := OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 OPENCV_FOR_THREADS_NUM=1 VIPS_CONCURRENCY=1
ROOMS := domain imaging storage access index_service ingest viewer huji bench

.PHONY: help setup setup-demo setup-test setup-peers bench-pipeline demo test test-slow check format lint types imports bandit shell house station station-windows lock clean distclean

help: ## list the targets
	@grep -hE '^[a-z%-]+:.*## ' Makefile | sed -E 's/:[^#]*## /\t/' | expand -t 16

setup: setup-demo ## install what the product needs; the command line is then .venv/bin/huji

setup-demo: ## the same by its full name: system packages, .venv, front-end assets
	@deploy/setup demo

setup-test: ## that, and what make check and make test need (PostgreSQL, browser, linters)
	@deploy/setup test

demo: setup-demo ## eight steps on synthetic pages, then serve them; SERVE=0 ends after the summary, PAGES=DIR takes your own
	@$(BIN)/python -m huji.demo

# A process that has run out of tests takes some of another's; until then each keeps to rooms that lie together.
test: setup-test ## all tests but the long parts of some, on as many processes as cores (PROCESSES=N); a skipped test fails
	@$(ONE_THREAD) $(BIN)/pytest --numprocesses $(PROCESSES) --dist worksteal

test-slow: setup-test ## the long parts: a kill at every step on every engine, more cuts
	@$(BIN)/pytest -m slow

check: setup-test format lint types imports bandit shell house ## format, lint, types, imports, security, documents

format: ## ruff's format, checked
	@$(BIN)/ruff format --check .

lint: ## ruff's rules
	@$(BIN)/ruff check .

types: ## mypy, strict
	@$(BIN)/mypy

imports: ## the one-way house: import-linter's contracts
	@$(BIN)/lint-imports

bandit: ## unsafe calls
	@$(BIN)/bandit --quiet --configfile pyproject.toml --recursive $(filter-out bench,$(ROOMS))

shell: ## shell scripts: syntax, and shellcheck where it is installed
	@bash -n deploy/setup deploy/lock .ci/run
	@if command -v shellcheck >/dev/null; then shellcheck deploy/setup deploy/lock .ci/run; else echo "shellcheck is not installed: syntax alone was checked"; fi

house: ## documents, file sizes, names, addresses, decisions, foreign keys
	@$(BIN)/pytest tests/house --quiet

setup-peers: ## what the product needs, and beside it in .venv-peers what it is measured against
	@deploy/setup peers

bench-pipeline: setup-peers ## the whole page pipeline beside its peers, by severity; PAGES=3 takes 25 minutes
	@$(BIN)/python -m bench.pipeline

station: setup-demo ## the station's program as a wheel of its own, in dist/; needs nothing of the server
	@$(BIN)/python -m pip wheel --quiet --no-deps --wheel-dir dist deploy/station

station-windows: setup-test ## whether all that the station needs has a wheel for Windows; asks the package registry
	@$(BIN)/python deploy/station/check_windows.py

bench-%: setup-demo ## a benchmark of bench/, for example make bench-pages
	@$(BIN)/python -m bench.$*

lock: ## write locks/ and package-lock.json anew (UPGRADE=1 takes the newest)
	@deploy/lock
	@npm install --package-lock-only --ignore-scripts --omit-lockfile-registry-resolved --no-audit --no-fund

clean: ## remove caches and what demos left
	@rm -rf .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis build dist *.egg-info var
	@find . -name __pycache__ -not -path './.venv/*' -not -path './node_modules/*' -prune -exec rm -rf {} +

distclean: clean ## remove the installation too
	@if [ -L .venv ]; then rm .venv; else rm -rf .venv; fi
	@rm -rf .venv-peers node_modules viewer/static/vendor
