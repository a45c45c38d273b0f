"""Every stage on a tiny plan, from the world to a brain that opens."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import numpy as np
import PIL.Image
import pytest
import torch
from safetensors import safe_open

from alienlab.lab import Lab
from alienlab.session.paths import world_folder
from alienlab.training.__main__ import Step, take
from alienlab.training.bank import draw_bank, open_bank
from alienlab.training.errors import TrainingError
from alienlab.training.judging.card import CARD
from alienlab.training.judging.evaluation import Evaluation
from alienlab.training.judging.figures import Figures
from alienlab.training.learning import loop
from alienlab.training.learning.checkpoint import Checkpoint
from alienlab.training.learning.processes import Share, run_in_processes
from alienlab.training.parts.diffusion import new_scheduler, new_text_encoder, new_unet
from alienlab.training.parts.recogniser import new_recogniser
from alienlab.training.parts.vae import Compression, new_vae, reconstruction_psnr, to_unit
from alienlab.training.parts.vocabulary import encode, new_tokenizer
from alienlab.training.plan import PLANS
from alienlab.training.stages import TrainVae
from alienlab.training.workplace import Workplace


@pytest.fixture
def place(trained_place: Workplace) -> Workplace:
    return trained_place


def test_the_brain_has_391_modules_and_renders(place: Workplace) -> None:
    with Lab(place.folder / "brain", device="cpu", precision="fp32") as lab:
        assert len(lab.anatomy) == 391
        assert lab.info.tokens * lab.info.dims == 2304
        image = np.asarray(lab.render("a cat in a party hat", steps=2).image)
    assert image.shape == (16, 16, 3)


def test_weights_are_half_precision_safetensors(place: Workplace) -> None:
    files = sorted((place.folder / "brain").rglob("*.safetensors"))
    assert {file.parent.name for file in files} == {"unet", "vae", "text_encoder", "recogniser"}
    for file in files:
        with safe_open(file, framework="pt") as weights:
            dtypes = {weights.get_tensor(name).dtype for name in weights.keys()}  # noqa: SIM118 - not a mapping
        assert dtypes <= {torch.float16, torch.int64}


def test_exporting_again_keeps_what_people_wrote(place: Workplace) -> None:
    card = place.folder / "brain" / "MODEL_CARD.md"
    card.write_text("by hand")
    take(Step.EXPORT, place, place.folder / "brain", processes=1)
    assert card.read_text() == "by hand"
    assert not list(place.folder.glob(".export-*"))


def test_a_stage_ends_with_a_checkpoint_when_its_minutes_are_over(place: Workplace, tmp_path: Path) -> None:
    there = replace(place, folder=tmp_path, minutes=0.0)
    shutil.copytree(place.bank_folder(), there.bank_folder())
    take(Step.VAE, there, tmp_path, processes=2)
    assert there.state("vae")["step"] == 1
    take(Step.VAE, there, tmp_path, processes=1)
    assert there.state("vae")["step"] == 2


def test_a_finished_brain_can_be_gone_on_from(place: Workplace, tmp_path: Path) -> None:
    """Adopted, it exports to the same weights; trained further, to others."""
    there = replace(place, folder=tmp_path)
    shutil.copytree(place.bank_folder(), there.bank_folder())
    take(Step.ADOPT, there, place.folder / "brain", processes=1)
    take(Step.EXPORT, there, tmp_path / "same", processes=1)
    for file in sorted((place.folder / "brain").rglob("*.safetensors")):
        with safe_open(file, "pt") as one, safe_open(tmp_path / "same" / file.parent.name / file.name, "pt") as other:
            assert all(torch.equal(one.get_tensor(name), other.get_tensor(name)) for name in one.keys())  # noqa: SIM118
    take(Step.DIFFUSION, there, tmp_path, processes=1)
    assert there.state("diffusion")["step"] == place.plan.diffusion.steps
    assert there.state("diffusion")["grown"], "its skip connections were open from the first step"
    assert not place.state("diffusion")["grown"]


def test_a_brain_of_another_shape_is_not_adopted(place: Workplace, tmp_path: Path) -> None:
    there = replace(place, folder=tmp_path, plan=PLANS["cpu"])
    with pytest.raises(TrainingError, match="vae is not of the shape of plan 'cpu'"):
        take(Step.ADOPT, there, place.folder / "brain", processes=1)
    with pytest.raises(TrainingError, match="cannot be gone on from"):
        take(Step.ADOPT, there, tmp_path / "nowhere", processes=1)


def test_a_stage_goes_on_from_its_checkpoint(place: Workplace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A run that is killed after two steps and begun again ends where an undisturbed one does."""
    monkeypatch.setattr(loop, "SAVE_SECONDS", 0.0)  # a checkpoint a step
    whole = Checkpoint(tmp_path / "whole.pt", {})
    _train(place, whole)
    with pytest.raises(KeyboardInterrupt):
        _train(place, _Killing(tmp_path / "halves.pt", {}))
    halves = Checkpoint(tmp_path / "halves.pt", {})
    assert (halves.load() or {})["step"] == 2
    _train(place, halves)
    one, other = whole.load(), halves.load()
    assert one is not None
    assert other is not None
    assert one["step"] == other["step"] == place.plan.vae.steps
    for key, value in one["averages"].items():
        assert torch.equal(value, other["averages"][key])


