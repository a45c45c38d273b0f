"""What a module's class and path say about it: its kind, role and stage."""

from __future__ import annotations

import re

from torch import nn

from alienlab.domain.anatomy import Kind, Role, Stage

_CONVOLUTIONS = (nn.Conv1d, nn.Conv2d, nn.Conv3d, nn.ConvTranspose1d, nn.ConvTranspose2d, nn.ConvTranspose3d)

_ROLES = tuple(
    (re.compile(pattern), role)
    for pattern, role in (
        (r"^conv_in$", Role.INPUT),
        (r"^conv_out$", Role.OUTPUT),
        (r"^(time|class|add|aug)_embed|(^|\.)time_emb_proj$", Role.TIME),
        (r"\.(to_q|add_q_proj)$", Role.Q),
        (r"\.(to_k|add_k_proj)$", Role.K),
        (r"\.(to_v|add_v_proj)$", Role.V),
        (r"\.(to_out\.\d+|to_add_out)$", Role.OUT),
        (r"\.ff\.", Role.FF),
        (r"\.conv_shortcut$", Role.SHORTCUT),
        (r"\.(down|up)samplers\.", Role.SAMPLER),
        (r"\.proj_(in|out)$|^encoder_hid_proj", Role.PROJECTION),
    )
)
"""First match wins. What is left is told by its kind."""

_STAGES = (
    (re.compile(r"^(time|class|add|aug)_embed|^time_proj|^encoder_hid_proj"), Stage.TIME),
    (re.compile(r"^mid_block\."), Stage.MIDDLE),
    (re.compile(r"^up_blocks\.|^conv_norm_out$|^conv_out$"), Stage.DECODER),
)


def kind_of(module: nn.Module) -> Kind:
    if isinstance(module, _CONVOLUTIONS):
        return Kind.CONV
    if isinstance(module, nn.Linear):
        return Kind.LINEAR
    if isinstance(module, nn.Embedding):
        return Kind.EMBEDDING
    # Normalisations have no common base class, but all of them say so in their name.
    return Kind.NORM if "Norm" in type(module).__name__ else Kind.OTHER


def role_of(path: str, kind: Kind) -> Role:
    for pattern, role in _ROLES:
        if pattern.search(path):
            return role
    if kind is Kind.NORM:
        return Role.NORM
    return Role.RESNET if ".resnets." in path else Role.OTHER


def stage_of(path: str) -> Stage:
    for pattern, stage in _STAGES:
        if pattern.search(path):
            return stage
    return Stage.ENCODER
