# The two commands: `make up` runs the site here, `make test` runs every check and every test.
# `make bench` measures what the site costs, and writes docs/benchmarks.md.
#
#   PORT=8123 make up              another port
#   TRUCELINE_HOME=/path make up   another place for the database, the logs and the passwords
#   DATABASE_URL=... REDIS_URL=... your own servers instead of the embedded ones

# The first Python on the path that is new enough.
PYTHON ?= $(shell for python in python3 python3.13 python3.12 python3.11; do \
	$$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null \
	&& echo $$python && break; done)
BIN := .venv/bin
LOCK := $(BIN)/pip-compile --quiet --no-config --generate-hashes --strip-extras --allow-unsafe \
	--no-header --no-emit-index-url --no-emit-find-links --no-emit-trusted-host

.PHONY: up test lint format messages lock runtime dev

up: runtime
	@exec $(BIN)/python -m config.up

test: lint
	$(BIN)/pytest -n 2

# A million entries take some 45 minutes on two cores. SIZE=100000 is a shorter run, ONLY=export,page
# a part of it; KEEP=/path leaves its servers' data there, and a later run measures on the same worlds.
bench: bench-packages
	$(BIN)/python -m benchmarks --size $(or $(SIZE),1000000) --only "$(ONLY)" \
		$(if $(KEEP),--home "$(KEEP)")

lint: dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo
	$(BIN)/python manage.py makemigrations --check --dry-run

format: dev
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

# Takes new sentences into locale/ for translation, drops those that are gone, and compiles.
messages: dev
	$(BIN)/python -m config.messages

# Writes both requirements files anew from pyproject.toml; UPGRADE=--upgrade takes newer releases.
lock: dev
	$(LOCK) $(UPGRADE) --output-file requirements.txt pyproject.toml
	$(LOCK) $(UPGRADE) --extra dev --constraint requirements.txt \
		--output-file requirements-dev.txt pyproject.toml
	$(LOCK) $(UPGRADE) --extra dev --extra bench --constraint requirements-dev.txt \
		--output-file requirements-bench.txt pyproject.toml

# The environment is made anew only where the locked packages differ from the installed ones.
runtime:
	@cmp -s requirements.txt .venv/runtime.lock || $(MAKE) --no-print-directory install-runtime

dev:
	@cmp -s requirements-dev.txt .venv/dev.lock || $(MAKE) --no-print-directory install-dev

bench-packages: dev
	@cmp -s requirements-bench.txt .venv/bench.lock || $(MAKE) --no-print-directory install-bench

.PHONY: install-runtime install-dev install-bench
# The same file as a constraint: a package that asks for another with extras gets the locked version
# of that one, too, and not the newest, of which no hash is known.
install-runtime: $(BIN)/pip
	@echo "Installing the packages of requirements.txt ..."
	@$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes \
		--only-binary :all: --requirement requirements.txt --constraint requirements.txt
	@cp requirements.txt .venv/runtime.lock

install-dev: $(BIN)/pip
	@echo "Installing the packages of requirements-dev.txt ..."
	@$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes \
		--only-binary :all: --requirement requirements-dev.txt --constraint requirements-dev.txt
	@cp requirements-dev.txt .venv/dev.lock
	@cp requirements.txt .venv/runtime.lock

install-bench: $(BIN)/pip
	@echo "Installing the packages of requirements-bench.txt ..."
	@$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes \
		--only-binary :all: --requirement requirements-bench.txt --constraint requirements-bench.txt
	@cp requirements-bench.txt .venv/bench.lock

$(BIN)/pip:
	@test -n "$(PYTHON)" || { \
		echo "Truceline needs Python 3.11 or newer, and none is on the path." >&2; exit 1; }
	@$(PYTHON) -m venv .venv
