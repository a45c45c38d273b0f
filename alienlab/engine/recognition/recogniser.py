"""A CLIP that says what an image is of."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from safetensors import SafetensorError
from torch.nn.functional import normalize
from transformers import CLIPImageProcessorPil, CLIPModel, CLIPTokenizer

from alienlab.domain.errors import RecogniserError
from alienlab.domain.events import Image
from alienlab.engine.brains.quiet import quiet_libraries
from alienlab.engine.recognition.vocabulary import Vocabulary, read_vocabulary

BATCH = 64
"""Images embedded at once."""

_UNREADABLE = (
    SafetensorError,
    OSError,
    ValueError,
    RuntimeError,
    LookupError,
    TypeError,
    AttributeError,
    ArithmeticError,
    ImportError,
    AssertionError,
)
"""What the libraries raise over a folder that is damaged or of something else."""


class Recogniser:
    """A ``transformers.CLIPModel`` with its tokenizer and image processor, in fp32."""

    def __init__(
        self,
        model: Any,
        tokenizer: CLIPTokenizer,
        processor: CLIPImageProcessorPil,
        vocabulary: Vocabulary | None = None,
    ) -> None:
        self._model, self._tokenizer, self._processor = model, tokenizer, processor
        self._read: dict[tuple[str, ...], torch.Tensor] = {}
        """Embeddings of the word lists that were asked for: reading words takes longer than seeing an image."""
        self.vocabulary = vocabulary
        """The words that it was taught; None for a CLIP that learnt from free captions."""

    @classmethod
    def load(cls, folder: Path) -> Recogniser:
        """From a folder of safetensors; raise RecogniserError where it holds no CLIP that can be read."""
        if not (folder / "config.json").is_file():
            raise RecogniserError(
                f"The folder {folder} is not a recogniser: it has no config.json. "
                "Choose the folder of a CLIP model, with model.safetensors and its tokenizer in it."
            )
        try:
            with quiet_libraries():
                loaded: Any = CLIPModel.from_pretrained(
                    folder, use_safetensors=True, local_files_only=True, output_loading_info=True, dtype=torch.float32
                )
                tokenizer = CLIPTokenizer.from_pretrained(folder, local_files_only=True)
                processor = CLIPImageProcessorPil.from_pretrained(folder, local_files_only=True)
        except _UNREADABLE as error:
            raise RecogniserError(
                f"The recogniser in {folder} cannot be read. Choose the folder of a CLIP model with "
                "model.safetensors, tokenizer and preprocessor_config.json."
            ) from error
        model, report = loaded
        if report["missing_keys"] or report["mismatched_keys"]:
            raise RecogniserError(f"The weights in {folder} do not fit a CLIP model. Copy the recogniser again.")
        return cls(model.eval().requires_grad_(False), tokenizer, processor, read_vocabulary(folder))

    @torch.inference_mode()
    def embeddings(self, images: Sequence[Image]) -> NDArray[np.float32]:
        """Of RGB images of any size: [images, dims], each of length 1. 1 − cosine is the perceptual distance."""
        made = [self._embed(images[start : start + BATCH]) for start in range(0, len(images), BATCH)]
        return torch.cat(made).cpu().numpy() if made else np.zeros((0, self._model.config.projection_dim), np.float32)

    def probabilities(self, images: Sequence[Image], words: Sequence[str]) -> NDArray[np.float32]:
        """[images, words]: how likely each image is of each word, given that it is of one of them."""
        return self.probabilities_of(self.embeddings(images), words)

    @torch.inference_mode()
    def probabilities_of(self, embeddings: NDArray[np.float32], words: Sequence[str]) -> NDArray[np.float32]:
        """As ``probabilities``, of images whose embeddings are known."""
        scale = float(self._model.logit_scale.exp())
        logits = scale * torch.from_numpy(embeddings) @ self._words(tuple(words)).T
        return logits.softmax(dim=-1).numpy()

    def _embed(self, images: Sequence[Image]) -> torch.Tensor:
        pixels = self._processor(images=list(images), return_tensors="pt").pixel_values
        seen = self._model.vision_model(pixel_values=pixels).pooler_output
        return normalize(self._model.visual_projection(seen), dim=-1)

    def _words(self, words: tuple[str, ...]) -> torch.Tensor:
        if words not in self._read:
            self._read[words] = self._embed_words(words)
        return self._read[words]

    def _embed_words(self, words: tuple[str, ...]) -> torch.Tensor:
        tokens = self._tokenizer(list(words), padding=True, truncation=True, return_tensors="pt")
        read = self._model.text_model(**tokens).pooler_output
        return normalize(self._model.text_projection(read), dim=-1)


def distances(one: NDArray[np.float32], other: NDArray[np.float32]) -> NDArray[np.float32]:
    """Perceptual distance of embeddings row by row: 1 − cosine, 0 for the same image to 2."""
    return 1 - np.sum(one * other, axis=-1)
