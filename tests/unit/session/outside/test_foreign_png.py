import json
from pathlib import Path

import pytest
from PIL import Image as Pillow
from PIL.PngImagePlugin import PngInfo

from alienlab.session.outside.foreign_png import ForeignRecipe, read_foreign
from alienlab.session.png import write_png
from tests.fakes.recipes import make_image, make_provenance, make_recipe


@pytest.fixture
def png(tmp_path: Path):
    """Writes an image with these text chunks."""

    def write(international: bool = False, **texts: str) -> Path:
        chunks = PngInfo()
        for name, text in texts.items():
            add = chunks.add_itxt if international else chunks.add_text
            add(name.replace("sd_", "sd-"), text)
        path = tmp_path / "foreign.png"
        Pillow.new("RGB", (16, 8)).save(path, pnginfo=chunks)
        return path

    return write


# AUTOMATIC1111


def test_the_web_ui(png):
    text = (
        "a cat in a (party hat:1.2)\nmasterpiece, 4k\nNegative prompt: dog,\nblurry: very\n"
        "Steps: 20, Sampler: DPM++ 2M Karras, CFG scale: 7.5, Seed: 1234567890, Size: 512x768, Model hash: 6ce0161689, "
        'Model: v1-5-pruned, Lora hashes: "a: 12, b: \\"34\\"", Version: v1.9.4'
    )
    assert read_foreign(png(parameters=text)) == ForeignRecipe(
        prompt="a cat in a (party hat:1.2)\nmasterpiece, 4k",
        negative="dog,\nblurry: very",
        seed=1234567890,
        steps=20,
        guidance=7.5,
        width=512,
        height=768,
        tool="AUTOMATIC1111",
        sampler="DPM++ 2M Karras",
    )


def test_the_web_ui_without_a_negative_prompt_in_another_script(png):
    recipe = read_foreign(
        png(international=True, parameters="猫とレモン\nSteps: 8, Seed: 3, Size: 64x64, CFG scale: 1")
    )
    assert recipe is not None
    assert (recipe.prompt, recipe.negative, recipe.seed, recipe.guidance) == ("猫とレモン", "", 3, 1.0)


def test_a_quoted_value_cannot_pretend_to_be_another_setting(png):
    recipe = read_foreign(png(parameters='x\nSteps: 5, Note: "Seed: 9, CFG scale: 3", Seed: 4'))
    assert recipe is not None
    assert (recipe.steps, recipe.seed, recipe.guidance) == (5, 4, None)


def test_lines_after_the_settings_are_no_prompt(png):
    recipe = read_foreign(png(parameters="a cat\nSteps: 5, Seed: 4\nTemplate: a {cat|dog}"))
    assert recipe is not None
    assert recipe.prompt == "a cat"


def test_what_we_write_ourselves(tmp_path: Path):
    recipe = make_recipe("a cat: not, a dog", "mid_block.*:zero", negative="blue", seed=7)
    path = tmp_path / "own.png"
    write_png(path, make_image(), recipe, make_provenance())
    read = read_foreign(path)
    assert read is not None
    assert (read.tool, read.prompt, read.negative) == ("AlienLab", "a cat: not, a dog", "blue")
    assert (read.seed, read.steps, read.guidance) == (recipe.seed, recipe.steps, recipe.guidance)
    assert (read.width, read.height) == (recipe.width, recipe.height)


# ComfyUI

PLAIN = {
    "3": {
        "class_type": "KSampler",
        "inputs": {
            **{"seed": 156680208700286, "steps": 20, "cfg": 8, "sampler_name": "euler", "scheduler": "normal"},
            **{"denoise": 1, "model": ["4", 0], "positive": ["6", 0], "negative": ["7", 0], "latent_image": ["5", 0]},
        },
    },
    "4": {"class_type": "CheckpointLoaderSimple", "inputs": {"ckpt_name": "v1-5.safetensors"}},
    "5": {"class_type": "EmptyLatentImage", "inputs": {"width": 512, "height": 640, "batch_size": 1}},
    "6": {"class_type": "CLIPTextEncode", "inputs": {"text": "a glass bottle", "clip": ["4", 1]}},
    "7": {"class_type": "CLIPTextEncode", "inputs": {"text": "text, watermark", "clip": ["4", 1]}},
    "8": {"class_type": "VAEDecode", "inputs": {"samples": ["3", 0], "vae": ["4", 2]}},
    "9": {"class_type": "SaveImage", "inputs": {"filename_prefix": "ComfyUI", "images": ["8", 0]}},
}


