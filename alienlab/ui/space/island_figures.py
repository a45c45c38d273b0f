"""What is said of islands beside their plot: intact and altered in two columns."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QVBoxLayout, QWidget

from alienlab.domain.space.archipelago import INTACT, Sighting, change, disagreement
from alienlab.domain.space.islands import Island
from alienlab.ui.space.polar_painter import mind_colour
from alienlab.ui.theme import Theme

KEY = (
    "Angles mean nothing: they only keep directions apart. An arrow: the concept holds as far as was looked. "
    "A ring: behind the edge it comes back."
)
LOST = "lost"
_WIDTH, _CAPTION = 308, 84


def _quartiles(island: Island) -> str:
    low, _, high = island.quartiles
    radius = island.space_radius
    return f"{low / radius:.2f} – {high / radius:.2f} R<br><small>norm {low:.2g} – {high:.2g}</small>"


def _share(island: Island) -> str:
    error = island.log10_share_error
    spread = "" if error is None else f"<br><small>exponent ± {error:,.0f}</small>"
    return f"≥ 10<sup>{_signed(island.log10_share)}</sup>{spread}"


def _signed(number: float) -> str:
    return f"{number:,.0f}".replace("-", "−")


FIGURES: Sequence[tuple[str, str, Callable[[Island], str]]] = (
    (
        "Median radius",
        "Half of the directions reach further. R is how far prompts lie from their mean; the norm is Euclidean.",
        lambda island: (
            f"<b>{island.quartiles[1] / island.space_radius:.3f} R</b><br><small>norm {island.quartiles[1]:.3g}</small>"
        ),
    ),
    ("Middle half", "From the first to the third quartile of the radii", _quartiles),
    (
        "Unevenness",
        "Standard deviation of the radii, relative to their mean: 0 % for a ball",
        lambda island: f"{island.unevenness:.0%}",
    ),
    (
        "Share of a ball of R",
        "D · log10 of the geometric mean of r/R: a lower bound by Jensen's inequality. Where some directions never "
        "left the island, or the bound is above 1, the island reaches beyond where prompts lie.",
        _share,
    ),
    (
        "Never left",
        "Directions in which the concept holds as far as was looked; their radii are lower bounds",
        lambda island: f"{island.censored} of {len(island.edges)}",
    ),
    (
        "Came back",
        "Directions in which the concept holds again behind the edge",
        lambda island: f"{island.reentered} of {len(island.edges)}",
    ),
)


class IslandFigures(QFrame):
    """A row a figure, a column a mind."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "panel")
        self.setFixedWidth(_WIDTH)
        self.cells: dict[tuple[str, int], QLabel] = {}
        """By figure and mind."""
        self.verdict, self.noises, self.frame_, self.key = (_words() for _ in range(4))
        for label in (self.noises, self.frame_, self.key):
            label.setProperty("tone", "small")
        self.key.setText(KEY)
        grid = QGridLayout()
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(8)
        self._heads = [self._head(grid, mind) for mind in range(2)]
        for row, (name, tip, _) in enumerate(FIGURES, start=1):
            caption = QLabel(name)
            caption.setWordWrap(True)
            caption.setFixedWidth(_CAPTION)
            caption.setProperty("tone", "muted")
            caption.setToolTip(f"<p>{tip}</p>")
            grid.addWidget(caption, row, 0, Qt.AlignmentFlag.AlignTop)
            for mind in range(2):
                cell = self.cells[name, mind] = QLabel()
                cell.setToolTip(f"<p>{tip}</p>")
                cell.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
                grid.addWidget(cell, row, 1 + mind, Qt.AlignmentFlag.AlignTop)
        grid.setColumnStretch(2, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 12, 12, 12)
        column.setSpacing(12)
        column.addWidget(self.verdict)
        column.addLayout(grid)
        column.addWidget(self.noises)
        column.addWidget(self.frame_)
        column.addStretch(1)
        column.addWidget(self.key)

    def show_islands(self, sightings: Sequence[Sighting], others: Sequence[Sighting], theme: Theme) -> None:
        """Those of one noise, the intact mind's first; ``others`` are those of all noises."""
        for mind in range(2):
            one = sightings[mind] if mind < len(sightings) else None
            self._heads[mind].setVisible(one is not None)
            if one is not None:
                sign = "●" if one.mind == INTACT else "◆"
                name = "intact" if one.mind == INTACT else "altered"
                self._heads[mind].setText(f'<span style="color:{mind_colour(one, theme)}">{sign}</span> {name}')
                self._heads[mind].setToolTip(one.mind.name)
            for place, (name, _, words) in enumerate(FIGURES):
                self.cells[name, mind].setText("" if one is None else _cell(one, place, words))
        self.verdict.setText(_verdict(sightings))
        minds = dict.fromkeys(one.mind for one in others)
        said = [_noise_words([one for one in others if one.mind == mind]) for mind in minds]
        self.noises.setText("\n".join(filter(None, said)))
        self.noises.setVisible(bool(self.noises.text()))
        self.frame_.setText(_frame_words(sightings[0]) if sightings else "")

    def _head(self, grid: QGridLayout, mind: int) -> QLabel:
        head = QLabel()
        head.setTextFormat(Qt.TextFormat.RichText)
        grid.addWidget(head, 0, 1 + mind)
        return head


def _words() -> QLabel:
    label = QLabel()
    label.setWordWrap(True)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return label


def _cell(one: Sighting, place: int, words: Callable[[Island], str]) -> str:
    if one.is_lost:
        return LOST if place == 0 else "–"
    return words(one.island)


def _verdict(sightings: Sequence[Sighting]) -> str:
    """What the lesions did, in one sentence; of one mind alone, how round its island is."""
    if not sightings:
        return ""
    first, *altered = sightings
    concept = f"“{first.island.concept}”"
    if first.is_lost:
        return first.trouble
    if not altered:
        return f"{concept} holds for {first.ratio:.2f} R around its point."
    if altered[0].is_lost:
        return f"The lesions take {concept} from its own point: the island is gone."
    changed = change(altered[0], first) or 0.0
    if abs(changed) < 0.01:
        return f"The lesions leave the island of {concept} as large as it was."
    return f"The lesions make the island of {concept} {abs(changed):.0%} {'larger' if changed > 0 else 'smaller'}."


def _noise_words(others: Sequence[Sighting]) -> str:
    if len(others) < 2:
        return ""
    mind = "intact" if others[0].mind == INTACT else "altered"
    said = ", ".join(f"{one.island.noise}: {LOST if one.is_lost else f'{one.ratio:.3f} R'}" for one in others)
    apart = disagreement(others)
    agreed = "." if apart is None else f"; they differ by up to {apart:.0%}."
    return f"Medians by noise, {mind} – {said}{agreed}"


def _frame_words(one: Sighting) -> str:
    island = one.island
    return (
        f"Around “{island.center}” with noise {island.noise}. R = {island.space_radius:.4g} is how far prompts lie "
        f"from their mean, in D = {island.dimensions:,} dimensions."
    )
