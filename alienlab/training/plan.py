"""How a brain is built and trained: sizes, budgets, learning rates."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from alienlab.training.world.sampling import Mixture

TOKENS, TEXT_WIDTH = 18, 128
"""18 tokens of 128 dimensions are a concept space of 2304 dimensions."""


@dataclass(frozen=True, slots=True)
class Budget:
    """How long one stage trains. ``batch`` counts over all processes; ``warmup`` is in steps."""

    steps: int
    batch: int
    learning_rate: float
    warmup: int = 100


@dataclass(frozen=True, slots=True)
class Plan:
    """Everything that decides a trained brain but the world and the seed.

    ``scenes`` is the size of a bank that is drawn once and learnt from. ``pixels`` is the side of an image, and
    ``seen_pixels`` of what the recogniser sees of it.
    """

    name: str
    pixels: int
    seen_pixels: int
    scenes: int
    vae_channels: tuple[int, ...]
    unet_channels: tuple[int, int, int, int]
    unet_heads: tuple[int, int, int, int]
    vae: Budget
    decoder: Budget
    diffusion: Budget
    recogniser: Budget

    @property
    def reduction(self) -> int:
        """Pixels a latent pixel."""
        return 2 ** (len(self.vae_channels) - 1)

    @property
    def latent_side(self) -> int:
        return self.pixels // self.reduction

    def bank_pixels(self, mixture: Mixture) -> int:
        """Side of the scenes that are drawn for one of the two."""
        return self.pixels if mixture is Mixture.IMAGINING else self.seen_pixels

    def budget(self, stage: str) -> Budget:
        return {
            "vae": self.vae,
            "decoder": self.decoder,
            "diffusion": self.diffusion,
            "recogniser": self.recogniser,
        }[stage]

    def shape_of(self, stage: str) -> dict:
        """What a checkpoint of a stage must agree with to be gone on from."""
        whole = asdict(self)
        shared = {"pixels": whole["pixels"], "vae_channels": list(self.vae_channels)}
        if stage in ("vae", "decoder"):
            return shared
        if stage == "diffusion":
            return {**shared, "unet_channels": list(self.unet_channels), "unet_heads": list(self.unet_heads)}
        return {"seen_pixels": self.seen_pixels}


PLANS = {
    "cpu": Plan(
        name="cpu",
        pixels=96,
        seen_pixels=64,
        scenes=60_000,
        vae_channels=(32, 64, 96),
        unet_channels=(32, 32, 64, 256),
        unet_heads=(1, 1, 2, 4),
        vae=Budget(steps=1_900, batch=16, learning_rate=2e-3),
        decoder=Budget(steps=2_000, batch=32, learning_rate=1e-3),
        diffusion=Budget(steps=2_200, batch=64, learning_rate=2e-3),
        recogniser=Budget(steps=2_300, batch=96, learning_rate=1.5e-3),
    ),
    "gpu": Plan(
        name="gpu",
        pixels=96,
        seen_pixels=64,
        scenes=250_000,
        vae_channels=(32, 64, 96),
        unet_channels=(32, 32, 64, 256),
        unet_heads=(1, 1, 2, 4),
        vae=Budget(steps=3_000, batch=64, learning_rate=1e-3),
        decoder=Budget(steps=600, batch=64, learning_rate=5e-4),
        diffusion=Budget(steps=3_600, batch=512, learning_rate=2e-3),
        recogniser=Budget(steps=3_300, batch=1_024, learning_rate=1.5e-3),
    ),
    "tiny": Plan(
        name="tiny",
        pixels=16,
        seen_pixels=16,
        scenes=64,
        vae_channels=(8, 8),
        unet_channels=(8, 16, 32, 32),
        unet_heads=(1, 1, 1, 1),
        vae=Budget(steps=4, batch=4, learning_rate=1e-3, warmup=1),
        decoder=Budget(steps=2, batch=4, learning_rate=1e-3, warmup=1),
        diffusion=Budget(steps=4, batch=4, learning_rate=1e-3, warmup=1),
        recogniser=Budget(steps=4, batch=8, learning_rate=1e-3, warmup=1),
    ),
}
"""``cpu`` takes hours on two cores, ``gpu`` some minutes a stage on one GPU with room for all scenes (7 GB); ``tiny``
is for tests.

Both make the same brain, of 24×24 latents: with more, a render takes longer than a second on two cores. Most of its
weights lie in the lowest level, of 3×3: thinner levels above it cannot remember the world without it.
"""
