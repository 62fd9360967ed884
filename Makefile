# Each target sets up what it needs: Python 3.11, make and a network to a package registry are enough.
# The environment is .venv; uv is used where it is there, pip otherwise.

SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.NOTPARALLEL:
.DELETE_ON_ERROR:
.DEFAULT_GOAL := help

BIN := .venv/bin
WORKERS ?= auto

.PHONY: help demo test check lint fast bench docs lock format clean browser engines

help: ## what there is to make
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-8s %s\n", $$1, $$2 }' Makefile

demo: .venv/.run ## evaluate real data (31 provinces, 2016) and write a signed bundle into demo/
	@$(BIN)/minping demo

test: .venv/.dev browser engines ## every test: doctests, laws, numbers, documents, browser
	$(BIN)/pytest -n $(WORKERS) --dist loadfile

check: lint fast ## the quick part: linters, types, layers, fast tests

lint: .venv/.dev ## linters, types, layers, dependencies, spelling, dead code, addresses
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy --strict src
	$(BIN)/lint-imports --no-cache
	$(BIN)/deptry .
	$(BIN)/codespell
	$(BIN)/python tools/dead_code.py
	$(BIN)/python tools/addresses.py

fast: .venv/.dev ## tests that need no browser and little time
	$(BIN)/pytest -n $(WORKERS) --dist loadfile -m "not slow and not browser"

bench: .venv/.dev .venv-bench/.set ## speed beside other tools, on this machine
	$(BIN)/python -m benchmarks

docs: .venv/.dev ## make docs/reference anew and check links, code blocks and names
	$(BIN)/python tools/reference.py
	$(BIN)/pytest -q tests/docs

format: .venv/.dev ## put the code in its usual form
	$(BIN)/ruff check --fix-only .
	$(BIN)/ruff format .

lock: ## make the locks in requirements/ anew
	tools/set_up.sh lock

clean: ## remove everything that make made
	rm -rf .venv .venv-bench .venv-bench-balance .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache build dist demo
	find src tests tools benchmarks -name __pycache__ -type d -prune -exec rm -rf {} + 2>/dev/null || true

.venv/.run: requirements/run.txt pyproject.toml
	@tools/set_up.sh run
	@touch $@

.venv/.dev: requirements/dev.txt pyproject.toml
	@tools/set_up.sh dev
	@touch $@ .venv/.run

.venv-bench/.set: requirements/bench.txt requirements/bench-balance.txt pyproject.toml
	@tools/set_up.sh bench
	@touch $@

browser engines:
	@tools/set_up.sh $@
