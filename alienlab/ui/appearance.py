"""Dresses the application in a theme, and changes clothes with the system where the user wishes."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QPalette
from PySide6.QtWidgets import QApplication

from alienlab.ui.stylesheet import style_sheet
from alienlab.ui.theme import DARK, LIGHT, SANS, Appearance, Theme, Type

_SCHEMES = {
    Appearance.DARK: Qt.ColorScheme.Dark,
    Appearance.LIGHT: Qt.ColorScheme.Light,
    Appearance.SYSTEM: Qt.ColorScheme.Unknown,
}


class AppearanceSwitch(QObject):
    """Holds the theme that the application wears; ``changed`` carries the new one."""

    changed = Signal(object)

    def __init__(self, app: QApplication, appearance: Appearance = Appearance.DARK) -> None:
        super().__init__(app)
        self._app = app
        self._appearance = appearance
        self._theme = apply_theme(app, appearance)
        app.styleHints().colorSchemeChanged.connect(self._follow)

    @property
    def theme(self) -> Theme:
        return self._theme

    @property
    def appearance(self) -> Appearance:
        return self._appearance

    def choose(self, appearance: Appearance) -> None:
        self._appearance = appearance
        self._wear(apply_theme(self._app, appearance))

    def _follow(self) -> None:
        if self._appearance is Appearance.SYSTEM and theme_for(self._app, Appearance.SYSTEM) is not self._theme:
            self._wear(apply_theme(self._app, Appearance.SYSTEM))

    def _wear(self, theme: Theme) -> None:
        if theme is not self._theme:
            self._theme = theme
            self.changed.emit(theme)


def apply_theme(app: QApplication, appearance: Appearance) -> Theme:
    """Set style, font, palette and style sheet of ``app``; return the theme that was meant."""
    app.styleHints().setColorScheme(_SCHEMES[appearance])
    theme = theme_for(app, appearance)
    app.setStyle("Fusion")
    app.setFont(font_of(Type.BODY))
    app.setPalette(palette_of(theme))
    app.setStyleSheet(style_sheet(theme))
    return theme


def theme_for(app: QApplication, appearance: Appearance) -> Theme:
    """The theme of an appearance; where the system does not say what it wants, the dark one."""
    if appearance is Appearance.SYSTEM:
        return LIGHT if app.styleHints().colorScheme() == Qt.ColorScheme.Light else DARK
    return LIGHT if appearance is Appearance.LIGHT else DARK


def font_of(size: int, *, families: tuple[str, ...] = SANS, weight: QFont.Weight = QFont.Weight.Normal) -> QFont:
    """A font of ``size`` pixels in the first of ``families`` that there is."""
    font = QFont()
    font.setFamilies(list(families))
    font.setPixelSize(size)
    font.setWeight(weight)
    return font


def palette_of(theme: Theme) -> QPalette:
    palette = QPalette()
    role = QPalette.ColorRole
    colours = {
        role.Window: theme.ground,
        role.WindowText: theme.text,
        role.Base: theme.surface,
        role.AlternateBase: theme.ground,
        role.Text: theme.text,
        role.Button: theme.raised,
        role.ButtonText: theme.text,
        role.ToolTipBase: theme.raised,
        role.ToolTipText: theme.text,
        role.PlaceholderText: theme.muted,
        role.Highlight: theme.selected,
        role.HighlightedText: theme.text,
        role.Accent: theme.accent,
        role.Link: theme.accent,
        role.Light: theme.hover,
        role.Midlight: theme.raised,
        role.Mid: theme.line,
        role.Dark: theme.ground,
        role.BrightText: theme.danger,
    }
    for which, colour in colours.items():
        palette.setColor(which, QColor(colour))
    for which in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, which, QColor(theme.faint))
    return palette
