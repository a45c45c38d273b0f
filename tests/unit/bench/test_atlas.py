from __future__ import annotations

from collections import Counter
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from diffusers.models.attention_processor import Attention

from alienlab.bench.atlas import measure_atlas
from alienlab.bench.figures import FIGURES, Figures, report
from alienlab.bench.likeness import comparable, likeness_figures, psnr
from alienlab.bench.loop import Imagined, LoopPlace, knocked_out, load_pipeline
from alienlab.bench.machine import _operations
from alienlab.bench.workload import Workload, embedded_workload, stable_diffusion_workload
from alienlab.domain.effects import Verdict
from alienlab.domain.recipe import Precision
from alienlab.lab import Lab

KEYS = {
    "images_per_second_loop",
    "images_per_second_exact",
    "images_per_second_default",
    "ratio_exact",
    "ratio_default",
    "psnr_exact_db",
    "psnr_default_db",
    "largest_difference_exact",
    "largest_difference_default",
    "peak_fraction",
    "peak_memory_gb",
    "device",
    "loop_dtype",
    "engine_dtype",
}


def _few_images(brain: Path) -> Workload:
    return Workload(
        brain=brain, device="cpu", rounds=1, loop_images=2, engine_images=2, steps=2, takes_whole_atlas=False
    )


@pytest.fixture(scope="module")
def figures(random_brain: Path, tmp_path_factory: pytest.TempPathFactory) -> Figures:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ALIENLAB_HOME", str(tmp_path_factory.mktemp("home")))
        return measure_atlas(_few_images(random_brain))


def test_every_key_is_measured(figures: Figures) -> None:
    assert figures.keys() == KEYS
    words = {key: value for key, value in figures.items() if isinstance(value, str)}
    assert words == {"device": "cpu", "loop_dtype": "fp32", "engine_dtype": words["engine_dtype"]}
    assert words["engine_dtype"] in set(Precision)
    numbers = {key: value for key, value in figures.items() if not isinstance(value, str)}
    assert all(np.isfinite(value) for value in numbers.values())
    assert all(value > 0 for key, value in numbers.items() if not key.startswith("largest"))


def test_the_engines_images_are_the_loops(figures: Figures) -> None:
    assert float(figures["psnr_exact_db"]) > 40
    assert float(figures["largest_difference_exact"]) <= 2
    assert float(figures["psnr_default_db"]) > 25


@pytest.mark.slow
def test_a_whole_atlas_is_timed_and_says_what_can_be_compared(random_brain: Path) -> None:
    figures = measure_atlas(replace(_few_images(random_brain), takes_whole_atlas=True))
    likeness = {key for key in KEYS if key.startswith(("psnr", "largest"))}
    assert figures.keys() - likeness == (KEYS | {"atlas_seconds"}) - likeness  # noise is no image to compare
    assert float(figures["atlas_seconds"]) > 0


def test_a_report_explains_every_key(figures: Figures) -> None:
    assert len(report(figures).splitlines()) == len(figures)
    assert "peak_gpu_memory_gb" in FIGURES
    assert "bar" in report({"device": "cpu", "ratio_exact": 1.0})
    assert "bar" not in report({"device": "cuda:0", "ratio_exact": 1.0})


def test_the_loop_in_half_precision_imagines_from_the_same_noise(random_brain: Path) -> None:
    place = LoopPlace(random_brain, "cpu", Precision.BF16, threads=1)
    theirs = knocked_out(load_pipeline(place), "conv_in", Imagined("a cat", 3, 2, 4.0))
    with Lab(random_brain, device="cpu", precision="bf16") as lab:
        ours = lab.render("a cat", seed=3, steps=2, guidance=4.0, lesions="conv_in:zero").image
        other = lab.render("a cat", seed=4, steps=2, guidance=4.0, lesions="conv_in:zero").image
    assert theirs is not None
    assert psnr(theirs, np.asarray(ours)) > 25
    assert psnr(theirs, np.asarray(ours)) > psnr(theirs, np.asarray(other)) + 6


def test_an_image_that_is_not_finite_is_left_out(random_brain: Path) -> None:
    pipeline = load_pipeline(LoopPlace(random_brain, "cpu", Precision.FP32, threads=1))
    with torch.no_grad():
        pipeline.vae.decoder.conv_out.bias.fill_(torch.nan)
    assert knocked_out(pipeline, "conv_in", Imagined("a cat", 3, 1, 4.0)) is None


def test_operations_are_those_of_every_layer_and_of_attention(random_brain: Path) -> None:
    """Counted once more, layer by layer, while the network runs."""
    counts: Counter[str] = Counter()

    def count(module: torch.nn.Module, inputs: tuple, keywords: dict, output: torch.Tensor) -> None:
        match module:
            case torch.nn.Conv2d():
                counts["convolutions"] += 2 * output.numel() * module.weight[0].numel()
            case torch.nn.Linear():
                counts["products"] += 2 * output.numel() * module.in_features
            case Attention():
                queries, width = inputs[0].shape[1], module.inner_dim
                text = keywords.get("encoder_hidden_states")
                keys = queries if text is None else text.shape[1]
                counts["products"] += 2 * 2 * queries * keys * width  # scores, and what is made of them

    with Lab(random_brain, device="cpu") as lab:
        found = _operations(lab)
        unet, info = lab.network(), lab.info
        for module in unet.modules():
            module.register_forward_hook(count, with_kwargs=True)
        side = unet.config.sample_size
        unet(
            torch.zeros(1, 4, side, side), torch.tensor(5), encoder_hidden_states=torch.zeros(1, info.tokens, info.dims)
        )
    assert found == (counts["convolutions"], counts["products"])


def test_only_what_was_rendered_in_all_ways_and_not_destroyed_is_compared() -> None:
    image = np.zeros((2, 2, 3), np.uint8)
    all_three, two = {"a": image, "b": image, "c": image}, {"a": image, "b": image}
    assert comparable(all_three, two, all_three, {}) == ["a", "b"]
    assert comparable(all_three, all_three, all_three, {"a": Verdict.NOISE, "b": Verdict.ALTERED}) == ["b", "c"]
    assert likeness_figures(all_three, two, two, ["a"])["largest_difference_exact"] == 0
    assert likeness_figures({}, {}, {}, []) == {}


def test_workloads_on_a_cpu(random_brain: Path) -> None:
    embedded = embedded_workload("cpu")
    assert (embedded.rounds, embedded.loop_images, embedded.engine_images) == (5, 8, 32)
    assert embedded.takes_whole_atlas
    large = stable_diffusion_workload(random_brain, "cpu")
    assert large == replace(
        embedded, brain=random_brain, rounds=1, loop_images=1, engine_images=2, takes_whole_atlas=False
    )
