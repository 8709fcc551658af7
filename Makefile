# Needs make and Python 3.11 to 3.14; everything else goes into .venv. `make` alone lists the targets.
.DEFAULT_GOAL := help
.PHONY: help run test lint evals browser lock clean

PYTHON ?= $(shell for python in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$python -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 15))' 2>/dev/null && echo $$python && break; done)
BIN := .venv/bin
# uv and streamlit would otherwise follow an environment that the user's shell has activated.
export VIRTUAL_ENV := $(CURDIR)/.venv

help: ## list the targets
	@sed -n 's/^\([a-z]*\):.*## /\1	/p' Makefile

run: .venv/.run-installed ## install, load the samples on first use, open the chat on this machine
	@test -e "$$($(BIN)/python -c 'from briefing.config import read_settings; print(read_settings().home)' 2>/dev/null)" \
		|| $(BIN)/briefing add samples
	@$(BIN)/briefing ui

test: .venv/.dev-installed browser ## install what the tests need and run them all
	$(BIN)/python -m pytest

lint: .venv/.dev-installed ## style, types, and which room may import which
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy briefing ui training evals
	$(BIN)/lint-imports

evals: .venv/.dev-installed ## measure truth and speed (evals/README.md)
	$(BIN)/python -m evals

browser: ## Chromium for the browser tests, where it can be installed
	@for name in chromium chromium-browser google-chrome google-chrome-stable; do \
		command -v $$name >/dev/null && exit 0; done; \
	if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
		apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium fonts-dejavu-core >/dev/null; \
	else echo "No Chromium: browser tests will be skipped; install it with: sudo apt-get install chromium"; fi

lock: $(BIN)/pip ## pin the newest versions that pyproject.toml allows; the second file holds only what dev adds
	$(COMPILE) --group build -o requirements.lock
	$(COMPILE) --group dev -c requirements.lock -o requirements-dev.lock \
		$$(sed -n 's/^\([a-z0-9.-]*\)==.*/--no-emit-package \1/p' requirements.lock | sort -u)

clean: ## remove the environment and the caches; the library stays
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis .coverage htmlcov dist

COMPILE := UV_CUSTOM_COMPILE_COMMAND="make lock" $(BIN)/uv pip compile pyproject.toml --upgrade --universal \
	--python-version 3.11 --generate-hashes --no-emit-index-url --quiet

# $(call install,ARGUMENTS): what the named files pin, then this folder, in place. pip does what uv cannot.
define install
	@echo "Installing into .venv what $(filter %.lock,$^) names ..."
	@$(BIN)/uv pip install --quiet --require-hashes $(1) 2>.venv/uv.log \
		|| $(BIN)/python -m pip install --quiet --require-hashes $(1)
	@$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation -e .
endef

.venv/.run-installed: requirements.lock pyproject.toml | $(BIN)/pip
	$(call install,-r requirements.lock)
	@touch $@

.venv/.dev-installed: requirements.lock requirements-dev.lock pyproject.toml | $(BIN)/pip
	$(call install,-r requirements.lock -r requirements-dev.lock)
	@touch .venv/.run-installed $@

$(BIN)/pip:
	@test -n "$(PYTHON)" || { echo "briefing needs Python 3.11 to 3.14; name one with: make PYTHON=/path/to/python3" >&2; exit 1; }
	@$(PYTHON) -m venv .venv >/dev/null || { rm -rf .venv; \
		echo "$(PYTHON) cannot make an environment; on Debian or Ubuntu mend it with: sudo apt-get install python3-venv" >&2; exit 1; }
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check 'uv>=0.9,<1' \
		|| echo "uv could not be installed; pip takes its place and is slower" >&2
