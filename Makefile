# make report   set up what is missing and build the edition into build/
# make test     set up what is missing and check code, content and PDFs
# make draft    the same report with editors' questions in it
# make bench    time and memory, beside a plain run of the engine
# make check    the editorial checks alone
# make validators   install what preflight asks besides: veraPDF, qpdf, Ghostscript
# make clean    remove what was built; make distclean the environment too

PYTHON = .venv/bin/python

.PHONY: report draft check test lint bench validators clean distclean

report: .venv/ready-report
	$(PYTHON) build_report.py

draft: .venv/ready-report
	$(PYTHON) build_report.py --draft

check: .venv/ready-report
	$(PYTHON) build_report.py check

test: lint
	$(PYTHON) -m pytest

lint: .venv/ready-test
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/mypy

bench: .venv/ready-test
	$(PYTHON) tests/bench.py

.venv/ready-report: requirements.lock scripts/setup
	scripts/setup report

.venv/ready-test: requirements.lock requirements-test.lock scripts/setup
	scripts/setup test
	touch .venv/ready-report

validators: .venv/ready-test

clean:
	rm -rf build

distclean: clean
	rm -rf .venv
