"""Walks through concept space, in the intact and in the altered mind."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from alienlab.app.space.asker import Asker, Surroundings
from alienlab.app.space.strip import Strip
from alienlab.app.space.tiles import FIRST_BATCH
from alienlab.app.space.unit import Unit
from alienlab.app.space.walk_wish import Kind, WalkWish, planned
from alienlab.domain.errors import AlienLabError
from alienlab.domain.events import Finished
from alienlab.domain.ports import RenderJob
from alienlab.domain.recipe import DiffusionRecipe
from alienlab.domain.space.inquiries import Inquiry, imagine
from alienlab.domain.space.walks import Walk, gallery

NO_BRAIN = "A walk begins as soon as a brain is open."
ROOM = 2**30
"""Bytes of images from which on an endless gallery forgets its first ones."""


class Walking(Asker):
    """Holds the walk that is looked at. Nothing of it is logged."""

    shown = Signal()
    """A walk was made elsewhere and is to be looked at."""

    def __init__(
        self,
        around: Surroundings,
        *,
        unit: Unit,
        room: int = ROOM,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(around, parent)
        self._unit, self._room = unit, room
        self._strip = Strip()
        self._base: DiffusionRecipe | None = None
        self._gallery: WalkWish | None = None
        self._is_beside_intact = True
        self._checks_safety = False
        self._trouble = ""
        self._inquirer.rendered.connect(self._take_image)
        self._inquirer.refused.connect(self._refuse)
        self._inquirer.changed.connect(self.changed)
        around.brain.info_changed.connect(self._take_brain)
        around.lesions.changed.connect(self.changed)
        unit.changed.connect(self._measure_anew)

    @property
    def strip(self) -> Strip:
        return self._strip

    @property
    def trouble(self) -> str:
        """Why the last walk did not come about, for a person to read."""
        return self._trouble

    @property
    def is_beside_intact(self) -> bool:
        """Whether an altered mind is looked at beside the intact one."""
        return self._is_beside_intact

    @property
    def may_compare(self) -> bool:
        """Whether there is an altered mind, of the walk or of the next one."""
        return bool(self._lesions.active) or (self._base is not None and bool(self._base.lesions))

    @property
    def is_endless(self) -> bool:
        """Whether ``go_on`` leads to further points."""
        return self._gallery is not None

    def set_out(self, wish: WalkWish) -> None:
        """Walk with the settings and lesions of now; ``trouble`` says where that cannot be."""
        base = self._begin()
        if base is not None:
            self._inquirer.ask(self._planned(wish, base))

    def show(self, walk: Walk) -> None:
        """Look at a walk that was made elsewhere."""
        self.shown.emit()
        base = self._begin()
        if base is not None and self._take_walk(walk, base):
            self._inquirer.ask(self._journey())

    def go_on(self) -> None:
        """As many random points more, or what is missing of a walk that was stopped."""
        wish, walk = self._gallery, self._strip.walk
        if wish is not None and walk is not None and (self.is_busy or not self._strip.missing):
            kept = walk.stops[self._too_many(wish, walk) :]
            more = gallery(wish.law, first_seed=int(kept[-1].label) + 1, count=wish.frames).stops
            self._strip.lay(replace(walk, stops=(*kept, *more)), self._strip.minds)
            self._strip.forget_others()
        self._continue()

    def set_beside_intact(self, beside: bool) -> None:
        if beside != self._is_beside_intact:
            self._is_beside_intact = beside
            if self._base is not None:
                self._strip.lay(self._strip.walk, self._minds(self._base))
            self._continue()

    def set_checks_safety(self, checks: bool) -> None:
        if checks != self._checks_safety:
            self._checks_safety = checks
            self._strip.forget_images()
            self._continue()

    def _begin(self) -> DiffusionRecipe | None:
        """What is walked with; None, with ``trouble``, where that cannot be."""
        self._inquirer.give_up()
        self._trouble = ""
        try:
            return self._present_recipe(NO_BRAIN)
        except AlienLabError as error:
            self._refuse(str(error))
            return None

    def _take_walk(self, walk: Walk, base: DiffusionRecipe, wish: WalkWish | None = None) -> bool:
        """False, with ``trouble``, for a walk that cannot be kept."""
        try:
            self._strip.lay(walk, self._minds(base))
        except AlienLabError as error:
            self._refuse(str(error))
            return False
        self._base = base
        self._gallery = wish if wish is not None and wish.kind is Kind.GALLERY else None
        self._strip.forget_others()
        self._strip.forget_failures()
        self.changed.emit()
        return True

    def _minds(self, base: DiffusionRecipe) -> tuple[DiffusionRecipe, ...]:
        return (base.intact, base) if base.lesions and self._is_beside_intact else (base,)

    def _planned(self, wish: WalkWish, base: DiffusionRecipe) -> Inquiry[None]:
        walk = yield from planned(wish, self._names.read)
        if self._take_walk(walk, base, wish):
            yield from self._journey()

    def _journey(self) -> Inquiry[None]:
        """It looks anew what is missing after every batch: a walk may have grown."""
        while missing := self._strip.missing:
            batch = missing[: self._batch_size()]
            yield from self._strip.measure(self._unit.span, batch[-1].prompt)
            ends = yield from imagine(batch, check_safety=self._checks_safety)
            for recipe, end in zip(batch, ends, strict=True):
                self._strip.put(recipe, end)
        yield from self._strip.measure(self._unit.span)

    def _batch_size(self) -> int:
        """Small at first, so that there is soon something to see."""
        info = self._brain.info
        largest = 1 if info is None else info.pace.batch_class
        return largest if self._strip.has_images else min(FIRST_BATCH, largest)

    def _measure_anew(self) -> None:
        if not self.is_busy and self._strip.walk is not None and self._brain.info is not None:
            self._inquirer.ask(self._strip.measure(self._unit.span))

    def _continue(self) -> None:
        if not self.is_busy and self._strip.missing and self._brain.info is not None:
            self._inquirer.ask(self._journey())
        else:
            self.changed.emit()

    def _too_many(self, wish: WalkWish, walk: Walk) -> int:
        """First points of a gallery that are forgotten where it goes on, so that it need not end."""
        return min(wish.frames, len(walk.stops) - 1) if self._strip.size > self._room else 0

    def _take_image(self, job: RenderJob, row: int, end: Finished) -> None:
        self._strip.put(job.recipes[row], end)

    def _take_brain(self) -> None:
        """Images of another brain are not those of this one."""
        info = self._brain.info
        if info is None:
            self._inquirer.give_up()
        elif self._base is not None and info.hash != self._base.brain:
            self._inquirer.give_up()
            self._base = self._gallery = None
            self._strip.lay(None, ())
            self._strip.forget_others()
            self.changed.emit()

    def _refuse(self, sentence: str) -> None:
        self._trouble = sentence
        self.changed.emit()
