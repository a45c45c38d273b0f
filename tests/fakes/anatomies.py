"""Made-up anatomies: UNets of the Stable Diffusion family at any size, and plain rows of regions."""

from __future__ import annotations

import itertools
import random
from collections.abc import Mapping, Sequence

from alienlab.domain.anatomy import Anatomy, Flow, Kind, Module, Role, Stage, WeightStatistics

Shapes = Mapping[str, tuple[int, ...]]


def unet_anatomy(
    *,
    channels: Sequence[int] = (320, 640, 1280, 1280),
    layers: int = 2,
    attention: Sequence[bool] = (True, True, True, False),
    transformer_layers: int = 1,
    context: int = 768,
) -> Anatomy:
    """The anatomy of a ``UNet2DConditionModel``; the defaults give that of Stable Diffusion 1.x."""
    return _UnetSketch(channels, layers, attention, transformer_layers, context).draw()


def region_anatomy(stages: Sequence[tuple[Stage, Sequence[int]]]) -> Anatomy:
    """Blocks of convolutions in a row: for each stage the number of modules of each of its blocks."""
    modules: list[Module] = []
    for stage, sizes in stages:
        for block, size in enumerate(sizes):
            for number in range(size):
                path = f"{stage}_blocks.{block}.resnets.{number // 5}.conv{number % 5}"
                shapes = {"weight": (number + 1, 3, 3)}
                modules.append(_module(path, len(modules), Kind.CONV, Role.RESNET, stage, 0, shapes))
    flows = tuple((before.path, after.path, Flow.DIRECT) for before, after in itertools.pairwise(modules))
    return Anatomy(tuple(modules), flows)


