"""From images to words, with a vocabulary, with words of the user's, and with neither."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import numpy as np
import pytest
from safetensors.torch import load_file, save_file

from alienlab.domain.errors import RecogniserError
from alienlab.engine.recognition.attached import AttachedRecogniser
from alienlab.engine.recognition.common_things import COMMON_THINGS, NOTHING, sentence
from alienlab.engine.recognition.recogniser import Recogniser
from alienlab.engine.recognition.recognising import recognise
from tests.fakes.recipes import make_image
from tests.fakes.tiny_recogniser import VOCABULARY, write_tiny_recogniser

IMAGES = (make_image(1), make_image(2))


@pytest.fixture(scope="module")
def taught(tiny_recogniser: Path) -> Recogniser:
    return Recogniser.load(tiny_recogniser)


@pytest.fixture(scope="module")
def untaught(tmp_path_factory: pytest.TempPathFactory) -> Recogniser:
    return Recogniser.load(write_tiny_recogniser(tmp_path_factory.mktemp("clip"), vocabulary=None))


def test_a_vocabulary_answers_what_the_subject_wears_and_where_it_is(taught: Recogniser) -> None:
    first, second = recognise(taught, IMAGES, name="tiny")
    for kind in ("subjects", "attributes", "backgrounds"):
        ranking = getattr(first, kind)
        assert sorted(word for word, _ in ranking) == sorted(VOCABULARY[kind])
        assert [value for _, value in ranking] == sorted((value for _, value in ranking), reverse=True)
        assert sum(value for _, value in ranking) == pytest.approx(1, abs=1e-5)
        truth = taught.probabilities(IMAGES, VOCABULARY[kind])[0]
        assert dict(ranking) == pytest.approx(dict(zip(VOCABULARY[kind], truth, strict=True)))
    assert first != second
    assert (first.nothing, first.recogniser) == ("nothing I know", "tiny")


def test_words_of_the_users_are_all_there_is_to_choose_among(taught: Recogniser, untaught: Recogniser) -> None:
    for recogniser in (taught, untaught):
        (found,) = recognise(recogniser, IMAGES[:1], words=["dog", "cat"])
        assert {word for word, _ in found.subjects} == {"dog", "cat"}
        assert (found.attributes, found.backgrounds, found.nothing) == ((), (), "")


def test_a_clip_without_a_vocabulary_is_asked_about_common_things_in_sentences(untaught: Recogniser) -> None:
    (found,) = recognise(untaught, IMAGES[:1])
    truth = untaught.probabilities(IMAGES[:1], [sentence(word) for word in COMMON_THINGS])[0]
    assert found.subjects[0] == (COMMON_THINGS[int(truth.argmax())], pytest.approx(truth.max()))
    assert found.nothing == NOTHING
    assert len(set(COMMON_THINGS)) == len(COMMON_THINGS)


def test_a_word_becomes_a_caption_and_a_phrase_stands() -> None:
    assert sentence("cat") == "a picture of a cat"
    assert sentence("owl") == "a picture of an owl"
    assert sentence("two cats") == "two cats"


def test_no_words_are_refused(taught: Recogniser) -> None:
    with pytest.raises(RecogniserError, match="no words"):
        recognise(taught, IMAGES, words=[])


@pytest.mark.parametrize("spoil", ["processor", "tokenizer", "weights"])
def test_parts_that_do_not_belong_together_are_said_in_a_sentence(
    tiny_recogniser: Path, tmp_path: Path, spoil: str
) -> None:
    folder = Path(shutil.copytree(tiny_recogniser, tmp_path / "mixed"))
    if spoil == "processor":
        config = json.loads((folder / "preprocessor_config.json").read_text())
        config.update(crop_size={"height": 40, "width": 40}, size={"shortest_edge": 40})
        (folder / "preprocessor_config.json").write_text(json.dumps(config))
    else:
        tensors = load_file(folder / "model.safetensors")
        if spoil == "weights":
            tensors["logit_scale"][...] = float("nan")
        else:
            name = "text_model.embeddings.token_embedding.weight"
            tensors[name] = tensors[name][:4].clone()
            config = json.loads((folder / "config.json").read_text())
            config["text_config"]["vocab_size"] = 4
            (folder / "config.json").write_text(json.dumps(config))
        save_file(tensors, folder / "model.safetensors", metadata={"format": "pt"})
    with pytest.raises(RecogniserError, match="do not belong together"):
        recognise(Recogniser.load(folder), IMAGES, name="mixed")


def test_nothing_is_read_before_the_first_image(monkeypatch: pytest.MonkeyPatch, tiny_recogniser: Path) -> None:
    read: list[Path] = []
    load = Recogniser.load

    def note(folder: Path) -> Recogniser:
        read.append(folder)
        return load(folder)

    monkeypatch.setattr(Recogniser, "load", note)
    attached = AttachedRecogniser(tiny_recogniser.parent, str(tiny_recogniser))
    assert attached.name == "/".join(tiny_recogniser.parts[-2:])
    assert read == []
    attached.recognise(IMAGES)
    attached.recognise(IMAGES)
    assert read == [tiny_recogniser]


def test_a_brain_without_one_cannot_say(tmp_path: Path) -> None:
    attached = AttachedRecogniser(tmp_path)
    assert attached.name is None
    with pytest.raises(RecogniserError, match="brings no recogniser"):
        attached.recognise(IMAGES)


def test_a_picture_of_one_pixel_and_one_of_another_shape_are_recognised(taught: Recogniser) -> None:
    odd = [np.zeros((1, 1, 3), np.uint8), make_image(3, width=200, height=10)]
    assert len(recognise(taught, odd)) == 2
