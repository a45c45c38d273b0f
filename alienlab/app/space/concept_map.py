"""Many prompts laid out by the principal components of their points."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject

from alienlab.app.latest import LatestAnswer
from alienlab.app.messages import Message, Tone
from alienlab.app.space.asker import Asker, Surroundings
from alienlab.app.space.concept_layout import ConceptLayout
from alienlab.app.space.map_entries import (
    MapEntry,
    Source,
    entries_of_lines,
    entries_of_names,
    entries_of_words,
    together,
)
from alienlab.app.space.projection import FEWEST, Projection, project
from alienlab.app.space.walking import Walking
from alienlab.domain.errors import AlienLabError, RecipeError
from alienlab.domain.recipe import DiffusionRecipe
from alienlab.domain.space.evaluation import Point
from alienlab.domain.space.inquiries import find
from alienlab.domain.space.walks import path_walk

FRAMES = 24
NO_BRAIN = "The map appears as soon as a brain is open."
NO_WORDS = "Nobody here knows any words. Choose a recogniser, or write a list of your own."
NO_LINES = f"Write at least {FEWEST} prompts, one a line."
TOO_FEW = f"A map needs at least {FEWEST} different concepts."


class ConceptMap(Asker):
    """The map that is looked at, and a path through its concepts. It works only while someone watches."""

    def __init__(
        self,
        around: Surroundings,
        *,
        walking: Walking,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(around, parent)
        self._walking = walking
        self._source, self._typed, self._frames = Source.VOCABULARY, "", FRAMES
        self._left_out = 0
        self._is_watched = False
        self._trouble = NO_BRAIN
        self._wish: tuple[str, tuple[MapEntry, ...]] | None = None
        """Hash of the brain, and what is laid out or being laid out."""
        self._located: tuple[tuple[MapEntry, ...], NDArray[np.float32]] | None = None
        self._layout: ConceptLayout | None = None
        self._route: tuple[int, ...] = ()
        self._projector = LatestAnswer(self)
        self._inquirer.answered.connect(self._take_points)
        self._inquirer.refused.connect(self._refuse)
        self._projector.came.connect(self._take_projection)
        around.brain.info_changed.connect(self.refresh)
        around.names.changed.connect(self.refresh)

    # What is there

    @property
    def layout(self) -> ConceptLayout | None:
        """None where there is none, or it is being made."""
        return self._layout

    @property
    def trouble(self) -> str:
        """Why there is no layout; empty where there is one, or will be at once."""
        return self._trouble

    @property
    def left_out(self) -> int:
        """Concepts that are more than a map has room for."""
        return self._left_out

    @property
    def source(self) -> Source:
        return self._source

    @property
    def frames(self) -> int:
        return self._frames

    @property
    def route(self) -> tuple[int, ...]:
        """Places of concepts in the layout, in the order of the path."""
        return self._route

    @property
    def legs(self) -> list[float]:
        """Euclidean distances from concept to concept of the path, in all dimensions."""
        return [] if self._layout is None else self._layout.legs(self._route)

    # What is wanted

    def set_watched(self, watched: bool) -> None:
        self._is_watched = watched
        self.refresh()

    def set_source(self, source: Source) -> None:
        """Choosing the same again begins anew what failed."""
        self._source = source
        self.refresh()

    def set_typed(self, text: str) -> None:
        """A prompt or a formula a line."""
        self._typed = text
        self.refresh()

    def set_frames(self, frames: int) -> None:
        self._frames = frames

    def refresh(self) -> None:
        """Lay out what is chosen now."""
        if not self._is_watched:
            return
        info = self._brain.info
        if info is None:
            self._refuse(NO_BRAIN)
            return
        try:
            entries = self._entries(info.vocabulary)
        except AlienLabError as error:
            self._refuse(str(error))
            return
        if self._wish == (info.hash, entries):
            return
        is_same_brain = self._wish is not None and self._wish[0] == info.hash
        self._let_go()
        self._wish = (info.hash, entries)
        if not is_same_brain:  # else the present map stays until there is the new one
            self._show("")
        self._inquirer.ask(find([entry.point for entry in entries]))

    # The path

    def extend(self, index: int) -> None:
        """Go on to a concept; where the path ends there already nothing changes."""
        if self._route[-1:] != (index,):
            self._set_route((*self._route, index))

    def shorten(self) -> None:
        """Take back the last concept."""
        self._set_route(self._route[:-1])

    def clear(self) -> None:
        self._set_route(())

    def walk(self) -> None:
        """Show what lies on the way; a message follows where there is none."""
        layout, legs = self._layout, self.legs
        try:
            if layout is None or not legs:
                raise RecipeError("A path needs two concepts at least. Click on two labels, then walk it.")
            points = [layout.entries[index].point for index in self._route]
            walk = path_walk(points, legs, frames=self._frames)
        except AlienLabError as error:
            self.message.emit(Message(str(error), Tone.WARNING))
            return
        title = " → ".join(layout.entries[index].text for index in self._route)
        self._walking.show(replace(walk, title=title))

    def recipe(self, index: int) -> DiffusionRecipe | None:
        """Of a concept, with all that is set beside it; a message follows where that is not possible."""
        if self._layout is None:
            return None
        try:
            return replace(self._present_recipe(NO_BRAIN), prompt=self._layout.entries[index].point)
        except AlienLabError as error:
            self.message.emit(Message(str(error)))
            return None

    # Inside

    def _entries(self, vocabulary: Sequence[str]) -> tuple[MapEntry, ...]:
        """Raises RecipeError where there are too few."""
        if self._source is Source.TYPED:
            entries, missing = entries_of_lines(self._typed, self._names.read), NO_LINES
        else:
            entries, missing = entries_of_words(vocabulary), TOO_FEW if vocabulary else NO_WORDS
        entries, self._left_out = together(entries, entries_of_names(self._names.named))
        if len(entries) < FEWEST:
            raise RecipeError(missing)
        return entries

    def _take_points(self, found: list[Point | str]) -> None:
        assert self._wish is not None
        told = list(zip(self._wish[1], found, strict=True))
        kept = [(entry, np.ravel(point)) for entry, point in told if not isinstance(point, str)]
        refused = [(entry, reason) for entry, reason in told if isinstance(reason, str)]
        if len(kept) < FEWEST:
            self._refuse(refused[0][1] if refused else TOO_FEW)
            return
        if refused:
            entry, reason = refused[0]
            self.message.emit(Message(f"“{entry.text}” is not on the map. {reason}", Tone.WARNING))
        points = np.stack([point for _, point in kept]).astype(np.float32, copy=False)
        self._located = tuple(entry for entry, _ in kept), points
        self._projector.ask(lambda: project(points))

    def _take_projection(self, projection: Projection) -> None:
        if self._located is None:
            return
        layout = ConceptLayout(*self._located, projection)
        self._route = () if self._layout is None else self._layout.moved(self._route, layout)
        self._layout = layout
        self.changed.emit()

    def _refuse(self, sentence: str) -> None:
        self._let_go()
        self._show(sentence)

    def _let_go(self) -> None:
        """Of what is being laid out."""
        self._wish, self._located = None, None
        self._inquirer.give_up()
        self._projector.give_up()

    def _show(self, trouble: str) -> None:
        self._trouble, self._layout, self._route = trouble, None, ()
        self.changed.emit()

    def _set_route(self, route: tuple[int, ...]) -> None:
        if route != self._route and self._layout is not None:
            self._route = route
            self.changed.emit()
