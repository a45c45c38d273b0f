"""Passes that were compiled once, against weights that are edited for every row."""

from __future__ import annotations

import copy
from collections.abc import Iterator, Sequence

import pytest
import torch
from diffusers.schedulers.scheduling_ddim import DDIMScheduler
from torch._dynamo.testing import CompileCounter

from alienlab.domain.anatomy import Anatomy
from alienlab.domain.brain import COMPILED
from alienlab.domain.concepts import Prompt
from alienlab.domain.lesions import INTACT, LesionSet, LesionSpec
from alienlab.domain.recipe import DiffusionRecipe
from alienlab.engine.anatomy.reader import read_anatomy
from alienlab.engine.batches import Batch, Row
from alienlab.engine.compiled.compiler import PassCompiler
from alienlab.engine.compiled.gains import fits, gains_of
from alienlab.engine.compiled.passes import CompiledPasses, Pass, PassShape, compiled
from alienlab.engine.compiled.twin import own_modules, twin_of
from alienlab.engine.denoising import Denoising, cancellable
from alienlab.engine.device import converted
from alienlab.engine.lesions.row_lesions import edited_weights
from alienlab.engine.passes import HookedPasses, Passes
from tests.fakes.tiny_unet import DIMS, SIDE, TOKENS, forward, inputs, tiny_unet

SHALLOW = {
    "block_out_channels": (8, 16),
    "down_block_types": ("CrossAttnDownBlock2D", "DownBlock2D"),
    "up_block_types": ("UpBlock2D", "CrossAttnUpBlock2D"),
    "layers_per_block": 1,
}
ROWS, STEPS, GUIDANCE = 6, 3, 3.0
SHAPE = PassShape((ROWS, 4, SIDE, SIDE), (ROWS, TOKENS, DIMS))
BLOCK = "down_blocks.0.attentions.0.transformer_blocks.0"
SETS = (
    (),
    ("mid_block.*:zero",),
    ("conv_in:scale=0.5", f"{BLOCK}.attn2.to_v:scale=-1.5"),
    ("kind=norm:scale=1.2;weights", f"{BLOCK}.attn2.to_k:zero"),
    ("down_blocks.0.*:scale=0.7;weights", "down_blocks.0.resnets.0.norm1:scale=2"),
    ("time_embedding.linear_1:zero", "conv_out:zero;weights"),
)
BY_STEP = ((), ("mid_block.*:zero;steps=0-1",), (f"{BLOCK}.*:scale=0.5;weights;steps=1-2", "conv_in:scale=1.1"))


@pytest.fixture(scope="module")
def unet():
    return tiny_unet(**SHALLOW)


@pytest.fixture(scope="module")
def anatomy(unet) -> Anatomy:
    return read_anatomy(unet)


@pytest.fixture(scope="module")
def counter() -> CompileCounter:
    return CompileCounter()


@pytest.fixture(scope="module")
def traced(unet, counter) -> CompiledPasses:
    """By torch's compiler, with its graph run as it is."""
    return CompiledPasses(unet, SHAPE, lambda run: torch.compile(run, fullgraph=True, dynamic=False, backend=counter))


@pytest.fixture
def passes(traced) -> Iterator[CompiledPasses]:
    """Any recompilation is an error."""
    with torch._dynamo.config.patch(error_on_recompile=True):
        yield traced
    traced.close()


def lesions(anatomy: Anatomy, texts: Sequence[str]) -> LesionSet:
    return LesionSet.of([LesionSpec.parse(text) for text in texts], anatomy)


def as_it_is(run: Pass) -> Pass:
    return run


def predict(passes: Passes, rows: Sequence[tuple[slice, LesionSet]]) -> torch.Tensor:
    drawn = inputs(ROWS)
    passes.lesion(INTACT, rows)
    with torch.inference_mode():
        return passes.predict(drawn["sample"], drawn["timestep"], drawn["encoder_hidden_states"])


def single_rows(anatomy: Anatomy, sets: Sequence[Sequence[str]]) -> list[tuple[slice, LesionSet]]:
    return [(slice(row, row + 1), lesions(anatomy, texts)) for row, texts in enumerate(sets)]


def assert_like_edited_weights(found: torch.Tensor, unet, rows: Sequence[tuple[slice, LesionSet]]) -> None:
    for where, own in rows:
        with edited_weights(unet, own):
            alone = forward(unet, inputs(ROWS))[where]
        assert torch.allclose(found[where], alone, atol=1e-5), str(own)


def recipe(seed: int) -> DiffusionRecipe:
    return DiffusionRecipe(
        brain="0" * 64,
        prompt=Prompt("a cat"),
        seed=seed,
        steps=STEPS,
        guidance=GUIDANCE,
        scheduler="DDIMScheduler",
        width=SIDE,
        height=SIDE,
    )


