import json
import os
import shutil
from pathlib import Path
from typing import Any

import huggingface_hub.constants
import numpy as np
import pytest
import torch
from diffusers.models.autoencoders.autoencoder_kl import AutoencoderKL
from diffusers.models.unets.unet_2d_condition import UNet2DConditionModel
from safetensors.torch import load_file, save_file
from transformers import CLIPTextModel

from alienlab.domain.errors import AlienLabError, BrainError, UnsafeWeights, UnsupportedBrain
from alienlab.domain.ports import BrainSource
from alienlab.engine.brains import hub
from alienlab.engine.brains.folder import hash_of, inspect
from alienlab.engine.brains.loading import Brain, load_brain
from alienlab.engine.brains.source import resolve
from tests.fakes import tiny_brain as fakes

UNET = "unet/diffusion_pytorch_model.safetensors"
VAE = "vae/diffusion_pytorch_model.safetensors"
TEXT = "text_encoder/model.safetensors"


@pytest.fixture
def folder(tiny_brain: Path, tmp_path: Path) -> Path:
    """A copy of the tiny brain that a test may change."""
    return Path(shutil.copytree(tiny_brain, tmp_path / "brain"))


def load(folder: Path, **settings: Any) -> Brain:
    return load_brain(BrainSource(location=str(folder), **settings), progress=lambda message, fraction: None)


def refusal(folder: Path, **settings: Any) -> AlienLabError:
    """The error of a brain that does not open; it must be one sentence or two in one line."""
    with pytest.raises(AlienLabError) as caught:
        load(folder, **settings)
    message = str(caught.value)
    assert "\n" not in message
    assert "Error" not in message
    assert len(message) < 300
    assert message.endswith(".")
    return caught.value


def edit_index(folder: Path, **changes: object) -> None:
    fakes.edit_json(folder / "model_index.json", lambda index: index.update(changes))


def test_components_are_what_diffusers_and_transformers_read(tiny_brain: Path) -> None:
    brain = load(tiny_brain)
    reference = {
        "unet": UNet2DConditionModel.from_pretrained(tiny_brain / "unet", low_cpu_mem_usage=False),
        "vae": AutoencoderKL.from_pretrained(tiny_brain / "vae", low_cpu_mem_usage=False),
        "text_encoder": CLIPTextModel.from_pretrained(tiny_brain / "text_encoder"),
    }
    for name, expected in reference.items():
        loaded = getattr(brain, name)
        assert loaded.state_dict().keys() == expected.state_dict().keys()
        assert all(torch.equal(loaded.state_dict()[key], tensor) for key, tensor in expected.state_dict().items())
        assert not any(tensor.is_meta for tensor in [*loaded.parameters(), *loaded.buffers()])
        assert not loaded.training
    assert (brain.tokens, brain.dims) == (fakes.TOKENS, fakes.DIMS)
    assert brain.scheduler_class_name == "DDIMScheduler"
    assert brain.scheduler_config["beta_schedule"] == "scaled_linear"
    assert brain.tokenizer("a cat")["input_ids"][0] == brain.tokenizer.bos_token_id


def test_nothing_is_written_to_the_terminal(tiny_brain: Path, capfd: pytest.CaptureFixture[str]) -> None:
    load(tiny_brain)
    assert capfd.readouterr() == ("", "")


def test_progress_grows_to_one(tiny_brain: Path) -> None:
    heard: list[tuple[str, float | None]] = []
    load_brain(BrainSource(location=str(tiny_brain)), progress=lambda *said: heard.append(said))
    shares = [share for _, share in heard if share is not None]
    assert shares == sorted(shares)
    assert shares[-1] == 1.0
    assert all(message for message, _ in heard)


def test_card_has_defaults(tiny_brain: Path) -> None:
    card = load(tiny_brain).card
    assert (card.name, card.steps, card.guidance) == ("tiny", 30, 7.5)
    assert card.prompts == ("a cat in a party hat", "a dog")


def test_card_of_the_embedded_brain(homunculus: Path) -> None:
    card = inspect(homunculus).card
    assert (card.name, card.steps, card.guidance) == ("Homunculus", 20, 4.0)
    assert "a cat in a party hat" in card.prompts


@pytest.mark.parametrize(
    "card", ['{"steps": 0}', '{"steps": "many"}', '{"guidance": NaN}', '{"name": 3}', '{"name": ""}', "[]", "{", "\xff"]
)
def test_malformed_card_is_named(folder: Path, card: str) -> None:
    (folder / "alienlab.json").write_text(card, encoding="latin-1")
    assert "alienlab.json" in str(refusal(folder))


