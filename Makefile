# `make run` and `make test` need nothing but Python 3.11 or newer with its venv module: they set up the rest.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip install --disable-pip-version-check --progress-bar off --constraint constraints.txt

# A line for each package while they come in; all that pip says is kept, and shown where it fails.
comma := ,
define packages
	@{ $(PIP) $(1); echo $$? > $(VENV)/pip.status; } 2>&1 | tee $(VENV)/pip.log | { n=0; while read -r first rest; do \
		case "$$first $$rest" in \
			"Collecting "*) n=$$((n + 1)); echo "  $$n. $${rest%%[!A-Za-z0-9._-]*}";; \
			"Installing collected"*) echo "  都下载好了，正在安装……";; \
		esac; done; }
	@test "$$(cat $(VENV)/pip.status)" = 0 || { tail -n 20 $(VENV)/pip.log; \
		echo "依赖没有装好，原因见上面几行（全部记录在 $(VENV)/pip.log）。多半是网络不通：检查后再运行一次 make $(MAKECMDGOALS)。"; exit 1; }
endef

.PHONY: run test quick check bench weights install install-dev install-bench clean

run: install
	$(BIN)/python run_bot.py

# a file at a time in each of as many processes as there are cores: many tests wait for a bot rather than compute
test: install-dev
	$(BIN)/python -m pytest --numprocesses auto --maxprocesses 4 --dist loadfile

# the loop of every day, in less than a minute: unit tests but for the slow ones, properties on fewer examples
quick: install-dev
	$(BIN)/python -m pytest tests/unit -m "not slow" --hypothesis-profile quick --numprocesses auto --maxprocesses 4 --dist loadfile

check: install-dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache
	$(BIN)/python -m bot check

# make bench ONLY=compare SETS='one.jsonl two.jsonl': one benchmark alone, on further questions too
# make bench ONLY=source DOCUMENTS='a-law squad.json': answers from the source alone
bench: install-bench
	$(BIN)/python -m tests.bench $(ONLY) $(if $(SETS),--sets $(SETS)) $(if $(DOCUMENTS),--documents $(DOCUMENTS))

# What the bot comes with; after a change to the features or to the first document's phrasings.
weights: install-dev
	$(BIN)/python -m bot eval --calibrate --anew -o bot/retrieval/ranking/weights.py

install: $(VENV)/installed
install-dev: $(VENV)/installed-dev
install-bench: $(VENV)/installed-bench

# The stamps make a second `make run` start at once; they are older than a changed pyproject or constraints file.
$(VENV)/installed: pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "需要 Python 3.11 或更新的版本。可以这样指定：make PYTHON=python3.12 $(MAKECMDGOALS)"; exit 1; }
	@test -x $(BIN)/python || { echo "正在建立 Python 环境（$(VENV)）……"; $(PYTHON) -m venv $(VENV); }
	@echo "正在下载依赖（约 200 MB，看网速，一般一两分钟）："
	$(call packages,--editable '.[meaning$(comma)pictures]')
	@echo "依赖装好了。"
	@touch $@

$(VENV)/installed-dev: $(VENV)/installed
	@echo "正在下载测试用的依赖："
	$(call packages,--editable '.[dev$(comma)meaning$(comma)pictures]')
	@echo "正在准备知识库的语义索引，测试要用，约一两分钟……"
	-@$(BIN)/python -m bot prepare
	@touch $@

$(VENV)/installed-bench: $(VENV)/installed-dev
	@echo "正在下载比较用的依赖："
	$(call packages,--editable '.[dev$(comma)meaning$(comma)pictures$(comma)bench]')
	@touch $@

clean:
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis
