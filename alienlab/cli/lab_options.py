"""The options of a laboratory's command: made from what its plugin declares."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from alienlab.cli.choices import SessionOption
from alienlab.domain.laboratories.parameters import Parameter, ParameterKind
from alienlab.domain.lesions import format_amount

if TYPE_CHECKING:
    from alienlab.domain.laboratories.declarations import Experiment, Laboratory

_PLACEHOLDERS = {
    ParameterKind.NUMBER: "NUMBER",
    ParameterKind.WHOLE: "WHOLE",
    ParameterKind.TEXT: "TEXT",
    ParameterKind.POINT: "X,Y",
    ParameterKind.BOX: "LEFT,TOP,RIGHT,BOTTOM",
    ParameterKind.LESIONS: "PATTERN:OPERATION",
    ParameterKind.IMAGE: "FILE",
    ParameterKind.FILE: "FILE",
    ParameterKind.FOLDER: "FOLDER",
    ParameterKind.BRAIN: "BRAIN",
}
_SWITCHED = {"on": True, "yes": True, "true": True, "1": True, "off": False, "no": False, "false": False, "0": False}

_OUTPUT = Annotated[
    Path | None,
    typer.Option("-o", "--output", help="PNG to write, or GIF or WebP of a film; without it, it goes to the session."),
]
_CSV = Annotated[Path | None, typer.Option("--csv", help="Also write curves and readings to this file.")]
_SEED = Annotated[int, typer.Option("--seed", help="Seed of all that is drawn at random.")]
_JSON = Annotated[bool, typer.Option("--json", help="Print file, readings and recipe as JSON.")]


def option_of(parameter: Parameter) -> str:
    """``--starts-count`` for ``starts_count``."""
    return f"--{parameter.id.replace('_', '-')}"


def command_for(laboratory: Laboratory, experiment: Experiment, run: Callable[..., None]) -> typer.Typer:
    """An application of one command, which calls ``run`` with the texts given and its own options by name."""
    parameters = laboratory.parameters_of(experiment)

    def command(**given: Any) -> None:
        ids = {parameter.id for parameter in parameters}
        texts = {id_: value for id_, value in given.items() if id_ in ids and value is not None}
        run(laboratory, experiment, texts, **{id_: value for id_, value in given.items() if id_ not in ids})

    own = {"output": (_OUTPUT, None), "csv": (_CSV, None), "seed": (_SEED, 0), "session": (SessionOption, None)}
    own["as_json"] = (_JSON, False)
    shown = [_shown(parameter.id, _annotation(parameter), None) for parameter in parameters]
    shown += [_shown(name, annotation, default) for name, (annotation, default) in own.items()]
    command.__dict__["__signature__"] = inspect.Signature(shown)
    command.__annotations__ = {one.name: one.annotation for one in shown}
    app = typer.Typer(add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False)
    app.command(help=help_of(laboratory, experiment), epilog=epilog_of(laboratory))(command)
    return app


def read_values(parameters: Iterable[Parameter], texts: Mapping[str, Any]) -> dict[str, Any]:
    """Values as recipes keep them, the defaults where nothing is given. Raises RecipeError."""
    values = {}
    for parameter in parameters:
        text = texts.get(parameter.id)
        if text is None or text == []:
            value = parameter.check(parameter.default)
        elif isinstance(text, bool):
            value = parameter.check(text)
        else:
            value = parameter.read(",".join(text) if isinstance(text, list) else _at_home(parameter, text))
        values[parameter.id] = parameter.to_json(value)
    return values


def _at_home(parameter: Parameter, text: str) -> str:
    """A path as it is from everywhere: recipes outlive the folder that a command is typed in."""
    if not parameter.kind.is_material or not text or text.startswith("blob:"):
        return text
    path = Path(text).expanduser()
    return str(path.absolute()) if path.exists() else text


def with_plain_switches(parameters: Iterable[Parameter], words: Sequence[str]) -> list[str]:
    """``--grid off`` and ``--grid=off`` as ``--no-grid``: what the window copies names every value."""
    switches = {option_of(parameter) for parameter in parameters if parameter.kind is ParameterKind.SWITCH}
    plain: list[str] = []
    left = list(words)
    while left:
        name, has_value, value = left.pop(0).partition("=")
        if name in switches and not has_value and left and left[0].lower() in _SWITCHED:
            value = left.pop(0)
        if name in switches and value.lower() in _SWITCHED:
            plain.append(name if _SWITCHED[value.lower()] else f"--no-{name.removeprefix('--')}")
        else:
            plain.append(f"{name}{has_value}{value}")
    return plain


def help_of(laboratory: Laboratory, experiment: Experiment) -> str:
    return f"{laboratory.name}: {experiment.name}. {experiment.summary}"


def epilog_of(laboratory: Laboratory) -> str:
    """The guide, and what else the laboratory shows."""
    others = "\n\n".join(f"{one.id}: {one.summary}" for one in laboratory.experiments)
    return f"{laboratory.guide}\n\nExperiments of this laboratory:\n\n{others}"


def _shown(name: str, annotation: Any, default: Any) -> inspect.Parameter:
    return inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=default, annotation=annotation)


def _annotation(parameter: Parameter) -> Any:
    option, help_ = option_of(parameter), _help(parameter)
    match parameter.kind:
        case ParameterKind.SWITCH:
            names = f"{option}/--no-{option.removeprefix('--')}"
            return Annotated[bool | None, typer.Option(names, help=help_, show_default=False)]
        case ParameterKind.LESIONS:
            names = (option.removesuffix("s"), option) if option.endswith("s") else (option,)
            placeholder = _PLACEHOLDERS[parameter.kind]
            return Annotated[list[str] | None, typer.Option(*names, help=help_, metavar=placeholder)]
        case ParameterKind.CHOICE:
            placeholder = "|".join(choice.id for choice in parameter.choices)
            return Annotated[str | None, typer.Option(option, help=help_, metavar=placeholder)]
        case kind:
            return Annotated[str | None, typer.Option(option, help=help_, metavar=_PLACEHOLDERS[kind])]


def _help(parameter: Parameter) -> str:
    sentences = [parameter.hint or f"{parameter.name[:1].upper()}{parameter.name[1:]}.", _limits(parameter)]
    if parameter.kind is ParameterKind.CHOICE:
        named = [f"{choice.id}: {choice.name}" for choice in parameter.choices if choice.name != choice.id]
        sentences.append(f"({'; '.join(named)})" if named else "")
    sentences.append(_default(parameter))
    return " ".join(filter(None, sentences))


def _limits(parameter: Parameter) -> str:
    unit = f" {parameter.unit}" if parameter.unit else ""
    low, high = (None if end is None else format_amount(end) for end in (parameter.low, parameter.high))
    if low is not None and high is not None:
        return f"From {low} to {high}{unit}."
    if low is not None or high is not None:
        return f"At least {low}{unit}." if low is not None else f"At most {high}{unit}."
    return f"In {parameter.unit}." if unit else ""


def _default(parameter: Parameter) -> str:
    match parameter.default:
        case None:
            return "[default: the laboratory's own]"
        case bool(value):
            return f"[default: {'on' if value else 'off'}]"
        case () | "":
            return ""
        case tuple(parts):
            return f"[default: {','.join(format_amount(part) for part in parts if isinstance(part, int | float))}]"
        case int(value) | float(value):
            return f"[default: {format_amount(value)}]"
        case value:
            return f"[default: {value}]"
