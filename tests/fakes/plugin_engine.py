"""Plugins without a process: laboratories of every kind of exhibit and parameter, and failures on demand."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from alienlab.domain.brain import Provenance
from alienlab.domain.errors import AlienLabError
from alienlab.domain.events import Failure
from alienlab.domain.laboratories.declarations import (
    API_VERSION,
    Code,
    Experiment,
    FoundPlugin,
    Laboratory,
    Origin,
    Plugin,
)
from alienlab.domain.laboratories.exhibits import (
    Cloud,
    Curve,
    Exhibit,
    Film,
    Grip,
    Handle,
    Picture,
    Plot,
    Reading,
    Scale,
    Wall,
)
from alienlab.domain.laboratories.parameters import Choice, Parameter, ParameterKind, Values, checked
from alienlab.domain.laboratories.ports import (
    AskJob,
    Carried,
    LabEvent,
    LabFailed,
    LabJob,
    LabStopped,
    NetworkJob,
    NetworkRead,
    PluginJob,
    Progressed,
    Shown,
)
from tests.fakes.anatomies import unet_anatomy

PLUGIN = "fake-plugin"
PATIENCE = 20.0
"""Seconds after which a job that is held goes on by itself."""
_CODE = Code(PLUGIN, "fake:code")
_BYTES = Scale("grey", 0.0, 255.0)


def _number(id_: str, default: float, low: float, high: float, **more: Any) -> Parameter:
    return Parameter(id=id_, name=id_, kind=ParameterKind.NUMBER, default=default, low=low, high=high, **more)


PARAMETERS = (
    _number("level", 0.5, 0.0, 1.0, step=0.01, hint="How bright it is."),
    _number("speed", 1.0, 0.01, 100.0, is_logarithmic=True, unit="m/s"),
    Parameter(id="size", name="size", kind=ParameterKind.WHOLE, default=8, low=2, high=64, unit="px"),
    Parameter(id="steps", name="steps", kind=ParameterKind.WHOLE, default=10, low=1, high=500, is_slow=True),
    Parameter(id="inverted", name="inverted", kind=ParameterKind.SWITCH, default=False),
    Parameter(
        id="shape",
        name="shape",
        kind=ParameterKind.CHOICE,
        default="ramp",
        choices=(Choice("ramp", "A ramp"), Choice("flat", "One grey")),
    ),
    Parameter(id="rule", name="rule", kind=ParameterKind.TEXT, default="0123\n3210"),
    Parameter(id="word", name="word", kind=ParameterKind.TEXT, default="cat"),
    Parameter(id="spot", name="spot", kind=ParameterKind.POINT, default=(0.5, 0.5)),
    Parameter(id="part", name="part", kind=ParameterKind.BOX, default=(0.0, 0.0, 0.0, 0.0)),
    Parameter(id="picture", name="picture", kind=ParameterKind.IMAGE, default=None),
    Parameter(id="folder", name="folder", kind=ParameterKind.FOLDER, default=None),
    Parameter(id="table", name="table", kind=ParameterKind.FILE, default=None),
    Parameter(id="mind", name="mind", kind=ParameterKind.BRAIN, default=None),
    Parameter(id="wounds", name="wounds", kind=ParameterKind.LESIONS, default=()),
)


def _experiment(id_: str, *parameters: str, **more: Any) -> Experiment:
    name = id_.capitalize()
    return Experiment(id=id_, name=name, summary=f"{name}, to be tested.", code=_CODE, parameters=parameters, **more)


EXPERIMENTS = (
    _experiment("picture", "level", "speed", "size", "inverted", "shape", "rule", "word", "spot", "part"),
    _experiment("wall", "level", "size"),
    _experiment("film", "level"),
    _experiment("cloud", "size"),
    _experiment("plot", "level"),
    _experiment("slow", "level", "steps"),
    _experiment("asked", "level", is_live=False),
    _experiment("materials", "picture", "folder", "table", "mind"),
    _experiment("lesions", "level", "wounds"),
    _experiment("refusing", "level"),
    _experiment("broken", "level", is_live=False),
)
LABORATORY = Laboratory(
    plugin=PLUGIN,
    id="shapes",
    name="Shapes",
    summary="Something of every kind, for tests.",
    code=Code(PLUGIN, ""),
    parameters=PARAMETERS,
    guide="Look how the ramp follows the level. A lesioned brain would not.",
    experiments=EXPERIMENTS,
    network=_CODE,
)
OTHER = Laboratory(
    plugin="other-plugin",
    id="calm",
    name="Calm",
    summary="A grey square that never changes.",
    code=Code("other-plugin", ""),
    parameters=(_number("level", 0.5, 0.0, 1.0),),
    guide="There is nothing to look for.",
    experiments=(_experiment("picture", "level"),),
)


def found_plugins() -> tuple[FoundPlugin, ...]:
    """One that is built in, one that is installed, one in the user's folder, and one that cannot be read."""
    return (
        FoundPlugin(id=PLUGIN, origin=Origin.BUILT_IN, place="alienlab", plugin=_plugin(PLUGIN, "Fake", LABORATORY)),
        FoundPlugin(
            id="other-plugin",
            origin=Origin.INSTALLED,
            place="other 2.0",
            plugin=_plugin("other-plugin", "Other", OTHER),
        ),
        FoundPlugin(
            id="own-plugin", origin=Origin.USER_FOLDER, place="/plugins/own", plugin=_plugin("own-plugin", "Own")
        ),
        FoundPlugin(id="torn", origin=Origin.USER_FOLDER, place="/plugins/torn", error="plugin.toml has no id."),
    )