def test_hash_is_of_what_decides_pixels(tiny_brain: Path, folder: Path) -> None:
    original = load(tiny_brain).hash
    assert hash_of(inspect(tiny_brain)) == original
    assert len(original) == 64
    (folder / "README.md").write_text("Other words.", encoding="utf-8")
    (folder / "anatomy.json").write_text("{}", encoding="utf-8")
    (folder / "alienlab.json").write_text('{"name": "Other"}', encoding="utf-8")
    edit_index(folder, _diffusers_version="0.1")
    assert load(folder).hash == original
    tensors = load_file(folder / UNET)
    tensors["conv_out.bias"] += 1e-3
    save_file(tensors, folder / UNET)
    assert load(folder).hash != original


@pytest.mark.parametrize(
    "file", ["scheduler/scheduler_config.json", "tokenizer/tokenizer_config.json", "vae/config.json"]
)
def test_hash_is_of_the_configurations_too(tiny_brain: Path, folder: Path, file: str) -> None:
    (folder / file).write_text((folder / file).read_text(encoding="utf-8") + "\n", encoding="utf-8")
    assert load(folder).hash != load(tiny_brain).hash


def test_half_precision_variant(tiny_brain: Path, folder: Path) -> None:
    full = load(tiny_brain).unet.conv_in.weight
    fakes.rename_to_fp16_variant(folder)
    brain = load(folder)
    assert brain.unet.dtype == brain.vae.dtype == brain.text_encoder.dtype == torch.float32
    assert torch.equal(brain.unet.conv_in.weight, full.half().float())


def test_full_precision_goes_before_a_variant(tiny_brain: Path, folder: Path) -> None:
    fakes.rename_to_fp16_variant(folder)
    shutil.copytree(tiny_brain, folder, dirs_exist_ok=True)
    assert load(folder).hash == load(tiny_brain).hash


def test_sharded_weights(tiny_brain: Path, folder: Path) -> None:
    fakes.shard_unet(folder)
    sharded, whole = load(folder).unet.state_dict(), load(tiny_brain).unet.state_dict()
    assert all(torch.equal(sharded[name], tensor) for name, tensor in whole.items())
    (folder / "unet/diffusion_pytorch_model-00002-of-00002.safetensors").unlink()
    assert "diffusion_pytorch_model-00002-of-00002.safetensors is missing" in str(refusal(folder))


def test_chosen_dtype(tiny_brain: Path) -> None:
    brain = load_brain(BrainSource(location=str(tiny_brain)), progress=lambda *said: None, dtype=torch.bfloat16)
    assert brain.unet.dtype == brain.vae.dtype == brain.text_encoder.dtype == torch.bfloat16


def test_old_names_of_attention(tiny_brain: Path, folder: Path) -> None:
    names = {".to_q.": ".query.", ".to_k.": ".key.", ".to_v.": ".value.", ".to_out.0.": ".proj_attn."}
    old = {}
    for name, tensor in load_file(folder / VAE).items():
        for new_part, old_part in names.items():
            name = name.replace(new_part, old_part)
        old[name] = tensor
    assert any(".proj_attn." in name for name in old)
    save_file(old, folder / VAE)
    renamed, original = load(folder).vae.state_dict(), load(tiny_brain).vae.state_dict()
    assert all(torch.equal(renamed[name], tensor) for name, tensor in original.items())


def test_pickles_are_refused_unless_allowed(tiny_brain: Path, folder: Path) -> None:
    fakes.pickle_weights(folder)
    error = refusal(folder)
    assert isinstance(error, UnsafeWeights)
    assert "--allow-pickle" in str(error)
    allowed, original = load(folder, allow_pickle=True), load(tiny_brain)
    assert torch.equal(allowed.unet.conv_in.weight, original.unet.conv_in.weight)
    assert torch.equal(
        allowed.text_encoder.get_input_embeddings().weight, original.text_encoder.get_input_embeddings().weight
    )


class Trap:
    def __reduce__(self) -> tuple[Any, ...]:
        return os.mkdir, (os.environ["TRAP"],)


@pytest.mark.parametrize("safe", fakes.WEIGHT_FILES)
def test_code_in_an_allowed_pickle_never_runs(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, safe: str
) -> None:
    monkeypatch.setenv("TRAP", str(tmp_path / "sprung"))
    fakes.pickle_weights(folder)
    torch.save({"conv_in.weight": Trap()}, folder / fakes.WEIGHT_FILES[safe])
    refusal(folder, allow_pickle=True)
    assert not (tmp_path / "sprung").exists()


