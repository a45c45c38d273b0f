"""What the plugin offers, simple enough that tests can say what comes of it."""

import numpy as np

from alienlab.api import SweepValue


def reverse(weights, amount, random):
    return (1 - amount) * weights + amount * weights.reshape(-1)[::-1].reshape(weights.shape)


def shuffle(weights, amount, random):
    return random.permutation(weights.reshape(-1)).reshape(weights.shape)


def redder(image, reference):
    return float(image[..., 0].mean()) - float(reference[..., 0].mean())


def every_nth(modules, values):
    operation = "scale=0.5" if values.switch("scaled") else "zero"
    return [
        SweepValue(
            label=module.path, number=float(module.order), lesions=(f"{module.path}:{operation}",), module=module.path
        )
        for module in modules[:: values.whole("n")]
    ]


def write_list(renders, file, values, workbench):
    lines = [values.text("title")]
    for number, render in enumerate(renders):
        workbench.progress(number / len(renders), f"Writing {render.caption}")
        height, width, _ = render.image.shape
        lines.append(f"{render.recipe_id[:12]} {width}x{height} {render.caption}")
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")


def brightness(images, words):
    answers = []
    for image in images:
        share = float(np.mean(image)) / 255
        answers.append([(word, {"bright": share, "dark": 1 - share}.get(word, 0.0)) for word in words])
    return answers