def _plugin(id_: str, name: str, *offers: Laboratory) -> Plugin:
    return Plugin(
        id=id_,
        name=name,
        version="1.0",
        api=API_VERSION,
        summary=f"{name}, for tests.",
        author="A. Tester",
        offers=offers,
    )


def ramp(values: Values) -> np.ndarray:
    """Grey from dark to ``level``, upside down where it is inverted."""
    size = values.whole("size") if "size" in values else 8
    shape = values.text("shape") if "shape" in values else "ramp"
    grey = np.linspace(0, 1, size) if shape == "ramp" else np.ones(size)
    column = np.rint(grey * values.number("level") * 255).astype(np.uint8)
    if "inverted" in values and values.switch("inverted"):
        column = column[::-1]
    return np.repeat(np.repeat(column[:, None, None], size, axis=1), 3, axis=2)


def picture(values: Values, random: np.random.Generator) -> Exhibit:
    handles = (
        Handle("level", Grip.ACROSS),
        Handle("speed", Grip.UP),
        Handle("spot", Grip.POINT),
        Handle("part", Grip.BOX),
    )
    x, y = Scale("level", 0.0, 1.0), Scale("speed", 0.0, 100.0, "m/s")
    main = Picture(ramp(values), caption="A ramp", x=x, y=y, handles=handles)
    plot = Plot(
        "Profile",
        (Curve("grey", np.arange(8.0), np.linspace(0, values.number("level"), 8)),),
        Scale("row", 0, 7),
        Scale("grey", 0, 0),
        (Handle("speed", Grip.ACROSS),),
    )
    drawn = Reading("drawn", float(random.random()))
    return Exhibit(
        main, (plot,), (Reading("brightest", values.number("level") * 255, "of 255"), drawn), "A ramp of grey."
    )


def wall(values: Values, random: np.random.Generator) -> Exhibit:
    levels = (0.0, 0.25, 0.5, 0.75, 1.0, 0.1)
    pictures = tuple(
        Picture(ramp(Values({**values, "level": level})), caption=f"level {level:g}", sets={"level": level})
        for level in levels
    )
    return Exhibit(Wall(pictures, 3, ("dark", "bright"), ("left", "middle", "right")))


def film(values: Values, random: np.random.Generator) -> Exhibit:
    frames = tuple(ramp(Values({"level": values.number("level") * k / 9})) for k in range(10))
    return Exhibit(Film(frames, tuple(f"step {k}" for k in range(10)), seconds=0.05))


def cloud(values: Values, random: np.random.Generator) -> Exhibit:
    points = random.random((values.whole("size") * 20, 3)).astype(np.float32)
    axes = (Scale("red", 0, 1), Scale("green", 0, 1), Scale("blue", 0, 1))
    return Exhibit(Cloud(points, np.rint(points * 255).astype(np.uint8), axes))


