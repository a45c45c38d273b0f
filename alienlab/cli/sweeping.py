"""The command that carries sweeps out."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from alienlab.cli.choices import BrainChoice, RenderChoice, SeedOption, spread
from alienlab.cli.opening import folder_of_session
from alienlab.cli.progress_bar import progress_bar
from alienlab.domain.errors import SweepError

if TYPE_CHECKING:
    from alienlab.cli.offered_sweeps import TakenMeasures
    from alienlab.cli.sweep_words import Words
    from alienlab.domain.laboratories.declarations import Measure
    from alienlab.domain.recipe import DiffusionRecipe
    from alienlab.domain.sweeps.planning import Plan
    from alienlab.domain.sweeps.results import Result
    from alienlab.domain.sweeps.running import SweepRun
    from alienlab.domain.sweeps.sweep import Sweep
    from alienlab.lab import Lab
    from alienlab.session.log.store import Session

RESUME = "resume"
LOUDEST = 5
"""Strongest effects that are printed."""


KindArgument = Annotated[
    str,
    typer.Argument(
        help="knockout, progressive, dose, seeds, prompts, line, plugin/sweep; or resume, to go on with one."
    ),
]
PromptsArgument = Annotated[list[str] | None, typer.Argument(help="What to imagine; several for the kind prompts.")]
PatternOption = Annotated[str, typer.Option(help="Modules that are lesioned, such as up_blocks.1.*")]
ByOption = Annotated[str, typer.Option(help="module or region: what is knocked out at once.")]
OperationOption = Annotated[
    str | None,
    typer.Option(help="Operation: zero, randomize@1, scale=0.5, noise=0.1@2, each with ;weights or ;steps=A-B."),
]
OrderOption = Annotated[
    list[str] | None, typer.Option(help="Of a progressive sweep: random, depth, end, least, most; repeatable.")
]
SeriesOption = Annotated[int, typer.Option(min=1, help="Random orders of a progressive sweep.")]
FromOption = Annotated[float | None, typer.Option("--from", help="First dose, or position on the line.")]
ToOption = Annotated[float | None, typer.Option("--to", help="Last dose, or position on the line.")]
CountOption = Annotated[int | None, typer.Option(min=1, help="Number of values.")]
ToPromptOption = Annotated[str | None, typer.Option(help="Prompt that the line leads to.")]
AlsoOption = Annotated[
    str | None,
    typer.Option(help="Second axis: seeds=16, prompts=a dog|a fox, dose=noise@1:0:0.2:9, line=a dog|a cat:9."),
]
RefineOption = Annotated[int, typer.Option(min=0, help="Further renders where neighbouring images jump.")]
KeptInOption = Annotated[str, typer.Option("-o", "--session", help="Session that keeps it: folder or name.")]
CsvOption = Annotated[Path | None, typer.Option("--csv", help="Table to write, a row a render.")]
ParamOption = Annotated[list[str] | None, typer.Option("--param", help="NAME=VALUE for a plugin's sweep; repeatable.")]
MeasureOption = Annotated[
    list[str] | None, typer.Option("--measure", help="A plugin's measure to take, plugin/measure; repeatable.")
]
PlanOption = Annotated[bool, typer.Option("--plan", help="Say what it takes, and leave.")]


@spread
def sweep(
    kind: KindArgument,
    render: RenderChoice,
    opening: BrainChoice,
    prompt: PromptsArgument = None,
    pattern: PatternOption = "*",
    by: ByOption = "module",
    op: OperationOption = None,
    order: OrderOption = None,
    series: SeriesOption = 3,
    first: FromOption = None,
    last: ToOption = None,
    count: CountOption = None,
    to_prompt: ToPromptOption = None,
    also: AlsoOption = None,
    refine: RefineOption = 0,
    seed: SeedOption = 0,
    session: KeptInOption = "default",
    csv: CsvOption = None,
    param: ParamOption = None,
    measure: MeasureOption = None,
    dry_run: PlanOption = False,
) -> None:
    """Render and measure many variations: each module knocked out, growing doses, many seeds, two axes at once."""
    from alienlab.cli.offered_sweeps import check_sweep, known_measures, sweep_of_plugin
    from alienlab.cli.sweep_words import Words
    from alienlab.session.log.store import Session

    measures = known_measures(measure or ())
    prompts, orders = tuple(prompt or ()), tuple(order or ())
    words = Words(kind, prompts, pattern, by, op, orders, series, first, last, count, to_prompt, also, refine)
    options = render.options(seed)
    with opening.opened(quiet=True) as lab, Session.open(folder_of_session(session)) as log:
        base = lab.recipe((*prompts, "")[0], **options)
        if "/" in kind:
            wanted = sweep_of_plugin(kind, param or (), base, lab.anatomy)
        else:
            wanted = _unfinished(log, lab) if kind == RESUME else _wished(words, base, lab, log)
        check_sweep(wanted)
        _announce(lab.plan(wanted, log), lab)
        if not dry_run:
            _carry_out(wanted, lab, log, csv, measures)


def _wished(words: Words, base: DiffusionRecipe, lab: Lab, log: Session) -> Sweep:
    from alienlab.cli.sweep_words import wish_of

    wish = wish_of(words)
    effects = _effects(lab, log, base) if any(order.needs_atlas for order in wish.first.orders) else None
    return wish.to_sweep(base, lab.anatomy, effects)


def _carry_out(wanted: Sweep, lab: Lab, log: Session, csv: Path | None, measures: Sequence[Measure]) -> None:
    from alienlab.cli.offered_sweeps import measured, report

    if lab.info.recogniser is None:
        print("alienlab: no recogniser here, so effects are measured by structure (SSIM) alone.", file=sys.stderr)
    with _progress() as after_task:
        rows = lab.carry_out(wanted, log, after_task=after_task)
    _report(rows)
    taken = measured(measures, rows, lab.anatomy, log)
    report(taken)
    if csv is not None:
        _write(rows, csv, log.files(), taken)
        print(csv)
    print(log.folder)


def _effects(lab: Lab, log: Session, base: DiffusionRecipe) -> Mapping[str, float] | None:
    """Those of an atlas of this prompt and noise, where the session has one."""
    from alienlab.session.log.sweep_log import SweepLog

    for record in SweepLog(log).records():
        if record.sweep.kind == "knockout" and record.sweep.base.intact == base.intact:
            rows = lab.recall(record.sweep, log)
            spreads = {row.trial.module: row.effect.spreads for row in rows if row.effect is not None}
            found = {path: value for path, value in spreads.items() if path is not None and value is not None}
            if found:
                return found
    return None


def _unfinished(log: Session, lab: Lab) -> Sweep:
    from alienlab.session.log.sweep_log import SweepLog, SweepState

    for record in SweepLog(log).records():
        if record.state is not SweepState.DONE:
            if record.sweep.base.brain != lab.info.hash:
                raise SweepError(
                    f"The sweep “{record.sweep.title}” was made with another brain. Name that brain with --brain."
                )
            return record.sweep
    raise SweepError(f"The session '{log.name}' has no sweep that is not finished.")


def _announce(plan: Plan, lab: Lab) -> None:
    from alienlab.app.jobs import duration_text

    known = len(plan.trials) and f", {plan.distinct - _missing(plan):,} known already"
    print(
        f"{plan.sweep.title}: {len(plan.trials):,} renders, {plan.distinct:,} distinct{known}; "
        f"{len(plan.missing):,} to render, about {duration_text(plan.seconds(lab.info))} "
        f"and {plan.bytes / 1e6:.1f} MB.",
        file=sys.stderr,
    )


def _missing(plan: Plan) -> int:
    """Distinct computations of the trials whose image is not there."""
    return len(set(plan.keys) - plan.known)


@contextmanager
def _progress() -> Iterator[Callable[[SweepRun], None]]:
    with progress_bar("Sweeping", total=1.0) as change:
        yield lambda run: change(completed=run.fraction())


def _report(rows: Sequence[Result]) -> None:
    """Verdicts with their counts, the strongest effects, and what failed."""
    measured = [row for row in rows if row.effect is not None]
    yardsticks = next((row.effect.yardsticks for row in measured if row.effect and row.effect.yardsticks), None)
    if yardsticks is not None and yardsticks.spread_perceptual is not None:
        print(
            f"seed spread {yardsticks.spread_perceptual:.4f}, numerical floor {yardsticks.floor_perceptual:.2g} "
            f"(perceptual distance, {yardsticks.seeds} seeds)"
        )
    counts = Counter(str(row.effect.verdict) for row in measured if row.effect)
    print(", ".join(f"{count} {verdict}" for verdict, count in counts.most_common()))
    ranked = sorted(measured, key=lambda row: -((row.effect and row.effect.spreads) or 0.0))
    for row in ranked[:LOUDEST]:
        spreads = row.effect.spreads if row.effect else None
        if spreads:
            print(f"{spreads:8.2f} seed spreads  {row.effect.verdict if row.effect else '':<13}  {row.trial.label}")
    for message, count in Counter(row.failure for row in rows if row.failure).items():
        print(f"alienlab: {count} without an image: {message}", file=sys.stderr)


def _write(rows: Sequence[Result], file: Path, files: Mapping[str, str], taken: TakenMeasures) -> None:
    from alienlab.app.offers.measuring import name_of, told
    from alienlab.domain.sweeps.results import write_csv
    from alienlab.session.files import write_atomically

    further = {name_of(measure): told(values) for measure, values in taken.items()}
    write_atomically(file.absolute(), write_csv(rows, files=files, measures=further).encode("utf-8"))