@pytest.mark.parametrize("file", [UNET, VAE, TEXT])
def test_broken_weights_are_named(folder: Path, file: str) -> None:
    whole = (folder / file).read_bytes()
    for content in (whole[: len(whole) // 2], whole[:5], b"", b"\xff" * 1000):
        (folder / file).write_bytes(content)
        error = refusal(folder)
        assert str(error).startswith(f"{file} is truncated or corrupt")
    (folder / file).unlink()
    assert f"{file} is missing" in str(refusal(folder))


@pytest.mark.parametrize(
    ("file", "tensor"),
    [(UNET, "conv_in.weight"), (VAE, "decoder.conv_in.weight"), (TEXT, "embeddings.position_embedding.weight")],
)
def test_weights_that_do_not_fit_are_named(folder: Path, file: str, tensor: str) -> None:
    tensors = load_file(folder / file)
    short = dict(tensors)
    del short[tensor]
    save_file(short, folder / file, metadata={"format": "pt"})
    assert file in str(refusal(folder))
    save_file({**tensors, tensor: torch.zeros(3, 3)}, folder / file, metadata={"format": "pt"})
    assert file in str(refusal(folder))


def test_parts_of_different_brains_are_told_apart(folder: Path, tmp_path: Path) -> None:
    other = fakes.write_tiny_brain(tmp_path / "other", unet={**fakes.UNET_CONFIG, "cross_attention_dim": 24})
    shutil.rmtree(folder / "unet")
    shutil.copytree(other / "unet", folder / "unet")
    assert "24 dimensions" in str(refusal(folder))


@pytest.mark.parametrize(
    ("class_name", "said"),
    [
        ("StableDiffusionXLPipeline", "Stable Diffusion XL"),
        ("StableDiffusionXLInpaintPipeline", "inpainting"),
        ("StableDiffusion3Pipeline", "Stable Diffusion 3"),
        ("FluxPipeline", "Flux"),
        ("DiTPipeline", "DiT"),
        ("PixArtAlphaPipeline", "DiT"),
        ("StableDiffusionInpaintPipeline", "inpainting"),
        ("StableDiffusionImg2ImgPipeline", "image-to-image"),
        ("StableDiffusionUpscalePipeline", "upscaling"),
        ("StableDiffusionDepth2ImgPipeline", "depth-to-image"),
        ("StableDiffusionControlNetPipeline", "ControlNet"),
        ("DDPMPipeline", "unconditional"),
        ("SomethingNobodyKnows", "SomethingNobodyKnows"),
        ("\x1b[31mRed\n" + 1000 * "x", "unknown"),
        (None, "names no pipeline class"),
        (["a", "list"], "names no pipeline class"),
    ],
)
def test_other_pipelines_are_refused_by_name(folder: Path, class_name: object, said: str) -> None:
    edit_index(folder, _class_name=class_name)
    error = refusal(folder)
    assert isinstance(error, UnsupportedBrain)
    assert said in str(error)
    assert "\x1b" not in str(error)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"unet": ["diffusers", "UNet2DModel"]}, "unconditional"),
        ({"unet": None}, "no unet"),
        ({"unet": ["my_module", "MyUNet"]}, "MyUNet"),
        ({"text_encoder_2": ["transformers", "CLIPTextModelWithProjection"]}, "two text encoders"),
        ({"text_encoder": ["transformers", "T5EncoderModel"]}, "T5EncoderModel"),
        ({"vae": ["diffusers", "AutoencoderTiny"]}, "AutoencoderTiny"),
        ({"scheduler": [None, None]}, "no scheduler"),
        ({"scheduler": ["os", "system('x')"]}, "no scheduler"),
    ],
)
def test_other_components_are_refused_by_name(folder: Path, changes: dict[str, object], said: str) -> None:
    edit_index(folder, **changes)
    error = refusal(folder)
    assert isinstance(error, UnsupportedBrain)
    assert said in str(error)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"in_channels": 9}, "inpainting"),
        ({"in_channels": 5}, "depth-to-image"),
        ({"in_channels": 8}, "image-to-image"),
        ({"in_channels": 7, "num_class_embeds": 1000}, "upscaling"),
        ({"num_class_embeds": 10}, "class-conditional"),
        ({"addition_embed_type": "text_time"}, "Stable Diffusion XL"),
        ({"time_cond_proj_dim": 256}, "latent consistency"),
        ({"_class_name": "UNet2DModel"}, "unconditional"),
    ],
)
def test_other_unets_are_refused_by_name(folder: Path, changes: dict[str, object], said: str) -> None:
    fakes.edit_json(folder / "unet/config.json", lambda config: config.update(changes))
    error = refusal(folder)
    assert isinstance(error, UnsupportedBrain)
    assert said in str(error)


