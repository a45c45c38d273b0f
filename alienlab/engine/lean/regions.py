"""The regions of Stable Diffusion's UNet without diffusers' branches for other networks.

They are called as the UNet of a text-to-image brain calls them: no masks, no adapters, no gradients, no dropout.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import torch
from diffusers.models.activations import GEGLU
from diffusers.models.attention import BasicTransformerBlock
from diffusers.models.attention_processor import Attention, AttnProcessor2_0
from diffusers.models.resnet import ResnetBlock2D
from diffusers.models.transformers.transformer_2d import Transformer2DModel
from torch import nn
from torch.nn.functional import silu

from alienlab.engine.lean.attending import attend


class LeanAttention(Attention):
    """Attention without a processor, whose signature diffusers inspects at each call."""

    to_k: Any
    to_v: Any
    to_out: Any

    @classmethod
    def suits(cls, module: Attention) -> bool:
        extras = (module.group_norm, module.spatial_norm, module.norm_cross, module.norm_q, module.norm_k)
        return (
            isinstance(module.processor, AttnProcessor2_0)
            and not any(extras)
            and not module.residual_connection
            and module.rescale_output_factor == 1.0
        )

    _remembered: tuple[torch.Tensor, torch.Tensor, torch.Tensor] | None = None
    """A text, and the keys and values that came of it; see ``remembered_text``."""
    _remembers = False

    def forward(
        self, hidden_states: torch.Tensor, encoder_hidden_states: Any = None, *_: Any, **__: Any
    ) -> torch.Tensor:
        query = self.to_q(hidden_states)
        key, value = self._read(hidden_states if encoder_hidden_states is None else encoder_hidden_states)
        heads = (tensor.unflatten(-1, (self.heads, -1)).transpose(1, 2) for tensor in (query, key, value))
        return self.to_out[0](attend(*heads).transpose(1, 2).flatten(2))

    def _read(self, context: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        """Keys and values; of a text that is still the same they are remembered, lesions of theirs included."""
        if self._remembered is not None and self._remembered[0] is context:
            return self._remembered[1:]
        read = self.to_k(context), self.to_v(context)
        if self._remembers:
            self._remembered = (context, *read)
        return read


@contextmanager
def remembered_text(network: nn.Module) -> Iterator[None]:
    """Within the context every cross-attention reads a text once, as long as weights and lesions stay the same."""
    attentions = (module for module in network.modules() if isinstance(module, LeanAttention))
    readers = [module for module in attentions if module.is_cross_attention]
    for reader in readers:
        reader._remembers = True
    try:
        yield
    finally:
        for reader in readers:
            reader._remembers, reader._remembered = False, None


class LeanResnet(ResnetBlock2D):
    """A residual block that takes the time by addition and keeps its size."""

    time_emb_proj: Any

    @classmethod
    def suits(cls, module: ResnetBlock2D) -> bool:
        return (
            module.time_embedding_norm == "default"
            and not module.skip_time_act
            and module.upsample is None
            and module.downsample is None
            and module.time_emb_proj is not None
            and module.output_scale_factor == 1.0
            and isinstance(module.nonlinearity, nn.SiLU)
        )

    def forward(self, input_tensor: torch.Tensor, temb: torch.Tensor, *_: Any, **__: Any) -> torch.Tensor:
        hidden = self.conv1(silu(self.norm1(input_tensor), inplace=True))
        hidden += self.time_emb_proj(silu(temb))[:, :, None, None]
        hidden = self.conv2(silu(self.norm2(hidden), inplace=True))
        return hidden + (input_tensor if self.conv_shortcut is None else self.conv_shortcut(input_tensor))


class LeanGatedUnit(GEGLU):
    """Parts its values before it gates them: a CPU goes through values that lie together in half the time."""

    @classmethod
    def suits(cls, module: GEGLU) -> bool:
        return module.proj.weight.device.type == "cpu"

    def forward(self, hidden_states: torch.Tensor, *_: Any, **__: Any) -> torch.Tensor:
        hidden, gate = self.proj(hidden_states).chunk(2, dim=-1)
        return torch.ops.aten.gelu_(gate.contiguous()).mul_(hidden)


class LeanBlock(BasicTransformerBlock):
    """Self-attention, attention to the text and feed-forward, each added to what it was given."""

    norm2: Any
    norm3: Any
    attn1: Any
    attn2: Any

    @classmethod
    def suits(cls, module: BasicTransformerBlock) -> bool:
        return (
            module.norm_type == "layer_norm"
            and module.pos_embed is None
            and module.attn2 is not None
            and not module.only_cross_attention
            and module._chunk_size is None
        )

    def forward(self, hidden_states: torch.Tensor, *_: Any, encoder_hidden_states: Any = None, **__: Any) -> Any:
        hidden = self.attn1(self.norm1(hidden_states)).add_(hidden_states)
        hidden = self.attn2(self.norm2(hidden), encoder_hidden_states).add_(hidden)
        return self.ff(self.norm3(hidden)).add_(hidden)


class LeanTransformer(Transformer2DModel):
    """Turns pixels into tokens and back without copying them; ``sample`` stays channels last."""

    @classmethod
    def suits(cls, module: Transformer2DModel) -> bool:
        blocks = module.transformer_blocks
        plain = all(isinstance(block, BasicTransformerBlock) and block.norm_type == "layer_norm" for block in blocks)
        return plain and module.is_input_continuous and not module.use_linear_projection

    def forward(self, hidden_states: torch.Tensor, encoder_hidden_states: Any = None, *_: Any, **__: Any) -> Any:
        pixels = self.proj_in(self.norm(hidden_states)).permute(0, 2, 3, 1)
        tokens = pixels.flatten(1, 2)
        for block in self.transformer_blocks:
            tokens = block(tokens, encoder_hidden_states=encoder_hidden_states)
        return (hidden_states + self.proj_out(tokens.view(pixels.shape).permute(0, 3, 1, 2)),)
