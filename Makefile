# Each target sets up what it needs; see README.md.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
SHELL := /bin/sh
INPUTS ?= build/demo/synthetic-nhs
CODE := src tests benchmarks docs

.PHONY: report test quick check bench bench-text reference reference-pages docs gallery lock clean

# requirements.lock holds the versions that were tested together.
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check -c requirements.lock

$(VENV)/ready: pyproject.toml requirements.lock
	$(PYTHON) -m venv $(VENV)
	$(PIP) -e .
	touch $@

# What the tests need besides, PySpark among it (some 400 MB).
$(VENV)/ready-dev: $(VENV)/ready
	$(PIP) -e ".[dev,spark]"
	touch $@

report: $(VENV)/ready
	$(BIN)/skillmix demo --out build/demo

check: $(VENV)/ready-dev
	$(BIN)/ruff format --check $(CODE)
	$(BIN)/ruff check $(CODE)
	$(BIN)/lint-imports --no-cache
	$(BIN)/pyright --pythonpath $(BIN)/python
	$(BIN)/python docs/generate.py --check

test: check
	$(BIN)/python -m pytest -n 2

# While writing: all but what needs a JVM, a browser or more than ten seconds.
quick: $(VENV)/ready-dev
	$(BIN)/python -m pytest -n 2 -m "not spark and not browser and not slow"

bench: $(VENV)/ready-dev
	[ -d $(INPUTS) ] || $(BIN)/skillmix synth $(INPUTS) --scale 1
	$(BIN)/python benchmarks/questions.py $(INPUTS)
	$(BIN)/python benchmarks/app_pages.py $(INPUTS)

# How well adverts and titles are read, on labelled texts beside the project.
bench-text: $(VENV)/ready-dev
	$(BIN)/python benchmarks/text/score.py
	$(BIN)/python benchmarks/text/score_titles.py

# Values from R, written beside their scripts. Debian packages: r-cran-survival,
# r-cran-etm, r-cran-cmprsk, r-cran-msm, r-cran-sandwich, r-cran-nnet, r-cran-jsonlite.
reference:
	cd tests/reference/r && for script in *.R; do Rscript "$$script" || exit 1; done

reference-pages: $(VENV)/ready-dev
	$(BIN)/python docs/generate.py
	$(BIN)/python docs/coverage.py

# Pictures of the report, the app, the PDF and the workbook, from a tenth of an NHS.
# Debian packages: chromium, poppler-utils, libreoffice-calc.
gallery: $(VENV)/ready-dev
	$(BIN)/skillmix demo --scale 0.1 --out build/gallery
	$(BIN)/python docs/gallery.py build/gallery

docs: reference-pages
	$(PIP) -e ".[docs]"
	$(BIN)/mkdocs build --strict --quiet --site-dir build/site

lock: $(VENV)/ready-dev
	$(BIN)/python -m pip install --quiet --disable-pip-version-check uv
	$(BIN)/uv pip compile pyproject.toml --all-extras --universal --python-version 3.11 \
	  --no-header --no-annotate --no-emit-index-url --quiet -o requirements.lock

clean:
	rm -rf build dist
