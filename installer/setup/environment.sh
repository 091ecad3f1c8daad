# Sourced by run: the Python environment in .venv and the message catalogues.

STAMP="$ROOT/.venv/setup-done"
IS_SUITABLE='import ctypes, ensurepip, sqlite3, ssl, sys, venv
sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13) or sys.maxsize < 2**32)'

suitable_python() { # print the first Python that fits: the user's own choice, then any other there is
    for candidate in python3 python3.13 python3.12 python3.11 /usr/bin/python3; do
        # a pyenv shim exists for every version it has, and fails for those that are not switched on
        if command -v "$candidate" >/dev/null && "$candidate" -c "$IS_SUITABLE" 2>/dev/null; then
            command -v "$candidate"
            return
        fi
    done
}

environment_works() { # it runs, holds a fitting Python, and was made for this folder
    [ -x "$PYTHON" ] && "$PYTHON" -c "import pip; $IS_SUITABLE" 2>/dev/null &&
        grep -qF "$ROOT/.venv" "$ROOT/.venv/bin/activate"
}

environment() {
    if ! environment_works; then
        # making it anew empties what the link points to, which serves another folder
        [ ! -L "$ROOT/.venv" ] ||
            fail "$ROOT/.venv is a link to an environment made for another folder. Remove the link and run again."
        base=$(suitable_python)
        [ -n "$base" ] || fail "Python 3.11, 3.12 or 3.13 with venv and sqlite3 was not found, and apt has none."
        say "Making .venv with $("$base" -V) …"
        "$base" -m venv --clear "$ROOT/.venv" || fail "$base could not make $ROOT/.venv"
    fi
    content=$({ cat "$LOCK" && "$PYTHON" -V; } | cksum)
    [ "$(cat "$ROOT/.venv/lock-installed" 2>/dev/null)" != "$content" ] || return 0
    say "Installing the locked Python packages (about 1 GB, once) …"
    "$PYTHON" -m pip install --quiet --disable-pip-version-check --require-hashes \
        --only-binary :all: -r "$LOCK" >&2 ||
        fail "pip could not install the locked packages; nothing else was changed, so run it again."
    echo "$content" >"$ROOT/.venv/lock-installed"
}

catalogues() {
    (cd "$ROOT" && "$PYTHON" -m tools.messages compile) >&2 ||
        fail "a message catalogue in resources/locale could not be compiled."
}

fingerprint() { # of everything that setting up depends on
    {
        echo "$ROOT"
        readlink -f "$PYTHON" || true
        cat "$LOCK" "$ROOT"/installer/setup/* "$ROOT"/resources/locale/*/LC_MESSAGES/*.po 2>/dev/null || true
    } | cksum
}

install_everything() {
    system_packages
    environment
    catalogues
    fingerprint >"$STAMP"
}

set_up_if_needed() {
    [ -x "$PYTHON" ] && [ "$(cat "$STAMP" 2>/dev/null)" = "$(fingerprint)" ] || install_everything
}
