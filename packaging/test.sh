#!/bin/sh
# Sets AlienLab up and runs every check: sh packaging/test.sh [options of pytest]
set -eu

ROOT=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd)
# shellcheck source=packaging/setup.sh
. "$ROOT/packaging/setup.sh"

summary=
failed=0

check() {
    name=$1
    shift
    say "$name"
    if "$@"; then
        summary="$summary
  passed  $name"
    else
        summary="$summary
  FAILED  $name"
        failed=1
    fi
}

set_up dev
cd "$ROOT"
PATH="$VENV/bin:$PATH"
QT_QPA_PLATFORM=offscreen
OMP_WAIT_POLICY=PASSIVE # threads of torch that spin while they wait would slow down the tests beside them
PYRIGHT_PYTHON_IGNORE_WARNINGS=1
export PATH QT_QPA_PLATFORM OMP_WAIT_POLICY PYRIGHT_PYTHON_IGNORE_WARNINGS

check 'style: ruff check' ruff check .
check 'format: ruff format' ruff format --check .
check 'types: pyright' pyright
check 'layers: import-linter' lint-imports
check 'tests: pytest' python -m pytest --numprocesses auto --maxprocesses 4 --dist loadfile "$@"

say "summary$summary"
exit "$failed"
