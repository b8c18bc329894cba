# The collection's commands; `make help` lists them. They need Python >= 3.11, make and git, and keep all they make in .venv and .cache.

PYTHON = $(or $(shell scripts/find-python),$(error no usable Python))
CACHE := $(CURDIR)/.cache
COLLECTIONS := $(CACHE)/collections
LINK := $(COLLECTIONS)/ansible_collections/remoteops/access
COPY := $(CACHE)/copy/ansible_collections/remoteops/access
BIN := $(CURDIR)/.venv/bin
PIP_INSTALL := $(BIN)/python -m pip install -qq --disable-pip-version-check
PYTEST_ARGS ?=

# Nothing of the user's own Ansible has a say: neither its configuration nor its collections nor its temporary files. Where a tool can
# be kept out of the home directory in no other way (antsibull-docs and its log), it is given another one.
export PATH := $(BIN):$(PATH)
export ANSIBLE_CONFIG := $(CACHE)/ansible/ansible.cfg
export ANSIBLE_HOME := $(CACHE)/ansible
export ANSIBLE_REMOTE_TEMP := $(CACHE)/ansible/tmp
export ANSIBLE_ASYNC_DIR := $(CACHE)/ansible/async
export ANSIBLE_COLLECTIONS_PATH := $(COLLECTIONS)
export PYTHONPATH := $(CURDIR):$(COLLECTIONS)

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

.PHONY: help
help:  ## Print this list
	@awk -F ':.*## ' '/^[a-z][a-z-]*:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' Makefile

# --- The environment -------------------------------------------------------------------------------------------------

# Each stamp is newer than the files it was made from. What the demo needs comes first, so that the demo need not wait for the rest.
.venv/demo.stamp: requirements/demo.txt requirements/constraints.txt
	@echo "== Making .venv with what the demo needs"
	rm -rf .venv
	$(PYTHON) -m venv .venv
	$(PIP_INSTALL) -r requirements/demo.txt
	@touch $@

.venv/test.stamp: requirements/test.txt .venv/demo.stamp
	@echo "== Adding to .venv what the tests need"
	$(PIP_INSTALL) -r requirements/test.txt
	@touch $@

# Ansible finds a collection only at .../ansible_collections/NAMESPACE/NAME.
$(LINK):
	@mkdir -p $(@D) $(CACHE)/ansible $(CACHE)/home
	@touch $(ANSIBLE_CONFIG)
	@ln -sfn ../../../.. $@

.PHONY: demo-environment environment
demo-environment: .venv/demo.stamp | $(LINK)
environment: .venv/test.stamp | $(LINK)  ## Make .venv with everything that the other commands need

# --- Use -------------------------------------------------------------------------------------------------------------

.PHONY: demo bench docs
demo: demo-environment  ## Bring a simulated SimpleHelp server of a whole company to the state that a folder of YAML describes
	@scripts/demo

bench: environment  ## Measure against plain Ansible and against the limit, and print the ratios
	python -m tests.benchmark

docs: environment  ## Write the reference of all plugins as web pages, to .cache/docs/html
	rm -rf $(CACHE)/docs
	mkdir -p $(CACHE)/docs && mkdir -m 700 $(CACHE)/docs/rst
	HOME=$(CACHE)/home antsibull-docs collection --use-current --squash-hierarchy --fail-on-error --dest-dir $(CACHE)/docs/rst remoteops.access
	sphinx-build -q -b html -C -D project=remoteops.access -D extensions=sphinx_antsibull_ext -D html_theme=alabaster \
		-D suppress_warnings=ref.ref $(CACHE)/docs/rst $(CACHE)/docs/html
	@echo "See $(CACHE)/docs/html/index.html"

# --- Tests -----------------------------------------------------------------------------------------------------------

# Checks that keep one core busy, or wait for a download, run side by side, and what each printed is shown when it ends, where this make can do that.
SIDE_BY_SIDE := -j3 $(if $(filter output-sync,$(.FEATURES)),--output-sync=target)

