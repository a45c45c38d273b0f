"""The experiments: from values to what is shown."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np
from PIL import Image as Pillow
from PIL import ImageOps

from alienlab.api import (
    Autoencoder,
    Exhibit,
    Grip,
    Handle,
    Image,
    Picture,
    Reading,
    Values,
    Wall,
    Workbench,
    colour_map,
    to_bytes,
)
from alienlab_latents.latents import Latents, Operation, altered, decibels, noised

CHANNELS = "PuOr_r"
"""Colour map with white at zero."""
FACTORS = (-1.0, 2.0)
ERROR_GAIN = 4
_CHANNEL_COUNT = 4
_PICTURES = Path(__file__).parent / "pictures"
_OWN = {"image": "cat.png", "other": "fox.png"}


def round_trip(values: Values, workbench: Workbench) -> Exhibit:
    """There and back."""
    coder, image = _coder(values, workbench), _image(values, workbench, "image")
    back = _decoded(values, workbench)
    error = np.abs(image.astype(np.int16) - back)
    shown = np.clip(ERROR_GAIN * error, 0, 255).astype(np.uint8)
    pictures = (
        Picture(image, caption="picture"),
        Picture(back, caption="encoded and decoded"),
        Picture(shown, caption=f"difference × {ERROR_GAIN}"),
    )
    numbers = image.size, coder.channels * (image.shape[0] // coder.factor) * (image.shape[1] // coder.factor)
    return Exhibit(
        Wall(pictures, 3),
        readings=(
            Reading("mean difference", round(float(error.mean()), 2), "of 255"),
            Reading("signal to noise", round(decibels(image, back), 1), "dB"),
            Reading("numbers in the picture", numbers[0]),
            Reading("numbers in the latent", numbers[1]),
        ),
    )


def channels(values: Values, workbench: Workbench) -> Exhibit:
    """The latent, channel by channel."""
    latents = _latents(values, workbench, "image")
    tiles = (Picture(_image(values, workbench, "image"), caption="picture"), *_channel_pictures(latents))
    return Exhibit(Wall(tiles, len(tiles)), readings=_spreads(latents))


def alter(values: Values, workbench: Workbench) -> Exhibit:
    """The altered latent, decoded."""
    _, after = _before_and_after(values, workbench)
    coder = _coder(values, workbench)
    image, plain = coder.decode(after), _decoded(values, workbench)
    change = np.abs(image.astype(np.int16) - plain).mean()
    return Exhibit(
        Picture(image, handles=(Handle("box", Grip.BOX),), is_smooth=True),
        readings=(Reading("mean change of the picture", round(float(change), 2), "of 255"),),
    )


def altered_channels(values: Values, workbench: Workbench) -> Exhibit:
    """Before above, after below."""
    coder, pair = _coder(values, workbench), _before_and_after(values, workbench)
    tiles = [
        tile
        for latents, image in zip(pair, _all_decoded(coder, pair, workbench), strict=True)
        for tile in (Picture(image), *_channel_pictures(latents))
    ]
    titles = ("decoded", *(f"channel {place + 1}" for place in range(len(pair[0]))))
    return Exhibit(Wall(tuple(tiles), len(titles), row_titles=("before", "after"), column_titles=titles))


def each_channel(values: Values, workbench: Workbench) -> Exhibit:
    """One channel at a time, scaled; a row is shown as soon as it is there."""
    coder, latents = _coder(values, workbench), _latents(values, workbench, "image")
    factors = np.linspace(*FACTORS, values.whole("columns"))
    tiles: list[Picture] = []
    blank = Picture(np.zeros_like(_image(values, workbench, "image")))
    shown = Exhibit(Wall((), len(factors)))
    for channel in range(len(latents)):
        for factor in factors:
            workbench.progress(len(tiles) / (len(latents) * len(factors)), "Decoding")
            scaled = altered(
                latents,
                Operation.SCALE,
                float(factor),
                channels=[channel],
                box=values.numbers("box"),
                other=latents,
                random=workbench.random,
            )
            tiles.append(Picture(coder.decode(scaled)))
        shown = Exhibit(
            Wall(
                (*tiles, *[blank] * (len(latents) * len(factors) - len(tiles))),
                len(factors),
                row_titles=tuple(f"channel {place + 1}" for place in range(len(latents))),
                column_titles=tuple(f"× {factor:g}" for factor in np.round(factors, 2)),
            )
        )
        workbench.show(shown)
    return shown


def mix(values: Values, workbench: Workbench) -> Exhibit:
    """Pixels above, latents below."""
    coder = _coder(values, workbench)
    one, other = (_image(values, workbench, name).astype(np.float32) for name in ("image", "other"))
    first, second = (_latents(values, workbench, name) for name in ("image", "other"))
    shares = np.linspace(0, 1, values.whole("columns"))
    pixels = [to_bytes(((1 - share) * one + share * other) / 255) for share in shares]
    mixed = [((1 - share) * first + share * second).astype(np.float32) for share in shares]
    decoded = _all_decoded(coder, mixed, workbench)
    return Exhibit(
        Wall(
            tuple(Picture(picture) for picture in (*pixels, *decoded)),
            len(shares),
            row_titles=("pixels", "latents"),
            column_titles=tuple(f"{100 * share:.0f} %" for share in shares),
        )
    )


def noise(values: Values, workbench: Workbench) -> Exhibit:
    """The schedule on pixels and on latents."""
    coder, latents = _coder(values, workbench), _latents(values, workbench, "image")
    pixels = _image(values, workbench, "image").astype(np.float32) / 127.5 - 1
    shares = workbench.noise(values.material("brain")).alphas
    steps = np.linspace(0, len(shares) - 1, values.whole("columns")).round().astype(int)
    left = [float(shares[step]) for step in steps]
    titles = [f"step {step + 1} · {100 * share:.0f} %" for step, share in zip(steps, left, strict=True)]
    of_pixels = workbench.random.standard_normal(pixels.shape, dtype=np.float32)
    of_latents = workbench.random.standard_normal(latents.shape, dtype=np.float32)
    kept = [noised(latents, share, of_latents).astype(np.float32) for share in left]
    rows = (
        [to_bytes((noised(pixels, share, of_pixels) + 1) / 2) for share in left],
        _all_decoded(coder, kept, workbench),
        [_enlarged(_as_colours(noisy), coder.factor) for noisy in kept],
    )
    return Exhibit(
        Wall(
            tuple(Picture(picture) for row in rows for picture in row),
            len(steps),
            row_titles=("pixels", "latents, decoded", "latents"),
            column_titles=tuple(titles),
        ),
        note="The percentage is how much of the picture's variance is left.",
    )


def _before_and_after(values: Values, workbench: Workbench) -> tuple[Latents, Latents]:
    before = _latents(values, workbench, "image")
    chosen = [place for place in range(min(_CHANNEL_COUNT, len(before))) if values.switch(f"channel_{place + 1}")]
    after = altered(
        before,
        Operation(values.text("operation")),
        values.number("amount"),
        channels=chosen,
        box=values.numbers("box"),
        other=_latents(values, workbench, "other"),
        random=workbench.random,
    )
    return before, after


def _coder(values: Values, workbench: Workbench) -> Autoencoder:
    return workbench.autoencoder(values.material("brain"))


def _image(values: Values, workbench: Workbench, name: str) -> Image:
    """A square picture whose side the encoder takes."""
    factor = _coder(values, workbench).factor
    side = max(factor, values.whole("side") // factor * factor)
    material = values.material(name)
    picture = _own(name) if material is None else Pillow.fromarray(workbench.image(material))
    return np.array(ImageOps.fit(picture, (side, side), Pillow.Resampling.LANCZOS))


def _own(name: str) -> Pillow.Image:
    """What is taken where no picture is chosen: one that the embedded brain imagined."""
    with Pillow.open(_PICTURES / _OWN[name]) as picture:
        return picture.convert("RGB")


def _latents(values: Values, workbench: Workbench, name: str) -> Latents:
    key = ("latents", values.material(name), name, values.material("brain"), values.whole("side"))
    return workbench.remember(key, lambda: _coder(values, workbench).encode(_image(values, workbench, name)))


def _decoded(values: Values, workbench: Workbench) -> Image:
    """The picture after its way there and back."""
    key = ("decoded", values.material("image"), values.material("brain"), values.whole("side"))
    return workbench.remember(key, lambda: _coder(values, workbench).decode(_latents(values, workbench, "image")))


def _all_decoded(coder: Autoencoder, each: Sequence[Latents], workbench: Workbench) -> list[Image]:
    decoded = []
    for place, latents in enumerate(each):
        workbench.progress(place / len(each), f"Decoding {place + 1} of {len(each)}")
        decoded.append(coder.decode(latents))
    return decoded


def _channel_pictures(latents: Latents) -> Iterable[Picture]:
    limit = float(np.abs(latents).max()) or 1.0
    for place, channel in enumerate(latents):
        yield Picture(colour_map(channel, CHANNELS, low=-limit, high=limit), caption=f"channel {place + 1}")


def _as_colours(latents: Latents) -> Image:
    """Three channels as red, green and blue, from −3 to 3 standard deviations of noise."""
    return to_bytes((latents[:3].transpose(1, 2, 0) + 3) / 6)


def _enlarged(image: Image, factor: int) -> Image:
    return image.repeat(factor, axis=0).repeat(factor, axis=1)


def _spreads(latents: Latents) -> tuple[Reading, ...]:
    return tuple(
        Reading(f"channel {place + 1}", f"{channel.mean():+.2f} ± {channel.std():.2f}")
        for place, channel in enumerate(latents)
    )
