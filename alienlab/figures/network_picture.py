"""Pictures placed where modules have their place in the network: a U of blocks."""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from PIL import Image as Pillow
from PIL import ImageDraw, ImageFont

from alienlab.domain.anatomy import Anatomy, Module, Stage
from alienlab.domain.events import Image
from alienlab.session.paths import bold_font, regular_font

_SIDE = 64
_GAP = 6
_ACROSS = 5
"""Tiles in a row of a block."""
_BLOCK_GAP = 36
_LABEL = 72
_DROP = 120
"""How much lower the next level of resolution begins."""
_MARGIN = 28
_GROUND, _INK, _SOFT_INK = "#ffffff", "#1c2128", "#59636e"
_FRACTIONS = ("full size", "½ size", "¼ size", "⅛ size")


@dataclass(frozen=True, slots=True, eq=False)
class Tile:
    """An image for a module."""

    module: str
    image: Image


@dataclass(frozen=True, slots=True)
class _Block:
    name: str
    level: int
    tiles: tuple[Tile, ...]

    @property
    def width(self) -> int:
        across = min(_ACROSS, max(2, len(self.tiles)))
        return across * _SIDE + (across - 1) * _GAP

    @property
    def height(self) -> int:
        return _LABEL + math.ceil(len(self.tiles) / _ACROSS) * (_SIDE + _GAP)


def network_picture(anatomy: Anatomy, tiles: Sequence[Tile]) -> Image:
    """RGB [height, width, 3]; blocks from left to right as they run, smaller resolutions further down."""
    blocks = _blocks(anatomy, tiles)
    width = sum(block.width for block in blocks) + (len(blocks) - 1) * _BLOCK_GAP + 2 * _MARGIN
    height = max(block.level * _DROP + block.height for block in blocks) + 2 * _MARGIN
    page = Pillow.new("RGB", (width, height), _GROUND)
    left = _MARGIN
    for block in blocks:
        _draw(page, block, left, _MARGIN + block.level * _DROP)
        left += block.width + _BLOCK_GAP
    return np.asarray(page)


def _blocks(anatomy: Anatomy, tiles: Sequence[Tile]) -> list[_Block]:
    ordered = sorted(tiles, key=lambda tile: anatomy[tile.module].order)
    grouped = itertools.groupby(ordered, key=lambda tile: _block_of(anatomy[tile.module]))
    return [
        _Block(name, max(anatomy[tile.module].level for tile in some[:1]), tuple(some))
        for name, some in ((name, list(group)) for name, group in grouped)
    ]


def _block_of(module: Module) -> str:
    kind, *rest = module.path.split(".")
    match kind:
        case "down_blocks":
            return f"down {rest[0]}"
        case "mid_block":
            return "middle"
        case "up_blocks":
            return f"up {rest[0]}"
    return "end" if module.stage is Stage.DECODER else "begin"


def _draw(page: Pillow.Image, block: _Block, left: int, top: int) -> None:
    draw = ImageDraw.Draw(page)
    draw.text((left, top), block.name, _INK, ImageFont.truetype(bold_font(), 30))
    size = _FRACTIONS[block.level] if block.level < len(_FRACTIONS) else f"1/{2**block.level} size"
    draw.text((left, top + 36), size, _SOFT_INK, ImageFont.truetype(regular_font(), 24))
    for place, tile in enumerate(block.tiles):
        x = left + place % _ACROSS * (_SIDE + _GAP)
        y = top + _LABEL + place // _ACROSS * (_SIDE + _GAP)
        page.paste(Pillow.fromarray(tile.image).resize((_SIDE, _SIDE), Pillow.Resampling.LANCZOS), (x, y))
