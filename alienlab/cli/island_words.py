"""What ``alienlab island`` prints."""

from __future__ import annotations

from collections.abc import Sequence

from alienlab.domain.space.archipelago import Sighting, change


def report(sightings: Sequence[Sighting]) -> str:
    """A paragraph an island."""
    return "\n\n".join(map(_paragraph, sightings))


def lesioned_report(sightings: Sequence[Sighting]) -> str:
    """A line a lesion, from the largest island to the smallest; the intact one first."""
    intact, *others = sightings
    island = intact.island
    ranked = sorted(others, key=lambda one: -one.ratio)
    width = max(len(one.mind.name) for one in sightings)
    head = (
        f"{island.concept} around “{island.center}”, noise {island.noise}, median radius in R = "
        f"{island.space_radius:.2f} along {len(island.edges)} directions"
    )
    return "\n".join([head, *(f"  {one.mind.name:<{width}}  {_figures(one, intact)}" for one in (intact, *ranked))])


def _figures(one: Sighting, intact: Sighting) -> str:
    if one.is_lost:
        return f"{'lost':>6}"
    changed = change(one, intact)
    said = "" if one is intact or changed is None else f"  {changed:+7.0%}"
    return f"{one.ratio:6.3f}{said}"


def _paragraph(sighting: Sighting) -> str:
    island = sighting.island
    head = f"{island.concept} around “{island.center}”, noise {island.noise}, {sighting.mind.name}"
    if sighting.is_lost:
        return f"{head}\n  lost                 {sighting.trouble}"
    low, middle, high = island.quartiles
    share, error = island.log10_share, island.log10_share_error
    radius = island.space_radius
    said = "" if error is None else f" ± {error:.1f}"
    beyond = "  (more than 1: it reaches beyond where prompts lie)" if island.typical_ratio > 1 else ""
    bound = " (edges that were not found count as they are: the island is larger)" if island.censored else ""
    return "\n".join(
        [
            head,
            f"  radius (quartiles)   {low:.2f}  {middle:.2f}  {high:.2f}  in R = {radius:.2f}: "
            f"{low / radius:.3f}  {middle / radius:.3f}  {high / radius:.3f}{beyond}",
            f"  unevenness           {island.unevenness:.1%}  (0 % for a ball)",
            f"  share of the space   at least 10^{share:.1f}{said} of a ball of R, D = {island.dimensions}{bound}",
            f"  directions           {len(island.edges)}: {island.censored} never left the island, "
            f"{island.reentered} came back to the concept further out",
        ]
    )
