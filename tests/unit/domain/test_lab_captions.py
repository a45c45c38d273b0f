"""What differs between pictures of laboratories, in words."""

from hypothesis import given
from hypothesis import strategies as st

from alienlab.domain.differences import captions, common, describe, differences
from alienlab.domain.laboratories.captions import lab_heading
from alienlab.domain.laboratories.telling import searchable, value_text
from alienlab.domain.outside import OutsideRecipe
from alienlab.domain.recipe_values import LARGEST_WHOLE
from tests.fakes.recipes import make_lab_recipe, make_recipe

CAT = {"digest": "ab" * 32, "place": "/home/me/cat.png"}


def test_values_that_differ_are_in_the_captions_and_the_rest_stands_once():
    recipes = [make_lab_recipe(map="logistic", a=a, starts=2000) for a in (2.9, 3.1)]
    assert captions(recipes) == [("a 2.9",), ("a 3.1",)]
    assert common(recipes) == "iterated-maps · density · map logistic · starts 2000 · seed 0"


def test_one_picture_is_told_by_what_it_shows():
    recipe = make_lab_recipe(map="logistic", a=3.1)
    assert differences([recipe]) == ["iterated-maps · density · map logistic · a 3.1"]
    assert common([recipe]) == "seed 0"
    assert describe(recipe) == "iterated-maps · density · map logistic · a 3.1 · seed 0"


def test_of_many_values_the_first_stand_for_all():
    recipe = make_lab_recipe(**{f"v{number}": number for number in range(9)})
    assert captions([recipe]) == [("iterated-maps · density", "v0 0", "v1 1", "v2 2", "v3 3", "and 5 more values")]
    assert common([recipe]) == "v4 4 · v5 5 · v6 6 · v7 7 · v8 8 · seed 0"


def test_laboratories_and_experiments_are_told_apart():
    recipes = [make_lab_recipe(a=1), make_lab_recipe(experiment="splits", a=1), make_lab_recipe("grain", "ripe", a=1)]
    assert differences(recipes) == ["iterated-maps · density", "iterated-maps · splits", "grain · ripe"]
    assert common(recipes) == "a 1 · seed 0"


def test_what_only_some_have_a_parameter_for_stands_after_what_differs():
    recipes = [make_lab_recipe(low=0, a=3.1, b=1), make_lab_recipe(a=3.2, b=1), make_lab_recipe("grain", a=3.1, b=1)]
    assert captions(recipes) == [
        ("iterated-maps · density", "a 3.1", "low 0"),
        ("iterated-maps · density", "a 3.2"),
        ("grain · density", "a 3.1"),
    ]
    assert common(recipes) == "b 1 · seed 0"


def test_a_heading_tells_what_a_group_shares_with_nothing_else():
    group = [make_lab_recipe(map="logistic", starts=5, a=a) for a in (1, 2)]
    others = [make_lab_recipe(experiment="splits", map="logistic", low=0, a=3)]
    assert lab_heading(group, [*group, *others]) == "iterated-maps · density · starts 5"
    assert common([*group, *others]) == "map logistic · seed 0"


def test_values_that_only_some_have_do_not_crowd_out_what_differs():
    long = make_lab_recipe(experiment="splits", a=1, b=2, **{f"v{number}": number for number in range(9)})
    assert captions([make_lab_recipe(a=2, b=3), long]) == [
        ("iterated-maps · density", "a 2", "b 3"),
        ("iterated-maps · splits", "a 1", "b 2", "v0 0", "v1 1", "and 7 more values"),
    ]


def test_that_material_is_the_laboratorys_own_is_only_told_where_another_is_given():
    own, given = make_lab_recipe(image=None, a=1), make_lab_recipe(image=CAT, a=1)
    assert captions([own]) == [("iterated-maps · density", "a 1")]
    assert describe(own) == "iterated-maps · density · a 1 · seed 0"
    assert captions([own, given]) == [("image own",), ("image cat.png abababab",)]
    assert captions([own, make_lab_recipe(image=None, a=2)]) == [("a 1",), ("a 2",)]


def test_revisions_are_only_told_where_they_matter():
    old, new = make_lab_recipe(a=1), make_lab_recipe(a=1, revision=2)
    assert captions([old, new]) == [("revision 1",), ("revision 2",)]
    assert "revision" not in describe(old)
    assert describe(new).endswith("revision 2")


def test_beside_images_of_a_mind_pictures_are_told_by_their_laboratory():
    cats = [make_recipe("a cat"), make_recipe("a cat", "conv_in:zero")]
    labs = [make_lab_recipe(map="logistic", a=a) for a in (2.9, 3.1)]
    photo = OutsideRecipe(name="photo.jpg", width=64, height=64)
    mixed = [cats[0], labs[0], photo, labs[1], cats[1]]
    assert captions(mixed) == [
        ("intact",),
        ("iterated-maps · density", "a 2.9"),
        ("photo.jpg",),
        ("iterated-maps · density", "a 3.1"),
        ("conv_in:zero",),
    ]
    assert common(mixed) == f"{common([*cats, photo])}; iterated-maps: map logistic · seed 0"


def test_what_pictures_do_not_touch_stays_as_it_was():
    cats = [make_recipe("a cat"), make_recipe("a cat", "conv_in:zero")]
    assert captions([*cats, make_lab_recipe()])[:2] == captions(cats)
    assert common([*cats, make_lab_recipe()]).startswith(common(cats))


def test_values_read_as_a_person_writes_them():
    assert [value_text(value) for value in (True, 3, 0.5, "a  b", [0.25, 1], [], None, "")] == [
        "on",
        "3",
        "0.5",
        "a b",
        "0.25, 1",
        "none",
        "own",
        "none",
    ]
    assert value_text(CAT) == "cat.png abababab"
    assert value_text({"digest": "cd" * 32, "place": "blob:" + "cd" * 32}) == "cdcdcdcd"
    assert value_text({"digest": "", "place": "C:\\pictures\\dog.png"}) == "dog.png"


def test_a_picture_is_found_by_all_that_it_was_run_on():
    text = searchable(make_lab_recipe(first_image=CAT, a=3.1))
    for words in ("alienlab-maps/iterated-maps", "density", "first image cat.png", "ab" * 32, "a 3.1"):
        assert words in text


values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-LARGEST_WHOLE + 1, LARGEST_WHOLE - 1)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=80),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=9), inner, max_size=3),
    max_leaves=8,
)


@given(st.lists(st.builds(lambda a, b: make_lab_recipe(a=a, b=b), values, values), min_size=1, max_size=4))
def test_any_value_that_a_recipe_holds_can_be_told(recipes):
    assert all(lines and "\n" not in line for lines in captions(recipes) for line in lines)
    assert "\n" not in common(recipes)
    assert all(searchable(recipe) for recipe in recipes)


@given(st.lists(st.floats(allow_nan=False, allow_infinity=False), min_size=2, max_size=4, unique=True))
def test_different_numbers_have_different_captions(numbers):
    said = captions([make_lab_recipe(a=number) for number in numbers])
    assert len(set(said)) == len(numbers)
