# Two commands: `make site` builds the demonstration site, `make test` checks everything.
# Both make their own .venv; all they need beforehand is Python 3.11 or later, pip and make.

PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
PIP    := $(BIN)/python -m pip --disable-pip-version-check --quiet

.PHONY: site test format clean

site: $(VENV)/installed
	$(BIN)/handrail build

test: $(VENV)/installed-dev $(VENV)/system-packages $(VENV)/spec-suites
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/pytest --no-skips

format: $(VENV)/installed-dev
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

clean:
	rm -rf build .handrail .mypy_cache .pytest_cache .ruff_cache .hypothesis

# Debian keeps ensurepip in a package of its own; where it is missing, the pip outside fills the .venv.
$(BIN)/python:
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Handrail needs Python 3.11 or later.")'
	$(PYTHON) -m venv $(VENV) 2>/dev/null || { \
	  $(PYTHON) -m venv --clear --without-pip $(VENV) && \
	  $(PYTHON) -m pip --python $(VENV)/bin/python --quiet install pip; }

$(VENV)/installed: pyproject.toml | $(BIN)/python
	$(PIP) install --editable .
	touch $@

$(VENV)/installed-dev: pyproject.toml | $(BIN)/python
	$(PIP) install --editable '.[dev]'
	touch $@ $(VENV)/installed

$(VENV)/system-packages: scripts/system-packages | $(BIN)/python
	scripts/system-packages
	touch $@

$(VENV)/spec-suites: scripts/spec-suites | $(BIN)/python
	scripts/spec-suites $(BIN)/python
	touch $@
