"""Renders on their way out through a plugin: the file is there when it is whole, or not at all."""

from __future__ import annotations

import contextlib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any
from uuid import uuid4

from alienlab.api.workbench import ExportedRender
from alienlab.app.offers.asking import Ask
from alienlab.domain.differences import captions
from alienlab.domain.errors import SessionError
from alienlab.domain.laboratories.declarations import Exporter
from alienlab.domain.laboratories.ports import PluginFailed
from alienlab.session.log.reading import SessionReader
from alienlab.session.log.records import RenderRecord

MOST_BYTES = 512 * 2**20
"""Of pixels that are handed to a plugin at once."""


def exported_renders(session: SessionReader, records: Sequence[RenderRecord]) -> tuple[ExportedRender, ...]:
    """The oldest first. Raises SessionError where there are none, or too many."""
    ordered = sorted(records, key=lambda record: record.number)
    if not ordered:
        raise SessionError("There is nothing to export yet. Render an image first.")
    told = captions([record.recipe for record in ordered])
    renders: list[ExportedRender] = []
    size = 0
    for record, lines in zip(ordered, told, strict=True):
        image = session.load_image(record)
        size += image.nbytes
        if size > MOST_BYTES:
            raise SessionError(f"More than {len(renders):,} of these images are too many for a plugin. Filter them.")
        renders.append(
            ExportedRender(
                image=image,
                caption=" · ".join(lines),
                recipe=record.recipe.to_json(),
                recipe_id=record.recipe_id,
                computation_id=record.computation_id,
                file=record.file,
            )
        )
    return tuple(renders)


def write_with(
    exporter: Exporter, renders: tuple[ExportedRender, ...], values: Mapping[str, Any], file: Path, ask: Ask
) -> None:
    """Raises SessionError, PluginFailed, PluginError, StoppedByUser; the file is as it was then."""
    check_file(exporter, file)
    part = file.with_name(f".{file.stem}-{uuid4().hex[:8]}{file.suffix}")
    try:
        ask(exporter, renders, part, values=values, wants_workbench=True)
        if not part.is_file():
            raise PluginFailed(exporter.plugin, f"The plugin {exporter.plugin} wrote no file with {exporter.id}.")
        part.replace(file)
    except OSError as error:
        raise SessionError(f"{file} cannot be written: {error.strerror or error}.") from error
    finally:
        with contextlib.suppress(OSError):
            part.unlink(missing_ok=True)


def check_file(exporter: Exporter, file: Path) -> None:
    """Raises SessionError for a file that the exporter does not write, or a folder that is not there."""
    if file.suffix.lower() != exporter.suffix:
        raise SessionError(f"{exporter.name} writes {exporter.suffix} files. End the name in {exporter.suffix}.")
    if not file.parent.is_dir():
        raise SessionError(f"There is no folder {file.parent}. Make it, or choose another one.")
