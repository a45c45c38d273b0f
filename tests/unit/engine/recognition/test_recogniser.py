"""A recogniser against transformers' own CLIP, and folders that hold none."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import torch
from PIL import Image
from safetensors.torch import load_file, save_file
from transformers import CLIPImageProcessorPil, CLIPModel, CLIPTokenizer

from alienlab.domain.errors import RecogniserError
from alienlab.engine.brains.quiet import quiet_libraries
from alienlab.engine.recognition.finding import find_recogniser
from alienlab.engine.recognition.recogniser import Recogniser, distances
from tests.fakes.recipes import make_image
from tests.fakes.tiny_brain import edit_json
from tests.fakes.tiny_recogniser import DIMS, VOCABULARY, write_tiny_recogniser

WORDS = ("cat", "dog", "an old robot")
IMAGES = (make_image(1), make_image(2), make_image(3, width=48, height=90))


@pytest.fixture(scope="module")
def recogniser(tiny_recogniser: Path) -> Recogniser:
    return Recogniser.load(tiny_recogniser)


@pytest.fixture
def folder(tiny_recogniser: Path, tmp_path: Path) -> Path:
    """A copy that a test may change."""
    return Path(shutil.copytree(tiny_recogniser, tmp_path / "recogniser"))


def refusal(folder: Path) -> str:
    with pytest.raises(RecogniserError) as caught:
        Recogniser.load(folder)
    sentence = str(caught.value)
    assert sentence.endswith(".")
    assert "\n" not in sentence
    return sentence


def test_embeddings_have_length_1_and_an_image_is_no_distance_from_itself(recogniser: Recogniser) -> None:
    seen = recogniser.embeddings(IMAGES)
    assert seen.shape == (3, DIMS)
    assert np.linalg.norm(seen, axis=1) == pytest.approx(np.ones(3), abs=1e-6)
    assert distances(seen, seen) == pytest.approx(np.zeros(3), abs=1e-6)
    assert distances(seen[:1], seen[1:2])[0] > 1e-4


def test_no_images_have_no_embeddings(recogniser: Recogniser) -> None:
    assert recogniser.embeddings([]).shape == (0, DIMS)


def test_probabilities_sum_to_1_and_do_not_depend_on_the_neighbours(recogniser: Recogniser) -> None:
    together = recogniser.probabilities(IMAGES, WORDS)
    alone = np.concatenate([recogniser.probabilities([image], WORDS) for image in IMAGES])
    assert together.sum(axis=1) == pytest.approx(np.ones(3), abs=1e-6)
    assert together == pytest.approx(alone, abs=1e-6)
    assert recogniser.probabilities(IMAGES * 30, WORDS)[-1] == pytest.approx(together[-1], abs=1e-6)


def test_probabilities_are_those_of_transformers_own_forward(recogniser: Recogniser, tiny_recogniser: Path) -> None:
    with quiet_libraries(), torch.inference_mode():
        model = CLIPModel.from_pretrained(tiny_recogniser).eval()
        tokens = CLIPTokenizer.from_pretrained(tiny_recogniser)(list(WORDS), padding=True, return_tensors="pt")
        processor = CLIPImageProcessorPil.from_pretrained(tiny_recogniser)
        pixels = processor(images=[Image.fromarray(image) for image in IMAGES], return_tensors="pt").pixel_values
        truth = model(pixel_values=pixels, **tokens).logits_per_image.softmax(dim=-1).numpy()
    assert recogniser.probabilities(IMAGES, WORDS) == pytest.approx(truth, abs=1e-6)


def test_the_vocabulary_is_that_of_the_folder(recogniser: Recogniser, tmp_path: Path) -> None:
    assert recogniser.vocabulary is not None
    assert list(recogniser.vocabulary.subjects) == VOCABULARY["subjects"]
    assert recogniser.vocabulary.nothing == "nothing I know"
    assert Recogniser.load(write_tiny_recogniser(tmp_path / "plain", vocabulary=None)).vocabulary is None


def test_a_missing_folder_and_one_of_something_else_are_no_recogniser(tmp_path: Path) -> None:
    assert "no config.json" in refusal(tmp_path / "nowhere")
    (tmp_path / "notes.txt").write_text("nothing to see")
    assert "no config.json" in refusal(tmp_path)


def _without_weights(folder: Path) -> None:
    (folder / "model.safetensors").unlink()


def _cut_off(folder: Path) -> None:
    file = folder / "model.safetensors"
    file.write_bytes(file.read_bytes()[:2000])


def _pickled(folder: Path) -> None:
    torch.save(load_file(folder / "model.safetensors"), folder / "pytorch_model.bin")
    (folder / "model.safetensors").unlink()


def _half_of_the_tensors(folder: Path) -> None:
    tensors = load_file(folder / "model.safetensors")
    half = {name: tensor for name, tensor in tensors.items() if name.startswith("text_model")}
    save_file(half, folder / "model.safetensors", metadata={"format": "pt"})


def _of_another_size(folder: Path) -> None:
    edit_json(folder / "config.json", lambda config: config["vision_config"].update(hidden_size=32))


def _no_json(folder: Path) -> None:
    (folder / "config.json").write_text("{", encoding="utf-8")


def _without_processor(folder: Path) -> None:
    (folder / "preprocessor_config.json").unlink()


@pytest.mark.parametrize(
    "spoil",
    [_without_weights, _cut_off, _pickled, _half_of_the_tensors, _of_another_size, _no_json, _without_processor],
)
def test_a_broken_recogniser_is_refused_in_a_sentence(folder: Path, spoil: Callable[[Path], None]) -> None:
    spoil(folder)
    assert str(folder) in refusal(folder)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "null",
        '{"subjects": ["cat"]}',
        json.dumps({**VOCABULARY, "subjects": []}),
        json.dumps({**VOCABULARY, "subjects": "cat"}),
        json.dumps({**VOCABULARY, "attributes": [1, 2]}),
        json.dumps({**VOCABULARY, "attributes": ["hat", None]}),
        json.dumps({**VOCABULARY, "backgrounds": ["beach\nERROR: all is lost"]}),
        json.dumps({**VOCABULARY, "backgrounds": [" "]}),
        json.dumps({**VOCABULARY, "subjects": ["a" * 5000, "nothing I know"]}),
        json.dumps({**VOCABULARY, "subjects": ["cat"] * 20_000}),
        json.dumps({**VOCABULARY, "nothing": "a word that is no subject"}),
        json.dumps({**VOCABULARY, "nothing": ["cat"]}),
        "[" * 100_000,
        '"' + "a" * 2**20 + '"',
    ],
)
def test_a_hostile_vocabulary_is_refused_in_a_sentence(folder: Path, text: str) -> None:
    (folder / "vocabulary.json").write_text(text, encoding="utf-8")
    assert "vocabulary.json" in refusal(folder)


def test_a_vocabulary_that_is_no_text_is_refused_in_a_sentence(folder: Path) -> None:
    (folder / "vocabulary.json").write_bytes(b"\xff\xfe\x00")
    assert "vocabulary.json" in refusal(folder)


def test_the_chosen_one_is_taken_before_the_brains_own(tmp_path: Path) -> None:
    brain = tmp_path / "brain"
    write_tiny_recogniser(brain / "recogniser")
    chosen = write_tiny_recogniser(tmp_path / "chosen", vocabulary=None)
    assert find_recogniser(brain).vocabulary is not None
    assert find_recogniser(brain, str(chosen)).vocabulary is None


@pytest.mark.parametrize(
    ("chosen", "said"),
    [
        (None, "brings no recogniser"),
        ("no/such/folder/anywhere", "neither a folder nor a hub id"),
        ("somebody/some-clip", "not in the local cache"),
    ],
)
def test_where_there_is_no_recogniser_the_sentence_says_so(tmp_path: Path, chosen: str | None, said: str) -> None:
    with pytest.raises(RecogniserError, match=said):
        find_recogniser(tmp_path, chosen)
