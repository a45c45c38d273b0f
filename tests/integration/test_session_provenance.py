"""With every record stands what made its image, in the log and in the image itself."""

from __future__ import annotations

import re
from importlib.metadata import version
from pathlib import Path

import alienlab
from alienlab.domain.brain import Provenance
from alienlab.domain.recipe import DiffusionRecipe
from alienlab.domain.sweeps import kinds
from alienlab.engine.brains.folder import hash_of, inspect
from alienlab.lab.lab import Lab
from alienlab.session.log.store import Session
from alienlab.session.png import read_stamp

DECIDING = ("torch", "diffusers", "transformers", "numpy")


def test_every_record_says_what_made_its_image(tiny_brain: Path, tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setenv("ALIENLAB_HOME", str(tmp_path / "home"))
    with Session.open(tmp_path / "cats") as session, Lab(tiny_brain, device="cpu", precision="fp32") as lab:
        lab.render("a cat", steps=1, lesions="conv_in:zero").log(session, lab.anatomy)
        lab.sweep("a cat", kinds.seeds([1, 2]), session=session, steps=1)
    with Session.open_read_only(tmp_path / "cats") as session:
        records = session.records()
        stamps = [read_stamp(record.file) for record in records]
    assert len(records) == 3
    for record, stamp in zip(records, stamps, strict=True):
        check(record.recipe, record.provenance, hash_of(inspect(tiny_brain)))
        assert (stamp.recipe, stamp.provenance) == (record.recipe, record.provenance)
        assert (stamp.recipe_id, stamp.computation_id) == (record.recipe_id, record.computation_id)
        assert re.fullmatch(r"[0-9a-f]{64}", record.recipe_id)
        assert re.fullmatch(r"[0-9a-f]{64}", record.computation_id)


def check(recipe: DiffusionRecipe, provenance: Provenance, brain: str) -> None:
    assert recipe.brain == brain
    assert recipe.precision == "fp32"
    assert provenance.device == "cpu"
    assert provenance.device_name
    assert provenance.threads >= 1 and provenance.batch_class in (1, 8, 32)
    assert provenance.seconds > 0
    assert provenance.versions == {name: version(name) for name in DECIDING}
    assert provenance.app_version == alienlab.__version__