def plot(values: Values, random: np.random.Generator) -> Exhibit:
    x = np.linspace(0, 1, 50)
    curves = (Curve("rising", x, x), Curve("squared", x, x**2), Curve("dots", x[::5], 1 - x[::5], is_line=False))
    handles = (Handle("level", Grip.ACROSS),)
    return Exhibit(Plot("Powers", curves, Scale("level", 0, 1), Scale("value", 0, 0, "V"), handles))


def greys(values: Values, random: np.random.Generator) -> Exhibit:
    level = values.number("level") if "level" in values else 0.5
    return Exhibit(Picture(np.full((8, 8, 3), round(level * 255), np.uint8), is_smooth=True))


MAKERS: dict[str, Callable[[Values, np.random.Generator], Exhibit]] = {
    "picture": picture,
    "wall": wall,
    "film": film,
    "cloud": cloud,
    "plot": plot,
}


@dataclass
class FakePluginEngine:
    """Carries out jobs at once, in the thread that asks. ``gate`` holds every job until it is set."""

    gate: threading.Event = field(default_factory=threading.Event)
    jobs: list[PluginJob] = field(default_factory=list)
    stopped: list[tuple[int, bool]] = field(default_factory=list)
    """What was to be stopped, and whether that was insisted on."""
    is_started: bool = False
    is_closed: bool = False
    _changed: threading.Condition = field(default_factory=threading.Condition)

    def __post_init__(self) -> None:
        self.gate.set()

    @property
    def lab_jobs(self) -> list[LabJob]:
        return [job for job in self.jobs if isinstance(job, LabJob)]

    def start(self) -> None:
        self.is_started = True

    def run(self, job: PluginJob) -> Iterator[LabEvent]:
        self.jobs.append(job)
        yield Progressed(job.number, None, "Beginning")
        if not self._wait(job.number):
            yield LabStopped(job.number)
            return
        yield from self._answers(job)

    def stop(self, job: int, *, insists: bool = True) -> None:
        with self._changed:
            self.stopped.append((job, insists))
            self._changed.notify_all()

    def close(self) -> None:
        self.is_closed = True
        self.gate.set()

    def _wait(self, number: int) -> bool:
        """False where the job was stopped meanwhile."""
        with self._changed:
            self._changed.wait_for(lambda: self.gate.is_set() or self._is_stopped(number), PATIENCE)
            return not self._is_stopped(number)

    def open_gate(self) -> None:
        with self._changed:
            self.gate.set()
            self._changed.notify_all()

    def _is_stopped(self, number: int) -> bool:
        return any(number <= stopped for stopped, _ in self.stopped)

    def _answers(self, job: PluginJob) -> Iterator[LabEvent]:
        match job:
            case NetworkJob():
                yield NetworkRead(job.number, unet_anatomy())
            case LabJob(experiment=experiment) if experiment.id == "refusing":
                yield LabFailed(job.number, Failure.USER, "The level is not to be seen. Take another one.")
            case LabJob(experiment=experiment) if experiment.id == "broken":
                message = f"The plugin {PLUGIN} made a mistake: ValueError: no."
                yield LabFailed(job.number, Failure.INTERNAL, message, plugin=PLUGIN)
            case LabJob():
                yield from self._carry_out(job)
            case AskJob():
                yield LabFailed(job.number, Failure.USER, "Nothing is asked here.")

    def _carry_out(self, job: LabJob) -> Iterator[LabEvent]:
        try:
            values = checked(job.laboratory.parameters_of(job.experiment), job.recipe.values)
        except AlienLabError as error:
            yield LabFailed(job.number, Failure.USER, str(error))
            return
        exhibit = MAKERS.get(job.experiment.id, greys)(values, np.random.default_rng(job.recipe.seed))
        yield Progressed(job.number, 0.5, "Half way")
        yield Shown(job.number, exhibit)
        yield Carried(job.number, job.recipe, exhibit, _image_of(exhibit), PROVENANCE)


PROVENANCE = Provenance(
    device="cpu", device_name="Fake processor", threads=1, batch_class=1, seconds=0.01, app_version="0"
)


def _image_of(exhibit: Exhibit) -> np.ndarray:
    match exhibit.main:
        case Picture(pixels=pixels):
            return pixels
        case Wall(pictures=pictures):
            return np.concatenate([picture.pixels for picture in pictures], axis=1)
        case Film(frames=frames):
            return frames[-1]
        case _:
            return np.full((16, 16, 3), 128, np.uint8)
