"""The gallery: a page with all figures that were made, their sheets beside it."""

from __future__ import annotations

import itertools
import shlex
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path

from PIL import Image as Pillow

from alienlab.figures.figure import Figure
from alienlab.session.files import write_atomically

PAGE = "index.html"
_GROUPS = {
    "G": "Generating",
    "C": "Concept space",
    "M": "Altered minds",
    "R": "Minds in rulial space",
}
_ESSAY = "https://writings.stephenwolfram.com/2023/07/generative-ai-space-and-the-mental-imagery-of-alien-minds/"
_STYLE = """
:root { color-scheme: light dark; --ground: #f6f7f8; --card: #ffffff; --ink: #1c2128; --soft: #59636e; --rule: #c8ced6;
  --accent: #0a66c2; }
@media (prefers-color-scheme: dark) {
  :root { --ground: #15181c; --card: #1c2128; --ink: #e6e9ed; --soft: #9aa4b0; --rule: #363e48; --accent: #6cb2ff; } }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 1200px; padding: 32px 24px 64px; background: var(--ground); color: var(--ink);
  font: 16px/1.5 system-ui, "DejaVu Sans", sans-serif; }
h1 { font-size: 28px; margin: 0 0 8px; } h2 { font-size: 20px; margin: 48px 0 16px; }
h3 { font-size: 18px; margin: 0 0 4px; }
p { margin: 0 0 12px; max-width: 76ch; } a { color: var(--accent); }
nav { display: flex; flex-wrap: wrap; gap: 4px 12px; } .soft { color: var(--soft); }
article { background: var(--card); border: 1px solid var(--rule); border-radius: 8px; padding: 20px; margin: 0 0 24px; }
article a { display: block; overflow: auto; } article img { display: block; max-width: 100%; height: auto; }
.paper { background: #ffffff; border-radius: 4px; margin: 0 0 12px; }
code { font: 14px/1.4 ui-monospace, "DejaVu Sans Mono", monospace; overflow-wrap: anywhere; }
footer { color: var(--soft); margin-top: 48px; }
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """A figure that was made, or why it could not be."""

    figure: Figure
    seconds: float
    options: tuple[str, ...] = ()
    """What its command had beside the id and the file."""
    file: Path | None = None
    """The sheet, a PNG in the folder of the page."""
    trouble: str = ""


def write_gallery(folder: Path, made: Sequence[Made], *, about: str) -> Path:
    """Write the page; ``about`` says what all figures share. Raises SessionError where it cannot be written."""
    groups = itertools.groupby(made, key=lambda one: one.figure.id[0])
    body = "\n".join(
        part
        for letter, some in groups
        for part in (f"<h2>{escape(_GROUPS.get(letter, letter))}</h2>", *map(_article, some))
    )
    links = "\n".join(_link(one) for one in made)
    page = folder / PAGE
    write_atomically(page, _page(links, body, about).encode())
    return page


def seconds_text(seconds: float) -> str:
    """``0.4 s``, ``12 s``, ``2 min 5 s``."""
    if seconds < 10:
        return f"{seconds:.1f} s"
    whole = round(seconds)
    return f"{whole} s" if whole < 60 else f"{whole // 60} min {whole % 60} s"


def _page(links: str, body: str, about: str) -> str:
    return f"""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Figures of the essay</title>
<style>{_STYLE}</style>
</head>
<body>
<header>
<h1>Figures of the essay</h1>
<p>After Stephen Wolfram, <a href="{_ESSAY}">“Generative AI Space and the Mental Imagery of Alien Minds”</a> (2023),
made anew with AlienLab.</p>
<p class="soft">{escape(about)}</p>
<nav aria-label="Figures">
{links}
</nav>
</header>
<main>
{body}
</main>
<footer>Every picture is in the session, with all that decided it.</footer>
</body>
</html>
"""


def _link(made: Made) -> str:
    figure = made.figure
    return f'<a href="#{figure.id}" title="{escape(figure.title)}">{figure.id}</a>'


def _article(made: Made) -> str:
    figure = made.figure
    return "\n".join(
        [
            f'<article id="{figure.id}">',
            f"<h3>{figure.id} · {escape(figure.title)}</h3>",
            f"<p>{escape(figure.says)}</p>",
            *_shown(made),
            f'<p class="soft"><code>{escape(_command(made))}</code> · {seconds_text(made.seconds)}</p>',
            "</article>",
        ]
    )


def _shown(made: Made) -> Iterable[str]:
    if made.file is None:
        return [f"<p><strong>It could not be made.</strong> {escape(made.trouble)}</p>"]
    with Pillow.open(made.file) as picture:
        width, height = picture.size
    name, title = escape(made.file.name), escape(made.figure.title)
    return [
        f'<a class="paper" href="{name}"><img src="{name}" width="{width}" height="{height}" loading="lazy" '
        f'alt="{title}"></a>'
    ]


def _command(made: Made) -> str:
    identity = made.figure.id
    return shlex.join(["alienlab", "figure", identity, *made.options, "-o", f"{identity}.png"])
