"""Menus, shortcuts and tooltips as data. The window looks the commands up by their id."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Action:
    """Something the user can do."""

    id: str
    text: str
    tip: str
    shortcuts: tuple[str, ...] = ()
    """The first one is shown."""
    icon: str = ""
    """Name of a meaning in ``alienlab.ui.icons``."""
    checkable: bool = False


SEPARATOR = "-"
"""Stands between the ids of a menu."""

ACTIONS = (
    Action(
        id="session.new",
        text="New session…",
        tip="Begin an empty session in a folder of its own",
        shortcuts=("Ctrl+N",),
    ),
    Action(
        id="session.open",
        text="Open session…",
        tip="Open the folder of a session and show its last comparison",
        shortcuts=("Ctrl+O",),
        icon="FOLDER",
    ),
    Action(
        id="session.export",
        text="Export session…",
        tip="Write the session with all its images into one ZIP file, to keep it elsewhere or give it away",
        icon="EXPORT",
    ),
    Action(
        id="session.import",
        text="Import session…",
        tip="Unpack an exported session beside the others, check it, and open it",
        icon="IMPORT",
    ),
    Action(
        id="session.dump",
        text="Export log as JSON Lines…",
        tip="Write all that is known of the session's renders, one JSON object a line, for programs that analyse it",
    ),
    Action(
        id="session.stop",
        text="Stop",
        tip="Stop the export or import of a session; nothing is left of it",
        icon="CLOSE",
    ),
    Action(
        id="file.restore",
        text="Restore from image…",
        tip="Take prompt, settings, lesions and seed from a PNG image, of AlienLab or another program",
        shortcuts=("Ctrl+Shift+I",),
        icon="IMAGE",
    ),
    Action(
        id="file.paste",
        text="Paste image file",
        tip="Restore from the image files, or open the session, that were copied in a file manager",
        shortcuts=("Ctrl+V",),
    ),
    Action(
        id="session.retry",
        text="Try again",
        tip="Save now what waits for space on the disk; it is tried by itself every few seconds as well",
    ),
    Action(
        id="brain.open",
        text="Open brain…",
        tip="Open a diffusion brain from a folder in diffusers' layout",
        shortcuts=("Ctrl+Shift+O",),
        icon="BRAIN",
    ),
    Action(
        id="brain.open_maker",
        text="Open that brain",
        tip="Open the brain that the image was made with, and restore the image there",
    ),
    Action(
        id="brain.open_hub",
        text="Open brain from hub…",
        tip="Open a brain by its hub id, such as stable-diffusion-v1-5/stable-diffusion-v1-5",
    ),
    Action(id="brain.open_embedded", text="Open embedded brain", tip="Open the small brain that comes with AlienLab"),
    Action(id="brain.reopen", text="Open brain again", tip="Read the brain's weights from disk once more"),
    Action(
        id="brain.open_pickled",
        text="Load it anyway",
        tip="Load the pickled weights. They can run code: do this only where you trust their source",
    ),
    Action(
        id="recogniser.choose",
        text="Choose recogniser…",
        tip="Choose the folder of a CLIP model: it says what each image is of, in place of the brain's own recogniser",
    ),
    Action(
        id="recogniser.choose_hub",
        text="Choose recogniser from hub…",
        tip="Let a CLIP model from the hub, such as openai/clip-vit-base-patch32, say what each image is of",
    ),
    Action(
        id="recogniser.own",
        text="Use the brain's own recogniser",
        tip="Let each brain's own recogniser say what images are of, where it brings one",
    ),
    Action(
        id="brain.compile",
        text="Compile passes",
        tip="Compile the UNet's passes, for a GPU: the first image of a size takes minutes, later ones less",
        checkable=True,
    ),
    Action(
        id="export.sheet",
        text="Export sheet…",
        tip="Put a labelled sheet of images together, and write it as PNG, PDF or HTML",
        shortcuts=("Ctrl+E",),
        icon="EXPORT",
    ),
    Action(
        id="export.animation",
        text="Export animation…",
        tip="Write a series of images one after another, as GIF or WebP",
        shortcuts=("Ctrl+Shift+E",),
        icon="FILM",
    ),
    Action(
        id="export.image",
        text="Save image as…",
        tip="Save the current image as a PNG that carries its recipe",
        shortcuts=("Ctrl+S",),
        icon="SAVE",
    ),
    Action(id="quit", text="Quit", tip="Close the window; everything finished is saved already", shortcuts=("Ctrl+Q",)),
    Action(
        id="image.copy",
        text="Copy image",
        tip="Copy the current image to the clipboard",
        shortcuts=("Ctrl+Shift+C",),
        icon="COPY",
    ),
    Action(
        id="render.start",
        text="Render",
        tip="Imagine the prompt with the intact and the altered mind",
        shortcuts=("Ctrl+Return", "Ctrl+Enter"),
        icon="RENDER",
    ),
    Action(
        id="render.cancel",
        text="Cancel",
        tip="Stop rendering; what is finished stays",
        shortcuts=("Esc",),
        icon="STOP",
    ),
    Action(
        id="render.live",
        text="Live",
        tip="Render by itself when a lesion, a slider or the prompt changes",
        shortcuts=("Ctrl+L",),
        icon="LIVE",
        checkable=True,
    ),
    Action(id="seed.roll", text="Roll seed", tip="Take other noise", shortcuts=("Ctrl+R",), icon="DICE"),
    Action(
        id="seed.lock",
        text="Keep seed",
        tip="Keep the same noise from render to render, so that only the lesions differ",
        shortcuts=("Ctrl+Shift+R",),
        icon="LOCKED",
        checkable=True,
    ),
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
    Action(
        id="log.show",
        text="Session log",
        tip="Look through every render of the session: search, label, sort out, restore",
        shortcuts=("F4",),
        icon="HISTORY",
    ),
    Action(id="canvas.pair", text="Pair", tip="Show the intact image beside the altered one", shortcuts=("F5",)),
    Action(
        id="canvas.grid",
        text="Grid",
        tip="Show everything that was rendered, a line for each prompt and noise",
        shortcuts=("F6",),
        icon="GRID",
    ),
    Action(
        id="canvas.board",
        text="Pinned",
        tip="Show the images that were pinned to the board",
        shortcuts=("F9",),
        icon="PIN",
    ),
    Action(
        id="board.pin",
        text="Pin current image",
        tip="Pin the current image to the board; P pins the image that has the keyboard",
        shortcuts=("Ctrl+Shift+P",),
        icon="PIN",
    ),
    Action(id="board.unpin", text="Unpin", tip="Take what is selected from the board (Delete)", icon="UNPIN"),
    Action(
        id="board.label",
        text="Name, tags, notes…",
        tip="Write about what is selected on the board (F2); S gives a star",
        icon="NAME",
    ),
    Action(id="board.grid", text="Grid", tip="Lay pinned images out in rows, as large as they fit", checkable=True),
    Action(id="board.row", text="Row", tip="Lay pinned images out beside each other", checkable=True),
    Action(id="board.free", text="Free", tip="Let pinned images lie where they are put", checkable=True),
    Action(
        id="board.snap",
        text="Snap",
        tip="Let images that are moved freely come to lie on a light grid",
        checkable=True,
    ),
    Action(
        id="board.sheet",
        text="Export board as sheet…",
        tip="Write the pinned images as a labelled sheet, in their order",
        icon="EXPORT",
    ),
    Action(
        id="board.clear",
        text="Clear board",
        tip="Unpin everything; the session keeps every render, and undo brings the board back",
        icon="CLEAR",
    ),
    Action(
        id="compare.side",
        text="Side by side",
        tip="Show both images beside each other",
        shortcuts=("Alt+1",),
        icon="SIDE_BY_SIDE",
    ),
    Action(
        id="compare.wipe",
        text="Wipe",
        tip="Show one image on each side of a line that can be dragged",
        shortcuts=("Alt+2",),
        icon="WIPE",
    ),
    Action(
        id="compare.blink",
        text="Blink",
        tip="Show both images in turn, at the same place",
        shortcuts=("Alt+3",),
        icon="BLINK",
    ),
    Action(
        id="compare.onion",
        text="Onion skin",
        tip="Let one image be seen through the other",
        shortcuts=("Alt+4",),
        icon="ONION",
    ),
    Action(
        id="compare.difference",
        text="Difference",
        tip="Show in colours how far each pixel of B is from that of A",
        shortcuts=("Alt+5",),
        icon="DIFFERENCE",
    ),
    Action(
        id="compare.swap", text="Swap A and B", tip="Let both images change places", shortcuts=("Alt+S",), icon="SWAP"
    ),
    Action(
        id="compare.turn",
        text="Wipe up and down",
        tip="Lay the line of the wipe across, so that it moves up and down",
        shortcuts=("Alt+T",),
        icon="TURN",
        checkable=True,
    ),
    Action(
        id="compare.pause",
        text="Hold the blink",
        tip="Stop at the image that is seen; arrow keys then change it",
        shortcuts=("Alt+P",),
        icon="PAUSE",
        checkable=True,
    ),
    Action(
        id="compare.close",
        text="Back",
        tip="Go back to where these two images were marked",
        shortcuts=("Alt+B",),
    ),
    Action(
        id="canvas.recognition",
        text="What is it of?",
        tip="Show beneath each image with bars what the recogniser takes it for",
        shortcuts=("Alt+W",),
        icon="RECOGNITION",
        checkable=True,
    ),
    Action(
        id="canvas.clear", text="Clear canvas", tip="Empty the canvas; the session keeps every render", icon="CLEAR"
    ),
    Action(
        id="canvas.zoom_in",
        text="Zoom in",
        tip="Enlarge all images together",
        shortcuts=("Alt++", "Alt+="),
        icon="ZOOM_IN",
    ),
    Action(id="canvas.zoom_out", text="Zoom out", tip="Show more of all images", shortcuts=("Alt+-",), icon="ZOOM_OUT"),
    Action(id="canvas.fit", text="Fit images", tip="Show every image whole", shortcuts=("Alt+0",), icon="FIT"),
    Action(
        id="view.smooth",
        text="Smooth images",
        tip="Filter enlarged images smoothly instead of showing whole pixels",
        shortcuts=("Ctrl+Shift+S",),
        checkable=True,
    ),
    Action(
        id="view.blur_flagged",
        text="Blur what the safety checker flags",
        tip="Let the checker in the brain's folder judge each image, and blur what it flags until it is clicked",
        checkable=True,
    ),
    Action(id="view.dark", text="Dark", tip="Wear the dark theme", checkable=True),
    Action(id="view.light", text="Light", tip="Wear the light theme", checkable=True),
    Action(id="view.system", text="Like the system", tip="Follow the theme of the desktop", checkable=True),
    Action(id="view.reset", text="Reset layout", tip="Put all panels back where they were at first"),
    Action(
        id="help.try", text="Things to try", tip="Show three lesions that tell something at first sight", checkable=True
    ),
    Action(id="help.about", text="About AlienLab", tip="Version and licence"),
)

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
    "recogniser.own",
    "brain.compile",
    SEPARATOR,
    "export.sheet",
    "export.animation",
    "export.image",
    SEPARATOR,
    "quit",
)
EDIT_MENU = ("edit.undo", "edit.redo", SEPARATOR, "menu.lesion", SEPARATOR, "image.copy", "file.paste")
RENDER_MENU = ("render.start", "render.cancel", "render.live", SEPARATOR, "seed.roll", "seed.lock")
EXPERIMENTS_MENU = (
    "sweep.atlas",
    "sweep.new",
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
    "space.show",
    "space.roll",
    "space.unit",
    SEPARATOR,
    "names.add",
    "names.show",
    "film.show",
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