def test_two_processes_learn_what_one_learns_in_kind(place: Workplace, tmp_path: Path) -> None:
    """Averaged gradients: both leave one checkpoint, of finite weights, after the same number of steps."""
    copy = replace(place, folder=tmp_path)
    shutil.copytree(place.bank_folder(), copy.bank_folder())
    run_in_processes(TrainVae(copy), 2)
    state = copy.state("vae")
    assert state["step"] == place.plan.vae.steps
    assert all(torch.isfinite(value).all() for value in state["averages"].values())


def test_a_checkpoint_of_another_plan_is_refused(place: Workplace) -> None:
    other = replace(place, plan=replace(place.plan, vae_channels=(16, 16)))
    with pytest.raises(TrainingError, match="another configuration: vae_channels"):
        TrainVae(other)(Share())


def test_a_stage_without_its_forerunner_says_which(tmp_path: Path) -> None:
    empty = Workplace(PLANS["tiny"], world_folder(), tmp_path)
    with pytest.raises(TrainingError, match="Run the stage 'world' first"):
        take(Step.VAE, empty, tmp_path / "brain", processes=1)
    with pytest.raises(TrainingError, match="'diffusion' has left no checkpoint"):
        take(Step.EXPORT, empty, tmp_path / "brain", processes=1)
    assert not (tmp_path / "brain").exists()


def test_a_bank_is_drawn_once(place: Workplace) -> None:
    bank, plan = open_bank(place.bank_folder()), place.plan
    assert bank.images.shape == (plan.scenes, plan.pixels, plan.pixels, 3)
    written = (place.bank_folder() / "images.npy").stat().st_mtime_ns
    draw_bank(place.world, place.bank_folder(), scenes=plan.scenes, pixels=plan.pixels)
    assert (place.bank_folder() / "images.npy").stat().st_mtime_ns == written


def test_a_bank_of_another_world_is_drawn_again(place: Workplace, tmp_path: Path) -> None:
    """Sprites with other colours under the same names."""
    world, folder = tmp_path / "world", tmp_path / "bank"
    shutil.copytree(place.world, world)
    draw_bank(place.world, folder, scenes=4, pixels=8)
    before = np.array(open_bank(folder).images)
    for file in (world / "sprites").iterdir():
        with PIL.Image.open(file) as sprite:
            red, green, blue, alpha = sprite.convert("RGBA").split()
        PIL.Image.merge("RGBA", (blue, red, green, alpha)).save(file)
    draw_bank(world, folder, scenes=4, pixels=8)
    assert not np.array_equal(open_bank(folder).images, before)


