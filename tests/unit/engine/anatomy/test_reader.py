import json
from pathlib import Path

import networkx as nx
import numpy as np
import pytest
import torch
from diffusers.models.unets.unet_2d_condition import UNet2DConditionModel

from alienlab.domain.anatomy import Anatomy, Flow, Kind, Role, Stage
from alienlab.domain.errors import BrainError
from alienlab.engine.anatomy.configs import UNET_CONFIGS, unet_config
from alienlab.engine.anatomy.reader import main, read_anatomy
from tests.fakes.tiny_brain import UNET_CONFIG

SKIPS = {
    # what the encoder put aside, by the module that finished it: the block of the decoder that takes it up
    "conv_in": "up_blocks.3.resnets.2",
    "down_blocks.0.attentions.0.proj_out": "up_blocks.3.resnets.1",
    "down_blocks.0.attentions.1.proj_out": "up_blocks.3.resnets.0",
    "down_blocks.0.downsamplers.0.conv": "up_blocks.2.resnets.2",
    "down_blocks.1.attentions.0.proj_out": "up_blocks.2.resnets.1",
    "down_blocks.1.attentions.1.proj_out": "up_blocks.2.resnets.0",
    "down_blocks.1.downsamplers.0.conv": "up_blocks.1.resnets.2",
    "down_blocks.2.attentions.0.proj_out": "up_blocks.1.resnets.1",
    "down_blocks.2.attentions.1.proj_out": "up_blocks.1.resnets.0",
    "down_blocks.2.downsamplers.0.conv": "up_blocks.0.resnets.2",
    "down_blocks.3.resnets.0.conv2": "up_blocks.0.resnets.1",
    "down_blocks.3.resnets.1.conv2": "up_blocks.0.resnets.0",
}


@pytest.fixture(scope="module")
def sd15() -> Anatomy:
    return read_anatomy(unet_config("sd15"))


@pytest.fixture(scope="module")
def tiny_unet() -> UNet2DConditionModel:
    with torch.random.fork_rng():
        torch.manual_seed(3)
        return UNet2DConditionModel(**UNET_CONFIG)


def sources(anatomy: Anatomy, path: str) -> set[str]:
    return {source for source, target, _ in anatomy.flows if target == path}


def test_stable_diffusion_has_the_numbers_of_the_field(sd15: Anatomy) -> None:
    assert len(sd15) == 391
    assert sd15.parameters == 859_520_964
    assert {module.kind for module in sd15} == {Kind.CONV, Kind.LINEAR, Kind.NORM}


def test_stable_diffusion_2_differs_in_its_projections() -> None:
    anatomy = read_anatomy(unet_config("sd21"))
    assert len(anatomy) == 391
    assert anatomy.parameters == 865_910_724
    projection = anatomy["down_blocks.0.attentions.0.proj_in"]
    assert (projection.kind, projection.shapes["weight"]) == (Kind.LINEAR, (320, 320))
    assert anatomy["down_blocks.0.attentions.0.transformer_blocks.0.attn2.to_k"].shapes["weight"] == (320, 1024)


def test_modules_are_those_of_the_network(tiny_unet: UNet2DConditionModel) -> None:
    anatomy = read_anatomy(tiny_unet)
    leaves = {
        name for name, module in tiny_unet.named_modules() if not list(module.children()) and list(module.parameters())
    }
    assert set(anatomy.paths) == leaves
    assert anatomy.parameters == tiny_unet.num_parameters()


def test_order_is_that_of_execution(tiny_unet: UNet2DConditionModel) -> None:
    ran: list[str] = []
    names = {module: name for name, module in tiny_unet.named_modules()}
    hooks = [
        module.register_forward_hook(lambda module, args, output: ran.append(names[module]))
        for module in names
        if not list(module.children()) and list(module.parameters())
    ]
    with torch.no_grad():
        tiny_unet(torch.zeros(1, 4, 8, 8), 1, torch.zeros(1, 3, 16))
    for hook in hooks:
        hook.remove()
    anatomy = read_anatomy(tiny_unet)
    assert list(anatomy.paths) == ran
    assert [module.order for module in anatomy] == list(range(391))


def test_middle_runs_after_encoder_and_before_decoder(sd15: Anatomy) -> None:
    last_of = {stage: max(m.order for m in sd15 if m.stage is stage) for stage in Stage}
    first_of = {stage: min(m.order for m in sd15 if m.stage is stage) for stage in Stage}
    assert last_of[Stage.TIME] < first_of[Stage.ENCODER] <= last_of[Stage.ENCODER] < first_of[Stage.MIDDLE]
    assert last_of[Stage.MIDDLE] < first_of[Stage.DECODER]
    assert sd15.paths[-1] == "conv_out"


