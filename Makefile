# Everything a newcomer needs. `make demo` and `make test` set up what they use.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check

.PHONY: demo test check train quality lock docs clean

demo: $(VENV)/.ready  ## read the examples, print their records, write demo.html
	$(BIN)/dateline show examples/*.txt examples/*.jsonl
	$(BIN)/dateline show examples/*.txt examples/*.jsonl --html demo.html

test: $(VENV)/.ready  ## pass the tests
	$(BIN)/python -m pytest -n 2

check: $(VENV)/.ready  ## style, types, layers
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

train: $(VENV)/.training  ## train on training/corpus and export the model; EXTRA="a.jsonl b.jsonl" adds sets, START=folder goes on from a model, DEVICE=cuda uses a graphics card
	$(BIN)/python -m training.train --output build/model $(if $(START),--start $(START) --epochs 4 --rate 1.5e-4) $(if $(DEVICE),--device $(DEVICE) --workers 4 --tokens 3600) $(if $(EXTRA),--extra $(EXTRA))
	$(BIN)/python -m training.export build/model $(if $(EXTRA),--extra $(notdir $(basename $(EXTRA))))
	$(BIN)/python -m training.calibrate

quality: $(VENV)/.ready  ## measure on the development sets (EVAL=folder) and hold the floors
	$(BIN)/python -m quality.measure $(if $(EVAL),--eval $(EVAL))

lock:  ## write the locks anew from pyproject.toml
	uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header --no-annotate pyproject.toml --extra test -o locks/test.lock
	uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header --no-annotate pyproject.toml -o locks/run.lock
	uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header --no-annotate locks/training.in -c locks/test.lock -o locks/training.lock
	uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header --no-annotate --no-deps locks/encoder.in -o locks/encoder.lock

docs: $(VENV)/.ready  ## write the reference anew from the types
	$(BIN)/python -m docs.generate

clean:
	rm -rf $(VENV) build dist demo.html

$(VENV)/.ready: locks/test.lock pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit("Dateline needs Python 3.11 or newer") if sys.version_info < (3, 11) else None'
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(PIP) --require-hashes -r locks/test.lock
	$(PIP) --no-deps --no-build-isolation --editable .
	touch $@

# torch comes in builds for many machines, each with its own digest: it is pinned by version (docs/adr/0003).
$(VENV)/.training: $(VENV)/.ready locks/training.lock locks/encoder.lock
	$(PIP) torch==2.13.0
	$(PIP) --require-hashes -r locks/training.lock
	$(PIP) --no-deps --require-hashes -r locks/encoder.lock
	touch $@