def batch(anatomy: Anatomy, sets: Sequence[Sequence[str]], edits: LesionSet = INTACT, *, silent: bool = False) -> Batch:
    rows = [Row(index, recipe(index), lesions(anatomy, texts), silent) for index, texts in enumerate(sets)]
    return Batch(tuple(rows), len(rows), edits)


def test_rows_with_different_lesions_agree_with_edited_weights(passes, unet, anatomy) -> None:
    rows = single_rows(anatomy, SETS)
    assert_like_edited_weights(predict(passes, rows), unet, rows)


def test_no_lesion_has_the_bits_of_the_intact_network_and_lesions_end(passes, unet, anatomy) -> None:
    drawn = inputs(ROWS)
    laid_out = drawn["sample"].contiguous(memory_format=torch.channels_last)
    intact = forward(unet, {**drawn, "sample": laid_out})
    assert torch.equal(predict(passes, []), intact)
    altered = predict(passes, single_rows(anatomy, SETS))
    assert torch.equal(altered[0], intact[0])
    assert not torch.equal(altered, intact)
    passes.close()
    with torch.inference_mode():
        again = passes.predict(drawn["sample"], drawn["timestep"], drawn["encoder_hidden_states"])
    assert torch.equal(again, intact)


def test_other_lesions_schedulers_and_strides_never_compile_again(passes, unet, anatomy, counter) -> None:
    for path in list(own_modules(unet))[::9]:
        predict(passes, single_rows(anatomy, [(f"{path}:zero",), (f"{path}:scale=0.3;weights",)]))
    drawn = inputs(ROWS)
    with torch.inference_mode():
        for timestep in (torch.tensor(500), torch.tensor(499.5)):
            for layout in (torch.channels_last, torch.contiguous_format):
                sample = drawn["sample"].contiguous(memory_format=layout)
                passes.predict(sample, timestep, drawn["encoder_hidden_states"])
    assert counter.frame_count == 1


def test_a_prediction_stays_when_the_next_one_is_made(anatomy, unet) -> None:
    buffer = torch.zeros(SHAPE.sample)
    passes = CompiledPasses(unet, SHAPE, lambda run: lambda *given: buffer.copy_(run(*given)))
    first = predict(passes, [])
    kept = first.clone()
    predict(passes, single_rows(anatomy, SETS))
    assert torch.equal(first, kept)


def denoised(batch: Batch, passes: Passes) -> torch.Tensor:
    points = [point(row.recipe.seed) for row in batch.rows]
    shape = SHAPE.sample[1:]
    with Denoising(batch, passes=passes, scheduler=DDIMScheduler(), latent_shape=shape, points=points) as denoising:
        assert len(list(denoising.run())) == STEPS
        return denoising.latents


def point(seed: int) -> tuple[torch.Tensor, torch.Tensor]:
    drawn = torch.randn(2, TOKENS, DIMS, generator=torch.Generator().manual_seed(seed))
    return drawn[0], drawn[1]


@torch.inference_mode()
def denoised_by_hand(unet, row: Row) -> torch.Tensor:
    scheduler = DDIMScheduler()
    scheduler.set_timesteps(STEPS)
    latents = torch.randn((1, *SHAPE.sample[1:]), generator=torch.Generator().manual_seed(row.recipe.seed))
    for step, timestep in enumerate(scheduler.timesteps):
        with edited_weights(unet, row.lesions.at_step(step)):
            conditional, unconditional = (
                unet(latents, timestep, encoder_hidden_states=own[None], return_dict=False)[0]
                for own in point(row.recipe.seed)
            )
        predicted = unconditional + GUIDANCE * (conditional - unconditional)
        latents = scheduler.step(predicted, int(timestep), latents, return_dict=False)[0]
    return latents


def test_lesions_of_some_steps_act_in_those_steps(passes, unet, anatomy) -> None:
    wanted = batch(anatomy, BY_STEP)
    assert fits(wanted)
    found = denoised(wanted, passes)
    for row, own in zip(wanted.rows, found, strict=True):
        assert torch.allclose(own[None], denoised_by_hand(unet, row), atol=1e-4), row.index
    assert torch.allclose(found, denoised(wanted, HookedPasses(unet)), atol=1e-4)


def test_zero_of_what_overflowed_is_zero(unet, anatomy) -> None:
    broken = copy.deepcopy(unet)
    broken.get_submodule("mid_block.resnets.0.conv2").weight.fill_(float("inf"))
    passes = CompiledPasses(broken, SHAPE, as_it_is)
    assert not torch.isfinite(predict(passes, [])).all()
    healed = predict(passes, [(slice(0, ROWS), lesions(anatomy, ["mid_block.resnets.0.conv2:zero"]))])
    assert torch.isfinite(healed).all()
    silent = predict(passes, [(slice(0, ROWS), lesions(anatomy, ["conv_out:zero"]))])
    assert not silent.any()


