from hypothesis import given
from hypothesis import strategies as st

from alienlab.domain.differences import captions, common, describe, differences
from alienlab.domain.outside import OutsideRecipe
from alienlab.domain.recipe import Precision
from tests.fakes.recipes import make_recipe


def test_only_what_differs_is_in_the_captions_and_the_rest_stands_once():
    recipes = [make_recipe(), make_recipe("a cat in a party hat", "mid_block.*:zero")]
    assert captions(recipes) == [("intact",), ("mid_block.*:zero",)]
    assert common(recipes) == (
        "“a cat in a party hat” · seed 7 · 20 steps · guidance 7.5 · DDIM · 64 × 64 · fp32 · brain abababab"
    )


def test_two_axes_that_vary_give_two_lines():
    recipes = [make_recipe(seed=1), make_recipe("a cat in a party hat", "conv_in:scale=0.5", seed=2)]
    assert captions(recipes) == [("intact", "seed 1"), ("conv_in:scale=0.5", "seed 2")]
    assert "seed" not in common(recipes)


def test_shared_lesions_go_to_the_common_line():
    recipes = [make_recipe("a cat", "conv_in:zero", seed=seed) for seed in (1, 2)]
    assert captions(recipes) == [("seed 1",), ("seed 2",)]
    assert common(recipes).startswith("“a cat” · conv_in:zero · 20 steps")


def test_no_caption_is_empty():
    assert captions([make_recipe()]) == [("intact",)]
    assert captions([make_recipe("a", "conv_in:zero")] * 2) == [("conv_in:zero",)] * 2
    assert "conv_in" not in common([make_recipe("a", "conv_in:zero")] * 2)


def test_nothing_has_nothing_to_say():
    assert captions([]) == []
    assert common([]) == ""


def test_every_setting_has_words():
    usual = make_recipe()
    others = {
        "“a dog”": make_recipe("a dog"),
        "no prompt": make_recipe(""),
        "not “blurry”": make_recipe(negative="blurry"),
        "seed 8": make_recipe(seed=8),
        "1 step": make_recipe(steps=1),
        "guidance 3": make_recipe(guidance=3.0),
        "EulerDiscrete": make_recipe(scheduler="EulerDiscreteScheduler"),
        "96 × 64": make_recipe(size=(96, 64)),
        "bf16": make_recipe(precision=Precision.BF16),
        "brain cdcdcdcd": make_recipe(brain="cd" * 32),
    }
    for words, other in others.items():
        assert captions([usual, other])[1] == (words,)
    assert captions([usual, others["not “blurry”"]])[0] == ("no negative prompt",)
    assert "negative" not in common([usual])


def test_a_long_list_of_lesions_is_counted():
    few, many = (make_recipe("a", *[f"m{i}:zero" for i in range(count)]) for count in (5, 391))
    assert captions([few])[0] == tuple(f"m{i}:zero" for i in range(5))
    assert captions([many])[0] == ("m0:zero", "m1:zero", "m2:zero", "m3:zero", "and 387 more lesions")


def test_differences_are_captions_on_one_line():
    assert differences([make_recipe(seed=1), make_recipe("a dog", seed=2)]) == [
        "“a cat in a party hat” · seed 1",
        "“a dog” · seed 2",
    ]


def test_a_description_tells_all_on_one_line():
    text = describe(make_recipe("a\ncat", "conv_in:zero", negative="fog"))
    assert text == (
        "“a cat” · not “fog” · conv_in:zero · seed 7 · 20 steps · guidance 7.5 · DDIM · 64 × 64 · fp32 · brain abababab"
    )


recipes = st.builds(
    lambda prompt, seed, guidance, lesion: make_recipe(prompt, *lesion, seed=seed, guidance=guidance),
    st.sampled_from(["", "a cat", "a dog"]),
    st.integers(0, 3),
    st.sampled_from([1.0, 7.5]),
    st.sampled_from([(), ("conv_in:zero",), ("*:noise=0.02@7",)]),
)


@given(st.lists(recipes, min_size=1, max_size=6))
def test_different_recipes_have_different_captions(made):
    said = dict(zip(made, captions(made), strict=True))
    assert len(set(said.values())) == len(set(made))


def test_images_from_outside_take_part_with_what_is_known_of_them():
    photo = OutsideRecipe(name="photo.jpg", width=64, height=64)
    other = OutsideRecipe(
        name="other.png", width=64, height=64, tool="ComfyUI", prompt="a cat in a party hat", seed=9, guidance=7.5
    )
    recipes = [make_recipe(), make_recipe("a cat in a party hat", "conv_in:zero"), photo, other]
    assert captions(recipes) == [
        ("intact", "seed 7"),
        ("conv_in:zero", "seed 7"),
        ("photo.jpg",),
        ("other.png", "ComfyUI", "seed 9"),
    ]
    shared = common(recipes)
    assert shared.startswith("“a cat in a party hat” · 20 steps · guidance 7.5")
    assert "seed" not in shared


def test_an_image_from_outside_alone_is_told_by_its_name():
    photo = OutsideRecipe(name="photo.jpg", width=64, height=48)
    assert captions([photo]) == [("photo.jpg",)]
    assert common([photo]) == "64 × 48"
    assert describe(photo) == "photo.jpg · 64 × 48"
