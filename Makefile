# For developers. Users need only `pip install`. A fresh machine needs python3 (3.11 or later) with pip, and make.
# Every command sets up .venv first if that is not done; only that needs the network.

PYTHON ?= python3
BIN := .venv/bin
SAYSO := $(BIN)/sayso
LEDGER := build/demo.db
PAGE := tern-0311-breach.txt
SHARED := ../shared
export PYTHON

.DEFAULT_GOAL := help
.PHONY: help setup demo test soak browsers cases lint types eval diff bench train clean

help: ## List these commands
	@sed -n 's/^\([a-z]*\):[^#]*## \(.*\)/  make \1|\2/p' Makefile | awk -F'|' '{ printf "%-13s %s\n", $$1, $$2 }'

setup: ## Make .venv (a minute, once; the others do it when it is due)
	@scripts/setup.sh

demo: setup ## Read the demo pile into a ledger and look at it (15 s)
	@echo "demo: reading the pages of demo/pile into $(LEDGER) (about 10 s)"
	@mkdir -p build
	@$(SAYSO) read --ledger $(LEDGER) --meta demo/meta.csv demo/pile
	@echo; echo '$$ sayso statements'; $(SAYSO) statements --ledger $(LEDGER) --limit 8
	@echo; echo '$$ sayso show $(PAGE)'; $(SAYSO) show --ledger $(LEDGER) $(PAGE)
	@echo; echo '$$ sayso copies'; $(SAYSO) copies --ledger $(LEDGER)
	@echo; echo '$$ sayso series --event killed'; $(SAYSO) series --ledger $(LEDGER) --event killed --limit 1
	@echo; echo '$$ sayso voices wreckers regime'; $(SAYSO) voices --ledger $(LEDGER) wreckers regime
	@echo; echo '$$ sayso people --limit 5'; $(SAYSO) people --ledger $(LEDGER) --limit 5
	@echo; echo '$$ sayso findings'; $(SAYSO) findings --ledger $(LEDGER)
	@echo; echo "What next? Put $(BIN) on your PATH (or type $(SAYSO)) and try, with -l $(LEDGER):"
	@echo "  sayso find \"steel of that weight does not open alone\"   where words like these stand, and how they differ"
	@echo "  sayso matches           the same statement on other pages, word by word"
	@echo "  sayso who-speaks        who gets to speak, and how much"
	@echo "  sayso incidents         events by place and date, as told by whom"
	@echo "  sayso open $(LEDGER)    the reading room, in the browser: read, compare, put right"
	@echo "  sayso read YOUR_FOLDER  the same with your own pages"

test: setup ## Run all tests (8 min)
	@echo "test: every test, case tables and properties (about 8 min)"
	@$(BIN)/python -m pytest

soak: setup ## Try for hours to break it: kills, write errors, mutated files (SOAK_ROUNDS=0.1 for a tenth; make soak K=crashes)
	@echo "soak: kill -9, failing writes, hostile files and ledgers, thousands of each (hours; nothing else should run)"
	@$(BIN)/python -m pytest -m soak -s --timeout 0 tests/soak tests/web $(if $(K),-k '$(K)')

browsers: ## Install the browser that the tests of the reading room drive (Debian, as root)
	@apt-get install -y -q chromium

cases: setup ## Read the case tables and show every case that is not right (20 s; make cases K="two fragments")
	@echo "cases: reading the rows of tests/cases, each against its reason (about 20 s)"
	@$(BIN)/python -m eval.cases $(K)

lint: setup ## Check style and likely mistakes with ruff (2 s)
	@echo "lint: ruff over the tree (about 2 s)"
	@$(BIN)/ruff check .

types: setup ## Check types with mypy --strict (20 s)
	@echo "types: mypy --strict over src, eval and bench (about 20 s)"
	@$(BIN)/mypy

eval: setup ## Measure the readings against gold and hold the floors (1 min; RAISE=1 lifts floors)
	@echo "eval: reading the gold pages and scoring them (about 1 min; seconds where nothing changed)"
	@$(BIN)/python -m eval.run --shared $(SHARED) $(if $(RAISE),--raise) $(if $(ACCEPT_GOLD),--accept-gold)

diff: setup ## List statements gained and lost since BASE, page by page (make diff BASE=HEAD~1; 2 min)
	@echo "diff: reading the same pages as of $(or $(BASE),HEAD) and as of now (about 2 min)"
	@$(BIN)/python -m eval.diff --shared $(SHARED) '$(or $(BASE),HEAD)'

bench: setup ## Time reading against the bare encoder, and measure memory (5 min)
	@echo "bench: timing on one thread, memory at 100 and 2,000 pages (about 5 min; leave the machine alone meanwhile)"
	@$(BIN)/python -m bench.read

train: ## Make the model from DATA, step by step (hours; make train DATA=../shared/data)
	@echo "train: from data to the shipped model (hours on a CPU); training/build.sh says what each step does"
	@DATA='$(or $(DATA),$(SHARED)/data)' training/build.sh

clean: ## Remove what the commands made, the ledger of the demo too; .venv stays (1 s)
	@echo "clean: removing build and caches; .venv stays, as it needs the network to be made again"
	@rm -rf build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis
	@find . -name .venv -prune -o -name __pycache__ -type d -prune -exec rm -rf {} +
