# The two commands: `make up` runs the site here, `make test` runs every check and test.
#
#   PORT=8123 make up            another port
#   TRUCELINE_HOME=/path make up another place for the database, logs and passwords

PYTHON ?= python3
BIN := .venv/bin

.PHONY: up test lint format lock

up: .venv/runtime
	@exec $(BIN)/python -m config.up

test: lint
	$(BIN)/pytest -n 2

lint: .venv/dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo
	$(BIN)/python manage.py makemigrations --check --dry-run

format: .venv/dev
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .
