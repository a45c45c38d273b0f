"""Pictures are read from folders and archives, and nothing else is done with these."""

import pickle
import tarfile
from pathlib import Path

import numpy as np
import pytest
from alienlab_statistics.reading import pictures_in_batch, read_archive, read_folder
from PIL import Image as Pillow

from alienlab.api import AlienLabError


def silent(_fraction: float, _message: str) -> None:
    """Nobody listens."""


def batch_of(pictures: np.ndarray) -> bytes:
    """As CIFAR-10's authors write it: planes of bytes in a pickled dictionary of protocol 2."""
    planes = pictures.transpose(0, 3, 1, 2).reshape(len(pictures), 3072)
    return pickle.dumps({b"data": planes, b"labels": list(range(len(pictures)))}, protocol=2)


@pytest.fixture
def pictures() -> np.ndarray:
    return np.random.default_rng(5).integers(0, 256, (6, 32, 32, 3), dtype=np.uint8)


def test_a_batch_gives_the_pictures_that_were_pickled(pictures: np.ndarray) -> None:
    np.testing.assert_array_equal(pictures_in_batch(batch_of(pictures)), pictures)


def test_an_archive_is_read_in_the_order_of_its_batches(pictures: np.ndarray, tmp_path: Path) -> None:
    archive = tmp_path / "cifar-10-python.tar.gz"
    with tarfile.open(archive, "w:gz") as tar:
        for name, part in (("data_batch_2", pictures[3:]), ("data_batch_1", pictures[:3])):
            file = tmp_path / name
            file.write_bytes(batch_of(part))
            tar.add(file, f"cifar-10-batches-py/{name}")
    np.testing.assert_array_equal(read_archive(archive, 5, silent), pictures[:5])


def test_a_pickle_that_would_run_code_runs_none(tmp_path: Path) -> None:
    trace = tmp_path / "trace"

    class Hostile:
        def __reduce__(self) -> tuple[object, tuple[object, ...]]:
            return Path.touch, (trace,)

    file = tmp_path / "data_batch_1"
    file.write_bytes(pickle.dumps(Hostile(), protocol=2))
    with pytest.raises(AlienLabError, match="no CIFAR-10 batch"):
        read_archive(file, 5, silent)
    assert not trace.exists()


@pytest.mark.parametrize("data", [b"", b"no pickle", b"\x80\x02", bytes(4000)])
def test_what_is_no_batch_is_said_to_be_none(data: bytes, tmp_path: Path) -> None:
    file = tmp_path / "batch"
    file.write_bytes(data)
    with pytest.raises(AlienLabError):
        read_archive(file, 5, silent)


def test_a_folder_gives_thumbnails_by_name_and_leaves_out_what_is_broken(tmp_path: Path) -> None:
    for name, colour in (("b.png", (0, 0, 255)), ("a.jpg", (255, 0, 0))):
        Pillow.new("RGB", (96, 64), colour).save(tmp_path / name)
    (tmp_path / "c.png").write_bytes(b"broken")
    (tmp_path / "notes.txt").write_text("no picture")
    found = read_folder(tmp_path, 10, silent)
    assert found.shape == (2, 32, 32, 3)
    assert found[0, 0, 0, 0] > 250 and found[1, 0, 0, 2] == 255


def test_a_folder_without_pictures_is_an_error_with_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(AlienLabError, match="fewer than two pictures"):
        read_folder(tmp_path, 10, silent)
