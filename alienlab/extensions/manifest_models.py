"""What a ``plugin.toml`` may hold, checked strictly: a key or value too many is an error, not a guess."""

from __future__ import annotations

import re
from typing import Annotated, Any, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from alienlab.domain.laboratories.declarations import API_VERSION
from alienlab.domain.laboratories.parameters import ParameterKind

TAKEN = frozenset({"seed", "output", "session", "csv", "help", "json"})
"""Parameters that the command line has already."""
LONGEST_PATIENCE = 3600.0

_NUMBERS = (ParameterKind.NUMBER, ParameterKind.WHOLE)
_HAVE_DEFAULTS: dict[ParameterKind, Any] = {
    ParameterKind.TEXT: "",
    ParameterKind.POINT: [0.5, 0.5],
    ParameterKind.BOX: [0, 0, 0, 0],
    ParameterKind.LESIONS: [],
}


def _one_line(text: str) -> str:
    line = " ".join(text.split())
    if not line or not line.isprintable():
        raise ValueError("must be one line that can be read")
    return line


def _free(id_: str) -> str:
    if id_ in TAKEN:
        raise ValueError(f"'{id_}' is taken by the command line; choose another name")
    return id_


Id = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9_-]{0,63}$")]
ParameterId = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,63}$"), AfterValidator(_free)]
Name = Annotated[str, Field(max_length=80), AfterValidator(_one_line)]
Sentence = Annotated[str, Field(max_length=400), AfterValidator(_one_line)]
Guide = Annotated[str, Field(min_length=1, max_length=6000)]
Target = Annotated[str, Field(max_length=200, pattern=r"^[A-Za-z_]\w*(\.[A-Za-z_]\w*)*:[A-Za-z_]\w*$")]
Number = Annotated[float, Field(allow_inf_nan=False)]


