# The environment is .venv; PYTHON picks the interpreter that makes it (3.11 to 3.13).
PYTHON ?= python3
BIN := .venv/bin
export PATH := $(CURDIR)/$(BIN):$(PATH)

# Every package and every build tool in the version that was proved; newer pips read the second for the latter.
LOCK := constraints.txt
PIP := PIP_CONSTRAINT=$(LOCK) PIP_BUILD_CONSTRAINT=$(LOCK) $(BIN)/python -m pip --disable-pip-version-check

.PHONY: setup demo test style bench lock clean

setup: .venv/.installed

.venv/.installed: pyproject.toml setup.py $(LOCK)
	$(PYTHON) -m venv .venv
	$(PIP) install -e '.[dev]'
	touch $@

.venv/.bench: .venv/.installed
	$(PIP) install -e '.[dev,bench]'
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

# Follow pyproject.toml and change no other version; `make lock UPGRADE=1` takes the newest of all.
lock: build/uv/bin/uv
	build/uv/bin/uv pip compile --quiet --universal --fork-strategy fewest --python-version 3.11 \
		--no-python-downloads --all-extras $(if $(UPGRADE),--upgrade) \
		--annotation-style line --custom-compile-command 'make lock' --output-file $(LOCK) pyproject.toml

build/uv/bin/uv:
	$(PYTHON) -m venv build/uv
	build/uv/bin/python -m pip install --disable-pip-version-check uv==0.13.9

clean:
	rm -rf output build .mypy_cache .ruff_cache .pytest_cache
