"""The brain's own words: a byte-pair tokenizer trained on captions."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import torch
from tokenizers import Tokenizer, decoders, normalizers, pre_tokenizers
from tokenizers.models import BPE
from tokenizers.trainers import BpeTrainer
from transformers import CLIPTokenizer

from alienlab.training.plan import TOKENS

START, END = "<|startoftext|>", "<|endoftext|>"
VOCABULARY = 1200
"""At most; every word of the world is then one token, and any other text can be spelt from bytes."""


def new_tokenizer(captions: Iterable[str]) -> CLIPTokenizer:
    """Trained on captions; START has the id 0, END, which also pads, 1."""
    learner = Tokenizer(BPE(unk_token=END, end_of_word_suffix="</w>"))
    learner.normalizer = normalizers.Lowercase()
    learner.pre_tokenizer = pre_tokenizers.Sequence([pre_tokenizers.Whitespace(), pre_tokenizers.ByteLevel(False)])
    learner.decoder = decoders.ByteLevel()
    trainer = BpeTrainer(
        vocab_size=VOCABULARY,
        special_tokens=[START, END],
        end_of_word_suffix="</w>",
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
        show_progress=False,
    )
    learner.train_from_iterator(captions, trainer)
    with tempfile.TemporaryDirectory() as folder:
        vocabulary, merges = map(Path, learner.model.save(folder))
        _add_word_ends(vocabulary)
        return CLIPTokenizer(
            json.loads(vocabulary.read_text(encoding="utf-8")),
            _merges(merges),
            model_max_length=TOKENS,
            pad_token=END,
        )


def encode(tokenizer: CLIPTokenizer, texts: Sequence[str]) -> torch.Tensor:
    """Token ids [texts, 18]."""
    made = tokenizer(list(texts), padding="max_length", truncation=True, max_length=TOKENS, return_tensors="pt")
    return made.input_ids


def _add_word_ends(vocabulary: Path) -> None:
    """Single bytes that end a word, so that a word that was never seen can be spelt."""
    ids = json.loads(vocabulary.read_text(encoding="utf-8"))
    for byte in pre_tokenizers.ByteLevel.alphabet():
        ids.setdefault(f"{byte}</w>", len(ids))
    vocabulary.write_text(json.dumps(ids), encoding="utf-8")


def _merges(file: Path) -> Any:
    lines = file.read_text(encoding="utf-8").splitlines()
    return [tuple(line.split(" ")) for line in lines if line and not line.startswith("#version")]
