"""The command line. What is heavy is imported by the command that needs it."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Annotated

import typer

from alienlab import __version__
from alienlab.cli.animate import animate
from alienlab.cli.brain import brain_app, world
from alienlab.cli.breadth import breadth
from alienlab.cli.choices import (
    BrainChoice,
    BrainOption,
    DeviceOption,
    LesionOption,
    PickleOption,
    RecogniserOption,
    RenderChoice,
    SeedOption,
    SessionOption,
    size_of,
    spread,
)
from alienlab.cli.export import export
from alienlab.cli.figure import figure
from alienlab.cli.film import film
from alienlab.cli.island import island
from alienlab.cli.known_brains import known_brains
from alienlab.cli.lab import SETTINGS, lab
from alienlab.cli.opening import brain_source, folder_of_session
from alienlab.cli.plugin import plugin_app
from alienlab.cli.recognising import recognise
from alienlab.cli.replaying import replay
from alienlab.cli.session import session_app
from alienlab.cli.sheet import sheet
from alienlab.cli.sweeping import sweep
from alienlab.cli.walking import walk
from alienlab.domain.errors import AlienLabError, BrainError

app = typer.Typer(
    help="A laboratory for artificial neuroscience on text-to-image diffusion models.",
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)


def main() -> None:
    """Run a command; what a user can mend is one line and exit code 2."""
    try:
        app(prog_name="alienlab")
    except AlienLabError as error:
        print(f"alienlab: {error}", file=sys.stderr)
        sys.exit(2)


@app.callback(invoke_without_command=True)
def start(
    context: typer.Context, version: Annotated[bool, typer.Option("--version", help="Print the version.")] = False
) -> None:
    """Without a command, the window opens."""
    if version:
        print(f"AlienLab {__version__}")
    elif context.invoked_subcommand is None:
        open_window()


@app.command()
@spread
def render(
    prompt: Annotated[
        str, typer.Argument(help="What to imagine, or a formula such as '= random(7)'; empty for the unconditional.")
    ],
    choice: RenderChoice,
    opening: BrainChoice,
    seed: SeedOption = 0,
    session: SessionOption = None,
    output: Annotated[Path | None, typer.Option("-o", "--output", help="PNG file to write.")] = None,
) -> None:
    """Render one image, of an intact or a lesioned mind; it goes to a session unless -o names a file."""
    from alienlab.domain.space.formula import read_concept
    from alienlab.session.log.store import Session

    concept, options = read_concept(prompt), choice.options(seed)
    with opening.opened() as lab:
        made = lab.render(concept, **options)
        if output is not None:
            made.save(output)
        if output is None or session is not None:
            with Session.open(folder_of_session(session or "default")) as log:
                record = made.log(log, lab.anatomy)
                output = output or record.file
    for note in made.provenance.notes:
        print(f"alienlab: {note}", file=sys.stderr)
    print(output)


@app.command()
def brains() -> None:
    """List the brains that are at hand: the embedded one, recent ones, and those in the hub's cache."""
    for name, location in known_brains():
        print(f"{name}\t{location}")


@app.command()
def anatomy(
    brain: BrainOption = None,
    config: Annotated[str | None, typer.Option(help="A known UNet without weights: sd15 or sd21.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print everything as JSON.")] = False,
) -> None:
    """Describe a brain's modules: kinds, regions, parameters and data flow."""
    from alienlab.engine.anatomy.configs import unet_config
    from alienlab.engine.anatomy.reader import read_anatomy
    from alienlab.engine.brains.folder import inspect
    from alienlab.engine.brains.source import resolve

    if config is not None and brain is not None:
        raise BrainError("Give either --brain or --config, not both.")
    found = read_anatomy(unet_config(config) if config else inspect(resolve(brain_source(brain))).unet_config)
    if as_json:
        whole = found.to_json()
        details = {"module_list": whole["modules"], "flows": whole["flows"]}
        print(json.dumps({"modules": len(found), "parameters": found.parameters, **details}))
        return
    print(f"{len(found)} modules, {found.parameters:,} parameters")
    for module in found:
        shapes = ", ".join(f"{name} {'×'.join(map(str, shape))}" for name, shape in module.shapes.items())
        print(f"{module.order:4}  {module.path:<72} {module.kind:<9} {module.role:<10} {shapes}")


@app.command("open")
def open_window(
    brain: BrainOption = None,
    session: SessionOption = None,
    prompt: Annotated[str | None, typer.Option(help="Prompt to begin with.")] = None,
    lesion: LesionOption = None,
    screenshot: Annotated[
        Path | None, typer.Option(help="Render intact and altered, save a picture of the window, and leave.")
    ] = None,
    size: Annotated[str, typer.Option(help="WIDTHxHEIGHT of the window for --screenshot.")] = "1440x900",
    allow_pickle: PickleOption = False,
    recogniser: RecogniserOption = None,
) -> None:
    """Open the window."""
    from alienlab import bootstrap

    width, height = size_of(size)
    raise typer.Exit(
        bootstrap.run(
            source=brain_source(brain, allow_pickle=allow_pickle) if brain else None,
            session=session,
            prompt=prompt,
            lesions=tuple(lesion or ()),
            recogniser=recogniser,
            screenshot=screenshot,
            size=(width or 1440, height or 900),
        )
    )


app.command()(sheet)
app.command()(animate)
app.command()(export)
app.command()(replay)
app.command()(sweep)
app.command()(recognise)
app.command()(walk)
app.command()(island)
app.command()(breadth)
app.command()(film)
app.command()(figure)
app.command()(world)
app.command(context_settings=SETTINGS)(lab)
app.add_typer(brain_app, name="brain")
app.add_typer(session_app, name="session")
app.add_typer(plugin_app, name="plugin")


@app.command()
def bench(
    subject: Annotated[
        str,
        typer.Argument(
            help="app: window and worker; space: a plane; log: 20,000 renders; labs: laboratories; "
            "atlas: an atlas, beside diffusers."
        ),
    ] = "app",
    device: DeviceOption = None,
    stable_diffusion: Annotated[
        bool,
        typer.Option(
            "--stable-diffusion", help="Atlas of a brain of Stable Diffusion 1.5's size, with random weights."
        ),
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print the figures as JSON.")] = False,
) -> None:
    """Measure this machine: start, rendering, cancel, painting and memory; or concept space; or an atlas."""
    from alienlab.bench import AtlasBrain, Subject, measure, report

    if subject not in set(Subject):
        raise AlienLabError(f"'{subject}' cannot be measured. Take one of: {', '.join(Subject)}.")
    brain = AtlasBrain.STABLE_DIFFUSION if stable_diffusion else AtlasBrain.EMBEDDED
    figures = measure(Subject(subject), brain=brain, device=device)
    print(json.dumps(figures) if as_json else report(figures))
