# P37. `make` alone explains itself; `make run` and `make test` are all that a newcomer needs.
.DEFAULT_GOAL := help
.SILENT:
PORT ?= 8000
PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11; do $$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
FLASK := .venv/bin/flask --app wsgi

help: ## explain the targets
	grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)/make \1\t\2/' | expand -t 14

setup: .venv/.runtime ## make the environment in .venv (fast when it is done)

.venv/bin/uv:
	test -n "$(PYTHON)" || { echo "P37 behöver Python 3.11 eller senare (python3 med venv)."; exit 1; }
	$(PYTHON) -m venv .venv
	.venv/bin/python -m pip install --quiet --disable-pip-version-check uv

.venv/.runtime: requirements.txt | .venv/bin/uv
	.venv/bin/uv pip install --quiet --python .venv/bin/python --require-hashes -r requirements.txt
	touch $@

.venv/.dev: requirements-dev.txt .venv/.runtime
	.venv/bin/uv pip install --quiet --python .venv/bin/python --require-hashes -r requirements-dev.txt
	touch $@

run: setup ## set up, migrate, load the demonstration the first time, and serve on http://127.0.0.1:$PORT
	PORT=$(PORT) $(FLASK) serve

test: check ## every check and every test, on SQLite and PostgreSQL
	command -v chromium >/dev/null || printf '\n*** Chromium saknas: webbläsartesterna körs INTE. Installera paketet chromium. ***\n\n'
	.venv/bin/python -m pytest -q

check: .venv/.dev ## style, types, dead code, unused packages, templates
	.venv/bin/ruff check .
	.venv/bin/ruff format --check --quiet . || { echo "Kör: make format"; exit 1; }
	.venv/bin/mypy
	.venv/bin/deptry . --no-ansi 2>/dev/null || .venv/bin/deptry .
	.venv/bin/vulture
	.venv/bin/djlint templates --lint --quiet

format: .venv/.dev ## put the code in the house's form
	.venv/bin/ruff check --fix --quiet . ; .venv/bin/ruff format --quiet .

approve: .venv/.dev ## print permissions, lives and routes anew into tests/approved/ and docs/; read the difference before you commit it
	.venv/bin/python -m tests.printed

bench: .venv/.dev ## measure speed; results as data and words in benchmarks/
	.venv/bin/python -m benchmarks

lock: .venv/bin/uv ## pin the packages of requirements.in and requirements-dev.in
	for f in requirements requirements-dev; do .venv/bin/uv pip compile $$f.in --universal --python-version 3.11 --generate-hashes --no-header --no-annotate --quiet -o $$f.txt; done

clean: ## remove the environment and caches (never instance/)
	rm -rf .venv .pytest_cache .mypy_cache .ruff_cache .hypothesis

.PHONY: help setup run test check format approve bench lock clean
