"""Reads the graph of nodes that ComfyUI keeps in a PNG's ``prompt`` chunk."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from alienlab.session.outside.foreign_recipe import ForeignRecipe, object_of

TOOL = "ComfyUI"
_MOST_NODES = 5_000
_MOST_VISITS = 20_000
"""Nodes looked at for one image, however they are linked."""
_MOST_TEXTS = 8
_TEXTS = ("text", "text_g", "t5xxl", "clip_l", "text_l", "prompt", "string", "value", "String", "Text")
_NUMBERS = ("value", "seed", "noise_seed", "int", "float", "number", "Number", "Value")
_NO_TEXT = {"model", "clip", "vae", "control_net", "image", "latent", "latent_image", "samples", "clip_vision", "mask"}
_NO_SIZE = {"model", "clip", "vae", "control_net", "positive", "negative", "conditioning", "guider", "noise", "sigmas"}
_EMPTIES = "ZeroOut"
"""Part of the name of nodes that take a text's meaning away."""

Node = dict[str, Any]


def read_comfy(text: str) -> ForeignRecipe | None:
    """None where the graph holds no sampler that is understood."""
    data = object_of(text)
    if data is None or len(data) > _MOST_NODES:
        return None
    graph = Graph(data)
    sampler = graph.first_sampler()
    if sampler is None:
        return None
    guider = graph.linked(sampler.get("guider")) or sampler
    return ForeignRecipe.checked(
        tool=TOOL,
        prompt=graph.text(guider, "positive") if "positive" in guider else graph.text(guider, "conditioning"),
        negative=graph.text(guider, "negative"),
        seed=graph.first_of(sampler, ("seed", "noise_seed"), through="noise"),
        steps=graph.first_of(sampler, ("steps",), through="sigmas"),
        guidance=graph.first_of(guider, ("cfg",)),
        size=graph.size(sampler),
        sampler=graph.first_of(sampler, ("sampler_name",), through="sampler"),
    )


class Graph:
    """Nodes by id; links may lead nowhere, or in circles. Nodes are given by their inputs."""

    def __init__(self, data: dict[str, Any]) -> None:
        self._inputs: dict[str, Node] = {}
        self._kinds: dict[int, str] = {}
        self._visits = 0
        for name, node in data.items():
            if isinstance(node, dict) and isinstance(node.get("inputs"), dict):
                self._inputs[name] = node["inputs"]
                self._kinds[id(node["inputs"])] = str(node.get("class_type", ""))

    def linked(self, value: object) -> Node | None:
        """The node that an input comes from; None where it is a value, or leads nowhere."""
        if not isinstance(value, list) or len(value) != 2 or not isinstance(value[0], (str, int)):
            return None
        self._visits += 1
        return self._inputs.get(str(value[0])) if self._visits <= _MOST_VISITS else None

    def first_sampler(self) -> Node | None:
        """The first one on the way to the image: later ones refine what it made."""
        samplers = [node for node in self._inputs.values() if self._is_sampler(node)]
        return next((node for node in samplers if not self._refines(node)), samplers[0] if samplers else None)

    def text(self, node: Node, role: str) -> str | None:
        """What is written where the conditioning of this role comes from; None where nothing is found."""
        texts = list(dict.fromkeys(self._texts(node, role)))[:_MOST_TEXTS]
        return ", ".join(text for text in texts if text.strip()) if texts else None

    def first_of(self, node: Node, names: tuple[str, ...], *, through: str | None = None) -> object:
        """A value of one of these names, here or else on the way that an input leads."""
        for name in names:
            if name in node:
                return self._value(node[name], names)
        source = None if through is None else self.linked(node.get(through))
        found = self._upstream(source, frozenset()) if source is not None else ()
        return next((self._value(other[name], names) for other in found for name in names if name in other), None)

    def size(self, sampler: Node) -> tuple[object, object]:
        source = self.linked(sampler.get("latent_image", sampler.get("latent")))
        for node in self._upstream(source, _NO_SIZE) if source is not None else ():
            if "width" in node and "height" in node:
                return self._value(node["width"], ("width",)), self._value(node["height"], ("height",))
        return None, None

    def _is_sampler(self, node: Node) -> bool:
        is_guided = ("positive" in node and "negative" in node) or "guider" in node
        return is_guided and any(name in node for name in ("seed", "noise_seed", "noise"))

    def _refines(self, sampler: Node) -> bool:
        source = self.linked(sampler.get("latent_image", sampler.get("latent")))
        return source is not None and any(self._is_sampler(node) for node in self._upstream(source, _NO_SIZE))

    def _texts(self, node: Node, role: str) -> Iterator[str]:
        """Depth first, so that texts come in the order in which they were put together."""
        waiting, seen = [node.get(role)], set[int]()
        while waiting:
            value = waiting.pop()
            if isinstance(value, str):
                yield value
            source = self.linked(value)
            if source is None or id(source) in seen:
                continue
            seen.add(id(source))
            if _EMPTIES in self._kinds[id(source)]:
                yield ""
            else:
                waiting.extend(reversed(_sources_of_text(source, role)))

    def _upstream(self, start: Node, closed: frozenset[str] | set[str]) -> Iterator[Node]:
        """A node and all that it comes from, nearest first, but not through inputs of the ``closed`` names."""
        waiting, seen = [start], {id(start)}
        for node in waiting:
            yield node
            for name, value in node.items():
                source = None if name in closed else self.linked(value)
                if source is not None and id(source) not in seen:
                    seen.add(id(source))
                    waiting.append(source)

    def _value(self, value: object, names: tuple[str, ...]) -> object:
        """A value that may be linked to a node that holds nothing else."""
        seen = set[int]()
        while (source := self.linked(value)) is not None and id(source) not in seen:
            seen.add(id(source))
            value = next((source[name] for name in (*names, *_NUMBERS) if name in source), None)
        return None if isinstance(value, (list, dict)) else value


def _sources_of_text(node: Node, role: str) -> list[object]:
    """The inputs of a node that its text comes from: one that is a text, or else all that lead on."""
    if role in node:
        return [node[role]]
    for name in _TEXTS:
        if name in node and node[name] not in ("", None):
            return [node[name]]
    if any(name in node for name in _TEXTS):
        return [""]
    return [value for name, value in node.items() if _holds_text(name, value)] or [""]


def _holds_text(name: str, value: object) -> bool:
    """Nodes that join texts number them: ``text_a``, ``string_b``, ``conditioning_2``."""
    return name not in _NO_TEXT and (isinstance(value, list) or name.startswith(("text", "string")))
