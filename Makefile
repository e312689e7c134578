# make run, make test, make check. Needs Python 3.11 to 3.13 with pip; another one: make run PYTHON=python3.12
PYTHON ?= python3
UV ?= uv
BIN = .venv/bin
INTO = $(PYTHON) -m pip --python $(BIN)/python --disable-pip-version-check install --quiet --no-input --no-compile
TEST_TOOLS = \# --- test ---

.PHONY: run test check bench example lock clean

run: .venv/package
	$(BIN)/dashboard build
	$(BIN)/dashboard serve

test: .venv/package .venv/test
	$(BIN)/python -m pytest $(ARGS)

check: .venv/package .venv/test
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: .venv/package .venv/test
	@for script in bench/*.py; do $(BIN)/python $$script || exit 1; done

# Writes data/documents, the reports of the fictional county, anew. PDF and .xls need LibreOffice (soffice).
example: .venv/package .venv/test
	$(BIN)/python -m tests.county

# A virtual environment without pip, filled by the pip of $(PYTHON): Debian's Python has no ensurepip.
# Python compiles what it imports when it first does: 15 s less to wait than pip compiling all of it.
.venv/run: requirements.lock
	@$(PYTHON) -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 14))' || \
		{ echo 'This needs Python 3.11, 3.12 or 3.13: make PYTHON=python3.12 names another one.' >&2; exit 1; }
	@echo 'Making .venv (once; about half a minute)'
	$(PYTHON) -m venv --clear --without-pip .venv
	@$(PYTHON) -m pip --python $(BIN)/python --version >/dev/null 2>&1 || \
		{ echo 'This needs pip 22.3 or newer for $(PYTHON) (on Debian: apt-get install python3-pip).' >&2; exit 1; }
	sed '/^$(TEST_TOOLS)/,$$d' requirements.lock > .venv/run.lock
	$(INTO) --require-hashes -r .venv/run.lock
	@touch $@

.venv/package: .venv/run pyproject.toml
	$(INTO) --no-deps --no-build-isolation --editable .
	@touch $@

.venv/test: .venv/run
	$(INTO) --require-hashes -r requirements.lock
	@touch $@

# Keeps the versions locked now, where pyproject.toml still allows them; newest ones: make lock UPGRADE=--upgrade
COMPILE = $(UV) pip compile --quiet --no-config --universal --python-version 3.11 --generate-hashes \
	--no-header --no-annotate $(UPGRADE) pyproject.toml build/backend.in
lock:
	@command -v $(UV) >/dev/null || { echo 'make lock needs uv: python3 -m pip install uv' >&2; exit 1; }
	@mkdir -p build && touch requirements.lock && cp requirements.lock build/all.lock
	@$(PYTHON) -c 'import tomllib; print(*tomllib.load(open("pyproject.toml", "rb"))["build-system"]["requires"], sep="\n")' > build/backend.in
	$(COMPILE) --extra test --output-file build/all.lock
	$(COMPILE) --constraint build/all.lock --output-file build/run.lock
	@{ echo '# Made by make lock from pyproject.toml. First what running needs, then what testing adds.'; \
	cat build/run.lock; echo '$(TEST_TOOLS)'; \
	awk 'NR == FNR { run[$$0]; next } /^[^ ]/ { skip = $$0 in run } !skip' build/run.lock build/all.lock; } > build/requirements.lock
	mv build/requirements.lock requirements.lock

clean:
	rm -rf .venv build data/build .mypy_cache .pytest_cache .ruff_cache .hypothesis .import_linter_cache
