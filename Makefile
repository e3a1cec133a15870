# `make run` and `make test` need nothing but Python 3.11 or newer with its venv module: they set up the rest.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt

.PHONY: run test check bench weights install install-dev install-bench clean

run: install
	$(BIN)/python run_bot.py

# a file at a time in each of as many processes as there are cores: many tests wait for a bot rather than compute
test: install-dev
	$(BIN)/python -m pytest --numprocesses auto --maxprocesses 4 --dist loadfile

check: install-dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache
	$(BIN)/python -m bot check

# make bench ONLY=compare SETS='one.jsonl two.jsonl': one benchmark alone, on further questions too
bench: install-bench
	$(BIN)/python -m tests.bench $(ONLY) $(if $(SETS),--sets $(SETS))

# What the bot comes with; after a change to the features or to the first document's phrasings.
weights: install-dev
	$(BIN)/python -m bot eval --calibrate --anew -o bot/retrieval/weights.py

install: $(VENV)/installed
install-dev: $(VENV)/installed-dev
install-bench: $(VENV)/installed-bench

# The stamps make a second `make run` start at once; they are older than a changed pyproject or constraints file.
$(VENV)/installed: pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "需要 Python 3.11 或更新的版本。可以这样指定：make PYTHON=python3.12 $(MAKECMDGOALS)"; exit 1; }
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(INSTALL) --editable '.[meaning,pictures]'
	@echo "首次安装：正在准备知识库的语义索引，约半分钟……"
	-@$(BIN)/python -m bot prepare
	touch $@

$(VENV)/installed-dev: $(VENV)/installed
	$(INSTALL) --editable '.[dev,meaning,pictures]'
	touch $@

$(VENV)/installed-bench: $(VENV)/installed-dev
	$(INSTALL) --editable '.[dev,meaning,pictures,bench]'
	touch $@

clean:
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis
