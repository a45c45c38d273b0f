"""What comes in and goes out as files."""

from __future__ import annotations

from alienlab.app.actions.action import Action

FILES = (
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
        tip="Stop what is being exported or imported; nothing is left of it",
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
)