def test_the_default_graph(png):
    assert read_foreign(png(prompt=json.dumps(PLAIN), workflow="{}")) == ForeignRecipe(
        prompt="a glass bottle",
        negative="text, watermark",
        seed=156680208700286,
        steps=20,
        guidance=8.0,
        width=512,
        height=640,
        tool="ComfyUI",
        sampler="euler",
    )


def test_texts_and_numbers_from_other_nodes_and_conditioning_between(png):
    graph = PLAIN | {
        "3": {
            "class_type": "KSamplerAdvanced",
            "inputs": {
                **{"noise_seed": ["20", 0], "steps": 12, "cfg": ["21", 0], "positive": ["10", 0]},
                **{"negative": ["10", 1], "latent_image": ["5", 0], "sampler_name": "dpmpp_2m"},
            },
        },
        "10": {
            "class_type": "ControlNetApplyAdvanced",
            "inputs": {"positive": ["11", 0], "negative": ["12", 0], "control_net": ["4", 0], "image": ["8", 0]},
        },
        "11": {
            "class_type": "ConditioningCombine",
            "inputs": {"conditioning_1": ["6", 0], "conditioning_2": ["13", 0]},
        },
        "12": {"class_type": "ConditioningZeroOut", "inputs": {"conditioning": ["6", 0]}},
        "13": {"class_type": "CLIPTextEncode", "inputs": {"text": ["14", 0], "clip": ["4", 1]}},
        "14": {
            "class_type": "StringConcatenate",
            "inputs": {"string_a": ["15", 0], "string_b": "blue", "delimiter": ";"},
        },
        "15": {"class_type": "PrimitiveString", "inputs": {"value": "a lemon"}},
        "20": {"class_type": "PrimitiveInt", "inputs": {"value": 77}},
        "21": {"class_type": "PrimitiveFloat", "inputs": {"value": 4.5}},
    }
    recipe = read_foreign(png(prompt=json.dumps(graph)))
    assert recipe is not None
    assert recipe.prompt == "a glass bottle, a lemon, blue"
    assert (recipe.negative, recipe.seed, recipe.steps, recipe.guidance) == ("", 77, 12, 4.5)


def test_a_sampler_in_parts(png):
    graph = {
        "6": PLAIN["6"],
        "7": PLAIN["7"],
        "13": {
            "class_type": "SamplerCustomAdvanced",
            "inputs": {
                **{"noise": ["25", 0], "guider": ["22", 0], "sampler": ["16", 0], "sigmas": ["18", 0]},
                "latent_image": ["27", 0],
            },
        },
        "16": {"class_type": "KSamplerSelect", "inputs": {"sampler_name": "heun"}},
        "17": {"class_type": "BasicScheduler", "inputs": {"scheduler": "simple", "steps": 30, "model": ["12", 0]}},
        "18": {"class_type": "SplitSigmas", "inputs": {"step": 0, "sigmas": ["17", 0]}},
        "22": {"class_type": "CFGGuider", "inputs": {"cfg": 3.5, "positive": ["6", 0], "negative": ["7", 0]}},
        "25": {"class_type": "RandomNoise", "inputs": {"noise_seed": 42}},
        "27": {"class_type": "EmptySD3LatentImage", "inputs": {"width": 1024, "height": 768}},
    }
    recipe = read_foreign(png(prompt=json.dumps(graph)))
    assert recipe is not None
    assert (recipe.prompt, recipe.negative) == ("a glass bottle", "text, watermark")
    assert (recipe.seed, recipe.steps, recipe.guidance, recipe.sampler) == (42, 30, 3.5, "heun")
    assert (recipe.width, recipe.height) == (1024, 768)


def test_the_first_of_two_samplers_counts(png):
    second = {"seed": 2, "steps": 5, "positive": ["7", 0], "negative": ["6", 0], "latent_image": ["31", 0], "cfg": 1}
    graph = {
        "30": {"class_type": "KSampler", "inputs": second},
        "31": {"class_type": "LatentUpscale", "inputs": {"samples": ["3", 0], "width": 1024, "height": 1280}},
        **PLAIN,
    }
    recipe = read_foreign(png(prompt=json.dumps(graph)))
    assert recipe is not None
    assert (recipe.seed, recipe.steps, recipe.height) == (156680208700286, 20, 640)


@pytest.mark.parametrize("links", [{"conditioning": ["6", 0]}, {"text": ["6", 0]}, {"conditioning": ["nowhere", 0]}])
def test_circles_and_links_to_nowhere_end(png, links):
    graph = PLAIN | {"6": {"class_type": "CLIPTextEncode", "inputs": links}}
    recipe = read_foreign(png(prompt=json.dumps(graph)))
    assert recipe is not None
    assert recipe.prompt in (None, "")
    assert recipe.negative == "text, watermark"


