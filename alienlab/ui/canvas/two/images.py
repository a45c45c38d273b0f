"""Qt images of two tiles and of their difference, made once for each array."""

from __future__ import annotations

from PySide6.QtGui import QImage

from alienlab.app.image_difference import Channel, Difference, difference
from alienlab.app.pictures import blurred, to_qimage
from alienlab.domain.events import Image
from alienlab.ui.canvas.two.difference_colours import coloured
from alienlab.ui.theme import Theme


class KeptImages:
    """Keeps the last two pictures and the last difference."""

    def __init__(self) -> None:
        self._pictures: list[tuple[Image, bool, QImage]] = []
        self._difference: tuple[Image, Image, Channel, Difference] | None = None
        self._coloured: tuple[Difference, int, Theme, QImage] | None = None

    def picture(self, image: Image, *, veiled: bool) -> QImage:
        for known, was_veiled, made in self._pictures:
            if known is image and was_veiled is veiled:
                return made
        made = to_qimage(image)
        if veiled:
            made = blurred(made)
        self._pictures = [*self._pictures[-1:], (image, veiled, made)]
        return made

    def difference(self, a: Image, b: Image, channel: Channel) -> Difference:
        known = self._difference
        if known is None or known[0] is not a or known[1] is not b or known[2] is not channel:
            self._difference = known = (a, b, channel, difference(a, b, channel))
        return known[3]

    def coloured(self, of: Difference, span: int, theme: Theme) -> QImage:
        known = self._coloured
        if known is None or known[0] is not of or known[1] != span or known[2] is not theme:
            image = to_qimage(coloured(of.values, span, theme.appearance, absent=theme.surface))
            self._coloured = known = (of, span, theme, image)
        return known[3]
