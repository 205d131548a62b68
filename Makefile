# The environment is .venv; PYTHON picks the interpreter that makes it (3.11 to 3.13).
PYTHON ?= python3
BIN := .venv/bin
export PATH := $(CURDIR)/$(BIN):$(PATH)

.PHONY: setup demo test style bench clean

setup: .venv/.installed

.venv/.installed: pyproject.toml setup.py
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --disable-pip-version-check -e '.[dev]'
	touch $@

.venv/.bench: .venv/.installed
	$(BIN)/python -m pip install --disable-pip-version-check -e '.[dev,bench]'
	touch $@

demo: setup
	$(BIN)/python scripts/demo.py

test: setup
	$(BIN)/python -m pytest -n logical --dist loadfile --no-loadscope-reorder -m 'not slow and not gpu and not network'

style: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy plugins scripts

bench: .venv/.bench
	for table in benchmarks/*.py; do $(BIN)/python $$table || exit 1; done

clean:
	rm -rf output build .mypy_cache .ruff_cache .pytest_cache