@pytest.mark.parametrize("dtype", [torch.float32, torch.bfloat16])
def test_the_twin_of_a_lean_network_agrees_with_its_hooks(anatomy, dtype) -> None:
    lean = converted(tiny_unet(**SHALLOW), torch.device("cpu"), dtype)
    rows = single_rows(anatomy, SETS)
    hooked, gained = HookedPasses(lean), CompiledPasses(lean, SHAPE, as_it_is)
    drawn = inputs(ROWS)
    drawn = [drawn["sample"].to(dtype), drawn["timestep"], drawn["encoder_hidden_states"].to(dtype)]
    found = []
    for passes in (hooked, gained):
        passes.lesion(INTACT, rows)
        with torch.inference_mode():
            found.append(passes.predict(*drawn).float())
        passes.close()
    tolerance = 1e-5 if dtype is torch.float32 else 0.05
    assert torch.allclose(*found, atol=tolerance * float(found[0].abs().max()))


def test_the_whole_anatomy_agrees_with_edited_weights() -> None:
    whole = tiny_unet()
    rows = single_rows(read_anatomy(whole), SETS)
    assert_like_edited_weights(predict(CompiledPasses(whole, SHAPE, as_it_is), rows), whole, rows)


def test_the_twin_shares_its_weights_and_has_no_hook_of_the_original(unet) -> None:
    places = own_modules(unet)
    with cancellable(unet, lambda: True):
        twin = twin_of(unet, torch.ones(2, len(places), ROWS))
    assert [one.data_ptr() for one in twin.parameters()] == [one.data_ptr() for one in unet.parameters()]
    assert all(one is other for one, other in zip(twin.parameters(), unet.parameters(), strict=True))
    assert torch.equal(forward(twin, inputs(ROWS)), forward(unet, inputs(ROWS)))
    assert not any(module._forward_hooks or module._forward_pre_hooks for module in unet.modules())


@pytest.mark.parametrize("text", ["conv_in:randomize@1", "mid_block.*:noise=0.1", "conv_in:noise+=0.1;steps=2-3"])
def test_newly_drawn_weights_do_not_fit(anatomy, text: str) -> None:
    assert fits(batch(anatomy, SETS))
    assert not fits(batch(anatomy, [*SETS, (text,)]))
    with pytest.raises(ValueError, match="more than a gain"):
        gains_of([(slice(0, 1), lesions(anatomy, [text]))], {"conv_in": 0, "mid_block": 1}, rows=1)


def test_neither_edits_nor_silence_fit(anatomy) -> None:
    assert not fits(batch(anatomy, [()], lesions(anatomy, ["conv_in:zero"])))
    assert not fits(batch(anatomy, [()], silent=True))


def test_a_compiler_keeps_what_it_compiled(unet) -> None:
    calls = []
    compiler = PassCompiler(lambda run: calls.append(run) or run)
    assert compiler.will_compile(unet, SHAPE)
    first = compiler.passes(unet, SHAPE)
    assert first.notes == (COMPILED,)
    assert not compiler.will_compile(unet, SHAPE)
    assert compiler.passes(unet, SHAPE) is first
    other = PassShape((2, 4, SIDE, SIDE), (2, TOKENS, DIMS))
    assert compiler.passes(unet, other) is not first
    assert len(calls) == 2


def test_a_compiler_that_fails_says_so_once_and_is_not_asked_again(unet, anatomy, caplog) -> None:
    def fail(run: Pass) -> Pass:
        raise RuntimeError("No working C++ compiler found.\nMore of it.")

    compiler = PassCompiler(fail)
    passes = compiler.passes(unet, SHAPE)
    sentence = "The UNet's passes could not be compiled and ran as usual: No working C++ compiler found."
    assert passes.notes == (sentence,)
    assert [record.message for record in caplog.records] == [sentence]
    assert not compiler.will_compile(unet, SHAPE)
    assert compiler.passes(unet, SHAPE).notes == ()
    rows = single_rows(anatomy, SETS)
    found = predict(passes, rows)
    passes.close()
    assert_like_edited_weights(found, unet, rows)


def test_what_does_not_fit_into_memory_is_left_to_smaller_batches(unet) -> None:
    def fail(run: Pass) -> Pass:
        raise torch.OutOfMemoryError("CUDA out of memory.")

    compiler = PassCompiler(fail)
    with pytest.raises(RuntimeError, match="memory"):
        compiler.passes(unet, SHAPE)
    assert compiler.will_compile(unet, SHAPE)


@pytest.mark.slow
def test_torchs_own_compiler_agrees_with_edited_weights(unet, anatomy) -> None:
    rows = single_rows(anatomy, SETS)
    passes = CompiledPasses(unet, SHAPE, compiled)
    with torch._dynamo.config.patch(error_on_recompile=True):
        assert_like_edited_weights(predict(passes, rows), unet, rows)
        assert torch.allclose(predict(passes, []), forward(unet, inputs(ROWS)), atol=1e-5)
