# Everything that CI and a newcomer run. Needs Python 3.11+ and make, and never asks.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
CHECKED := $(VENV)/.checked

.PHONY: demo test coverage faults check docs bench package clean

demo: $(READY)
	@$(BIN)/hsf demo
	@echo "(I denne mappen heter programmet $(BIN)/hsf.)"

test: $(READY)
	@$(BIN)/python -m pytest -n auto

# Lines and branches that the suite reaches, also in processes and terminals of their own.
coverage: $(READY)
	@$(BIN)/coverage erase
	@$(BIN)/coverage run -m pytest -n auto
	@$(BIN)/coverage combine --quiet
	@$(BIN)/coverage report

# What the suite tries a little of, at length: kills, damaged files, odd input, two at once.
faults: $(READY)
	@HSF_FAULTS=1000 $(BIN)/python -m pytest -n auto tests/faults $$(grep -rl HSF_FAULTS --include='test_*.py' tests)

check: $(CHECKED)
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

# The pictures and the texts in docs/ that are made; it says which are other than they were.
docs: $(READY)
	@$(BIN)/python -m docs.making

bench: $(READY)
	@$(BIN)/python -m benchmarks

# What is handed on, each on a machine that has nothing else: `pipx install dist/*.whl`.
package: $(READY)
	@rm -rf dist build/clean
	@$(BIN)/hatchling build -d dist
	@set -e; for one in dist/*.whl dist/*.tar.gz; do \
		$(PYTHON) -m venv --clear build/clean; \
		build/clean/bin/python -m pip install --quiet "$$one"; \
		cd build/clean; export HSF_KONFIG="$$PWD/konfig" XDG_DATA_HOME="$$PWD/data"; \
		bin/hsf demo >demo.txt; bin/hsf --versjon; cd ../..; \
	done

clean:
	rm -rf $(VENV) build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "hsf trenger Python 3.11 eller nyere / needs Python 3.11 or newer")'
	@$(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --upgrade "pip>=25.1"

$(READY): $(VENV)/bin/python pyproject.toml
	@$(BIN)/python -m pip install --quiet --editable . --group test
	@touch $@

$(CHECKED): $(READY)
	@$(BIN)/python -m pip install --quiet --group check
	@touch $@
