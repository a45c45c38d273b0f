"""The command line on the embedded brain, as a user types it."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from alienlab.session.paths import embedded_brain
from tests.integration.conftest import refused


def test_anatomy_of_sd15_has_the_numbers_of_the_field(run) -> None:
    code, out, _ = run("anatomy", "--config", "sd15", "--json")
    found = json.loads(out)
    assert (code, found["modules"], found["parameters"]) == (0, 391, 859_520_964)
    assert '"modules": 391, "parameters": 859520964' in out


def test_anatomy_of_the_embedded_brain_lists_every_module(run) -> None:
    code, out, _ = run("anatomy")
    assert code == 0
    assert out.startswith("391 modules")
    assert len(out.splitlines()) == 392


def test_render_replay_and_sheet(run, tmp_path) -> None:
    for file, lesions in (("intact.png", ()), ("altered.png", ("--lesion", "up_blocks.3.*:zero"))):
        code, out, err = run("render", "a cat in a party hat", "--seed", 7, "--steps", 3, *lesions, "-o", file)
        assert (code, out, err) == (0, file, "")
    intact, altered = (np.asarray(Image.open(tmp_path / file)) for file in ("intact.png", "altered.png"))
    assert intact.shape == altered.shape
    assert not np.array_equal(intact, altered)
    with Image.open(tmp_path / "altered.png") as picture:
        assert json.loads(picture.text["alienlab"])["recipe"]["lesions"] == ["up_blocks.3.*:zero"]
        assert picture.text["parameters"].startswith("a cat in a party hat")
    assert run("replay", "altered.png")[:2] == (0, "identical")

    with Image.open(tmp_path / "altered.png") as picture:
        info = PngInfo()
        for key, text in picture.text.items():
            info.add_text(key, text)
        pixels = np.asarray(picture).copy()
        pixels[3, 4, 0] ^= 5
        Image.fromarray(pixels).save(tmp_path / "forged.png", pnginfo=info)
    code, out, _ = run("replay", "forged.png")
    assert code == 1
    assert out == f"largest pixel difference {abs(int(pixels[3, 4, 0]) - int(altered[3, 4, 0]))} of 255"


def test_a_session_of_two_renders_becomes_a_sheet(run, tmp_path) -> None:
    for lesions in ((), ("--lesion", "mid_block.*:zero")):
        code, out, _ = run("render", "a dog", "--steps", 2, "--session", "trial", *lesions)
        assert code == 0
        assert Path(out).is_file()
    assert run("sheet", "trial", "-o", "sheet.png")[0] == 0
    assert run("sheet", "trial", "-o", "sheet.pdf")[0] == 0
    assert (tmp_path / "sheet.pdf").read_bytes().startswith(b"%PDF")
    with Image.open(tmp_path / "sheet.png") as picture:
        assert picture.width > 200


def test_brains_lists_the_embedded_one(run) -> None:
    code, out, _ = run("brains")
    assert code == 0
    assert f"embedded\t{embedded_brain()}" in out


def test_an_empty_prompt_is_the_unconditional_image(run, tmp_path) -> None:
    assert run("render", "", "--steps", 2, "-o", "nothing.png")[0] == 0
    assert (tmp_path / "nothing.png").is_file()


def test_words_beyond_the_token_limit_are_named(run) -> None:
    prompt = "a cat and a dog and a man and a woman and a fox and a robot and a whale and a balloon"
    code, _, err = run("render", prompt, "--steps", 1, "-o", "long.png")
    assert code == 0
    assert "dropped:" in err
    assert "balloon" in err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--brain", "nowhere/at/all"), "no brain at 'nowhere/at/all'"),
        (("--lesion", "conv_inn:zero"), "closest are conv_in"),
        (("--lesion", "conv_in:scale=1000"), "out of range"),
        (("--steps", "0"), "out of range"),
        (("--guidance", "-1"), "out of range"),
        (("--size", "100"), "WIDTHxHEIGHT"),
        (("--size", "100x100"), "multiples of"),
        (("--scheduler", "magic"), "Known are ddim"),
        (("--dtype", "int3"), "fp32"),
        (("--device", "cuda:9"), "not available"),
        (("-o", "/dev/null/file.png"), "/dev/null"),
    ],
)
def test_bad_input_is_one_sentence_and_exit_code_2(run, arguments, said) -> None:
    assert said in refused(run("render", "a cat", "--steps", "1", *arguments))


def test_brains_that_cannot_be_read_are_refused_by_name(run, tmp_path) -> None:
    broken = tmp_path / "broken"
    shutil.copytree(embedded_brain(), broken)
    weights = broken / "vae" / "diffusion_pytorch_model.safetensors"
    weights.write_bytes(weights.read_bytes()[:100_000])
    assert "diffusion_pytorch_model.safetensors" in refused(run("render", "a cat", "--brain", broken))
    weights.rename(weights.with_name("diffusion_pytorch_model.bin"))
    assert "--allow-pickle" in refused(run("render", "a cat", "--brain", broken))


def test_foreign_images_are_refused(run, tmp_path) -> None:
    Image.new("RGB", (8, 8)).save(tmp_path / "foreign.png")
    (tmp_path / "text.png").write_text("no image")
    for name in ("foreign.png", "text.png", "missing.png"):
        assert name in refused(run("replay", name))


def test_sheets_of_nothing_are_refused(run, tmp_path) -> None:
    assert "nothing-here" in refused(run("sheet", "nothing-here", "-o", "sheet.png"))
    assert run("render", "a cat", "--steps", "1", "--session", "one")[0] == 0
    assert ".png, .pdf or .html" in refused(run("sheet", "one", "-o", "sheet.docx"))


def test_a_pipe_sees_the_file_name_and_nothing_else(tmp_path) -> None:
    command = [sys.executable, "-m", "alienlab", "render", "a cat", "--steps", "1", "-o", str(tmp_path / "cat.png")]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)
    assert (done.returncode, done.stdout.strip(), done.stderr) == (0, str(tmp_path / "cat.png"), "")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((), ""),
        (("--brain", "/no/such/brain"), "no brain at '/no/such/brain'"),
        (("--lesion", "conv_inn:zero"), "closest are conv_in"),
    ],
)
def test_a_picture_of_the_whole_window(tmp_path, arguments, said) -> None:
    picture = tmp_path / "window.png"
    command = [sys.executable, "-m", "alienlab", "open", "--screenshot", str(picture), "--size", "1200x800", *arguments]
    environment = {**os.environ, "ALIENLAB_HOME": str(tmp_path / "home"), "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=200, env=environment)
    assert done.returncode == (2 if said else 0), done.stderr
    assert said in done.stderr
    assert picture.is_file() is not bool(said)
    if not said:
        with Image.open(picture) as image:
            assert image.size == (1200, 800)
