"""What is done to a brain and its concept space in series."""

from __future__ import annotations

from alienlab.app.actions.action import Action

EXPERIMENTS = (
    Action(
        id="sweep.atlas",
        text="Knock out each module",
        tip="Render the prompt once without each module, measure every effect and paint the map with it",
        shortcuts=("Ctrl+K",),
        icon="KNOCK_OUT",
    ),
    Action(
        id="sweep.new",
        text="New sweep…",
        tip="Vary modules, doses, seeds, prompts or two of them at once",
        shortcuts=("Ctrl+Shift+K",),
        icon="GRID",
    ),
    Action(id="sweep.pause", text="Pause sweep", tip="Let the sweep rest; it goes on where it was", icon="PAUSE"),
    Action(
        id="sweep.resume", text="Resume sweep", tip="Go on with the sweep; nothing is rendered twice", icon="RENDER"
    ),
    Action(id="sweep.cancel", text="Cancel sweep", tip="Stop the sweep; what is rendered stays", icon="STOP"),
    Action(
        id="sweep.play",
        text="Play the sweep",
        tip="Show the images of the sweep one after another beside the intact one",
        shortcuts=("Ctrl+P",),
        icon="RENDER",
    ),
    Action(
        id="sweep.csv",
        text="Export sweep as table…",
        tip="Write a CSV file with a row for each render and all that was measured",
        icon="EXPORT",
    ),
    Action(id="sweep.verdicts", text="What verdicts mean", tip="Yardsticks, thresholds and verdicts of effects"),
    Action(
        id="space.show",
        text="Concept space",
        tip="Walk on a plane through concept space: between and beyond what words can say",
        shortcuts=("F7",),
        icon="PLANE",
    ),
    Action(
        id="space.roll",
        text="Another plane",
        tip="Lay the plane of concept space in other random directions",
        shortcuts=("F8",),
        icon="DICE",
    ),
    Action(
        id="space.unit",
        text="Unit of distance…",
        tip="Choose the two points of concept space whose distance all others are counted in",
    ),
    Action(
        id="names.add",
        text="Name…",
        tip="Give the point of the current image a name: it can then stand in formulas and on the concept map",
        shortcuts=("Ctrl+Shift+N",),
        icon="NAME",
    ),
    Action(
        id="names.show",
        text="Names",
        tip="Show the points that were named in this session",
        shortcuts=("Ctrl+Alt+N",),
        icon="NAME",
    ),
    Action(
        id="film.show",
        text="Show the steps of this render…",
        tip="See the current image from inside: its latents, what they decode to and how far they move, step by step",
        shortcuts=("Ctrl+Shift+F",),
        icon="FILM",
    ),
)
