# make demo   a virtual environment, the library in it, and the example offers screened
# make test   the same environment with the test extras: lint, types, rules, all tests
# make check  what a developer runs before a commit: formats, then make test
# make matrix the tests on every supported Python that is installed
# make model  models/: classifier, weights and card, from corpus/ and, where they are, from the texts of
#             ../shared that may be trained on
# make docs   docs/rules/, the reference that is made from the rules
# make test-spark  the tests on a real Spark, which needs Java 17, in an environment of its own
# make bench  the figures of benchmarks/
# make peers  the same offers here and in what else one would take
# make fuzz   hostile bytes for texts, money, rules, models and weights, for FUZZ_SECONDS
# make soak   a million texts, checked, with the memory that they leave
# make mutation  small changes of score, inference and money, and those that no test notices
# make card   models/CARD.md, filled from runs on the corpus and on the real texts beside the checkout

VENV ?= .venv
BIN := $(VENV)/bin
PYTHON ?= $(shell for p in python3 python3.11 python3.12 python3.13; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1 && echo $$p && break; done)
WORKERS ?= 2

.PHONY: demo test check format lint types unit rules model docs card matrix bench peers long fuzz soak test-spark clean
.DEFAULT_GOAL := test

$(BIN)/python:
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is needed" >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)

$(VENV)/.core: pyproject.toml | $(BIN)/python
	$(BIN)/python -m pip install --quiet --editable .
	@touch $@

$(VENV)/.test: pyproject.toml | $(BIN)/python
	$(BIN)/python -m pip install --quiet --editable '.[test]'
	@touch $@ $(VENV)/.core

$(VENV)/.fuzz: $(VENV)/.test
	$(BIN)/python -m pip install --quiet --editable '.[test,fuzz]'
	@touch $@

demo: $(VENV)/.core
	@for offer in examples/*.txt; do \
		echo; echo "=== $$offer"; echo; $(BIN)/offer-screen screen "$$offer" || exit 1; \
	done

test: $(VENV)/.test lint types rules unit

check: $(VENV)/.test format test

format: $(VENV)/.test
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix --quiet .
	$(BIN)/offer-screen rules format

lint: $(VENV)/.test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/offer-screen rules format --check

types: $(VENV)/.test
	$(BIN)/mypy

rules: $(VENV)/.test
	$(BIN)/offer-screen rules lint
	$(BIN)/offer-screen rules test --variants
	$(BIN)/offer-screen rules docs docs/rules --check

EXTRA := $(foreach name,indonlu_smsa job_fraud_instagram_2022 karirhub_kemnaker_2025,\
	--extra ../shared/data/real/$(name).jsonl)

model: $(VENV)/.test
	$(BIN)/offer-screen train corpus/train.jsonl --out models/classifier.json $(EXTRA)
	$(BIN)/offer-screen fit corpus --model models/classifier.json --out models/fusion.json $(EXTRA)
	$(MAKE) --no-print-directory card

docs: $(VENV)/.core
	$(BIN)/offer-screen rules docs docs/rules

unit: $(VENV)/.test
	$(BIN)/python -m pytest -n $(WORKERS) --dist worksteal --cov --cov-report=term

# Property tests with at least 20,000 examples each: about twenty minutes on two cores.
long: $(VENV)/.test
	$(BIN)/python -m pytest -n $(WORKERS) -m property --hypothesis-profile=long

# 15 minutes on two cores with what it takes to begin; a finding becomes a file of tests/fuzz/regressions.
FUZZ_SECONDS ?= 840

fuzz: $(VENV)/.fuzz
	$(BIN)/python -m tests.fuzz --seconds $(FUZZ_SECONDS)

soak: $(VENV)/.test
	$(BIN)/python -m tests.soak

# Changes tried of each area.
MUTANTS ?= 60

mutation: $(VENV)/.test
	$(BIN)/python -m pip install --quiet --editable '.[test,mutation]'
	$(BIN)/python -m tests.mutation --mutants $(MUTANTS)

matrix:
	@for version in 3.11 3.12 3.13; do \
		python=$$(for p in python$$version $${PYENV_ROOT:-$$HOME/.pyenv}/versions/$$version.*/bin/python; do \
			$$p -c "import sys; sys.exit('%d.%d' % sys.version_info[:2] != '$$version')" >/dev/null 2>&1 \
			&& echo $$p && break; done); \
		if [ -z "$$python" ]; then echo "Python $$version is not installed: skipped"; continue; fi; \
		echo "=== Python $$version"; \
		$(MAKE) --no-print-directory VENV=.envs/$$version PYTHON="$$python" .envs/$$version/.test || exit 1; \
		.envs/$$version/bin/python -m pytest -n $(WORKERS) || exit 1; \
	done

# pyspark is 450 MB to fetch and to build: more than all else that is tested with.
test-spark: pyproject.toml
	$(MAKE) --no-print-directory VENV=.envs/spark .envs/spark/.spark
	.envs/spark/bin/python -m pytest tests/spark

.envs/spark/.spark: pyproject.toml | .envs/spark/bin/python
	.envs/spark/bin/python -m pip install --quiet --editable '.[test,spark]'
	@touch $@

bench: $(VENV)/.core
	$(BIN)/python benchmarks/screening.py --stages
	$(BIN)/python benchmarks/instructions.py
	$(BIN)/python benchmarks/loading.py

$(VENV)/.bench: pyproject.toml | $(BIN)/python
	$(BIN)/python -m pip install --quiet --editable '.[bench]'
	@touch $@ $(VENV)/.core

peers: $(VENV)/.bench
	mkdir -p build
	$(BIN)/python benchmarks/peers.py --json build/peers.json

# The splits that the card tells of: `make card SPLITS=dev` does not look at the test split.
SPLITS ?= dev test
REAL := $(sort $(wildcard ../shared/data/real/*.jsonl))
EVALUATE := $(BIN)/offer-screen evaluate --train corpus/train.jsonl --as-of 2026-11-24 --card models/CARD.md

# Beside the shipped model a split measures one that was trained on the corpus alone.
ALONE := build/corpus-alone.json

card: $(VENV)/.test
	rm -f models/CARD.json
	mkdir -p build
	$(BIN)/offer-screen train corpus/train.jsonl --out $(ALONE)
	for split in $(SPLITS); do \
		$(EVALUATE) --compare model=$(ALONE) --name "$$split split" corpus/$$split.jsonl || exit 1; \
	done
	$(if $(REAL),$(EVALUATE) --name "real texts" --refit $(REAL),@echo "no real texts beside the checkout: the card tells of the corpus alone")

clean:
	rm -rf $(VENV) .envs build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis .coverage .coverage.*