@pytest.mark.parametrize("change", [{"in_channels": [4]}, {"block_out_channels": "x"}, {"in_channels": 3}])
def test_impossible_unet_configurations(folder: Path, change: dict[str, object]) -> None:
    fakes.edit_json(folder / "unet/config.json", lambda config: config.update(change))
    refusal(folder)


@pytest.mark.parametrize("text", ["", "{", "[]", "null", '"text"', "[" * 100_000, "\x00"])
@pytest.mark.parametrize(
    "file",
    [
        "model_index.json",
        "unet/config.json",
        "vae/config.json",
        "text_encoder/config.json",
        "tokenizer/tokenizer.json",
        "scheduler/scheduler_config.json",
    ],
)
def test_broken_configurations(folder: Path, file: str, text: str) -> None:
    (folder / file).write_text(text, encoding="utf-8")
    refusal(folder)


@pytest.mark.parametrize(
    "file", ["unet/config.json", "text_encoder/config.json", "scheduler/scheduler_config.json", "tokenizer"]
)
def test_missing_files_are_named(folder: Path, file: str) -> None:
    (folder / file).unlink() if (folder / file).is_file() else shutil.rmtree(folder / file)
    message = str(refusal(folder))
    assert file in message
    assert "missing" in message


def test_shard_index_does_not_reach_outside(folder: Path) -> None:
    fakes.shard_unet(folder)
    index = folder / "unet/diffusion_pytorch_model.safetensors.index.json"
    fakes.edit_json(index, lambda data: data["weight_map"].update(extra="../../etc/passwd"))
    assert "missing" in str(refusal(folder))


def test_large_configuration_is_not_read(folder: Path) -> None:
    (folder / "model_index.json").write_text(json.dumps({"padding": "x" * (17 * 2**20)}), encoding="utf-8")
    assert "too large" in str(refusal(folder))


def test_safety_checker(folder: Path, tiny_brain: Path) -> None:
    assert not load(tiny_brain).has_safety_checker
    with pytest.raises(BrainError, match="no safety checker"):
        load(tiny_brain).load_safety_checker()
    fakes.add_safety_checker(folder)
    brain = load(folder)
    assert brain.has_safety_checker
    assert brain.hash == load(tiny_brain).hash  # it decides no pixels
    checker = brain.load_safety_checker()
    assert checker is brain.load_safety_checker()
    image = np.zeros((32, 32, 3), np.uint8)
    checker.model.concept_embeds_weights.fill_(2.0)  # no similarity reaches this
    checker.model.special_care_embeds_weights.fill_(2.0)
    assert checker.flags([image, image]) == [False, False]
    checker.model.concept_embeds_weights.fill_(-2.0)
    assert checker.flags([image]) == [True]


def test_folder_that_is_no_brain(tmp_path: Path) -> None:
    assert "model_index.json" in str(refusal(tmp_path))
    (tmp_path / "v1.ckpt").write_bytes(b"x")
    assert isinstance(refusal(tmp_path), UnsafeWeights)


@pytest.mark.parametrize(
    ("name", "error"),
    [
        ("v1.ckpt", UnsafeWeights),
        ("v1.safetensors", BrainError),
        ("model_index.json", BrainError),
        ("a.txt", BrainError),
    ],
)
def test_single_files_are_refused(tmp_path: Path, name: str, error: type[BrainError]) -> None:
    (tmp_path / name).write_bytes(b"x")
    with pytest.raises(error, match=name):
        resolve(BrainSource(location=str(tmp_path / name)))


