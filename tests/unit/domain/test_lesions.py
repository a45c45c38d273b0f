"""The lesion grammar, canonical forms and the expansion of patterns."""

from __future__ import annotations

from fnmatch import fnmatch

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alienlab.domain.anatomy import Anatomy, Kind, Module, Role, Stage
from alienlab.domain.errors import LesionError, PatternMatchesNothing
from alienlab.domain.lesions import LesionSet, LesionSpec, Operation, StepWindow, Treatment, simplify
from alienlab.domain.patterns import match_pattern, patterns_for

PATHS = (
    "conv_in",
    "down.0.conv",
    "down.0.norm",
    "down.1.conv",
    "mid.attn.to_q",
    "mid.attn.to_k",
    "mid.ff",
    "up.0.conv",
    "conv_out",
)


def module(path: str, order: int) -> Module:
    kind = Kind.NORM if path.endswith("norm") else Kind.CONV if "conv" in path else Kind.LINEAR
    role = Role.Q if path.endswith("to_q") else Role.K if path.endswith("to_k") else Role.OTHER
    return Module(path, kind, role, Stage.MIDDLE, 0, order, order, {"weight": (2, 2), "bias": (2,)})


ANATOMY = Anatomy(tuple(module(path, order) for order, path in enumerate(PATHS)), ())

windows = st.builds(lambda first, length: StepWindow(first, first + length), st.integers(0, 50), st.integers(1, 50))


@st.composite
def treatments(draw: st.DrawFn) -> Treatment:
    operation = draw(st.sampled_from(list(Operation)))
    ranges = {Operation.SCALE: (-100, 100), Operation.NOISE: (0, 1), Operation.NOISE_ADDED: (0, 100)}
    amount = None
    if operation in ranges:
        low, high = ranges[operation]
        amount = draw(st.floats(low, high)) + 0.0
    seed = draw(st.integers(0, 2**63 - 1)) if operation.takes_seed else 0
    return Treatment(operation, amount, seed, draw(st.booleans()), draw(st.none() | windows))


@given(pattern=st.sampled_from([*PATHS, "*", "mid.*", "kind=norm", "role=q", "up.[0-9].*"]), treatment=treatments())
def test_text_reads_back_to_the_same_lesion(pattern: str, treatment: Treatment) -> None:
    spec = LesionSpec(pattern, treatment)
    assert LesionSpec.parse(str(spec)) == spec


@given(st.text(max_size=60))
def test_any_text_is_a_lesion_or_one_clear_sentence(text: str) -> None:
    try:
        spec = LesionSpec.parse(text)
    except LesionError as error:
        assert str(error).endswith(".")
        assert "\n" not in str(error).replace(text, "")
    else:
        assert LesionSpec.parse(str(spec)) == spec


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("mid_block.attentions.0.*:zero", Treatment(Operation.ZERO)),
        ("up_blocks.1.resnets.0.conv1:scale=0.5", Treatment(Operation.SCALE, 0.5)),
        ("*:noise=0.02@7", Treatment(Operation.NOISE, 0.02, 7)),
        ("*:noise+=0.02@7", Treatment(Operation.NOISE_ADDED, 0.02, 7)),
        ("kind=norm:scale=1.2;steps=0-5", Treatment(Operation.SCALE, 1.2, steps=StepWindow(0, 5))),
        ("a:randomize@3;weights", Treatment(Operation.RANDOMIZE, seed=3, weights_only=True)),
    ],
)
def test_examples_of_the_grammar(text: str, expected: Treatment) -> None:
    spec = LesionSpec.parse(text)
    assert spec == LesionSpec(text.partition(":")[0], expected)
    assert str(spec) == text


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("conv_in", "PATTERN:operation"),
        ("conv_in:melt", "not an operation"),
        ("conv_in:zero=1", "takes no amount"),
        ("conv_in:scale", "needs an amount"),
        ("conv_in:scale=nan", "out of range"),
        ("conv_in:scale=101", "out of range"),
        ("conv_in:noise=1.01", "out of range"),
        ("conv_in:noise=-0.1", "out of range"),
        ("conv_in:noise=much", "not a number"),
        ("conv_in:zero@4", "takes no seed"),
        ("conv_in:randomize@-1", "not a seed"),
        ("conv_in:zero;steps=5-5", "empty"),
        ("conv_in:zero;biases", "not understood"),
        ("conv_in:zero;weights;weights", "not understood"),
    ],
)
def test_bad_lesions_are_named(text: str, said: str) -> None:
    with pytest.raises(LesionError, match=said):
        LesionSpec.parse(text)


