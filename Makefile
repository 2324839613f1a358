# Needs Python ≥ 3.11 and make, nothing else. `make` alone lists the targets.
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
SHELL := /bin/sh

VENV := .venv
BIN := $(VENV)/bin
DATA ?= data
# Tests run in so many processes (tests/processes.py).
PROCESSES ?= 3
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
# Bytecode is made of what the commands import, once: most of what is installed is never imported.
ALL_COMMANDS := from webui.cli import COMMANDS, find; [find(name) for name in COMMANDS]
PINNED := $(PIP) install --no-compile --use-pep517 --require-hashes --no-build-isolation -r

.PHONY: help
help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

.PHONY: install
install: $(VENV)/.runtime ## .venv with the command .venv/bin/nianbao
	@:

.PHONY: demo
demo: install ## the sample province: made, read, indexed, served; prints the address to open
	$(BIN)/nianbao --data $(DATA) demo

.PHONY: test
test: $(VENV)/.dev ## every test; those in a browser where Chromium is, or can be, installed
	@if ! command -v chromium >/dev/null && [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
		echo "make: installing Chromium for the tests in a browser"; \
		apt-get -qq update && apt-get -qq install -y --no-install-recommends chromium fonts-noto-cjk >/dev/null; \
	fi; \
	if command -v chromium >/dev/null; then set --; else \
		echo "make: tests in a browser are left out: they need the packages chromium and fonts-noto-cjk"; \
		set -- -m "not browser"; \
	fi; \
	$(BIN)/pytest -n $(PROCESSES) --durations=25 "$$@" $(ARGS)

.PHONY: test-postgres
test-postgres: $(VENV)/.dev ## the tests of store, extraction and crawl with every store on a PostgreSQL of their own
	$(BIN)/pytest --postgres -m "not browser" tests/corpus/store tests/corpus/extraction tests/crawler tests/cluster $(ARGS)

# Some minutes: the jars of OpenSearch (49 MB) are fetched from Maven Central the first time, and kept.
.PHONY: test-cluster
test-cluster: $(VENV)/.dev ## what runs on a cluster, on three OpenSearch nodes and a PostgreSQL that it starts itself
	NIANBAO_TEST_NODES=3 $(BIN)/pytest tests/cluster tests/indexer/test_opensearch.py tests/webui/test_engines.py \
		tests/browser/test_journeys.py $(ARGS)

# Hours at full length, and each goes on where it stopped or stands for itself: docs/cluster.md gives the short forms.
.PHONY: bench-cluster
bench-cluster: $(VENV)/.dev ## both engines compared: answers, size and speed; nodes killed, servers broken off
	$(BIN)/python -m tests.cluster.agreement
	$(BIN)/python -m tests.cluster.failing
	$(BIN)/python -m tests.cluster.together --minutes 10
	$(BIN)/python -m tests.cluster.together --minutes 10 --restarts
	$(BIN)/python -m tests.cluster.capacity $(ARGS)

# Guarded, not only chosen: a test that opens a connection or starts a process is left out there and then.
.PHONY: quick
quick: $(VENV)/.dev ## the unit tests, in less than a minute: no browser, no network, no other process
	$(BIN)/pytest --quick -n auto tests/corpus tests/crawler tests/indexer tests/webui $(ARGS)

.PHONY: axe
axe: $(VENV)/.dev ## WCAG 2.2 AA by axe on every kind of page, in both languages and schemes, on a desk and a phone
	NIANBAO_WHOLE=1 $(BIN)/pytest -q tests/browser/test_access.py -k axe $(ARGS)

.PHONY: screenshots
screenshots: $(VENV)/.dev ## build/screenshots: every kind of page at 320, 390 and 1440 px in both schemes
	NIANBAO_WHOLE=1 $(BIN)/pytest -q tests/browser/test_access.py -k wider $(ARGS)

.PHONY: readme-pictures
readme-pictures: $(VENV)/.dev ## docs/pictures: what the README shows, two pages of the site and the terminal
	$(BIN)/python -m tests.browser.readme_pictures

.PHONY: relevance
relevance: $(VENV)/.dev ## how well questions are answered, beside stock Whoosh and SQLite FTS5
	$(BIN)/python -m tests.evaluation.relevance

.PHONY: thorough
thorough: $(VENV)/.dev ## the random tests of search at full length, 100,000 queries of the laws; goes on where it stopped
	$(BIN)/python -m tests.indexer.long
	NIANBAO_THOROUGH=1 $(BIN)/pytest tests/indexer $(ARGS)

# Half an hour and three gigabytes of disk at the full size; the reports and their tokens are kept for the next run.
.PHONY: bench
bench: $(VENV)/.dev ## measure the engine against SQLite FTS5, Tantivy and stock Whoosh; ARGS="--reports 5000" for less
	$(BIN)/python -m tests.bench --directory build/bench $(ARGS)

.PHONY: scans
scans: $(VENV)/.dev ## cells and words read from scans by look of page, and how sure; ARGS="noisy_100 --seed 7"
	$(BIN)/python -m tests.accuracy.scans $(ARGS)

.PHONY: sample-scans
sample-scans: $(VENV)/.dev ## the demo's two scanned reports made anew, on a scanner by simulation
	$(BIN)/python -m tests.accuracy.sample_scans

.PHONY: accuracy
accuracy: $(VENV)/.dev ## cells right, flagged and silently wrong for every format and fault; ARGS="html --each 4"
	$(BIN)/python -m tests.accuracy $(ARGS)

.PHONY: fit
fit: $(VENV)/.dev ## sets the weights by which tables are read, shows what a margin is worth; ARGS="--pages FOLDER --write"
	$(BIN)/python -m tests.accuracy.fit $(ARGS)

.PHONY: account
account: $(VENV)/.dev ## nothing is lost without a word: thousands of files drawn by format, report and faults; ARGS="--seed 7"
	$(BIN)/python -m tests.accuracy.account $(ARGS)

.PHONY: analyses
analyses: $(VENV)/.dev ## the analyses across reports, held against what the sample plants; ARGS="--reports 1200 11 12"
	$(BIN)/python -m tests.analyses $(ARGS)

.PHONY: analyses-pages
analyses-pages: $(VENV)/.dev ## what the pages of the analyses cost over a data folder; ARGS="FOLDER --times 40"
	$(BIN)/python -m tests.analyses.pages $(ARGS)

.PHONY: analyses-update
analyses-update: $(VENV)/.dev ## what 100 new reports cost in a copy of a store, analysis by analysis; ARGS="FOLDER --reports 100"
	$(BIN)/python -m tests.analyses.update $(ARGS)

.PHONY: heads
heads: $(VENV)/.dev ## heads of reports made by rule: title, body, place and year, manner by manner; ARGS="SEED COUNT"
	$(BIN)/python -m tests.accuracy.heads $(ARGS)

.PHONY: compare-readings
compare-readings: $(VENV)/.dev ## what this code reads otherwise than a commit's, cell by cell; ARGS="COMMIT REPORTS FOLDER…"
	$(BIN)/python -m tests.accuracy.compare_readings $(ARGS)

.PHONY: fuzz
fuzz: $(VENV)/.dev ## tens of thousands of mutated files; ARGS="SEED FORMAT=COUNT…"
	$(BIN)/python -m tests.fuzz.run $(ARGS)

# Some twenty minutes of processor; what was asked stands in build/hostile, so that it goes on where it stopped.
.PHONY: hostile
hostile: $(VENV)/.dev ## 100,000 hostile requests to the real server; ARGS="--requests 5000" for less
	$(BIN)/python -m tests.hostile $(ARGS)

# A quarter of an hour for the store of 54,000 reports, which is kept; then some minutes of requests on loopback.
.PHONY: bench-serve
bench-serve: $(VENV)/.dev ## the site under a steady load, server and asker on a core each; ARGS="--reports 5000" for less
	$(BIN)/python -m tests.bench.serve $(ARGS)

# Some four minutes the first time, and 2 GB under build/container.
.PHONY: container
container: $(VENV)/.dev ## build the image of deploy/Containerfile with buildah, run it and ask it; ARGS="--base IMAGE"
	$(BIN)/python -m tests.container $(ARGS)

# The store of 54,000 reports is made first and kept: ARGS="--prepare" makes it alone.
.PHONY: soak
soak: $(VENV)/.dev ## half an hour of readers, downloads, idle connections, updates, all at once; ARGS="--minutes 2 --reports 2000"
	$(BIN)/python -m tests.bench.soak $(ARGS)

.PHONY: bench-understand
bench-understand: $(VENV)/.dev ## what understanding a query costs
	$(BIN)/python -m tests.bench.understand

.PHONY: bench-pages
bench-pages: $(VENV)/.dev ## what search, report and comparison cost, part by part; ARGS="--reports 54000" for more
	$(BIN)/python -m tests.bench.pages $(ARGS)

.PHONY: bench-intake
bench-intake: $(VENV)/.dev ## HTML pages to an index by add, extract and index; ARGS="--pages 1000" for less
	$(BIN)/python -m tests.bench.intake $(ARGS)

.PHONY: bench-start
bench-start: $(VENV)/.dev ## how long a command takes to start, beside importing click
	$(BIN)/python -m tests.bench.start $(ARGS)

.PHONY: start-times
start-times: $(VENV)/.dev ## how long status, search, export and serve take to start while another holds the writer's lock
	$(BIN)/python -m tests.bench.start_times $(ARGS)

.PHONY: crawl-sites
crawl-sites: $(VENV)/.dev ## crawl a miniature of every style of site, and raise the floors of what is found; ARGS="STYLE…"
	$(BIN)/python -m tests.crawler.floors $(ARGS)
	NIANBAO_WHOLE=1 $(BIN)/pytest -q tests/crawler/test_kill.py

.PHONY: bench-crawl
bench-crawl: $(VENV)/.dev ## what crawls of many sources cost; ARGS="SOURCES PAGES…"
	$(BIN)/python -m tests.bench.crawl $(ARGS)

.PHONY: bench-read
bench-read: $(VENV)/.dev ## the time that reading a page and a PDF takes, beside parsing alone; ARGS=parallel for two processes
	$(BIN)/python -m tests.bench.read $(ARGS)

# Some ten seconds of processor a harm; what was done stands in build/faults, so that it goes on where it stopped.
.PHONY: faults
faults: $(VENV)/.dev ## kill commands, cut the power, fill the disk, back up under writers: nothing may be lost; ARGS="kills --seed 1"
	$(BIN)/python -m tests.faults $(ARGS)

.PHONY: check
check: $(VENV)/.dev ## lint, format, types, layers
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo

.PHONY: wheel
wheel: $(VENV)/.runtime ## build dist/*.whl, install it into a fresh environment and try it outside the checkout
	rm -rf build dist
	$(PIP) wheel --no-deps --no-build-isolation --wheel-dir dist .
	.ci/try-wheel $(BIN)/python dist/*.whl

# The tools of the audit have an environment of their own: what they need must not turn what we run on.
AUDIT := $(VENV)/audit
$(AUDIT)/.made: requirements/audit.txt | $(VENV)/.dev
	@$(BIN)/python -m venv $(AUDIT)
	@$(AUDIT)/bin/python -m pip --disable-pip-version-check --quiet install --require-hashes --no-deps -r $<
	@touch $@

.PHONY: audit
audit: $(AUDIT)/.made ## known vulnerabilities of what is pinned; ARGS="--strict" fails where no service answers
	$(BIN)/python -m tests.audit --program $(AUDIT)/bin/pip-audit $(ARGS)

.PHONY: licences
licences: $(VENV)/.dev ## the licence of every package that is installed, and whether we may build on it
	$(BIN)/python -m tests.licences

.PHONY: sbom
sbom: $(AUDIT)/.made ## dist/nianbao.cdx.json: what the wheel is installed with, as CycloneDX
	@mkdir -p dist
	$(AUDIT)/bin/cyclonedx-py requirements requirements/runtime.txt --pyproject pyproject.toml \
		--output-reproducible --validate --output-file dist/nianbao.cdx.json

LOCK = $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-emit-find-links --custom-compile-command "make lock"

.PHONY: lock
lock: ## lock again after a change of pins in pyproject.toml; what still fits stays as it is
	$(if $(wildcard $(BIN)/uv),,$(MAKE) $(VENV)/.dev)
	$(LOCK) --group build --output-file requirements/build.txt >/dev/null
	$(LOCK) pyproject.toml --output-file requirements/runtime.txt >/dev/null
	$(LOCK) pyproject.toml --extra cluster --constraints requirements/runtime.txt \
		--output-file requirements/cluster.txt >/dev/null
	$(LOCK) pyproject.toml --group dev --constraints requirements/runtime.txt --no-annotate \
		--output-file requirements/dev.txt >/dev/null
	$(LOCK) --group audit --constraints requirements/runtime.txt --no-annotate \
		--output-file requirements/audit.txt >/dev/null

# The newest interpreter that runs and is new enough; a version manager's shim may be found and yet not run.
$(BIN)/python:
	@for python in python3.14 python3.13 python3.12 python3.11 python3 python; do \
		$$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || continue; \
		echo "make: $(VENV) with $$($$python --version)"; \
		$$python -m venv $(VENV) && exit; \
		rm -rf $(VENV); \
		echo "make: $$python cannot make virtual environments: install its venv module (Debian: python3-venv)" >&2; \
		exit 1; \
	done; \
	echo "make: Python 3.11 or newer is needed, and none was found: install it, then run make again" >&2; exit 1

# The build backend first, so that nothing is fetched without its hash.
$(VENV)/.runtime: pyproject.toml requirements/build.txt requirements/runtime.txt | $(BIN)/python
	@echo "make: installing what requirements/runtime.txt pins"
	@$(PINNED) requirements/build.txt
	@$(PINNED) requirements/runtime.txt
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@env -u PYTHONDONTWRITEBYTECODE $(BIN)/python -c "$(ALL_COMMANDS)"
	@touch $@

$(VENV)/.dev: $(VENV)/.runtime requirements/dev.txt
	@echo "make: installing what requirements/dev.txt pins"
	@$(PINNED) requirements/dev.txt
	@touch $@
