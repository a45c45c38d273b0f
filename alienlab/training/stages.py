"""The stages from the world to a brain, each going on from its last checkpoint."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import torch
from torch import nn
from transformers import CLIPTokenizer

from alienlab.training.bank import IMAGES, Bank
from alienlab.training.learning.disk import write_whole
from alienlab.training.learning.loop import Loss, Stage
from alienlab.training.learning.processes import Share
from alienlab.training.parts.diffusion import Imagination, latent_scaling, new_text_encoder, new_unet
from alienlab.training.parts.lessons import lessons_of
from alienlab.training.parts.recogniser import Recognition, new_recogniser
from alienlab.training.parts.skips import SkipGates
from alienlab.training.parts.vae import Compression, encode_bank, new_vae
from alienlab.training.parts.vocabulary import encode
from alienlab.training.plan import TOKENS
from alienlab.training.workplace import Workplace, fill
from alienlab.training.world.catalogue import Catalogue
from alienlab.training.world.held_out import held_out_compositions
from alienlab.training.world.sampling import Mixture, SceneSampler


@dataclass(frozen=True)
class TrainVae:
    place: Workplace

    def __call__(self, share: Share) -> None:
        device = torch.device(self.place.device)
        torch.manual_seed(0)
        networks = nn.ModuleDict({"vae": new_vae(self.place.plan)}).to(device)
        loss = Compression(networks["vae"], self.place.bank(), device)
        _train(self.place, "vae", networks, loss, share, half=True)


@dataclass(frozen=True)
class TrainDecoder:
    """Goes on with the decoder alone; what was learnt on the latents stays right."""

    place: Workplace

    def __call__(self, share: Share) -> None:
        device = torch.device(self.place.device)
        networks = nn.ModuleDict({"vae": new_vae(self.place.plan)}).to(device)
        fill(networks, self.place.averages("vae"))
        loss = Compression(networks["vae"], self.place.bank(), device, decoder_only=True)
        _train(self.place, "decoder", networks, loss, share, half=True)


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
        gates = self._gates(networks["unet"], device)
        loss = Imagination(
            networks["unet"],
            networks["text_encoder"],
            latents=latents,
            scaling=scaling,
            tokens=_tokens_of(bank, tokenizer),
            empty=encode(tokenizer, [""])[0],
            gates=gates,
        )
        on_gpu = device.type == "cuda"  # layers this small are not faster in bfloat16 on a processor
        _train(
            self.place,
            "diffusion",
            networks,
            loss,
            share,
            half=on_gpu,
            captured=on_gpu,
            progress=None if gates is None else gates.open,
            scaling=scaling,
            grown=float(gates is None),
        )

    def _gates(self, unet: nn.Module, device: torch.device) -> SkipGates | None:
        """None for the UNet of a finished brain, which is gone on from."""
        state = self.place.checkpoint("diffusion").load()
        return None if state is not None and state.get("grown") else SkipGates(unet, device)

    def _latents(self, bank: Bank, device: torch.device, share: Share) -> tuple[torch.Tensor, torch.Tensor]:
        """Each process encodes its part, once, and reads those of the others. The leading one makes the tokenizer."""
        folder = self.place.folder / f"latents-{self.place.plan.pixels}"
        own = folder / f"{share.rank}-of-{share.count}.pt"
        if share.leads:
            self.place.tokenizer()
        sources = (self.place.checkpoint("vae").file, self.place.bank_folder() / IMAGES)
        if not own.exists() or own.stat().st_mtime < max(file.stat().st_mtime for file in sources):
            folder.mkdir(exist_ok=True)
            vae = new_vae(self.place.plan).to(device)
            fill(nn.ModuleDict({"vae": vae}), self.place.averages("vae"))
            latents = encode_bank(vae, bank, device, share.part_of(len(bank)))
            write_whole(own, lambda part: torch.save([values.cpu() for values in latents], part))
        share.wait()
        files = [folder / f"{rank}-of-{share.count}.pt" for rank in range(share.count)]
        read = [torch.load(file, map_location=device, weights_only=True) for file in files]
        return torch.cat([means for means, _ in read]), torch.cat([spreads for _, spreads in read])


def _train(
    place: Workplace,
    name: str,
    networks: nn.ModuleDict,
    loss: Loss,
    share: Share,
    *,
    half: bool,
    captured: bool = False,
    progress: Callable[[float], None] | None = None,
    **extra: float,
) -> None:
    budget, checkpoint = place.plan.budget(name), place.checkpoint(name)
    stage = Stage(
        name,
        networks,
        loss,
        budget,
        checkpoint,
        share,
        half=half,
        captured=captured,
        extra=extra,
        minutes=place.minutes,
        progress=progress,
    )
    stage.train()


def _tokens_of(bank: Bank, tokenizer: CLIPTokenizer) -> torch.Tensor:
    """[scenes, captions, 18], two bytes an id."""
    flat = [caption for captions in bank.captions for caption in captions]
    return encode(tokenizer, flat).to(torch.int16).view(len(bank), -1, TOKENS)


@dataclass(frozen=True)
class TrainRecogniser:
    place: Workplace

    def __call__(self, share: Share) -> None:
        plan, device = self.place.plan, torch.device(self.place.device)
        bank, catalogue = self.place.bank(Mixture.RECOGNISING), Catalogue(self.place.world)
        tokenizer = self.place.tokenizer()
        sampler = SceneSampler(catalogue, held_out_compositions(self.place.world), Mixture.RECOGNISING)
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
        _train(self.place, "recogniser", networks, loss, share, half=device.type != "cpu")
