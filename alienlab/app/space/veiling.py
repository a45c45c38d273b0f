"""Images that a safety checker flagged are veiled before an inquiry sees them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TypeVar

import numpy as np
from PIL import Image as Pillow

from alienlab.app.pictures import BLUR_CELLS
from alienlab.domain.brain import FLAGGED
from alienlab.domain.events import Event, Finished, Image
from alienlab.domain.ports import RenderJob
from alienlab.domain.space.inquiries import Inquiry

_Answer = TypeVar("_Answer")


def checked(inquiry: Inquiry[_Answer]) -> Inquiry[_Answer]:
    """The same inquiry, whose renders are judged by the safety checker of the brain."""
    try:
        job = next(inquiry)
        while True:
            events: Sequence[Event] = yield (replace(job, check_safety=True) if isinstance(job, RenderJob) else job)
            job = inquiry.send([_veiled(event) for event in events])
    except StopIteration as end:
        return end.value


def _veiled(event: Event) -> Event:
    if isinstance(event, Finished) and FLAGGED in event.provenance.notes:
        return replace(event, image=_without_form(event.image))
    return event


def _without_form(image: Image) -> Image:
    """Colours, and nothing left to recognise."""
    picture = Pillow.fromarray(image)
    cells = picture.resize((BLUR_CELLS, BLUR_CELLS), Pillow.Resampling.BOX)
    return np.asarray(cells.resize(picture.size, Pillow.Resampling.BICUBIC))
