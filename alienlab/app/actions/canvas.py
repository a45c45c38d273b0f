"""What is looked at, and how."""

from __future__ import annotations

from alienlab.app.actions.action import Action

CANVAS = (
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
