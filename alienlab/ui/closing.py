"""What is asked before the window closes while something is not saved."""

from __future__ import annotations

from alienlab.app.archive import Archive
from alienlab.ui.dialogs import Dialogs

TRY_AGAIN, LOSE = "Try again", "Close and lose them"


def may_close(archive: Archive, dialogs: Dialogs) -> bool:
    """Save what is still to be saved; where the disk is full, ask whether to stay, to try again or to lose it."""
    while not archive.settle():
        text = (
            f"The disk is full: {archive.unsaved} could not be saved and would be lost. "
            "Make space and try again, or go back and save images elsewhere."
        )
        answer = dialogs.choice("Not everything is saved", text, (TRY_AGAIN, LOSE))
        if answer == LOSE:
            archive.give_up()
        elif answer != TRY_AGAIN:
            return False
    return True
