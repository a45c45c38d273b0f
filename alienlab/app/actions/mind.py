"""What opens a brain, and lets it imagine."""

from __future__ import annotations

from alienlab.app.actions.action import Action

MIND = (
    Action(
        id="brain.open",
        text="Open brain…",
        tip="Open a diffusion brain from a folder in diffusers' layout",
        shortcuts=("Ctrl+Shift+O",),
        icon="BRAIN",
    ),
    Action(
        id="brain.open_maker",
        text="Open that brain",
        tip="Open the brain that the image was made with, and restore the image there",
    ),
    Action(
        id="brain.open_hub",
        text="Open brain from hub…",
        tip="Open a brain by its hub id, such as stable-diffusion-v1-5/stable-diffusion-v1-5",
    ),
    Action(id="brain.open_embedded", text="Open embedded brain", tip="Open the small brain that comes with AlienLab"),
    Action(id="brain.reopen", text="Open brain again", tip="Read the brain's weights from disk once more"),
    Action(
        id="brain.open_pickled",
        text="Load it anyway",
        tip="Load the pickled weights. They can run code: do this only where you trust their source",
    ),
    Action(
        id="recogniser.choose",
        text="Choose recogniser…",
        tip="Choose the folder of a CLIP model: it says what each image is of, in place of the brain's own recogniser",
    ),
    Action(
        id="recogniser.choose_hub",
        text="Choose recogniser from hub…",
        tip="Let a CLIP model from the hub, such as openai/clip-vit-base-patch32, say what each image is of",
    ),
    Action(
        id="recogniser.own",
        text="Use the brain's own recogniser",
        tip="Let each brain's own recogniser say what images are of, where it brings one",
    ),
    Action(
        id="brain.compile",
        text="Compile passes",
        tip="Compile the UNet's passes, for a GPU: the first image of a size takes minutes, later ones less",
        checkable=True,
    ),
    Action(
        id="render.start",
        text="Render",
        tip="Imagine the prompt with the intact and the altered mind",
        shortcuts=("Ctrl+Return", "Ctrl+Enter"),
        icon="RENDER",
    ),
    Action(
        id="render.cancel",
        text="Cancel",
        tip="Stop rendering; what is finished stays",
        shortcuts=("Esc",),
        icon="STOP",
    ),
    Action(id="replay.stop", text="Stop", tip="Stop the laboratory that makes a picture again", icon="STOP"),
    Action(
        id="render.live",
        text="Live",
        tip="Render by itself when a lesion, a slider or the prompt changes",
        shortcuts=("Ctrl+L",),
        icon="LIVE",
        checkable=True,
    ),
    Action(id="seed.roll", text="Roll seed", tip="Take other noise", shortcuts=("Ctrl+R",), icon="DICE"),
    Action(
        id="seed.lock",
        text="Keep seed",
        tip="Keep the same noise from render to render, so that only the lesions differ",
        shortcuts=("Ctrl+Shift+R",),
        icon="LOCKED",
        checkable=True,
    ),
)
