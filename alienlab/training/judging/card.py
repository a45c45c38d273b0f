"""Puts a brain's figures into its model card."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from pathlib import Path

from alienlab.training.errors import TrainingError
from alienlab.training.judging.figures import Figures
from alienlab.training.judging.knockouts import Knockouts, by_block, share_seen

CARD = "MODEL_CARD.md"


def write_card(brain: Path, figures: Figures) -> None:
    """Replace what stands between the marks ``<!-- figures -->`` and ``<!-- end of figures -->``.

    So with ``knockouts``, where those were measured. Raise TrainingError where there is no card or no such mark.
    """
    file = brain / CARD
    try:
        text = file.read_text(encoding="utf-8")
    except OSError as error:
        raise TrainingError(f"There is no model card to put the figures into: {file}") from error
    text = _put(text, "figures", _figures(figures), file)
    if figures.knockouts:
        text = _put(text, "knockouts", _blocks(figures.knockouts), file)
    file.write_text(text, encoding="utf-8")


def _put(text: str, mark: str, table: str, file: Path) -> str:
    begin, end = f"<!-- {mark} -->", f"<!-- end of {mark} -->"
    found = re.compile(f"{re.escape(begin)}.*?{re.escape(end)}", re.DOTALL)
    if not found.search(text):
        raise TrainingError(f"{file} has no place for the {mark}: it needs the lines '{begin}' and '{end}'.")
    return found.sub(lambda _: f"{begin}\n{table}\n{end}", text)


def _figures(figures: Figures) -> str:
    found = figures.evaluation
    rows = [
        ("main subject right", _percent(found.subject), "≥ 95 %"),
        ("hat or attribute right (of the captions that name one)", _percent(found.attribute), "≥ 85 %"),
        ("background right", _percent(found.background), "≥ 90 %"),
        ("recogniser: subject of 1,000 real scenes", _percent(found.recogniser), "≥ 98 %"),
        *(
            (f"VAE reconstruction, {style} style", f"{psnr:.1f} dB", "≥ 30 dB" if style == "3D" else "")
            for style, psnr in found.vae_psnr_db.items()
        ),
        ("kernel distance to real scenes of the same captions", f"{found.kid:.4f}", ""),
        ("seconds an image of 20 steps", f"{found.seconds_per_image:.2f}", "≤ 1.0"),
    ]
    if figures.knockouts:
        rows.append(("single knockouts that are seen", _percent(figures.knockouts.share), "≥ 55 %"))
    return _table(("figure", "measured", "goal"), rows)


def _blocks(knockouts: Knockouts) -> str:
    rows = []
    for block, differences in by_block(knockouts.differences).items():
        share = share_seen(differences)
        seen = str(round(share * len(differences)))
        rows.append((f"`{block}`", str(len(differences)), seen, _percent(share), f"{max(differences):.1f}"))
    return _table(("block", "modules", "seen", "share", "largest difference, of 255"), rows)


def _table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [heads, ["---"] * len(heads), *rows]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


def _percent(share: float) -> str:
    return f"{100 * share:.1f} %"
