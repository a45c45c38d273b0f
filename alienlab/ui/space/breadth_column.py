"""What was found of the breadth of one mind."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from alienlab.app.space.breadth_survey import Finding
from alienlab.domain.space.breadth import SURE, Breadth
from alienlab.ui.elided_label import ElidedLabel
from alienlab.ui.space.thumbnails import Thumbnails
from alienlab.ui.theme import Theme

UNKNOWN = "–"
_FIGURES = (
    (
        "different images",
        "Vendi score: the effective number of different images. As many as there are images where all differ from "
        "each other in every respect, 1 where all are the same.",
    ),
    (
        "mean distance",
        "Mean perceptual distance of two images: 1 minus the cosine of the recogniser's embeddings. 0 where all are "
        "the same.",
    ),
    (
        "known concepts",
        f"So many concepts that the recogniser knows turned up with a probability of at least {SURE:.0%}.",
    ),
)


class BreadthColumn(QWidget):
    """Its figures, the concepts that turned up, and the images."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.mind = ElidedLabel()
        self.figures = tuple(_figure(tip) for _, tip in _FIGURES)
        self.concepts = QLabel()
        self.concepts.setWordWrap(True)
        self.concepts.setProperty("tone", "muted")
        self.concepts.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.concepts.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.images = Thumbnails(theme)
        row = QHBoxLayout()
        row.setSpacing(16)
        for figure, (name, tip) in zip(self.figures, _FIGURES, strict=True):
            row.addLayout(_with_name(figure, name, tip))
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.mind)
        column.addLayout(row)
        column.addWidget(self.concepts)
        column.addWidget(self.images)
        column.addStretch(1)

    def show_finding(self, finding: Finding) -> None:
        self.mind.set_text(f"{finding.mind} mind" if finding.mind == "intact" else finding.mind)
        pictures = list(finding.pictures.values())
        self.images.setAccessibleName(f"Images of the mind: {finding.mind}")
        self.images.show_pictures(pictures, finding.wanted)
        breadth = finding.breadth
        texts = (UNKNOWN,) * 3
        if breadth is not None:
            texts = (f"{breadth.vendi:.1f}", f"{breadth.distance:.2f}", str(len(breadth.concepts)))
        for label, text in zip(self.figures, texts, strict=True):
            label.setText(text)
        self.concepts.setText(finding.trouble or (concept_words(breadth) if breadth else ""))


def concept_words(breadth: Breadth) -> str:
    """The concepts that turned up, with their counts."""
    known = [f"{word} {count}" for word, count in breadth.concepts]
    unknown = [f"of nothing for sure {breadth.nothing}"] if breadth.nothing else []
    return " · ".join([*known, *unknown])


def _figure(tip: str) -> QLabel:
    label = QLabel(UNKNOWN)
    label.setProperty("tone", "figure")
    label.setToolTip(f"<p>{tip}</p>")
    return label


def _with_name(figure: QLabel, name: str, tip: str) -> QVBoxLayout:
    caption = QLabel(name)
    caption.setProperty("tone", "small")
    caption.setToolTip(f"<p>{tip}</p>")
    figure.setAccessibleName(name)
    column = QVBoxLayout()
    column.setSpacing(0)
    column.addWidget(figure)
    column.addWidget(caption)
    return column
