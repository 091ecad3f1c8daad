# Sourced by run: the system libraries that wheels expect to find, by apt.

PACKAGES="$ROOT/installer/setup/system-packages.txt"
APT_LOG="$ROOT/build/apt.log"

wanted_packages() { # one entry a line; "a|b" is one package under its names in different releases
    sed 's/#.*//; s/[[:space:]]//g; /^$/d' "$PACKAGES"
    [ -x "$PYTHON" ] || [ -n "$(suitable_python)" ] || printf '%s\n' python3 python3-venv
}

missing_packages() { # [MORE ENTRIES…]: the wanted entries none of whose names is installed
    wanted="$(wanted_packages) $*"
    # names hold no blanks, so the unquoted expansions in this file split where they should
    installed=$(dpkg-query -W -f '${db:Status-Status} ${Package}\n' $(echo "$wanted" | tr '|' ' ') \
        2>/dev/null | sed -n 's/^installed //p')
    for entry in $wanted; do
        echo "$installed" | grep -qxE "$(echo "$entry" | sed 's/[.+]/\\&/g')" || echo "$entry"
    done
}

names_known_to_apt() { # "a|b" c … -> the first name of each that apt can install; 1 if one has none
    for entry in "$@"; do
        found=
        for name in $(echo "$entry" | tr '|' ' '); do
            if apt-cache show "$name" 2>/dev/null | grep -q '^Package:'; then
                found=$name
                break
            fi
        done
        [ -n "$found" ] || return 1
        echo "$found"
    done
}

apt_get() {
    mkdir -p "$ROOT/build"
    $AS_ROOT env DEBIAN_FRONTEND=noninteractive apt-get -q -y -o DPkg::Lock::Timeout=600 "$@" \
        >>"$APT_LOG" 2>&1 </dev/null
}

install_packages() { # fails when a name is unknown or a listed file is gone: both mend by an update
    names=$(names_known_to_apt "$@") && apt_get install --no-install-recommends $names
}

system_packages() { # [MORE ENTRIES…]
    if ! command -v apt-get >/dev/null; then
        [ "$(uname)" = Darwin ] || say "No apt on this system: if a library is missing later, install" \
            "what installer/setup/system-packages.txt names."
        return
    fi
    missing=$(missing_packages "$@")
    [ -n "$missing" ] || return 0
    AS_ROOT=
    if [ "$(id -u)" -ne 0 ]; then
        command -v sudo >/dev/null ||
            fail "only root can install these packages, and there is no sudo:" $missing
        AS_ROOT=sudo
    fi
    say "Installing $(echo "$missing" | wc -l) system packages …"
    mkdir -p "$ROOT/build"
    : >"$APT_LOG"
    install_packages $missing || { apt_get update && install_packages $missing; } || {
        tail -n 5 "$APT_LOG" >&2
        fail "apt could not install the packages; all it said is in $APT_LOG. Wanted:" $missing
    }
}