@given(st.sampled_from(["*", "mid.*", "*.conv", "*o*", "down.?.conv", "[cm]*"]))
def test_patterns_match_as_fnmatch_does_in_execution_order(pattern: str) -> None:
    assert match_pattern(pattern, ANATOMY) == tuple(path for path in PATHS if fnmatch(path, pattern))


def test_fields_match() -> None:
    assert match_pattern("kind=norm", ANATOMY) == ("down.0.norm",)
    assert match_pattern("role=k", ANATOMY) == ("mid.attn.to_k",)


@pytest.mark.parametrize(
    ("pattern", "said"),
    [
        ("mid.attn.to_w", "closest are mid.attn.to_"),
        ("mid", "Write mid.*"),
        ("kind=convolution", "Known are conv"),
        ("role=x", "Known are q"),
        ("zzzzzzzzzz", "No module matches 'zzzzzzzzzz'.$"),
    ],
)
def test_a_pattern_without_modules_names_what_is_close(pattern: str, said: str) -> None:
    with pytest.raises(PatternMatchesNothing, match=said):
        match_pattern(pattern, ANATOMY)


@given(st.sets(st.sampled_from(PATHS)))
def test_patterns_for_a_selection_match_exactly_it(selection: set[str]) -> None:
    patterns = patterns_for(selection, ANATOMY)
    matched = [path for pattern in patterns for path in match_pattern(pattern, ANATOMY)]
    assert sorted(matched) == sorted(selection)
    assert len(patterns) <= len(selection)


def apply(theta: float, drawn: float, chain: tuple[Treatment, ...], *, tensor: str, step: int) -> float:
    """The definitions of the operations, on one number."""
    for treatment in chain:
        if tensor == "bias" and treatment.weights_only:
            continue
        if treatment.steps is not None and not treatment.steps.first <= step < treatment.steps.end:
            continue
        amount = treatment.amount or 0.0
        match treatment.operation:
            case Operation.ZERO:
                theta = 0.0
            case Operation.RANDOMIZE:
                theta = drawn + treatment.seed
            case Operation.SCALE:
                theta = amount * theta
            case Operation.NOISE:
                theta = (1 - amount) * theta + amount * (drawn + treatment.seed)
            case Operation.NOISE_ADDED:
                theta = theta + amount * (drawn + treatment.seed)
    return theta


@given(
    chain=st.lists(treatments(), max_size=5).map(tuple),
    theta=st.floats(-10, 10),
    tensor=st.sampled_from(["weight", "bias"]),
    step=st.integers(0, 100),
)
def test_simplified_chains_do_exactly_the_same(
    chain: tuple[Treatment, ...], theta: float, tensor: str, step: int
) -> None:
    simplified = simplify(chain)
    assert len(simplified) <= len(chain)
    assert not any(treatment.is_identity for treatment in simplified)
    assert apply(theta, 0.3, simplified, tensor=tensor, step=step) == apply(theta, 0.3, chain, tensor=tensor, step=step)


def test_sets_written_differently_are_equal() -> None:
    first = LesionSet.of([LesionSpec.parse("mid.*:zero"), LesionSpec.parse("conv_in:scale=1")], ANATOMY)
    second = LesionSet.of(
        [LesionSpec.parse(text) for text in ("mid.ff:scale=0", "mid.attn.*:randomize@3", "mid.attn.*:zero")], ANATOMY
    )
    assert first == second
    assert hash(first) == hash(second)
    assert first.canonical() == ["mid.attn.to_q:zero", "mid.attn.to_k:zero", "mid.ff:zero"]


def test_lesions_act_in_their_steps_only() -> None:
    lesions = LesionSet.of([LesionSpec.parse("mid.ff:zero;steps=2-4")], ANATOMY)
    assert [bool(lesions.at_step(step)) for step in range(6)] == [False, False, True, True, False, False]
