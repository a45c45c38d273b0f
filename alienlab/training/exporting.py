"""Writes a trained brain as a folder that any diffusers program opens."""

from __future__ import annotations

import json
import shutil
import tempfile
from pathlib import Path

import torch
from transformers import CLIPImageProcessorPil

from alienlab.engine.anatomy.reader import write_anatomy
from alienlab.engine.brains.quiet import quiet_libraries
from alienlab.training.learning.disk import require_room
from alienlab.training.parts.lessons import NOTHING, attribute_words, background_words, subject_words
from alienlab.training.trained import trained_networks, trained_recogniser
from alienlab.training.workplace import Workplace
from alienlab.training.world.catalogue import Catalogue

SHARD = "14MB"
STEPS, GUIDANCE = 20, 4.0
ROOM = 100 * 2**20
GENERATED = ("model_index.json", "scheduler", "text_encoder", "tokenizer", "unet", "vae", "recogniser", "anatomy.json")
"""What is made anew; cards and prompts in the folder stay."""


def export_brain(place: Workplace, folder: Path, *, name: str = "Homunculus") -> None:
    """Write the pipeline in fp16 safetensors, the recogniser, and the anatomy for the map.

    Written beside the folder first: a failure leaves the old brain as it was. Raises TrainingError where a stage is
    missing or the disk is too small.
    """
    folder.parent.mkdir(parents=True, exist_ok=True)
    require_room(folder.parent, ROOM)
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix=".export-") as scratch:
        made = Path(scratch)
        with quiet_libraries():
            pipeline = trained_networks(place).pipeline().to(torch.float16)
            pipeline.save_pretrained(made, safe_serialization=True, max_shard_size=SHARD)
            _write_recogniser(place, made / "recogniser")
        card = {"name": name, "steps": STEPS, "guidance": GUIDANCE}
        (made / "alienlab.json").write_text(json.dumps(card) + "\n", encoding="utf-8")
        write_anatomy(made)
        _replace(made, folder)


def _write_recogniser(place: Workplace, folder: Path) -> None:
    trained_recogniser(place).half().save_pretrained(folder, max_shard_size=SHARD)
    place.tokenizer().save_pretrained(folder)
    side = place.plan.seen_pixels
    CLIPImageProcessorPil(
        size={"shortest_edge": side},
        crop_size={"height": side, "width": side},
        image_mean=[0.5, 0.5, 0.5],
        image_std=[0.5, 0.5, 0.5],
    ).save_pretrained(folder)
    catalogue = Catalogue(place.world)
    vocabulary = {
        "subjects": subject_words(catalogue),
        "attributes": attribute_words(catalogue),
        "backgrounds": background_words(),
        "nothing": NOTHING,
    }
    (folder / "vocabulary.json").write_text(json.dumps(vocabulary, indent=1) + "\n", encoding="utf-8")


def _replace(made: Path, folder: Path) -> None:
    folder.mkdir(exist_ok=True)
    for part in GENERATED:
        old, new = folder / part, made / part
        if old.is_dir():
            shutil.rmtree(old)
        new.replace(old)
    if not (folder / "alienlab.json").exists():
        (made / "alienlab.json").replace(folder / "alienlab.json")