def test_every_skip_leads_from_its_place_in_the_encoder(sd15: Anatomy) -> None:
    skips = {(source, target.rpartition(".")[0]) for source, target, flow in sd15.flows if flow is Flow.SKIP}
    assert skips == set(SKIPS.items())
    readers = {target.rpartition(".")[2] for _, target, flow in sd15.flows if flow is Flow.SKIP}
    assert readers == {"norm1", "conv_shortcut"}


def test_data_flow_has_no_cycle_and_reaches_everything(sd15: Anatomy) -> None:
    assert nx.is_directed_acyclic_graph(nx.DiGraph(sd15.graph))
    reached = set().union(*(nx.descendants(sd15.graph, source) for source in ("latent", "text", "time")))
    assert reached == set(sd15.paths)
    assert nx.ancestors(sd15.graph, "conv_out") == {*sd15.paths, "latent", "text", "time"} - {"conv_out"}


def test_flows_are_those_of_the_architecture(sd15: Anatomy) -> None:
    block = "down_blocks.0.attentions.0.transformer_blocks.0"
    assert sources(sd15, "conv_in") == {"latent"}
    assert sources(sd15, "time_embedding.linear_1") == {"time"}
    assert sources(sd15, f"{block}.attn2.to_k") == sources(sd15, f"{block}.attn2.to_v") == {"text"}
    assert sources(sd15, f"{block}.attn1.to_out.0") == {f"{block}.attn1.to_{name}" for name in "qkv"}
    assert sources(sd15, f"{block}.ff.net.2") == {f"{block}.ff.net.0.proj"}
    # a residual sum has the sources of both its terms
    assert sources(sd15, f"{block}.norm2") == {f"{block}.attn1.to_out.0", "down_blocks.0.attentions.0.proj_in"}
    assert sources(sd15, "down_blocks.0.attentions.0.norm") == {"conv_in", "down_blocks.0.resnets.0.conv2"}
    resnet = "down_blocks.0.resnets.0"
    assert sources(sd15, f"{resnet}.norm2") == {f"{resnet}.conv1", f"{resnet}.time_emb_proj"}


def test_data_flow_is_what_a_change_spreads_along(tiny_unet: UNet2DConditionModel) -> None:
    """Independent of the tracing: a change of one module's input shows in exactly the modules downstream."""
    anatomy = read_anatomy(tiny_unet)
    chosen = "down_blocks.2.resnets.1.conv2"
    before = _inputs_of_modules(tiny_unet, anatomy)
    module = tiny_unet.get_submodule(chosen)
    with torch.no_grad():
        kept = module.bias.clone()
        module.bias.copy_(torch.linspace(1.0, 2.0, len(kept)))
    after = _inputs_of_modules(tiny_unet, anatomy)
    with torch.no_grad():
        module.bias.copy_(kept)
    changed = {path for path in anatomy.paths if not torch.equal(before[path], after[path])}
    assert changed == nx.descendants(anatomy.graph, chosen)


def _inputs_of_modules(unet: UNet2DConditionModel, anatomy: Anatomy) -> dict[str, torch.Tensor]:
    seen: dict[str, torch.Tensor] = {}

    def remember(path: str):
        return lambda module, args: seen.update({path: args[0].clone()})

    hooks = [unet.get_submodule(path).register_forward_pre_hook(remember(path)) for path in anatomy.paths]
    generator = torch.Generator().manual_seed(0)
    latent, text = torch.randn(1, 4, 8, 8, generator=generator), torch.randn(1, 3, 16, generator=generator)
    with torch.no_grad():
        unet(latent, 1, text)
    for hook in hooks:
        hook.remove()
    return seen


def test_depth_counts_modules_from_the_latent(sd15: Anatomy) -> None:
    assert sd15["conv_in"].depth == 1
    assert sd15["down_blocks.0.resnets.0.conv1"].depth == 3
    assert sd15["time_embedding.linear_2"].depth == 2
    assert sd15["mid_block.attentions.0.transformer_blocks.0.attn2.to_k"].depth == 1
    upstream = sd15.graph.subgraph(nx.descendants(sd15.graph, "latent") | {"latent"})
    assert sd15["conv_out"].depth == nx.dag_longest_path_length(nx.DiGraph(upstream), weight=None)


