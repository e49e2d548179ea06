# The commands of the project. A fresh machine needs Python 3.11 (to 3.13), git and make.
PYTHON ?= python3.11
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.installed

.PHONY: help run install test check check-scores release-scores train-best wheels format bench lock doccano doccano-stop clean

help:  ## list the commands
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F':.*## ' '{printf "make %-15s %s\n", $$1, $$2}'

run: $(READY)  ## the main job: corpus/raw in, fact table out, its first rows printed
	$(BIN)/python -m spacy project run all

install: $(READY)  ## make .venv from the lock file

$(READY): requirements.lock pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	touch $@

test: $(READY)  ## all tests
	$(BIN)/python -m pytest

check: $(READY)  ## format, lint, types, layers
	$(BIN)/ruff format --check src tests scripts
	$(BIN)/ruff check src tests scripts
	$(BIN)/mypy
	$(BIN)/lint-imports

SYSTEM ?= rules
RELEASED ?= training/metrics/released.json
EVALUATE = $(BIN)/zhibiao evaluate $(SYSTEM) annotations/gold --split dev --split authored_dev
check-scores: $(READY)  ## fail if the pipeline (SYSTEM=name) is worse on dev than its released scores (RELEASED=file)
	$(EVALUATE) --released $(RELEASED)

release-scores: $(READY)  ## make the pipeline's scores on dev the released ones
	$(EVALUATE) --release $(RELEASED)

format: $(READY)  ## rewrite the code in the house format
	$(BIN)/ruff format src tests scripts
	$(BIN)/ruff check --fix src tests scripts

BENCH_TEXTS ?= corpus/raw
bench: $(READY)  ## speed and memory over a folder of reports (BENCH_TEXTS=folder)
	$(BIN)/python scripts/bench.py $(BENCH_TEXTS)
	$(BIN)/python scripts/bench_weak.py

LOCKED := --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate --no-header --quiet
lock: $(READY)  ## resolve the dependencies anew
	uv pip compile $(LOCKED) --extra dev pyproject.toml --output-file requirements.lock
	uv pip compile $(LOCKED) --extra dev --extra train-best pyproject.toml --output-file requirements-best.lock

train-best: $(READY)  ## train the most accurate pipeline; brings torch (several GB), which it needs only here
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-best.lock
	$(BIN)/python -m spacy project run best

wheels: $(READY)  ## make installable wheels of the trained pipelines, in dist
	mkdir -p dist
	for name in fast best; do test ! -d models/zhibiao_zh_$$name || $(BIN)/python -m spacy package models/zhibiao_zh_$$name/model-best dist --build wheel --force || exit 1; done

DOCCANO_PORT ?= 8000
doccano:  ## open doccano on this machine, in an environment of its own (DOCCANO_PASSWORD=…, DOCCANO_PORT=…)
	@$(PYTHON) scripts/doccano/control.py build > /dev/null
	@$(PYTHON) scripts/doccano/control.py up --port $(DOCCANO_PORT)

doccano-stop:  ## stop it; its data stay in .doccano/data
	@$(PYTHON) scripts/doccano/control.py down

clean:  ## remove everything that can be made again
	rm -rf $(VENV) build dist output corpus/clean project.lock models/zhibiao_zh_*
