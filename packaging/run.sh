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

# fp32, so that all four are computed alike whatever is fastest here
render() {
    "$VENV/bin/alienlab" render "$PROMPT" --seed 7 --dtype fp32 --session "$work/session" "$@" >/dev/null
}

render_without_display() {
    work="$ROOT/build/first-look"
    rm -rf "$work"
    mkdir -p "$work"
    say "there is no display: rendering '$PROMPT' in an intact mind and in three lesioned ones"
    render
    render --lesion '*.attn2.*:zero'
    render --lesion '*.attn1.*:zero'
    render --lesion 'role=ff:randomize'
    "$VENV/bin/alienlab" sheet "$work/session" -o "$work/sheet.png" --columns 4 --title "$PROMPT" >/dev/null
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