# The tests proper come last, so that their summary is what one sees at the end.
.PHONY: test
test:  ## Run sanity (with its own Python; `make sanity` takes all), lint, molecule and unit
	@SANITY_PYTHONS= $(MAKE) --no-print-directory $(SIDE_BY_SIDE) sanity lint molecule
	@$(MAKE) --no-print-directory unit

.PHONY: unit
unit: environment  ## Run the tests; PYTEST_ARGS="-k name" chooses among them
	@echo "== Tests"
	@rm -rf $(CACHE)/calls
	SIMULATOR_CALLS=$(CACHE)/calls SIMULATOR_CALLS_BY=remoteops.access python -m pytest -n 3 --dist worksteal $(or $(PYTEST_ARGS),-m "not wide")
ifeq ($(PYTEST_ARGS),)
	@echo "== The vendors' operations: offered by which plugins, called how often by the tests"
	python -m tests.coverage $(CACHE)/calls
endif

.PHONY: lint ruff ansible-lint docs-lint changelog-lint artifact
lint: ruff ansible-lint docs-lint changelog-lint artifact  ## Run all linters

ruff: environment
	@echo "== ruff: the Python code"
	ruff format --check --quiet . || { echo "run: make format"; exit 1; }
	ruff check .

ansible-lint: environment
	@echo "== ansible-lint: playbooks, roles and metadata"
	ansible-lint --nocolor

docs-lint: environment
	@echo "== antsibull-docs: the documentation of the plugins"
	python scripts/config_documentation.py --check
	HOME=$(CACHE)/home antsibull-docs lint-collection-docs --plugin-docs --validate-collection-refs all --disallow-unknown-collection-refs .

changelog-lint: environment
	@echo "== antsibull-changelog: the fragments of the changelog"
	antsibull-changelog lint

artifact: environment copy
	@echo "== galaxy-importer: the archive that would be published"
	python scripts/check_artifact.py $(COPY) $(CACHE)/artifact

.PHONY: copy
copy: environment
	@python scripts/copy_collection.py $(COPY)

# The import test alone takes as long as all others.
.PHONY: sanity sanity-import sanity-others
sanity: sanity-import sanity-others  ## Run all of ansible-test sanity

sanity-import: environment copy
	@echo "== ansible-test sanity: import"
	python scripts/sanity.py $(COPY) --test import

sanity-others: environment copy
	@echo "== ansible-test sanity: all but import"
	python scripts/sanity.py $(COPY) --skip-test import

.PHONY: molecule
molecule: environment  ## Run the roles' scenarios against the simulator
	@echo "== molecule"
	NO_COLOR=1 molecule test --all

.PHONY: check
check: environment copy  ## Check one module: format, its tests and examples, its sanity; MODULE=technician
	@test -n "$(MODULE)" || { echo "say which: make check MODULE=technician"; exit 1; }
	ruff format --check . && ruff check .
	python -m pytest -q -n 2 -m "not wide" -k "$(MODULE)" tests/unit/plugins/modules tests/unit/plugins/test_promises.py
	python scripts/sanity.py $(COPY) --test validate-modules plugins/modules/$(MODULE).py
	python scripts/sanity.py $(COPY) --test pep8 plugins/modules/$(MODULE).py

.PHONY: test-all
test-all: environment copy  ## Run sanity and unit with each supported ansible-core whose Python this machine has; CORE=2.18 chooses one
	python scripts/test_all.py $(COPY) $(CORE)

# --- Housekeeping ----------------------------------------------------------------------------------------------------

.PHONY: format config-docs pins clean
format: environment  ## Format the Python code
	ruff check --fix-only .
	ruff format .

config-docs: environment  ## Write the documentation of beyondtrust_config anew, from the modules of its kinds
	python scripts/config_documentation.py

pins: demo-environment  ## Resolve the newest versions of everything in requirements/ anew
	python scripts/pin.py

clean:  ## Remove everything that these commands have made
	rm -rf .venv .cache
