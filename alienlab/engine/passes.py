"""The UNet's passes: what predicts the noise, with the lesions that are in force."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import ExitStack
from typing import Any, Protocol

import torch

from alienlab.domain.lesions import LesionSet
from alienlab.engine.lean.regions import remembered_text
from alienlab.engine.lesions.alteration import Alter
from alienlab.engine.lesions.row_lesions import edited_weights, lesioned_rows
from alienlab.engine.offered import refuse


class Passes(Protocol):
    """Predicts for one batch, step by step; ``close`` ends the lesions."""

    @property
    def device(self) -> torch.device: ...

    @property
    def dtype(self) -> torch.dtype: ...

    @property
    def notes(self) -> tuple[str, ...]:
        """Sentences for the provenance of what is made."""
        ...

    def lesion(self, edits: LesionSet, rows: Sequence[tuple[slice, LesionSet]]) -> None:
        """From now on ``edits`` alters the weights for all rows, and rows of the UNet carry lesions of their own."""
        ...

    def predict(self, sample: torch.Tensor, timestep: torch.Tensor, points: torch.Tensor) -> torch.Tensor:
        """[rows, channels, height, width] of a sample alike and of concept points [rows, tokens, dims]."""
        ...

    def close(self) -> None: ...


class HookedPasses:
    """Any lesions, by hooks and edits that are exchanged whenever another set acts."""

    def __init__(self, unet: Any, notes: tuple[str, ...] = (), *, alter: Alter = refuse) -> None:
        parameter = next(unet.parameters())
        self.device: torch.device = parameter.device
        self.dtype: torch.dtype = parameter.dtype
        self.notes = notes
        self._unet, self._alter = unet, alter
        self._lesions = ExitStack()

    def lesion(self, edits: LesionSet, rows: Sequence[tuple[slice, LesionSet]]) -> None:
        """See ``Passes.lesion``."""
        self._lesions.close()
        self._lesions.enter_context(edited_weights(self._unet, edits, alter=self._alter))
        self._lesions.enter_context(lesioned_rows(self._unet, rows, alter=self._alter))
        self._lesions.enter_context(remembered_text(self._unet))

    def predict(self, sample: torch.Tensor, timestep: torch.Tensor, points: torch.Tensor) -> torch.Tensor:
        """See ``Passes.predict``."""
        return self._unet(sample, timestep, encoder_hidden_states=points, return_dict=False)[0]

    def close(self) -> None:
        """End the lesions."""
        self._lesions.close()
