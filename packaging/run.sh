#!/bin/sh
# Sets AlienLab up and opens it: sh packaging/run.sh [options of "alienlab open"]
# Where there is no display, it renders an intact and lesioned minds and writes a comparison sheet.
set -eu

ROOT=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd)
# shellcheck source=packaging/setup.sh
. "$ROOT/packaging/setup.sh"

PROMPT='a cat in a party hat'

has_display() {
    [ -n "${DISPLAY:-}" ] || [ -n "${WAYLAND_DISPLAY:-}" ] || [ "$(uname -s)" = Darwin ]
}

render_without_display() {
    work="$ROOT/build/first-look"
    rm -rf "$work"
    mkdir -p "$work"
    say "there is no display: rendering '$PROMPT' in an intact mind and in lesioned ones"
    "$VENV/bin/alienlab" render "$PROMPT" --seed 7 --session "$work/session" >/dev/null
    for lesion in 'mid_block.*:zero' 'up_blocks.1.*:zero' 'role=v:randomize'; do
        "$VENV/bin/alienlab" render "$PROMPT" --seed 7 --lesion "$lesion" --session "$work/session" >/dev/null
    done
    "$VENV/bin/alienlab" sheet "$work/session" -o "$work/sheet.png" >/dev/null
    say "the images lie in $work/session"
    say "the comparison sheet is $work/sheet.png"
}

set_up run
case " $* " in
*' --screenshot'*)
    if ! has_display; then
        export QT_QPA_PLATFORM=offscreen
    fi
    exec "$VENV/bin/alienlab" open "$@"
    ;;
esac
if has_display; then
    exec "$VENV/bin/alienlab" open "$@"
fi
render_without_display
