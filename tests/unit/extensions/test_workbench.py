"""What plugins' functions are given to work with."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image as Pillow

from alienlab.api import AlienLabError, Material, Stopped
from alienlab.domain.laboratories.parameters import ParameterKind
from alienlab.extensions.materials import MaterialLost, Materials, image_digest
from alienlab.extensions.memory import KEPT, LabMemory
from alienlab.extensions.toy_world import toy_images
from alienlab.extensions.workbench import Bench, Listener, Surroundings
from alienlab.session.paths import embedded_brain


def bench(listener: Listener | None = None, *, owner: str = "lab", around: Surroundings | None = None) -> Bench:
    return Bench(
        owner=owner,
        seed=5,
        listener=listener or Listener(),
        surroundings=around or Surroundings(),
        embedded_brain=embedded_brain(),
    )


def settled(materials: Materials, place: Path, kind: ParameterKind, digest: str = "") -> Material:
    return materials.settle(Material(str(place), digest), kind, blobs=None, advance=lambda what: None)


def test_randomness_comes_from_the_seed_alone() -> None:
    np.testing.assert_array_equal(bench().random.random(4), np.random.default_rng(5).random(4))
    assert bench().seed == 5


def test_progress_is_heard_and_stops_what_is_not_wanted() -> None:
    heard: list[tuple[float | None, str]] = []
    bench(Listener(progressed=lambda fraction, message: heard.append((fraction, message)))).progress(1.7, "so far")
    assert heard == [(1.0, "so far")]
    bench(Listener(progressed=lambda fraction, message: heard.append((fraction, message)))).progress(float("nan"))
    assert heard[1:] == [(None, "")]
    with pytest.raises(Stopped):
        bench(Listener(is_stopped=lambda: True)).progress()


def test_much_progress_is_told_now_and_then() -> None:
    heard: list[float | None] = []
    talking = bench(Listener(progressed=lambda fraction, message: heard.append(fraction)))
    for step in range(2000):
        talking.progress(step / 2000)
    assert 1 <= len(heard) < 200


def test_a_few_values_are_remembered_for_each_laboratory() -> None:
    memory, made = LabMemory(), []
    for key in (*range(KEPT), 0, KEPT, 0, 1):
        memory.remember("lab", key, lambda key=key: made.append(key))
    assert made == [*range(KEPT), KEPT, 1]
    memory.remember("other", 0, lambda: made.append("other"))
    assert made[-1] == "other"
    with pytest.raises(ZeroDivisionError):
        memory.remember("lab", "broken", lambda: 1 / 0)
    assert memory.remember("lab", "broken", lambda: 3) == 3


def test_the_digest_of_an_image_is_that_of_its_pixels(tmp_path: Path) -> None:
    pixels = np.random.default_rng(1).integers(0, 256, (6, 5, 3), np.uint8)
    for name in ("a.png", "b.bmp"):
        Pillow.fromarray(pixels).save(tmp_path / name)
    materials = Materials()
    digests = {settled(materials, tmp_path / name, ParameterKind.IMAGE).digest for name in ("a.png", "b.bmp")}
    assert digests == {image_digest(pixels)}
    assert image_digest(pixels.reshape(5, 6, 3)) not in digests


def test_the_digest_of_a_folder_is_that_of_names_and_contents(tmp_path: Path) -> None:
    def made(name: str, files: dict[str, str]) -> str:
        for file, text in files.items():
            (tmp_path / name / file).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / name / file).write_text(text)
        return settled(Materials(), tmp_path / name, ParameterKind.FOLDER).digest

    first = made("1", {"a": "x", "deep/b": "y"})
    assert made("2", {"deep/b": "y", "a": "x"}) == first
    assert made("3", {"a": "y", "deep/b": "x"}) != first
    assert made("4", {"a": "x", "b": "y"}) != first
    assert made("5", {"a": "xdeep/b", "b": ""}) != first


def test_a_file_that_changes_is_noticed(tmp_path: Path) -> None:
    file, materials = tmp_path / "file", Materials()
    file.write_text("one")
    before = settled(materials, file, ParameterKind.FILE)
    assert settled(materials, file, ParameterKind.FILE, before.digest) == before
    file.write_text("another")
    with pytest.raises(MaterialLost, match="something else"):
        settled(materials, file, ParameterKind.FILE, before.digest)


def test_a_file_that_is_written_to_while_it_is_read_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_text("one")

    def write(what: str) -> None:
        file.write_text("two, by now")

    with pytest.raises(MaterialLost, match="changed while it was read"):
        Materials().settle(Material(str(file)), ParameterKind.FILE, blobs=None, advance=write)


def test_reading_a_folder_can_be_stopped_before_its_files_are_read(tmp_path: Path) -> None:
    (tmp_path / "within").mkdir()
    told: list[str] = []
    Materials().settle(Material(str(tmp_path)), ParameterKind.FOLDER, blobs=None, advance=told.append)
    assert told == [tmp_path.name]


def test_a_link_to_the_folder_itself_is_not_gone_into(tmp_path: Path) -> None:
    (tmp_path / "one.txt").write_text("one")
    before = settled(Materials(), tmp_path, ParameterKind.FOLDER)
    (tmp_path / "again").symlink_to(tmp_path, target_is_directory=True)
    assert settled(Materials(), tmp_path, ParameterKind.FOLDER) == before


def test_images_are_forgotten_where_they_would_take_much_memory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("alienlab.extensions.materials._KEPT_BYTES", 2 * 8 * 8 * 3)
    materials = Materials()
    places = [tmp_path / f"{number}.png" for number in range(3)]
    for place in places:
        Pillow.new("RGB", (8, 8)).save(place)
    first, second, _ = (materials.image(Material(str(place)), blobs=None) for place in places)
    assert materials.image(Material(str(places[1])), blobs=None) is second
    assert materials.image(Material(str(places[0])), blobs=None) is not first


def test_a_brain_has_the_hash_that_it_has_when_it_is_open(homunculus: Path) -> None:
    from alienlab.engine.brains.folder import hash_of, inspect  # noqa: PLC0415 - loads torch

    assert settled(Materials(), homunculus, ParameterKind.BRAIN).digest == hash_of(inspect(homunculus))


@pytest.mark.parametrize(
    ("place", "kind", "said"),
    [
        ("/dev/zero", ParameterKind.FILE, "is not a file"),
        ("/dev/zero", ParameterKind.IMAGE, "is not an image"),
        (".", ParameterKind.FILE, "is not a file"),
        (__file__, ParameterKind.FOLDER, "is not a folder"),
        (__file__, ParameterKind.IMAGE, "not an image"),
    ],
)
def test_what_is_of_another_kind_is_a_sentence(place: str, kind: ParameterKind, said: str) -> None:
    with pytest.raises(AlienLabError, match=said):
        settled(Materials(), Path(place), kind)


@pytest.mark.parametrize("place", ["", "/no/such/file", "blob:" + "0" * 64, "blob:../../etc/passwd", "x" * 9000])
def test_what_is_not_there_is_a_sentence(place: str, tmp_path: Path) -> None:
    with pytest.raises(AlienLabError, match=r"is not there any more|is not an image"):
        bench().image(Material(place or str(tmp_path)))


def test_the_toy_world_is_the_same_each_time() -> None:
    images = toy_images(10_240)
    assert images.shape == (10_240, 32, 32, 3)
    np.testing.assert_array_equal(images[5120:], images[:5120, :, ::-1])
    np.testing.assert_array_equal(toy_images(3, first=7), images[7:10])
    assert toy_images(2, side=96).shape == (2, 96, 96, 3)
    assert images[:200].reshape(200, -1).std(axis=0).min() > 10
    for wrong in ({"number": 10_241}, {"number": 1, "first": -1}, {"number": 1, "side": 0}):
        with pytest.raises(AlienLabError):
            toy_images(**wrong)


def test_the_embedded_brain_encodes_and_decodes_as_its_vae_does() -> None:
    around = Surroundings()
    autoencoder = bench(around=around).autoencoder(None)
    assert bench(owner="other", around=around).autoencoder(None) is autoencoder
    images = toy_images(4, side=64)
    for image in images:
        latents = autoencoder.encode(image)
        assert latents.shape == (autoencoder.channels, 64 // autoencoder.factor, 64 // autoencoder.factor)
        assert latents.dtype == np.float32
        error = np.abs(autoencoder.decode(latents).astype(float) - image).mean()
        assert error < 12
    with pytest.raises(AlienLabError, match="multiples of"):
        autoencoder.encode(images[0][:63])


def test_the_noise_schedule_falls() -> None:
    alphas = bench().noise(None).alphas
    assert alphas.dtype == np.float64
    assert (np.diff(alphas) < 0).all()
    assert 0.98 < alphas[0] <= 1.0
    assert alphas[-1] < 0.05