@pytest.mark.parametrize(
    "location", ["", "nowhere", "/no/such/folder", "./a/b", "a/b/c", "../brain", "~/no-such", "a\nb/c", "C:\\brain"]
)
def test_location_that_is_nothing(location: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(BrainError) as caught:
        resolve(BrainSource(location=location))
    assert "owner/name" in str(caught.value)


class TestHub:
    """With the network cut off."""

    @pytest.fixture(autouse=True)
    def cache(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
        monkeypatch.setattr(huggingface_hub.constants, "HF_HUB_CACHE", str(tmp_path / "hub"))
        monkeypatch.setattr(huggingface_hub.constants, "HF_HUB_OFFLINE", True)
        return tmp_path / "hub"

    @staticmethod
    def put_in_cache(cache: Path, brain: Path) -> Path:
        """Lay a brain in the cache as the hub's client does."""
        repository = cache / "models--somebody--brain"
        (repository / "refs").mkdir(parents=True)
        (repository / "refs/main").write_text("c0ffee", encoding="utf-8")
        return Path(shutil.copytree(brain, repository / "snapshots/c0ffee"))

    def test_what_is_not_cached_is_said_so(self) -> None:
        with pytest.raises(BrainError, match=r"'somebody/brain'.*not in the local cache.*cannot be reached"):
            resolve(BrainSource(location="somebody/brain"))

    def test_cached_brain_opens(self, cache: Path, tiny_brain: Path) -> None:
        snapshot = self.put_in_cache(cache, tiny_brain)
        assert resolve(BrainSource(location="somebody/brain")) == snapshot
        brain = load(Path("somebody/brain"))
        assert brain.name == "brain"
        assert brain.location == "somebody/brain"
        assert brain.hash == load(tiny_brain).hash

    def test_cached_brains_are_listed(self, cache: Path, tiny_brain: Path) -> None:
        assert hub.cached_brains() == []
        snapshot = self.put_in_cache(cache, tiny_brain)
        assert hub.cached_brains() == ["somebody/brain"]
        edit_index(snapshot, _class_name="FluxPipeline")
        assert hub.cached_brains() == []

    def test_part_of_a_download_is_not_taken_for_a_brain(self, cache: Path, tiny_brain: Path) -> None:
        (self.put_in_cache(cache, tiny_brain) / UNET).unlink()
        with pytest.raises(BrainError, match="only in part in the local cache"):
            resolve(BrainSource(location="somebody/brain"))

    def test_cached_pickles(self, cache: Path, tiny_brain: Path) -> None:
        snapshot = self.put_in_cache(cache, tiny_brain)
        fakes.pickle_weights(snapshot)
        with pytest.raises(UnsafeWeights):
            resolve(BrainSource(location="somebody/brain"))
        assert resolve(BrainSource(location="somebody/brain", allow_pickle=True)) == snapshot

    def test_unsupported_brain_is_refused_from_the_cache(self, cache: Path, tiny_brain: Path) -> None:
        edit_index(self.put_in_cache(cache, tiny_brain), _class_name="FluxPipeline")
        with pytest.raises(UnsupportedBrain, match="Flux"):
            resolve(BrainSource(location="somebody/brain"))

    def test_only_what_is_needed_is_fetched(
        self, cache: Path, tiny_brain: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        published = {file.relative_to(tiny_brain).as_posix(): 1 for file in tiny_brain.rglob("*") if file.is_file()}
        clutter = {
            "v1-5-pruned.ckpt": 1,
            "unet/diffusion_pytorch_model.bin": 1,
            "unet/diffusion_pytorch_model.fp16.safetensors": 1,
            "unet/diffusion_pytorch_model.non_ema.safetensors": 1,
            "README.md": 1,
        }
        server = _Server({**published, **clutter}, tiny_brain, cache)
        monkeypatch.setattr(hub, "HfApi", lambda: server)
        monkeypatch.setattr(hub, "hf_hub_download", server.download)
        heard: list[float | None] = []
        location = BrainSource(location="somebody/brain")
        found = resolve(location, progress=lambda message, share: heard.append(share))
        assert set(server.fetched) == published.keys()
        assert load(found).hash == load(tiny_brain).hash
        assert heard[0] is None
        assert heard[1:] == sorted(heard[1:], key=float)

    def test_unsupported_brain_is_refused_before_its_weights_are_fetched(
        self, cache: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        edit_index(folder, _class_name="StableDiffusionXLPipeline")
        server = _Server({"model_index.json": 1, UNET: 1}, folder, cache)
        monkeypatch.setattr(hub, "HfApi", lambda: server)
        monkeypatch.setattr(hub, "hf_hub_download", server.download)
        with pytest.raises(UnsupportedBrain, match="Stable Diffusion XL"):
            resolve(BrainSource(location="somebody/brain"))
        assert server.fetched == ["model_index.json"]


class _Server:
    """Stands in for the hub: serves the files of a folder."""

    sha = "c0ffee"

    def __init__(self, sizes: dict[str, int], source: Path, cache: Path) -> None:
        self.siblings = [_File(name, size) for name, size in sizes.items()]
        self._source, self._snapshot = source, cache / "snapshots" / self.sha
        self.fetched: list[str] = []

    def model_info(self, hub_id: str, **settings: object) -> "_Server":
        return self

    def download(self, hub_id: str, name: str) -> str:
        target = self._snapshot / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(self._source / name, target)
        if name not in self.fetched:
            self.fetched.append(name)
        return str(target)


class _File:
    def __init__(self, name: str, size: int) -> None:
        self.rfilename, self.size = name, size