class _UnetSketch:
    """Writes down modules in the order in which a UNet runs them."""

    def __init__(
        self, channels: Sequence[int], layers: int, attention: Sequence[bool], transformer_layers: int, context: int
    ) -> None:
        self._channels = channels
        self._layers = layers
        self._attention = attention
        self._transformer_layers = transformer_layers
        self._context = context
        self._modules: list[Module] = []
        self._flows: list[tuple[str, str, Flow]] = []
        self._stage = Stage.TIME
        self._level = 0
        self._last = "latent"

    def draw(self) -> Anatomy:
        first, widest = self._channels[0], self._channels[-1]
        self._linear("time_embedding.linear_1", first, first * 4, Role.TIME)
        self._linear("time_embedding.linear_2", first * 4, first * 4, Role.TIME)
        self._stage, self._last = Stage.ENCODER, "latent"
        self._conv("conv_in", 4, first, Role.INPUT)
        skips = [("conv_in", first), *self._encoder()]
        self._stage = Stage.MIDDLE
        self._resnet("mid_block.resnets.0", widest, widest)
        self._transformer("mid_block.attentions.0", widest)
        self._resnet("mid_block.resnets.1", widest, widest)
        self._stage = Stage.DECODER
        self._decoder(skips)
        self._norm("conv_norm_out", first)
        self._conv("conv_out", first, 4, Role.OUTPUT)
        return Anatomy(tuple(self._modules), tuple(self._flows))

    def _encoder(self) -> list[tuple[str, int]]:
        skips: list[tuple[str, int]] = []
        width = self._channels[0]
        for block, out in enumerate(self._channels):
            self._level = block
            for layer in range(self._layers):
                self._resnet(f"down_blocks.{block}.resnets.{layer}", width, out)
                if self._attention[block]:
                    self._transformer(f"down_blocks.{block}.attentions.{layer}", out)
                skips.append((self._last, out))
                width = out
            if block < len(self._channels) - 1:
                self._conv(f"down_blocks.{block}.downsamplers.0.conv", out, out, Role.SAMPLER)
                skips.append((self._last, out))
        return skips

    def _decoder(self, skips: list[tuple[str, int]]) -> None:
        width = self._channels[-1]
        for block, out in enumerate(reversed(self._channels)):
            self._level = len(self._channels) - 1 - block
            for layer in range(self._layers + 1):
                source, extra = skips.pop()
                self._resnet(f"up_blocks.{block}.resnets.{layer}", width + extra, out, skip=source)
                if self._attention[self._level]:
                    self._transformer(f"up_blocks.{block}.attentions.{layer}", out)
                width = out
            if self._level:
                self._conv(f"up_blocks.{block}.upsamplers.0.conv", out, out, Role.SAMPLER)

    def _resnet(self, region: str, width: int, out: int, *, skip: str | None = None) -> None:
        start = len(self._modules)
        self._norm(f"{region}.norm1", width)
        self._conv(f"{region}.conv1", width, out, Role.RESNET)
        self._linear(f"{region}.time_emb_proj", self._channels[0] * 4, out, Role.TIME)
        self._norm(f"{region}.norm2", out)
        self._conv(f"{region}.conv2", out, out, Role.RESNET)
        if width != out:
            self._conv(f"{region}.conv_shortcut", width, out, Role.SHORTCUT, kernel=1)
        if skip is not None:
            heads = [module.path for module in self._modules[start:] if module.name in ("norm1", "conv_shortcut")]
            self._flows += [(skip, head, Flow.SKIP) for head in heads]

    def _transformer(self, region: str, width: int) -> None:
        self._norm(f"{region}.norm", width)
        self._conv(f"{region}.proj_in", width, width, Role.PROJECTION, kernel=1)
        for number in range(self._transformer_layers):
            block = f"{region}.transformer_blocks.{number}"
            for attention, context in (("1", width), ("2", self._context)):
                self._norm(f"{block}.norm{attention}", width)
                self._linear(f"{block}.attn{attention}.to_q", width, width, Role.Q, bias=False)
                self._linear(f"{block}.attn{attention}.to_k", context, width, Role.K, bias=False)
                self._linear(f"{block}.attn{attention}.to_v", context, width, Role.V, bias=False)
                self._linear(f"{block}.attn{attention}.to_out.0", width, width, Role.OUT)
            self._norm(f"{block}.norm3", width)
            self._linear(f"{block}.ff.net.0.proj", width, width * 8, Role.FF)
            self._linear(f"{block}.ff.net.2", width * 4, width, Role.FF)
        self._conv(f"{region}.proj_out", width, width, Role.PROJECTION, kernel=1)

    def _conv(self, path: str, width: int, out: int, role: Role, *, kernel: int = 3) -> None:
        self._add(path, Kind.CONV, role, {"weight": (out, width, kernel, kernel), "bias": (out,)})

    def _linear(self, path: str, width: int, out: int, role: Role, *, bias: bool = True) -> None:
        self._add(path, Kind.LINEAR, role, {"weight": (out, width)} | ({"bias": (out,)} if bias else {}))

    def _norm(self, path: str, width: int) -> None:
        self._add(path, Kind.NORM, Role.NORM, {"weight": (width,), "bias": (width,)})

    def _add(self, path: str, kind: Kind, role: Role, shapes: Shapes) -> None:
        self._modules.append(_module(path, len(self._modules), kind, role, self._stage, self._level, shapes))
        self._flows.append((self._last, path, Flow.DIRECT))
        self._last = path


def _module(path: str, order: int, kind: Kind, role: Role, stage: Stage, level: int, shapes: Shapes) -> Module:
    return Module(path, kind, role, stage, level, order, order + 1, shapes, _made_up_weights(path))


def _made_up_weights(path: str) -> WeightStatistics:
    draws = [random.Random(f"{path}{number}").gauss(0.0, 0.05) for number in range(80)]
    low, high = min(draws), max(draws)
    counts = [0] * 32
    for draw in draws:
        counts[min(31, int((draw - low) / (high - low) * 32))] += 1
    return WeightStatistics(sum(draws) / len(draws), 0.05, low, high, tuple(counts))
