# make run    start the page on http://127.0.0.1:8000 (PORT=8080 for another port)
# make test   run the tests                           (PYTEST_ARGS="-k sentence" for some of them)
# make check  format, lint, types, layers, tests: what CI runs
# make bench  medians of the fast paths
# make docs   build the documentation into build/docs; open build/docs/index.html
# make meetings   print the worked meetings of docs/meetings anew
#
# The first call makes .venv and fills it; later calls install again only when
# constraints.txt or pyproject.toml changed. PYTHON=/path/to/python chooses the Python.

PYTHON ?=
PORT ?=
PYTEST_ARGS ?=
PIP = .venv/bin/python -m pip --disable-pip-version-check --quiet install -c constraints.txt

.PHONY: help run test check bench docs meetings format clean

help:
	@sed -n 's/^# \{0,1\}//p' Makefile

run: .venv/.run
	@.venv/bin/simpatient chat $(if $(PORT),--port $(PORT))

test: .venv/.dev
	@.venv/bin/python -m pytest $(PYTEST_ARGS)

check: .venv/.dev
	.venv/bin/python -m ruff format --check .
	.venv/bin/python -m ruff check .
	.venv/bin/python -m pyright
	.venv/bin/lint-imports --no-logo
	.venv/bin/python -m pytest -m "not tool" $(PYTEST_ARGS)

format: .venv/.dev
	.venv/bin/python -m ruff check --fix-only --quiet .
	.venv/bin/python -m ruff format .

bench: .venv/.run
	@.venv/bin/python bench/run.py

docs: .venv/.docs
	@NO_MKDOCS_2_WARNING=1 .venv/bin/python -m mkdocs build --strict

meetings: .venv/.run
	@for name in andrew maggie; do for dialogue in skilled poor; do \
	  .venv/bin/simpatient transcript $$name $$dialogue > docs/meetings/$$name-$$dialogue.md || exit 1; \
	done; done

clean:
	rm -rf .venv build dist .pytest_cache .ruff_cache .hypothesis .import_linter_cache

.venv/.run: constraints.txt pyproject.toml .venv/bin/python
	@echo "Installing simpatient into .venv. This takes a minute or two, once."
	@$(PIP) -e .
	@touch $@

.venv/.dev: constraints.txt pyproject.toml .venv/bin/python
	@echo "Installing simpatient and what its tests need into .venv. This takes a minute or two, once."
	@$(PIP) -e ".[dev]"
	@touch .venv/.run $@

.venv/.docs: constraints.txt pyproject.toml .venv/bin/python
	@echo "Installing into .venv what builds the documentation, once."
	@$(PIP) -e ".[docs]"
	@touch .venv/.run $@

# Debian ships Python without ensurepip, so a Python counts only if it can make a whole environment.
.venv/bin/python:
	@found=""; bare=""; \
	for python in $(if $(PYTHON),"$(PYTHON)",python3.13 python3.12 python3.11 python3 python); do \
	  version=`"$$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])' 2>/dev/null` || continue; \
	  found="$$found $$python ($$version)"; \
	  case "$$version" in 3.11|3.12|3.13) ;; *) continue ;; esac; \
	  if ! "$$python" -c 'import ensurepip, venv' 2>/dev/null; then bare="$$version"; continue; fi; \
	  echo "Making .venv with Python $$version."; \
	  "$$python" -m venv --clear .venv; exit $$?; \
	done; \
	if [ -n "$$bare" ]; then \
	  echo "Python $$bare is here but cannot make a virtual environment." >&2; \
	  echo "On Debian and Ubuntu: sudo apt install python$$bare-venv" >&2; \
	else \
	  echo "simpatient needs Python 3.11, 3.12 or 3.13. Found:$${found:- none}." >&2; \
	  echo "Install one, or name it: make run PYTHON=/path/to/python3.12" >&2; \
	fi; \
	exit 1
