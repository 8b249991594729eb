# Quoth's commands for people and for CI. `make` alone lists them.
PYTHON ?= python3
HOST ?= 127.0.0.1
PORT ?= 8000
BIN := .venv/bin
READY := .venv/.quoth-ready

.PHONY: help setup run test golden picture browser model test-training lock clean
.DEFAULT_GOAL := help

help: ## list these commands
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

setup: $(READY) ## make or update .venv (seconds when nothing changed)

$(READY): .requirements.lock pyproject.toml
	@command -v $(PYTHON) >/dev/null || { echo "make: no '$(PYTHON)' on this machine; install Python 3.11 or newer, or name one: make $(MAKECMDGOALS) PYTHON=/path/to/python3" >&2; exit 2; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "make: $(PYTHON) is $$($(PYTHON) -V 2>&1), Quoth needs 3.11 or newer; name one: make $(MAKECMDGOALS) PYTHON=python3.12" >&2; exit 2; }
	@$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null || { echo "make: $(PYTHON) has no venv module; on Debian or Ubuntu: apt-get install python3-venv" >&2; exit 2; }
	@test -x $(BIN)/python && $(BIN)/python -c 'import sys; sys.exit(sys.version_info < (3, 11))' || $(PYTHON) -m venv --clear .venv
	@echo "setup: installing locked packages into .venv (a minute or two the first time)" >&2
	@$(BIN)/python -m pip install -qq --disable-pip-version-check --require-hashes -r .requirements.lock
	@$(BIN)/python -m pip install -qq --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

run: setup ## load the sample articles and serve them: make run PORT=8123
	@$(BIN)/quoth serve --check-port --host $(HOST) --port $(PORT)
	@$(BIN)/quoth migrate
	@$(BIN)/quoth load seeds/articles
	@$(BIN)/quoth serve --host $(HOST) --port $(PORT)

test: setup ## check everything a change can break, on SQLite and PostgreSQL
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m pytest -n 2

golden: setup ## renew what tests compare with: the printed schema, answers, the store of the samples
	$(BIN)/python -m schema.graphql > schema/schema.graphql
	-UPDATE_CASES=1 $(BIN)/python -m pytest tests/golden tests/schema/graphql/test_cases.py tests/test_readme.py
	git --no-pager diff --stat

picture: setup browser ## renew the README's picture of the samples' answer
	$(BIN)/python tests/golden/picture.py

# Large buffers are kept rather than given back after every batch.
TRAINING := MALLOC_TRIM_THRESHOLD_=4000000000 MALLOC_MMAP_THRESHOLD_=4000000000 .venv-train/bin/python

.venv-train/.ready: pyproject.toml
	@$(PYTHON) -m venv .venv-train
	@.venv-train/bin/python -m pip install -qq --disable-pip-version-check -e .[test,train]
	@touch $@

model: .venv-train/.ready ## train the attribution model anew: make model CORPUS=folder with train.jsonl and dev.jsonl
	@test -n "$(CORPUS)" || { echo "make: name the corpus: make model CORPUS=../shared/data/polnear" >&2; exit 2; }
	$(TRAINING) -m etl.train.attribution $(CORPUS)/train.jsonl $(CORPUS)/dev.jsonl --work .quoth/train --out etl/model

test-training: .venv-train/.ready ## check what needs torch, which make test leaves out
	.venv-train/bin/python -m pytest tests/etl/train

browser: ## install Chromium from Debian for the browser tests
	@command -v chromium >/dev/null || { apt-get update -qq && apt-get install -y -qq --no-install-recommends chromium; }

lock: ## renew .requirements.lock from pyproject.toml (needs uv)
	uv pip compile pyproject.toml --extra test --universal --python-version 3.11 --generate-hashes \
	  --no-emit-index-url --no-annotate --no-header --quiet --output-file .requirements.lock

clean: ## remove the environment and the sample database
	rm -rf .venv .venv-train .quoth