class Table(BaseModel):
    """A table of the file."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)


class ChoiceTable(Table):
    id: Id
    name: Name


class ParameterTable(Table):
    id: ParameterId
    name: Name
    kind: Annotated[ParameterKind, Field(strict=False)]
    default: Any = None
    low: Number | None = None
    high: Number | None = None
    step: Annotated[Number, Field(gt=0)] | None = None
    logarithmic: bool = False
    choices: Annotated[list[ChoiceTable], Field(max_length=200)] = []
    unit: Annotated[str, Field(max_length=40)] = ""
    hint: Annotated[str, Field(max_length=400)] = ""
    slow: bool = False

    @property
    def first_value(self) -> Any:
        """The default, also where a kind needs none to be written."""
        return _HAVE_DEFAULTS.get(self.kind) if self.default is None else self.default

    @model_validator(mode="after")
    def _make_sense(self) -> Self:
        if self.kind.is_material and self.default is not None:
            raise ValueError(f"'{self.id}' is of kind {self.kind}, which has no default: leave it out")
        if not self.kind.is_material and self.first_value is None:
            raise ValueError(f"'{self.id}' needs a default")
        if (self.kind is ParameterKind.CHOICE) != bool(self.choices):
            raise ValueError(f"'{self.id}' needs choices if, and only if, it is of kind choice")
        self._check_limits()
        _require_unique([choice.id for choice in self.choices], f"choices of '{self.id}'")
        return self

    def _check_limits(self) -> None:
        given = self.low is not None or self.high is not None or self.step is not None or self.logarithmic
        if given and self.kind not in _NUMBERS:
            raise ValueError(f"'{self.id}' is no number, so it has no low, high, step or logarithmic")
        if self.low is not None and self.high is not None and not self.low < self.high:
            raise ValueError(f"the low of '{self.id}' must be below its high")
        if self.logarithmic and (self.low is None or self.low < 0 or self.high is None):
            raise ValueError(f"'{self.id}' is logarithmic, so it needs a low, not below 0, and a high")


class ExperimentTable(Table):
    id: Id
    name: Name
    summary: Sentence
    code: Target
    parameters: Annotated[list[str], Field(max_length=100)] = []
    live: bool = True
    revision: Annotated[int, Field(ge=1, le=10**9)] = 1
    patience: Annotated[Number, Field(ge=1, le=LONGEST_PATIENCE)] = 60.0


Parameters = Annotated[list[ParameterTable], Field(max_length=100)]


class LaboratoryTable(Table):
    id: Id
    name: Name
    summary: Sentence
    guide: Guide
    network: Target | None = None
    parameter: Parameters = []
    experiment: Annotated[list[ExperimentTable], Field(min_length=1, max_length=100)]

    @model_validator(mode="after")
    def _name_known_parameters(self) -> Self:
        known = [parameter.id for parameter in self.parameter]
        _require_unique(known, f"parameters of '{self.id}'")
        _require_unique([experiment.id for experiment in self.experiment], f"experiments of '{self.id}'")
        for experiment in self.experiment:
            _require_unique(experiment.parameters, f"parameters of experiment '{experiment.id}'")
            if strange := [id_ for id_ in experiment.parameters if id_ not in known]:
                raise ValueError(f"experiment '{experiment.id}' names the parameter '{strange[0]}', which is not there")
        if self.network is None and any(parameter.kind is ParameterKind.LESIONS for parameter in self.parameter):
            raise ValueError(f"'{self.id}' has lesions, so it needs a network that they act on")
        return self


class AmountTable(Table):
    low: Number
    high: Number
    default: Number

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if not self.low < self.high or not self.low <= self.default <= self.high:
            raise ValueError("the amount's low must be below its high, and its default between them")
        return self


class OfferTable(Table):
    id: Id
    name: Name
    summary: Sentence
    code: Target


class LesionTable(OfferTable):
    amount: AmountTable | None = None
    seed: bool = False


class MeasureTable(OfferTable):
    unit: Annotated[str, Field(max_length=40)] = ""
    low: Number | None = None
    high: Number | None = None


class SweepTable(OfferTable):
    parameter: Parameters = []


class ExporterTable(OfferTable):
    suffix: Annotated[str, Field(pattern=r"^\.[a-z0-9]{1,10}$")]
    parameter: Parameters = []


class RecogniserTable(OfferTable):
    words: Annotated[list[Name], Field(max_length=1000)] = []


class PluginTable(Table):
    """The whole file."""

    id: Id
    name: Name
    version: Annotated[str, Field(pattern=r"^[0-9A-Za-z][0-9A-Za-z.+_-]{0,39}$")]
    api: int
    summary: Sentence
    author: Annotated[str, Field(max_length=200)] = ""
    laboratory: Annotated[list[LaboratoryTable], Field(max_length=50)] = []
    lesion: Annotated[list[LesionTable], Field(max_length=50)] = []
    measure: Annotated[list[MeasureTable], Field(max_length=50)] = []
    sweep: Annotated[list[SweepTable], Field(max_length=50)] = []
    exporter: Annotated[list[ExporterTable], Field(max_length=50)] = []
    recogniser: Annotated[list[RecogniserTable], Field(max_length=50)] = []

    @model_validator(mode="after")
    def _have_own_ids(self) -> Self:
        kinds = (self.laboratory, self.lesion, self.measure, self.sweep, self.exporter, self.recogniser)
        for kind in kinds:
            _require_unique([offer.id for offer in kind], "offers of one kind")
        return self


def says_other_api(data: dict[str, Any]) -> bool:
    """Whether the file is written for another version of the interface, so that its other keys say little."""
    api = data.get("api")
    return isinstance(api, int) and not isinstance(api, bool) and api != API_VERSION


def readable(text: str) -> str:
    """A key or value of a foreign file, short enough and safe to show."""
    return re.sub(r"\s+", " ", "".join(sign if sign.isprintable() else " " for sign in text))[:200]


def _require_unique(ids: list[str], what: str) -> None:
    if twice := [id_ for place, id_ in enumerate(ids) if id_ in ids[:place]]:
        raise ValueError(f"'{twice[0]}' is there twice among the {what}")
