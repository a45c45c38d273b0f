"""The stages from the world to a brain, each going on from its last checkpoint."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from torch import nn
from transformers import CLIPTokenizer

from alienlab.training.bank import Bank, open_bank
from alienlab.training.errors import TrainingError
from alienlab.training.learning.checkpoint import Checkpoint
from alienlab.training.learning.disk import write_whole
from alienlab.training.learning.loop import Stage
from alienlab.training.learning.processes import Share
from alienlab.training.parts.diffusion import Imagination, latent_scaling, new_text_encoder, new_unet
from alienlab.training.parts.lessons import lessons_of
from alienlab.training.parts.recogniser import Recognition, new_recogniser
from alienlab.training.parts.vae import Compression, encode_bank, new_vae
from alienlab.training.parts.vocabulary import encode, new_tokenizer
from alienlab.training.plan import TOKENS, Plan
from alienlab.training.world.catalogue import Catalogue
from alienlab.training.world.held_out import held_out_compositions
from alienlab.training.world.sampling import SceneSampler


@dataclass(frozen=True)
class Workplace:
    """Where training keeps its bank and checkpoints, and what it trains on."""

    plan: Plan
    world: Path
    folder: Path
    device: str = "cpu"

    @property
    def bank_folder(self) -> Path:
        return self.folder / f"bank-{self.plan.pixels}"

    @property
    def tokenizer_folder(self) -> Path:
        return self.folder / "tokenizer"

    def bank(self) -> Bank:
        return open_bank(self.bank_folder)

    def checkpoint(self, stage: str) -> Checkpoint:
        return Checkpoint(self.folder / f"{stage}.pt", self.plan.shape_of(stage))

    def tokenizer(self) -> CLIPTokenizer:
        """Trained on the bank's captions once, then kept."""
        folder = self.tokenizer_folder
        if not folder.exists():
            bank = self.bank()
            new_tokenizer(caption for captions in bank.captions for caption in captions).save_pretrained(folder)
        return CLIPTokenizer.from_pretrained(folder)

    def state(self, stage: str) -> dict[str, Any]:
        """A stage's last checkpoint; raise TrainingError where it was not begun."""
        state = self.checkpoint(stage).load()
        if state is None:
            raise TrainingError(f"The stage '{stage}' has left no checkpoint in {self.folder}. Run it first.")
        return state

    def averages(self, stage: str) -> dict[str, torch.Tensor]:
        """The averaged weights of a stage's last checkpoint, in the order of its networks' parameters."""
        return self.state(stage)["averages"]


def fill(networks: nn.Module, averages: dict[str, torch.Tensor]) -> None:
    """Copy averaged weights, in the order of the networks' parameters."""
    with torch.no_grad():
        for index, parameter in enumerate(networks.parameters()):
            parameter.copy_(averages[str(index)])


@dataclass(frozen=True)
class TrainVae:
    place: Workplace

    def __call__(self, share: Share) -> None:
        device = torch.device(self.place.device)
        torch.manual_seed(0)
        networks = nn.ModuleDict({"vae": new_vae(self.place.plan)}).to(device)
        loss = Compression(networks["vae"], self.place.bank(), device)
        Stage("vae", networks, loss, self.place.plan.vae, self.place.checkpoint("vae"), share, half=True).train()


@dataclass(frozen=True)
class TrainDecoder:
    """Goes on with the decoder alone; what was learnt on the latents stays right."""

    place: Workplace

    def __call__(self, share: Share) -> None:
        device = torch.device(self.place.device)
        networks = nn.ModuleDict({"vae": new_vae(self.place.plan)}).to(device)
        fill(networks, self.place.averages("vae"))
        loss = Compression(networks["vae"], self.place.bank(), device, decoder_only=True)
        Stage(
            "decoder", networks, loss, self.place.plan.decoder, self.place.checkpoint("decoder"), share, half=True
        ).train()


@dataclass(frozen=True)
class TrainDiffusion:
    """UNet and text encoder together, on the latents of the finished autoencoder."""

    place: Workplace

    def __call__(self, share: Share) -> None:
        plan, device = self.place.plan, torch.device(self.place.device)
        bank = self.place.bank()
        latents = self._latents(bank, device, share)
        scaling = latent_scaling(latents)
        tokenizer = self.place.tokenizer()
        torch.manual_seed(1)
        networks = nn.ModuleDict({"unet": new_unet(plan), "text_encoder": new_text_encoder(len(tokenizer))}).to(device)
        loss = Imagination(
            networks["unet"],
            networks["text_encoder"],
            latents=latents,
            scaling=scaling,
            tokens=_tokens_of(bank, tokenizer),
            empty=encode(tokenizer, [""])[0],
        )
        half = device.type != "cpu"  # layers this small are not faster in bfloat16 on a processor
        checkpoint = self.place.checkpoint("diffusion")
        extra = {"scaling": scaling}
        Stage("diffusion", networks, loss, plan.diffusion, checkpoint, share, half=half, extra=extra).train()

    def _latents(self, bank: Bank, device: torch.device, share: Share) -> tuple[torch.Tensor, torch.Tensor]:
        """Each process encodes its part, once, and reads those of the others. The leading one makes the tokenizer."""
        folder = self.place.folder / f"latents-{self.place.plan.pixels}"
        own = folder / f"{share.rank}-of-{share.count}.pt"
        if share.leads:
            self.place.tokenizer()
        if not own.exists() or own.stat().st_mtime < self.place.checkpoint("vae").file.stat().st_mtime:
            folder.mkdir(exist_ok=True)
            vae = new_vae(self.place.plan).to(device)
            fill(nn.ModuleDict({"vae": vae}), self.place.averages("vae"))
            latents = encode_bank(vae, bank, device, share.part_of(len(bank)))
            write_whole(own, lambda part: torch.save([values.cpu() for values in latents], part))
        share.wait()
        files = [folder / f"{rank}-of-{share.count}.pt" for rank in range(share.count)]
        read = [torch.load(file, map_location=device, weights_only=True) for file in files]
        return torch.cat([means for means, _ in read]), torch.cat([spreads for _, spreads in read])


def _tokens_of(bank: Bank, tokenizer: CLIPTokenizer) -> torch.Tensor:
    """[scenes, captions, 18], two bytes an id."""
    flat = [caption for captions in bank.captions for caption in captions]
    return encode(tokenizer, flat).to(torch.int16).view(len(bank), -1, TOKENS)


@dataclass(frozen=True)
class TrainRecogniser:
    place: Workplace

    def __call__(self, share: Share) -> None:
        plan, device = self.place.plan, torch.device(self.place.device)
        bank, catalogue = self.place.bank(), Catalogue(self.place.world)
        tokenizer = self.place.tokenizer()
        sampler = SceneSampler(catalogue, held_out_compositions(self.place.world))
        scenes = [sampler.scene(number) for number in range(len(bank))]
        torch.manual_seed(2)
        networks = nn.ModuleDict({"clip": new_recogniser(plan, len(tokenizer))}).to(device)
        loss = Recognition(
            networks["clip"],
            tokenizer,
            images=torch.from_numpy(bank.images),
            captions=_tokens_of(bank, tokenizer),
            lessons=lessons_of(scenes, catalogue),
            device=device,
        )
        half = device.type != "cpu"
        checkpoint = self.place.checkpoint("recogniser")
        Stage("recogniser", networks, loss, plan.recogniser, checkpoint, share, half=half).train()
