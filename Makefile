# What people and CI type. `make` alone tells what there is.
PYTHON ?= python3
VENV   := .venv
RUN    := $(VENV)/bin/
UV     := $(RUN)uv
HOST   ?= 127.0.0.1
PORT   ?= 8000

.DEFAULT_GOAL := help
.PHONY: help install assets clients serve test check data tour bench clean

help: ## show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-9s %s\n", $$1, $$2}' Makefile

$(VENV)/.installed: pyproject.toml uv.lock
	$(PYTHON) -m venv $(VENV)
	$(RUN)pip install --quiet --disable-pip-version-check "uv==0.13.9"
	VIRTUAL_ENV=$(abspath $(VENV)) $(UV) sync --frozen --active --inexact --quiet
	@touch $@

install: $(VENV)/.installed assets ## create the environment from the lock file

assets: $(VENV)/.installed ## fetch the libraries of the pages (from npm, by lock file)
	$(RUN)python tools/build_assets.py

CLIENTS := tests/clients/node_modules/.installed

$(CLIENTS): $(VENV)/.installed tests/clients/package.json tests/clients/package-lock.json
	$(RUN)npm ci --prefix tests/clients --ignore-scripts --no-audit --no-fund --loglevel=error
	@touch $@

clients: $(CLIENTS) ## fetch the foreign SPARQL clients that the tests use

serve: install ## serve the shipped data at http://127.0.0.1:8000
	$(RUN)akteursmodell serve --host $(HOST) --port $(PORT)

check: install ## style, types, layers, dependencies, generated files
	$(RUN)ruff check .
	$(RUN)ruff format --check .
	$(RUN)mypy
	$(RUN)lint-imports
	$(RUN)validate-pyproject pyproject.toml
	$(RUN)deptry service
	$(RUN)djlint --profile=jinja --lint --quiet service/akteursmodell/web/templates
	$(RUN)codespell README.md CHANGELOG.md docs
	$(RUN)python tools/generate_matrix.py --check
	$(RUN)python tools/generate_municipalities.py --check
	$(RUN)python tools/generate_inference.py --check

test: install clients ## everything: checks, tests, pages in a real Chromium
	sh tests/browser/install-chromium.sh
	$(MAKE) --no-print-directory check
	$(RUN)pytest --numprocesses logical --dist worksteal

data: install ## remake the generated data files
	$(RUN)python tools/generate_matrix.py
	$(RUN)python tools/generate_municipalities.py

tour: install ## take the pictures of docs/tour.md anew, in Chromium
	sh tests/browser/install-chromium.sh
	$(RUN)python -m tools.make_tour

bench: install ## measure from inside, then side by side with other SPARQL services
	VIRTUAL_ENV=$(abspath $(VENV)) $(UV) sync --frozen --active --inexact --quiet --group bench
	$(RUN)python -m bench.inside
	$(RUN)python -m bench.pages
	$(RUN)python -m bench.run

clean: ## remove the environment and caches
	rm -rf $(VENV) service/akteursmodell/web/static/vendor tests/clients/node_modules .mypy_cache .ruff_cache .pytest_cache .import_linter_cache build dist
