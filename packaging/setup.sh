# Makes .venv with everything AlienLab needs. Sourced by run.sh and test.sh, which set ROOT to the checkout.
# shellcheck shell=sh

VENV="$ROOT/.venv"
CONSTRAINTS="$ROOT/packaging/constraints.txt"
TORCH_CPU_INDEX=https://download.pytorch.org/whl/cpu

# soname and the Debian/Ubuntu package that brings it: what Qt's window, X11 and Wayland parts load
QT_LIBRARIES="
libEGL.so.1:libegl1
libGL.so.1:libgl1
libX11-xcb.so.1:libx11-xcb1
libdbus-1.so.3:libdbus-1-3
libfontconfig.so.1:libfontconfig1
libglib-2.0.so.0:libglib2.0-0
libwayland-client.so.0:libwayland-client0
libwayland-cursor.so.0:libwayland-cursor0
libxcb-cursor.so.0:libxcb-cursor0
libxcb-icccm.so.4:libxcb-icccm4
libxcb-image.so.0:libxcb-image0
libxcb-keysyms.so.1:libxcb-keysyms1
libxcb-randr.so.0:libxcb-randr0
libxcb-render-util.so.0:libxcb-render-util0
libxcb-shape.so.0:libxcb-shape0
libxcb-util.so.1:libxcb-util1
libxcb-xfixes.so.0:libxcb-xfixes0
libxcb-xkb.so.1:libxcb-xkb1
libxkbcommon-x11.so.0:libxkbcommon-x11-0
libxkbcommon.so.0:libxkbcommon0
"

say() {
    printf '%s\n' "alienlab: $*" >&2
}

fail() {
    say "$*"
    exit 1
}

# set_up run | set_up dev: nothing to do where the stamp says that it was done for these very versions
set_up() {
    kind=$1
    wanted=$(stamp)
    if [ -x "$VENV/bin/python" ]; then
        for done_kind in "$kind" dev; do
            file="$VENV/alienlab-$done_kind.stamp"
            if [ -f "$file" ] && [ "$(cat "$file")" = "$wanted" ]; then
                return 0
            fi
        done
    fi
    make_venv
    install_packages "$kind"
    install_qt_libraries
    printf '%s\n' "$wanted" >"$VENV/alienlab-$kind.stamp"
}

stamp() {
    printf '%s ' "$ROOT" # an environment does not survive being moved
    cat "$CONSTRAINTS" "$ROOT/pyproject.toml" "$ROOT/packaging/setup.sh" | cksum
}

find_python() {
    for candidate in python3 python3.13 python3.12 python3.11 python3.14; do
        # It must run, not only exist: a shim of a version manager may stand for a version that is not installed.
        if "$candidate" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 15))' >/dev/null 2>&1; then
            printf '%s\n' "$candidate"
            return 0
        fi
    done
    return 1
}

make_venv() {
    if [ -x "$VENV/bin/python" ] && "$VENV/bin/python" -c 'import pip' >/dev/null 2>&1; then
        return 0
    fi
    python=$(find_python) || fail "Python 3.11 to 3.14 is needed and was not found. Install it, on Debian or Ubuntu" \
        "with: apt-get install python3 python3-venv"
    if ! "$python" -c 'import ensurepip, venv' >/dev/null 2>&1; then
        version=$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])')
        apt_install "python$version-venv" ||
            fail "Python has no venv. Install it with: sudo apt-get install -y python$version-venv"
    fi
    say "making $VENV with $("$python" --version)"
    "$python" -m venv --clear "$VENV" || fail "The environment $VENV could not be made."
}

install_packages() {
    install_torch || fail "torch could not be installed. Is the network there? Run this again to go on."
    extras=
    if [ "$1" = dev ]; then
        extras='[dev]'
    fi
    say "installing the other packages"
    # The build tools come first, so that they are pinned as well.
    if ! { in_venv install hatchling editables && in_venv install --no-build-isolation -e "$ROOT$extras"; }; then
        fail "The packages could not be installed. Is the network there? Run this again to go on."
    fi
}

in_venv() {
    command=$1
    shift
    "$VENV/bin/python" -m pip "$command" -qq --disable-pip-version-check -c "$CONSTRAINTS" "$@"
}

# The build for CUDA where a driver is found, else the one for the CPU, which is many times smaller.
install_torch() {
    pinned=$(sed -n 's/^torch==//p' "$CONSTRAINTS")
    if "$VENV/bin/python" -c "
import sys
from importlib.metadata import version
sys.exit(version('torch').partition('+')[0] != '$pinned')" 2>/dev/null; then
        return 0
    fi
    if has_nvidia; then
        say "installing torch $pinned for CUDA, as there is an NVIDIA driver (some gigabytes)"
        in_venv install "torch==$pinned"
        return
    fi
    say "installing torch $pinned for the CPU (some hundred megabytes)"
    if [ "$(uname -s)" != Linux ]; then
        in_venv install "torch==$pinned"
    elif is_reachable "$TORCH_CPU_INDEX/torch/"; then
        # Without dependencies, which come from the usual index with the rest.
        in_venv install --no-deps --index-url "$TORCH_CPU_INDEX" "torch==$pinned" || in_venv install "torch==$pinned"
    else
        # Whatever pip is set up to use: a mirror, a folder of wheels, or the usual index.
        in_venv install "torch==$pinned"
    fi
}

has_nvidia() {
    [ -e /proc/driver/nvidia/version ] || nvidia-smi >/dev/null 2>&1
}

is_reachable() {
    "$VENV/bin/python" -c '
import sys
from urllib.request import urlopen
urlopen(sys.argv[1], timeout=10).close()' "$1" >/dev/null 2>&1
}

install_qt_libraries() {
    if [ "$(uname -s)" != Linux ]; then
        return 0
    fi
    missing=$(missing_packages)
    if [ -z "$missing" ]; then
        return 0
    fi
    # shellcheck disable=SC2086 # one word a package
    if apt_install $missing; then
        return 0
    fi
    say "Qt wants system libraries that are missing. On Debian or Ubuntu install them with:"
    say "sudo apt-get install -y $missing"
    QT_QPA_PLATFORM=offscreen "$VENV/bin/python" -c 'from PySide6 import QtWidgets' >/dev/null 2>&1 ||
        fail "Without them Qt does not start. Run this again when they are installed."
}

# Asks the loader, not the package manager: package names differ from release to release.
missing_packages() {
    "$VENV/bin/python" -c '
import ctypes, sys
missing = []
for entry in sys.argv[1].split():
    library, _, package = entry.partition(":")
    try:
        ctypes.CDLL(library)
    except OSError:
        missing.append(package)
print(*missing, end="")' "$QT_LIBRARIES"
    if [ -z "$(find /usr/share/fonts /usr/local/share/fonts "${HOME:-/}/.fonts" "${HOME:-/}/.local/share/fonts" \
        -name '*.[ot]tf' 2>/dev/null | head -n 1)" ]; then
        printf ' fonts-dejavu-core'
    fi
}

# apt_install PACKAGE...: as root on a machine with apt; false anywhere else
apt_install() {
    if [ "$(id -u)" -ne 0 ] || ! command -v apt-get >/dev/null 2>&1; then
        return 1
    fi
    say "installing with apt-get: $*"
    apt-get update -qq >/dev/null || say "the package lists could not be renewed"
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >/dev/null
}
