"""Words for a CLIP that brings no vocabulary of its own."""

from __future__ import annotations

NOTHING = "nothing I know"
_NOTHING_SENTENCE = "a blurry picture of random noise and colours"

COMMON_THINGS = (
    *("person", "face", "crowd", "child", "robot", "skeleton"),
    *("cat", "dog", "horse", "cow", "sheep", "bear", "panda", "monkey", "elephant", "lion", "rabbit", "mouse"),
    *("bird", "owl", "penguin", "fish", "frog", "snake", "turtle", "spider", "butterfly", "dinosaur", "dragon"),
    *("tree", "flower", "mushroom", "fruit", "apple", "cake", "pizza", "cup", "bottle"),
    *("hat", "shoe", "dress", "chair", "bed", "table", "lamp", "clock", "book", "phone", "computer", "guitar"),
    *("ball", "umbrella", "car", "bus", "train", "bicycle", "boat", "aeroplane", "rocket"),
    *("house", "castle", "church", "bridge", "street", "city", "room", "kitchen"),
    *("mountain", "forest", "beach", "sea", "river", "desert", "sky", "night sky", "snow", "fire"),
    *("painting", "drawing", "text", "pattern", NOTHING),
)


def sentence(word: str) -> str:
    """A word as a caption would say it, which is what such a CLIP learnt from; a phrase stands as it is."""
    if word == NOTHING:
        return _NOTHING_SENTENCE
    article = "an" if word[:1].lower() in "aeiou" else "a"
    return word if " " in word.strip() else f"a picture of {article} {word}"
