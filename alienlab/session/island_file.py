"""Islands as JSON and as tables, in files and on the command line."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from alienlab.domain.space.archipelago import Sighting, change
from alienlab.session.files import write_atomically

Row = Mapping[str, Any]


def island_json(sighting: Sighting) -> dict[str, Any]:
    """All that is known of an island; figures of one that is lost are null."""
    island, is_lost = sighting.island, sighting.is_lost
    return {
        "center": island.center,
        "concept": island.concept,
        "noise": island.noise,
        "lesions": list(map(str, sighting.mind.lesions)),
        "lost": is_lost,
        "space_radius": island.space_radius,
        "dimensions": island.dimensions,
        "radius_quartiles": None if is_lost else list(island.quartiles),
        "typical_ratio": None if is_lost else island.typical_ratio,
        "unevenness": None if is_lost else island.unevenness,
        "log10_share_at_least": None if is_lost else island.log10_share,
        "log10_share_error": None if is_lost else island.log10_share_error,
        "censored": island.censored,
        "reentered": island.reentered,
        "renders": sighting.renders,
        "edges": [
            {
                "direction": edge.direction,
                "inside": edge.inside,
                "outside": edge.outside,
                "radius": edge.radius,
                "shore": str(edge.shore),
            }
            for edge in island.edges
        ],
    }


def lesioned_json(sightings: Sequence[Sighting]) -> list[dict[str, Any]]:
    """Islands of many lesions, the intact one first, with what each lesion changed."""
    return [
        {
            "name": one.mind.name,
            "median_ratio": one.ratio,
            "change": change(one, sightings[0]),
            **island_json(one),
        }
        for one in sightings
    ]


def edges_csv(sightings: Sequence[Sighting]) -> str:
    """A row a direction; one row without a direction for an island that is lost."""
    shared = ("center", "concept", "noise", "lesions", "lost", "space_radius", "dimensions")
    rows = []
    for entry in map(island_json, sightings):
        common = {**{name: entry[name] for name in shared}, "lesions": " ".join(entry["lesions"])}
        rows += [{**common, **edge} for edge in entry["edges"] or [{}]]
    return _table((*shared, "direction", "inside", "outside", "radius", "shore"), rows)


def lesioned_csv(sightings: Sequence[Sighting]) -> str:
    """A row a lesion, the intact mind first."""
    names = ("name", "lesions", "median_ratio", "change", "lost", "unevenness", "log10_share_at_least", "censored")
    names += ("reentered", "renders", "center", "concept", "noise", "space_radius", "dimensions")
    rows = [{**entry, "lesions": " ".join(entry["lesions"])} for entry in lesioned_json(sightings)]
    return _table(names, rows)


def write_islands(file: Path, sightings: Sequence[Sighting]) -> None:
    """Write JSON or, for ``.csv``, a table. Raises SessionError where that cannot be."""
    _write(file, sightings, lambda all_of: list(map(island_json, all_of)), edges_csv)


def write_lesioned(file: Path, sightings: Sequence[Sighting]) -> None:
    """As ``write_islands``, of islands of many lesions, the intact one first."""
    _write(file, sightings, lesioned_json, lesioned_csv)


def _write(
    file: Path,
    sightings: Sequence[Sighting],
    to_json: Callable[[Sequence[Sighting]], list[dict[str, Any]]],
    to_csv: Callable[[Sequence[Sighting]], str],
) -> None:
    as_table = file.suffix.lower() == ".csv"
    text = to_csv(sightings) if as_table else json.dumps(to_json(sightings), ensure_ascii=False, indent=1) + "\n"
    write_atomically(file.absolute(), text.encode("utf-8"))


def _table(names: Sequence[str], rows: Sequence[Row]) -> str:
    target = io.StringIO()
    writer: csv.DictWriter[str] = csv.DictWriter(target, names, lineterminator="\n", extrasaction="ignore")
    writer.writeheader()
    writer.writerows(rows)
    return target.getvalue()