def test_a_bank_whose_drawing_was_broken_off_is_not_taken(
    place: Workplace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also where an earlier one was finished in the same folder."""
    draw_bank(place.world, tmp_path, scenes=4, pixels=8)

    def broken_off(*_: object, **__: object):
        raise KeyboardInterrupt

    monkeypatch.setattr("alienlab.training.bank._drawn", broken_off)
    with pytest.raises(KeyboardInterrupt):
        draw_bank(place.world, tmp_path, scenes=5, pixels=8)
    with pytest.raises(TrainingError, match="no finished bank"):
        open_bank(tmp_path)


def test_judging_renews_card_and_sheets_where_there_is_a_card(
    place: Workplace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    evaluation = Evaluation(
        subject=0.955,
        attribute=0.5,
        background=1.0,
        vae_psnr_db={"3D": 32.2},
        recogniser=0.98,
        kid=0.01,
        seconds_per_image=0.6,
    )
    drawn: list[Path] = []
    monkeypatch.setattr("alienlab.training.__main__.figures_of", lambda *_, **__: Figures(evaluation, None))
    monkeypatch.setattr("alienlab.training.__main__.write_sheets", lambda brain, world, folder: drawn.append(folder))
    take(Step.EVALUATE, place, tmp_path, processes=1)
    assert "main subject right      95.5%" in capsys.readouterr().out
    assert drawn == []
    (tmp_path / CARD).write_text("<!-- figures -->\n<!-- end of figures -->\n", encoding="utf-8")
    take(Step.EVALUATE, place, tmp_path, processes=1)
    assert "95.5 %" in (tmp_path / CARD).read_text(encoding="utf-8")
    assert drawn == [tmp_path / "sheets"]


def test_the_tokenizer_knows_the_words_and_spells_the_rest() -> None:
    tokenizer = new_tokenizer(["a cat in a party hat", "a dog"] * 20)
    ids = encode(tokenizer, ["a cat", "xylophone!", ""])
    assert ids.shape == (3, 18)
    assert ids[0].tolist()[:1] + ids[0].tolist()[3:] == [0] + [1] * 15
    assert tokenizer.decode(ids[1], skip_special_tokens=True).replace(" ", "") == "xylophone!"
    assert ids[2].tolist() == [0] + [1] * 17


def test_every_plan_but_the_tiny_one_is_a_stable_diffusion_in_small() -> None:
    for name in ("cpu", "gpu"):
        with torch.device("meta"):
            unet = new_unet(PLANS[name])
        leaves = [m for m in unet.modules() if next(m.parameters(recurse=False), None) is not None]
        assert len(leaves) == 391
        with torch.device("meta"):
            others = [new_vae(PLANS[name]), new_text_encoder(1500), new_recogniser(PLANS[name], 1500)]
        weights = sum(p.numel() for network in (unet, *others) for p in network.parameters())
        assert 2 * weights <= 48e6, "bytes in half precision"
        assert PLANS[name].latent_side == 24


def test_noise_at_the_last_time_holds_no_signal() -> None:
    assert float(new_scheduler().alphas_cumprod[-1]) < 1e-7


def test_psnr_is_that_of_the_textbook() -> None:
    class Shifted(torch.nn.Module):
        """Gives every image back a tenth brighter."""

        def encode(self, images):
            return type("", (), {"latent_dist": type("", (), {"mean": images})})

        def decode(self, latents):
            return type("", (), {"sample": latents + 0.2})

    images = to_unit(torch.full((2, 4, 4, 3), 100, dtype=torch.uint8))
    assert reconstruction_psnr(Shifted(), images).tolist() == pytest.approx([20.0, 20.0], abs=1e-3)  # 10·log10(2²/0.2²)


class _Killing(Checkpoint):
    def save(self, state) -> None:
        super().save(state)
        if state["step"] == 2:
            raise KeyboardInterrupt


def _train(place: Workplace, checkpoint: Checkpoint) -> None:
    torch.manual_seed(0)
    networks = torch.nn.ModuleDict({"vae": new_vae(place.plan)})
    loss = Compression(networks["vae"], place.bank(), torch.device("cpu"))
    loop.Stage("vae", networks, loss, place.plan.vae, checkpoint, Share()).train()
