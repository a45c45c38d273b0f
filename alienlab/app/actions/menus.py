"""Which actions stand in which menu."""

from __future__ import annotations

SEPARATOR = "-"
"""Stands between the ids of a menu."""

APPEARANCES = ("view.dark", "view.light", "view.system")
"""Of these one is chosen."""

FILE_MENU = (
    "session.new",
    "session.open",
    "menu.recent_sessions",
    "session.import",
    "session.export",
    "session.dump",
    SEPARATOR,
    "file.restore",
    SEPARATOR,
    "brain.open",
    "brain.open_hub",
    "brain.open_embedded",
    "menu.recent_brains",
    SEPARATOR,
    "recogniser.choose",
    "recogniser.choose_hub",
    "menu.recognisers",
    "recogniser.own",
    "brain.compile",
    SEPARATOR,
    "export.sheet",
    "export.animation",
    "export.image",
    "menu.exporters",
    SEPARATOR,
    "quit",
)
EDIT_MENU = (
    "edit.undo",
    "edit.redo",
    SEPARATOR,
    "menu.lesion",
    SEPARATOR,
    "image.copy",
    "file.paste",
    SEPARATOR,
    "settings.show",
)
RENDER_MENU = ("render.start", "render.cancel", "render.live", SEPARATOR, "seed.roll", "seed.lock")
EXPERIMENTS_MENU = (
    "sweep.atlas",
    "sweep.new",
    "menu.offered_sweeps",
    "menu.sweeps",
    SEPARATOR,
    "sweep.pause",
    "sweep.resume",
    "sweep.cancel",
    "sweep.play",
    SEPARATOR,
    "sweep.csv",
    "sweep.verdicts",
    SEPARATOR,
    "labs.show",
    "menu.laboratory",
    SEPARATOR,
    "space.show",
    "space.roll",
    "space.unit",
    SEPARATOR,
    "names.add",
    "names.show",
    "film.show",
)
LABORATORY_MENU = (
    "labs.run",
    "labs.stop",
    "labs.roll",
    SEPARATOR,
    "labs.keep",
    "labs.export",
    "labs.command",
    SEPARATOR,
    "labs.reset",
    "labs.close",
)
COMPARE_MENU = (
    "compare.side",
    "compare.wipe",
    "compare.blink",
    "compare.onion",
    "compare.difference",
    SEPARATOR,
    "compare.swap",
    "compare.turn",
    "compare.pause",
    "compare.close",
    SEPARATOR,
    "canvas.recognition",
)
BOARD_MENU = (
    "board.pin",
    "board.unpin",
    "board.label",
    SEPARATOR,
    "board.grid",
    "board.row",
    "board.free",
    "board.snap",
    SEPARATOR,
    "board.sheet",
    "board.clear",
)
VIEW_MENU = (
    "log.show",
    SEPARATOR,
    "canvas.pair",
    "canvas.grid",
    "canvas.board",
    "canvas.clear",
    "menu.board",
    "menu.compare",
    SEPARATOR,
    "canvas.zoom_in",
    "canvas.zoom_out",
    "canvas.fit",
    "view.smooth",
    "view.blur_flagged",
    SEPARATOR,
    "menu.map",
    "menu.panels",
    "menu.appearance",
    "view.reset",
)
HELP_MENU = ("help.try", "help.about")

MENUS = (
    ("&File", FILE_MENU),
    ("&Edit", EDIT_MENU),
    ("&Render", RENDER_MENU),
    ("E&xperiments", EXPERIMENTS_MENU),
    ("&View", VIEW_MENU),
    ("&Help", HELP_MENU),
)
