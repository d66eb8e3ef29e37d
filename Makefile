# Every target first makes the checkout ready; that takes a fraction of a second when nothing changed.
PYTHON ?= python3
BIN := .venv/bin
ARGS ?=
# Folders in their order: the last ones have the short files, so no worker is left with a long one.
# A worker that dies ends the run: what it had left would be waited for without end.
SIDE_BY_SIDE := -q -n auto --dist loadfile --no-loadscope-reorder --max-worker-restart=0
# What measures time by the clock, when nothing else runs.
QUIET := -q -m quiet --durations=10

.DEFAULT_GOAL := help
.PHONY: help bootstrap run test bench soak lint format translations package clean

help:  ## Show this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

bootstrap:  ## Create .venv, install the pinned packages and Qt's system libraries
	@$(PYTHON) scripts/bootstrap.py

run: bootstrap  ## Open the window; make run ARGS="demo" passes arguments on
	@$(BIN)/python main.py $(ARGS)

test: bootstrap  ## Run all tests without a screen; make test ARGS="-k tracker" runs those alone
ifeq ($(ARGS),)
	@QT_QPA_PLATFORM=offscreen $(BIN)/python -m pytest $(SIDE_BY_SIDE) -m "not quiet"
	@QT_QPA_PLATFORM=offscreen $(BIN)/python -m pytest $(QUIET)
else
	@QT_QPA_PLATFORM=offscreen $(BIN)/python -m pytest $(ARGS)
endif

bench: bootstrap  ## Measure the parts one by one; make bench ARGS="-k pipeline" measures those alone
	@$(BIN)/python -c "import pytest_benchmark" 2>/dev/null || $(BIN)/python -m pip install --quiet -c constraints.txt -e ".[bench]"
	@QT_QPA_PLATFORM=offscreen $(BIN)/python -m pytest benchmarks -q --benchmark-sort=fullname --benchmark-columns=min,median,max,rounds $(ARGS)

soak: bootstrap  ## Run the program for hours and look for what grows or breaks; make soak ARGS="frames --count 12000"
	@QT_QPA_PLATFORM=offscreen $(BIN)/python -m scripts.soak $(ARGS)

lint: bootstrap  ## Check style, types and import contracts
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

format: bootstrap  ## Bring the code into the common style
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

translations: bootstrap  ## Collect the window's texts and compile their translations
	@$(BIN)/python scripts/translations.py update

package: bootstrap  ## Build the self-contained folder dist/ferqt; takes some minutes
	@$(BIN)/python -m scripts.folder_build

clean:  ## Remove .venv, caches and builds
	rm -rf .venv build dist *.egg-info .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