def test_level_counts_halvings_of_resolution(sd15: Anatomy) -> None:
    for level in range(3):
        assert sd15[f"down_blocks.{level}.attentions.1.proj_out"].level == level
        assert sd15[f"down_blocks.{level}.downsamplers.0.conv"].level == level + 1
        assert sd15[f"up_blocks.{3 - level}.attentions.0.transformer_blocks.0.attn2.to_k"].level == level
    assert {sd15[path].level for path in sd15.within("mid_block")} == {3}
    assert sd15["up_blocks.0.upsamplers.0.conv"].level == 2
    assert sd15["conv_out"].level == sd15["conv_in"].level == 0


def test_roles(sd15: Anatomy) -> None:
    counts = {role: sum(module.role is role for module in sd15) for role in Role}
    assert counts[Role.Q] == counts[Role.K] == counts[Role.V] == counts[Role.OUT] == 32  # 16 blocks, two attentions
    assert counts[Role.FF] == counts[Role.PROJECTION] == 32
    assert counts[Role.RESNET] == 2 * 22
    assert counts[Role.TIME] == 22 + 2
    assert counts[Role.SHORTCUT] == 14
    assert counts[Role.SAMPLER] == 6
    assert counts[Role.INPUT] == counts[Role.OUTPUT] == 1
    assert counts[Role.OTHER] == 0
    assert {module.kind for module in sd15 if module.role is Role.NORM} == {Kind.NORM}


def test_weight_statistics(tiny_unet: UNet2DConditionModel) -> None:
    anatomy = read_anatomy(tiny_unet)
    weight = tiny_unet.conv_in.weight.detach().numpy()
    statistics = anatomy["conv_in"].weights
    assert statistics is not None
    assert statistics.mean == pytest.approx(weight.mean(), rel=1e-4, abs=1e-7)
    assert statistics.std == pytest.approx(weight.std(), rel=1e-4)
    assert (statistics.low, statistics.high) == pytest.approx((weight.min(), weight.max()), rel=1e-5)
    assert sum(statistics.counts) == weight.size
    assert np.abs(np.array(statistics.counts) - np.histogram(weight, 32)[0]).sum() <= 2
    constant = anatomy["conv_norm_out"].weights
    assert constant is not None
    assert constant.counts[0] == 8  # a new norm's weights are all 1


def test_weights_that_are_not_finite_have_no_statistics(tiny_unet: UNet2DConditionModel) -> None:
    weights = {"conv_in.weight": torch.full((8, 4, 3, 3), float("nan"))}
    anatomy = read_anatomy(UNET_CONFIG, weights=weights)
    assert anatomy["conv_in"].weights is None


def test_json_round_trip(tiny_unet: UNet2DConditionModel) -> None:
    anatomy = read_anatomy(tiny_unet)
    assert Anatomy.from_json(json.loads(json.dumps(anatomy.to_json()))) == anatomy


def test_tracing_leaves_the_network_as_it_was(tiny_unet: UNet2DConditionModel) -> None:
    read_anatomy(tiny_unet)
    assert not any(module._forward_hooks or module._forward_pre_hooks for module in tiny_unet.modules())


def test_embedded_brain_carries_its_own_anatomy(homunculus: Path, tmp_path: Path) -> None:
    copied = tmp_path / "brain"
    copied.mkdir()
    for file in homunculus.iterdir():
        if file.name != "anatomy.json":
            (copied / file.name).symlink_to(file)
    assert main([str(copied)]) == 0
    shipped = json.loads((homunculus / "anatomy.json").read_text(encoding="utf-8"))
    assert json.loads((copied / "anatomy.json").read_text(encoding="utf-8")) == shipped
    assert len(Anatomy.from_json(shipped)) == 391


def test_command_says_in_one_line_what_is_wrong(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(tmp_path)]) == 2
    assert capsys.readouterr().err.count("\n") == 1


@pytest.mark.parametrize(
    "change",
    [
        {"act_fn": "telepathy"},
        {"norm_num_groups": 7},
        {"down_block_types": ("NoSuchBlock",) * 4},
        {"attention_head_dim": (1, 2)},
        {"block_out_channels": "many"},
        {"sample_size": "large"},
        {"cross_attention_dim": None},
        {"addition_embed_type": "text_time", "addition_time_embed_dim": 8, "projection_class_embeddings_input_dim": 64},
    ],
)
def test_impossible_configurations_are_named(change: dict[str, object]) -> None:
    with pytest.raises(BrainError, match=r"onfiguration"):
        read_anatomy({**UNET_CONFIG, **change})


def test_unknown_configuration_names_the_known_ones() -> None:
    with pytest.raises(BrainError, match=r"'sd99'.*sd15.*sd21"):
        unet_config("sd99")
    assert set(UNET_CONFIGS) == {"sd15", "sd21"}
