"""What is said of a tile where it is pointed at, and to those who cannot see it. No Qt."""

from __future__ import annotations

from alienlab.app.comparison import Tile
from alienlab.domain.differences import describe

OPEN_LAB = "Open in its laboratory"


def what(tile: Tile) -> str:
    return str(tile.state) if tile.recognition is None else f"{tile.state}, {tile.recognition.summary}"


def tip(tile: Tile) -> str:
    words = tile.recognition.lines() if tile.recognition is not None else ()
    notes = tile.provenance.notes if tile.provenance is not None else ()
    seconds = [f"{tile.provenance.seconds:.2f} s"] if tile.provenance is not None else []
    return "\n".join([describe(tile.recipe), *words, *seconds, *notes, *([tile.message] if tile.message else [])])
