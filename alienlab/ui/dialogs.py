"""Questions to the user that need a window of their own."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QInputDialog, QMessageBox, QWidget

from alienlab.session.sheets.animation import animation_kinds

SHEET_KINDS = {".png": "PNG image (*.png)", ".pdf": "PDF document (*.pdf)", ".html": "Web page (*.html)"}


class Dialogs:
    """Every method returns None where the user cancels."""

    def __init__(self, parent: QWidget | None = None) -> None:
        self._parent = parent

    def folder(self, title: str, start: Path) -> Path | None:
        chosen = QFileDialog.getExistingDirectory(self._parent, title, str(start))
        return Path(chosen) if chosen else None

    def text(self, title: str, label: str, start: str) -> str | None:
        text, accepted = QInputDialog.getText(self._parent, title, label, text=start)
        return text.strip() if accepted and text.strip() else None

    def sheet_file(self, start: Path) -> Path | None:
        kinds = ";;".join(SHEET_KINDS.values())
        chosen, kind = QFileDialog.getSaveFileName(self._parent, "Export sheet", str(start), kinds)
        suffix = next((suffix for suffix, name in SHEET_KINDS.items() if name == kind), ".png")
        return _with_suffix(chosen, suffix, allowed=tuple(SHEET_KINDS))

    def image_file(self, start: Path) -> Path | None:
        chosen, _ = QFileDialog.getSaveFileName(self._parent, "Save image", str(start), "PNG image (*.png)")
        return _with_suffix(chosen, ".png", allowed=(".png",))

    def animation_file(self, start: Path) -> Path | None:
        suffixes = tuple(animation_kinds())
        kinds = ";;".join(f"{suffix[1:].upper()} (*{suffix})" for suffix in suffixes)
        chosen, kind = QFileDialog.getSaveFileName(self._parent, "Save animation", str(start), kinds)
        suffix = next((one for one in suffixes if f"*{one}" in kind), start.suffix)
        return _with_suffix(chosen, suffix, allowed=suffixes)

    def table_file(self, start: Path) -> Path | None:
        chosen, _ = QFileDialog.getSaveFileName(self._parent, "Export table", str(start), "Comma-separated (*.csv)")
        return _with_suffix(chosen, ".csv", allowed=(".csv",))

    def figures_file(self, start: Path) -> Path | None:
        kinds = "Comma-separated (*.csv);;JSON (*.json)"
        chosen, kind = QFileDialog.getSaveFileName(self._parent, "Save figures", str(start), kinds)
        return _with_suffix(chosen, ".json" if "json" in kind else ".csv", allowed=(".csv", ".json"))

    def choice(self, title: str, text: str, answers: Sequence[str]) -> str | None:
        """One of ``answers``; the first one is taken by Enter."""
        box = QMessageBox(QMessageBox.Icon.Warning, title, text, QMessageBox.StandardButton.Cancel, self._parent)
        box.setTextFormat(Qt.TextFormat.PlainText)  # plugins and files have their names in it
        buttons = {box.addButton(answer, QMessageBox.ButtonRole.ActionRole): answer for answer in answers}
        box.setDefaultButton(next(iter(buttons)))
        box.exec()
        return next((answer for button, answer in buttons.items() if button is box.clickedButton()), None)

    def image_to_open(self, title: str, start: Path) -> Path | None:
        chosen, _ = QFileDialog.getOpenFileName(self._parent, title, str(start), "PNG image (*.png)")
        return Path(chosen) if chosen else None

    def any_image(self, title: str, start: Path) -> Path | None:
        kinds = "Images (*.png *.jpg *.jpeg *.webp *.bmp *.gif *.tif *.tiff);;All files (*)"
        chosen, _ = QFileDialog.getOpenFileName(self._parent, title, str(start), kinds)
        return Path(chosen) if chosen else None

    def any_file(self, title: str, start: Path) -> Path | None:
        chosen, _ = QFileDialog.getOpenFileName(self._parent, title, str(start))
        return Path(chosen) if chosen else None

    def result_file(self, start: Path, suffixes: Sequence[str]) -> Path | None:
        """Where what a laboratory shows is written; the kind is one of ``suffixes``."""
        kinds = {f"{suffix[1:].upper()} (*{suffix})": suffix for suffix in suffixes}
        chosen, kind = QFileDialog.getSaveFileName(self._parent, "Export", str(start), ";;".join(kinds))
        return _with_suffix(chosen, kinds.get(kind, suffixes[0]), allowed=tuple(suffixes))

    def archive_to_open(self, title: str, start: Path) -> Path | None:
        chosen, _ = QFileDialog.getOpenFileName(self._parent, title, str(start), "Exported session (*.zip)")
        return Path(chosen) if chosen else None

    def archive_file(self, start: Path) -> Path | None:
        chosen, _ = QFileDialog.getSaveFileName(self._parent, "Export session", str(start), "ZIP file (*.zip)")
        return _with_suffix(chosen, ".zip", allowed=(".zip",))

    def lines_file(self, start: Path) -> Path | None:
        chosen, _ = QFileDialog.getSaveFileName(self._parent, "Export log", str(start), "JSON Lines (*.jsonl)")
        return _with_suffix(chosen, ".jsonl", allowed=(".jsonl", ".json"))

    def about(self, title: str, text: str) -> None:
        QMessageBox.about(self._parent, title, text)


def _with_suffix(chosen: str, suffix: str, *, allowed: tuple[str, ...]) -> Path | None:
    if not chosen:
        return None
    path = Path(chosen)
    return path if path.suffix.lower() in allowed else path.with_name(path.name + suffix)
