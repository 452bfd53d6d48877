#!/bin/sh
# Make .venv with Sayso and all that its developers need, in the versions of constraints.txt.
# Needs python3 (3.11 or later) with pip, and the network, once; done again only when pyproject.toml or constraints.txt
# change, or the checkout was moved. Nothing outside the checkout is installed or changed.
set -eu
cd "$(dirname "$0")/.."
python=${PYTHON:-python3}
stamp=.venv/set-up

wanted() { pwd; cat pyproject.toml constraints.txt; }
usable() { [ -x .venv/bin/python ] && .venv/bin/python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null &&
    .venv/bin/python -m pip --version >/dev/null 2>&1; }
fail() { printf 'set-up: %s\n' "$*" >&2; exit 1; }

wanted | cmp -s - "$stamp" 2>/dev/null && exit 0

command -v "$python" >/dev/null 2>&1 || fail "there is no $python here: install Python 3.11 or later"
"$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' ||
    fail "$("$python" --version 2>&1) is too old: Sayso needs Python 3.11 or later (make PYTHON=/path/to/python3.12 names another)"

echo "set-up: making .venv with $("$python" --version) and installing (about a minute, needs the network once)"
if ! usable; then
    rm -rf .venv
    # Debian's python3 may lack venv or ensurepip: then virtualenv, kept inside the checkout, so that no
    # "externally managed" environment is touched.
    if ! "$python" -m venv .venv >/dev/null 2>&1; then
        rm -rf .venv
        "$python" -m pip install --quiet --disable-pip-version-check --upgrade --target build/virtualenv virtualenv ||
            fail "python3 has neither venv nor a pip that can fetch virtualenv: install the package python3-venv (or python3-pip)"
        PYTHONPATH=build/virtualenv "$python" -m virtualenv --quiet .venv
    fi
fi
.venv/bin/python -m pip install --quiet --disable-pip-version-check --no-input --constraint constraints.txt --editable ".[dev]"
wanted >"$stamp"
echo "set-up: done"