def test_a_graph_in_which_everything_leads_to_everything_ends(png):
    names = [str(number) for number in range(150)]
    inputs = {f"conditioning_{name}": [name, 0] for name in names}
    graph = {name: {"class_type": "ConditioningCombine", "inputs": inputs} for name in names}
    sampler = {"seed": 1, "steps": 2, "positive": ["0", 0], "negative": ["1", 0], "latent_image": ["2", 0]}
    recipe = read_foreign(png(prompt=json.dumps(graph | {"s": {"class_type": "KSampler", "inputs": sampler}})))
    assert recipe is not None
    assert recipe.seed == 1


# InvokeAI


def test_invoke(png):
    data = {
        **{
            "generation_mode": "txt2img",
            "positive_prompt": "an astronaut",
            "negative_prompt": "fog",
            "app_version": "4.2",
        },
        **{"width": 512, "height": 576, "seed": 99, "cfg_scale": 7.5, "steps": 30, "scheduler": "euler_a"},
    }
    assert read_foreign(png(invokeai_metadata=json.dumps(data))) == ForeignRecipe(
        prompt="an astronaut",
        negative="fog",
        seed=99,
        steps=30,
        guidance=7.5,
        width=512,
        height=576,
        tool="InvokeAI",
        sampler="euler_a",
    )


@pytest.mark.parametrize("prompt", ["a cat [dog]", [{"prompt": "a cat [dog]", "weight": 1}]])
def test_invoke_of_before(png, prompt):
    image = {"prompt": prompt, "seed": 5, "steps": 50, "cfg_scale": 7.5, "width": 512, "height": 512, "sampler": "ddim"}
    recipe = read_foreign(png(sd_metadata=json.dumps({"app_id": "invoke-ai/InvokeAI", "image": image})))
    assert recipe is not None
    assert (recipe.prompt, recipe.negative, recipe.seed, recipe.steps) == ("a cat", "dog", 5, 50)


def test_the_command_line_of_invoke(png):
    recipe = read_foreign(png(Dream='"a cat -s 3" -s 50 -S 123 -W 512 -H 448 -C7.5 -A k_lms'))
    assert recipe == ForeignRecipe(
        prompt="a cat -s 3", seed=123, steps=50, guidance=7.5, width=512, height=448, tool="InvokeAI", sampler="k_lms"
    )


# What is not to be believed


def test_values_out_of_range_are_left_out(png):
    data = {"positive_prompt": "x", "seed": -1, "steps": 10**9, "cfg_scale": 1e400, "width": True, "height": 1e99}
    recipe = read_foreign(png(invokeai_metadata=json.dumps(data)))
    assert recipe == ForeignRecipe(prompt="x", tool="InvokeAI")


@pytest.mark.parametrize(
    "texts",
    [
        {},
        {"parameters": "just a title"},
        {"parameters": "Steps: many"},
        {"prompt": "[" * 100_000},
        {"prompt": '{"1":' * 100_000},
        {"prompt": json.dumps({"1": {"class_type": "KSampler", "inputs": []}, "2": None, "3": 4})},
        {"prompt": '{"1": {"inputs": {"seed": ' + "9" * 5000 + ', "positive": [], "negative": [[], {}]}}}'},
        {"invokeai_metadata": "null"},
        {"invokeai_metadata": '{"positive_prompt": 5}'},
        {"sd_metadata": '{"image": {"prompt": [[["x"]]]}}'},
        {"Dream": '"never closed -s 5'},
    ],
)
def test_what_says_nothing_gives_nothing(png, texts):
    recipe = read_foreign(png(**texts))
    assert recipe is None or recipe.prompt == ""


def test_a_prompt_that_is_too_long_is_left_out(png):
    recipe = read_foreign(png(parameters=f"{'cat ' * 10_000}\nSteps: 4, Seed: 1"))
    assert recipe is not None
    assert (recipe.prompt, recipe.steps) == (None, 4)


def test_halves_of_signs_become_question_marks(png):
    recipe = read_foreign(png(invokeai_metadata='{"positive_prompt": "a \\ud800 cat\\u0000", "seed": 1}'))
    assert recipe is not None
    assert recipe.prompt == "a ? cat"


def test_other_files_give_nothing(tmp_path: Path):
    text = tmp_path / "notes.txt"
    text.write_text("parameters")
    assert read_foreign(text) is None
    assert read_foreign(tmp_path / "gone.png") is None
