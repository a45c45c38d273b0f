"""What is done in laboratories, and with the plugins that bring them."""

from __future__ import annotations

from alienlab.app.actions.action import Action

LABORATORIES = (
    Action(
        id="labs.show",
        text="Laboratories",
        tip="Watch the same phenomena in simpler systems: maps, automata, attractors, image statistics",
        shortcuts=("F10",),
        icon="FLASK",
    ),
    Action(
        id="labs.run",
        text="Run",
        tip="Compute what the laboratory is set to",
        shortcuts=("Shift+F5",),
        icon="RENDER",
    ),
    Action(
        id="labs.stop",
        text="Stop",
        tip="Stop what the laboratory computes",
        shortcuts=("Shift+Esc",),
        icon="STOP",
    ),
    Action(
        id="labs.keep",
        text="Keep",
        tip="Put the picture into the session log and onto the canvas, with all that makes it again",
        shortcuts=("Ctrl+Alt+K",),
        icon="PIN",
    ),
    Action(
        id="labs.export",
        text="Export…",
        tip="Save the picture with its recipe, the film, or a table of curves and readings",
        shortcuts=("Ctrl+Alt+E",),
        icon="EXPORT",
    ),
    Action(
        id="labs.command",
        text="Copy command",
        tip="Copy the command line that makes the same picture",
        shortcuts=("Ctrl+Alt+C",),
        icon="COPY",
    ),
    Action(
        id="labs.reset",
        text="Reset",
        tip="Put every parameter of the laboratory back to where it was at first; undo brings them back",
        shortcuts=("Ctrl+Alt+0",),
        icon="UNDO",
    ),
    Action(
        id="labs.roll",
        text="Roll seed of the laboratory",
        tip="Take another seed in the laboratory",
        shortcuts=("Ctrl+Alt+R",),
        icon="DICE",
    ),
    Action(
        id="labs.close",
        text="All laboratories",
        tip="Go back to the gallery of laboratories",
        shortcuts=("Alt+Left",),
    ),
    Action(
        id="plugins.show",
        text="Plugins…",
        tip="See which plugins there are, switch them on and off, and read what went wrong with them",
    ),
    Action(
        id="settings.show",
        text="Settings…",
        tip="Appearance, images, rendering and plugins",
        shortcuts=("Ctrl+,",),
        icon="SETTINGS",
    ),
)
