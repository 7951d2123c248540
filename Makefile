# P37. `make` alone explains itself; `make run` and `make test` are all that a newcomer needs.
.DEFAULT_GOAL := help
.SILENT:
PORT ?= 8000
export PORT
PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11; do $$p -c 'import ensurepip, sys, venv; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
RUN := .venv/bin/python -m
LOCK := $(RUN) uv pip compile --universal --python-version 3.11 --generate-hashes --no-header --no-annotate --quiet

# uv takes seconds where pip takes half a minute; pip reads the same locks where uv is not to be had.
define install
$(RUN) uv pip install --quiet --python .venv/bin/python --require-hashes -r $< 2>/dev/null || $(RUN) pip install --quiet --disable-pip-version-check --require-hashes -r $<
touch $@
endef

help: ## explain the targets
	grep -hE '^[a-z-]+:.*## ' Makefile | sed -E 's/^([a-z-]+):.*## (.*)/make \1\t\2/' | expand -t 14

setup: .venv/.runtime ## make the environment in .venv (fast when it is done)

.venv/bin/python:
	test -n "$(PYTHON)" || { echo "P37 behöver Python 3.11 eller senare. Installera till exempel python3 och python3-venv."; exit 1; }
	$(PYTHON) -m venv .venv
	$(RUN) pip install --quiet --disable-pip-version-check uv || true

.venv/.runtime: requirements.txt | .venv/bin/python
	$(install)

.venv/.dev: requirements-dev.txt .venv/.runtime
	$(install)

run: setup ## set up, migrate, load the demonstration the first time, and serve on http://127.0.0.1:$PORT
	$(RUN) flask --app wsgi serve

test: check ## every check and every test, on SQLite and PostgreSQL
	$(RUN) pytest -q; tested=$$?; \
	command -v chromium >/dev/null || command -v chromium-browser >/dev/null || printf '\n*** Chromium saknas: webbläsartesterna kördes INTE. Installera paketet chromium. ***\n\n'; \
	exit $$tested

check: .venv/.dev ## style, types, unused packages, dead code, templates
	$(RUN) ruff check --quiet .
	$(RUN) ruff format --check --quiet . || { echo "Koden är inte i husets form. Kör: make format"; exit 1; }
	$(RUN) mypy --no-error-summary
	$(RUN) deptry . --no-ansi >.venv/deptry.txt 2>&1 || { cat .venv/deptry.txt; exit 1; }
	$(RUN) vulture
	$(RUN) djlint templates --lint --quiet

format: .venv/.dev ## put the code in the house's form
	$(RUN) ruff check --fix --quiet . ; $(RUN) ruff format --quiet .

approve: .venv/.dev ## print permissions, lives and routes anew into tests/approved/; read the difference before you commit it
	$(RUN) tests.printed

bench: .venv/.dev ## measure speed; results as data and words in benchmarks/
	$(RUN) benchmarks

lock: .venv/.runtime ## pin the packages of requirements.in and requirements-dev.in
	$(LOCK) requirements.in -o requirements.txt
	$(LOCK) requirements-dev.in -c requirements.txt -o requirements-dev.txt

clean: ## remove the environment and caches (never instance/)
	rm -rf .venv .pytest_cache .mypy_cache .ruff_cache .hypothesis

.PHONY: help setup run test check format approve bench lock clean
