# Every target installs what it needs first; `make run` and `make test` are all that a newcomer needs.
PYTHON_HERE = .venv/bin/python
ARGS ?=
# the Vietnamese of our messages, whatever the terminal calls itself
export PYTHONUTF8 = 1

.DEFAULT_GOAL := help
.PHONY: help run test fuzz setup contracts lint types deploy bench demo

help:  ## this list
	@sed -n 's/^\([a-z ]*\):.*## /\1: /p' Makefile

run:  ## the portal at http://127.0.0.1:8000 (PORT= elsewhere), on SQLite, without other services
	@sh scripts/setup.sh run && exec $(PYTHON_HERE) manage.py up $(ARGS)

test:  ## contracts, lint, types, every test on SQLite and PostgreSQL, deploy check (ARGS= for pytest)
	@sh scripts/setup.sh test && exec $(PYTHON_HERE) -m tests.support.run $(ARGS)

fuzz:  ## every property with a thousand examples, on SQLite (ARGS= for pytest)
	@sh scripts/setup.sh test && exec $(PYTHON_HERE) -m pytest -m hypothesis \
	  --hypothesis-profile=many --numprocesses=logical --dist=loadgroup $(ARGS)

setup:  ## only install
	@sh scripts/setup.sh test

contracts lint types deploy:  ## one of the checks that need no test
	@sh scripts/setup.sh test && exec $(PYTHON_HERE) -m tests.support.checks $@

bench:  ## what the portal costs beside the bare tools, as a table of ratios
	@sh scripts/setup.sh test && exec $(PYTHON_HERE) -m tests.bench $(ARGS)

demo:  ## the demonstration province into the database of the environment (ARGS= for seed_demo)
	@sh scripts/setup.sh run && $(PYTHON_HERE) manage.py migrate --verbosity 0 \
	  && exec $(PYTHON_HERE) manage.py seed_demo --unions 60 --years 2024-2025 $(ARGS)
