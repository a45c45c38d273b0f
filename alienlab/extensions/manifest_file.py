"""Reads ``plugin.toml``: what a plugin says of itself, without running any of its code."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from alienlab.domain.errors import RecipeError
from alienlab.domain.laboratories.declarations import (
    API_VERSION,
    Code,
    Experiment,
    Exporter,
    Laboratory,
    LesionOperation,
    Measure,
    Offer,
    Plugin,
    Recogniser,
    SweepKind,
)
from alienlab.domain.laboratories.parameters import Choice, Parameter
from alienlab.domain.laboratories.shelf import PluginError
from alienlab.extensions.manifest_models import (
    ExperimentTable,
    ExporterTable,
    LaboratoryTable,
    LesionTable,
    MeasureTable,
    OfferTable,
    ParameterTable,
    PluginTable,
    RecogniserTable,
    SweepTable,
    readable,
    says_other_api,
)

DECLARATION = "plugin.toml"
MAX_BYTES = 2**20


def read_declaration(file: Path, *, folder: Path | None) -> Plugin:
    """The declaration in ``file``; ``folder`` is put on the path to import its code, None for what is installed.

    Raises PluginError with a sentence for whatever is wrong with it.
    """
    table = _table(file)
    return _Reader(table, folder).plugin()


def _table(file: Path) -> PluginTable:
    try:
        with file.open("rb") as stream:
            content = stream.read(MAX_BYTES + 1)
    except OSError as error:
        raise PluginError(f"{DECLARATION} cannot be read: {error.strerror or error}.") from error
    if len(content) > MAX_BYTES:
        raise PluginError(f"{DECLARATION} is too large: it may have {MAX_BYTES // 2**20} MiB.")
    try:
        data = tomllib.loads(content.decode("utf-8"))
    except (ValueError, RecursionError) as error:
        raise PluginError(f"{DECLARATION} is not valid TOML: {readable(str(error)) or 'nested too deep'}.") from error
    if says_other_api(data):
        raise PluginError(
            f"It is written for version {data['api']} of the plugin interface; this AlienLab has version "
            f"{API_VERSION}. Look for a version of the plugin that fits."
        )
    try:
        return PluginTable.model_validate(data)
    except (ValidationError, RecursionError) as error:
        raise PluginError(_sentence(error)) from error


def _sentence(error: Exception) -> str:
    if not isinstance(error, ValidationError):
        return f"{DECLARATION} is nested too deep."
    first = error.errors(include_url=False, include_context=False)[0]
    place = " ".join(str(part + 1) if isinstance(part, int) else str(part) for part in first["loc"])
    said = first["msg"].removeprefix("Value error, ")
    others = error.error_count() - 1
    more = f" ({others} more mistakes)" if others > 1 else " (1 more mistake)" if others else ""
    return f"{DECLARATION}{', ' + readable(place) if place else ''}: {readable(said)}{more}."


class _Reader:
    """Turns the file's tables into a declaration."""

    def __init__(self, table: PluginTable, folder: Path | None) -> None:
        self._table, self._folder = table, folder

    def plugin(self) -> Plugin:
        table = self._table
        return Plugin(
            id=table.id,
            name=table.name,
            version=table.version,
            api=table.api,
            summary=table.summary,
            author=readable(table.author),
            offers=(
                *map(self._laboratory, table.laboratory),
                *map(self._lesion, table.lesion),
                *map(self._measure, table.measure),
                *map(self._sweep, table.sweep),
                *map(self._exporter, table.exporter),
                *map(self._recogniser, table.recogniser),
            ),
        )

    def _laboratory(self, table: LaboratoryTable) -> Offer:
        return Laboratory(
            plugin=self._table.id,
            id=table.id,
            name=table.name,
            summary=table.summary,
            code=self._code(""),
            parameters=tuple(map(_parameter, table.parameter)),
            guide=" ".join(table.guide.split()),
            experiments=tuple(map(self._experiment, table.experiment)),
            network=None if table.network is None else self._code(table.network),
        )

    def _experiment(self, table: ExperimentTable) -> Experiment:
        return Experiment(
            id=table.id,
            name=table.name,
            summary=table.summary,
            code=self._code(table.code),
            parameters=tuple(table.parameters),
            is_live=table.live,
            revision=table.revision,
            patience=table.patience,
        )

    def _lesion(self, table: LesionTable) -> Offer:
        amount = table.amount
        return LesionOperation(
            **self._common(table),
            low=None if amount is None else amount.low,
            high=None if amount is None else amount.high,
            default=None if amount is None else amount.default,
            takes_seed=table.seed,
        )

    def _measure(self, table: MeasureTable) -> Offer:
        return Measure(**self._common(table), unit=table.unit, low=table.low, high=table.high)

    def _sweep(self, table: SweepTable) -> Offer:
        return SweepKind(**self._common(table), parameters=tuple(map(_parameter, table.parameter)))

    def _exporter(self, table: ExporterTable) -> Offer:
        parameters = tuple(map(_parameter, table.parameter))
        return Exporter(**self._common(table), parameters=parameters, suffix=table.suffix)

    def _recogniser(self, table: RecogniserTable) -> Offer:
        return Recogniser(**self._common(table), words=tuple(table.words))

    def _common(self, table: OfferTable) -> dict[str, Any]:
        return {
            "plugin": self._table.id,
            "id": table.id,
            "name": table.name,
            "summary": table.summary,
            "code": self._code(table.code),
        }

    def _code(self, target: str) -> Code:
        return Code(plugin=self._table.id, target=target, folder=self._folder)


def _parameter(table: ParameterTable) -> Parameter:
    parameter = Parameter(
        id=table.id,
        name=table.name,
        kind=table.kind,
        default=None,
        low=table.low,
        high=table.high,
        step=table.step,
        is_logarithmic=table.logarithmic,
        choices=tuple(Choice(choice.id, choice.name) for choice in table.choices),
        unit=table.unit,
        hint=" ".join(table.hint.split()),
        is_slow=table.slow,
    )
    return _with_default(parameter, table)


def _with_default(parameter: Parameter, table: ParameterTable) -> Parameter:
    try:
        return replace(parameter, default=parameter.check(table.first_value))
    except RecipeError as error:
        raise PluginError(f"{DECLARATION}: the default of '{table.id}' is wrong. {error}") from error
