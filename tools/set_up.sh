#!/usr/bin/env bash
# Set up this checkout, each part once (make calls it and keeps a stamp):
#   set_up.sh run | dev           the environment .venv with the locked packages of that kind
#   set_up.sh bench               environments of their own with the tools we compare ourselves with: .venv-bench, and
#                                 .venv-bench-balance for balance, whose numpy is another
#   set_up.sh browser             Chromium and a Chinese font, for the browser tests
#   set_up.sh engines             PostgreSQL and Java, for the tests of engines
#   set_up.sh lock                make requirements/*.txt anew from pyproject.toml
set -euo pipefail
cd "$(dirname "$0")/.."

say() { printf '\033[2m— %s\033[0m\n' "$*" >&2; }
fail() { printf '%s\n' "$*" >&2; exit 1; }

find_python() {
    local name
    for name in ${PYTHON:+"$PYTHON"} python3.11 python3 python3.12 python3.13 python; do
        if "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            command -v "$name"
            return
        fi
    done
    fail "Python 3.11 or newer is needed; install it, or name it: make PYTHON=/path/to/python3.11"
}

have_uv() { command -v uv >/dev/null 2>&1 && uv --version >/dev/null 2>&1; }

home=.venv

environment() {
    if "$home/bin/python" -c '' 2>/dev/null; then return; fi
    local python
    python=$(find_python)
    say "a new environment $home with $("$python" --version)"
    rm -rf "$home"
    if have_uv; then uv venv --quiet --python "$python" "$home"; else "$python" -m venv "$home"; fi
}

install() {
    if have_uv; then
        uv pip install --quiet --python "$home/bin/python" "$@"
    else
        "$home/bin/python" -m pip --version >/dev/null 2>&1 || "$home/bin/python" -m ensurepip --upgrade >/dev/null
        "$home/bin/python" -m pip install -qq --disable-pip-version-check "$@"
    fi
}

packages() {
    environment
    say "packages of requirements/$1.txt"
    install --require-hashes -r "requirements/$1.txt"
    install --no-deps --no-build-isolation -e .
}

browser() {
    local missing=()
    if ! command -v chromium chromium-browser google-chrome google-chrome-stable >/dev/null 2>&1; then
        missing+=(chromium)
    fi
    if [ -z "$(fc-list :lang=zh 2>/dev/null | head -n 1)" ]; then missing+=(fontconfig fonts-noto-cjk); fi
    if [ ${#missing[@]} -eq 0 ]; then return; fi
    if ! can_add; then
        fail "The browser tests need: ${missing[*]} (names of Debian packages). Install them, then run make test again." \
            "Without them: make check"
    fi
    add "${missing[@]}"
}

engines() {
    local missing=()
    if ! compgen -G '/usr/lib/postgresql/*/bin/postgres' >/dev/null && ! command -v postgres >/dev/null 2>&1; then
        missing+=(postgresql)
    fi
    if ! [ -x "${JAVA_HOME:-/none}/bin/java" ] && ! command -v java >/dev/null 2>&1; then
        missing+=(openjdk-17-jre-headless)
    fi
    if [ ${#missing[@]} -eq 0 ]; then return; fi
    if ! can_add || ! add "${missing[@]}"; then
        say "NOT TESTED without ${missing[*]} (names of Debian packages): that these engines give equal results"
    fi
}

can_add() { [ "$(id -u)" -eq 0 ] && command -v apt-get >/dev/null 2>&1; }

add() {
    say "system packages: $*"
    export DEBIAN_FRONTEND=noninteractive
    apt-get update -qq && apt-get install -y -qq --no-install-recommends "$@" >/dev/null
}

lock() {
    have_uv || fail "make lock needs uv: pip install uv"
    local common=(--quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url
        --no-emit-find-links --custom-compile-command "make lock" --upgrade)
    say "requirements/run.txt, dev.txt, bench.txt, bench-balance.txt"
    uv pip compile "${common[@]}" pyproject.toml --group build -o requirements/run.txt
    uv pip compile "${common[@]}" pyproject.toml --all-extras --group dev -c requirements/run.txt -o requirements/dev.txt
    uv pip compile "${common[@]}" pyproject.toml --group build --group bench -c requirements/dev.txt \
        -o requirements/bench.txt
    uv pip compile "${common[@]}" --group pyproject.toml:bench-balance -o requirements/bench-balance.txt
}

case "${1:-}" in
run | dev) packages "$1" ;;
bench)
    home=.venv-bench
    packages bench
    home=.venv-bench-balance
    environment
    say "packages of requirements/bench-balance.txt"
    install --require-hashes -r requirements/bench-balance.txt
    ;;
browser | engines | lock) "$1" ;;
*) fail "usage: tools/set_up.sh run|dev|bench|browser|engines|lock" ;;
esac
