"""Concept points as text: a prompt as it is, anything else as a formula after an equals sign.

    a cat in a party hat
    = "king" - "man" + "woman"
    = 0.5 * "a cat" + 0.5 * random(7)
    = mean("a cat", "a dog", "a panda")
    = between("a dog", "a cat", 1.5)

``random(seed)`` and ``shell(seed)`` are random points, ``middle()`` is the mean of all prompts,
``between(from, to, position)`` a point of a straight line, ``arc`` of the arc between the whole arrays and ``arcs`` of
the arcs of the tokens, ``ray(from, seed, distance)`` a point in a random direction. ``plane(from, seed, x, y)`` is a
point of a plane in random directions, ``through(from, to, to, x, y)`` of the plane through three points and
``toward(from, of, of, x, y)`` of one in the directions of two concepts. ``prompt("a cat")`` are the words also where
a point has that name. The formula has Python's grammar and is never run.
"""

from __future__ import annotations

import ast
import math
import re
from collections.abc import Callable, Mapping

from alienlab.domain.concepts import (
    Between,
    Combination,
    ConceptExpression,
    Directions,
    DirectionsOf,
    DirectionsTo,
    Law,
    Middle,
    OnPlane,
    Prompt,
    RandomDirections,
    RandomPoint,
    Ray,
    Way,
)
from alienlab.domain.errors import RecipeError

SIGN = "="
LONGEST = 2000
"""Letters of a formula."""
_EXAMPLE = '= "king" - "man" + "woman"'
_MINUS = re.compile(r"""("[^"]*"|'[^']*')|[−–]""")


def read_concept(text: str, named: Mapping[str, ConceptExpression] | None = None) -> ConceptExpression:
    """The point that a text stands for; ``named`` points can be used in formulas by their quoted names.

    Large and small letters of names are the same. Raises RecipeError for a formula that cannot be understood.
    """
    if not text.lstrip().startswith(SIGN):
        return Prompt(text)
    formula = _MINUS.sub(lambda found: found[1] or "-", text.strip().removeprefix(SIGN).strip())
    if len(formula) > LONGEST:
        raise RecipeError(f"The formula is longer than {LONGEST} letters. Take a shorter one.")
    try:
        tree = ast.parse(formula, mode="eval")
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        raise RecipeError(f"The formula “{formula}” cannot be understood. Write it like {_EXAMPLE}.") from error
    try:
        return _Reader(formula, named or {}).point(tree.body)
    except RecursionError as error:
        raise RecipeError("The formula is nested too deeply. Take a simpler one.") from error


class _Reader:
    def __init__(self, formula: str, named: Mapping[str, ConceptExpression]) -> None:
        self._formula = formula
        self._named = {name.casefold(): point for name, point in named.items()}

    def point(self, node: ast.expr) -> ConceptExpression:
        terms = self._terms(node, 1.0)
        if len(terms) == 1 and terms[0][1] == 1.0:
            return terms[0][0]
        return Combination(tuple(terms))

    def _terms(self, node: ast.expr, weight: float) -> list[tuple[ConceptExpression, float]]:
        match node:
            case ast.BinOp(left, ast.Add(), right):
                return [*self._terms(left, weight), *self._terms(right, weight)]
            case ast.BinOp(left, ast.Sub(), right):
                return [*self._terms(left, weight), *self._terms(right, -weight)]
            case ast.BinOp(left, ast.Mult(), right) if self._is_number(left):
                return self._terms(right, weight * self._number(left))
            case ast.BinOp(left, ast.Mult() | ast.Div() as operation, right) if self._is_number(right):
                factor = self._number(right)
                if isinstance(operation, ast.Div) and factor == 0.0:
                    raise self._unclear(node)
                return self._terms(left, weight * factor if isinstance(operation, ast.Mult) else weight / factor)
            case ast.UnaryOp(ast.USub(), operand) if not self._is_number(node):
                return self._terms(operand, -weight)
            case ast.Constant(str(text)):
                return [(self._named.get(text.casefold(), Prompt(text)), weight)]
            case ast.Call(ast.Name("prompt"), [ast.Constant(str(text))], []):
                return [(Prompt(text), weight)]
            case ast.Call(ast.Name(name), arguments, []):
                return [(self._call(node, name, arguments), weight)]
        raise self._unclear(node)

    def _call(self, node: ast.expr, name: str, arguments: list[ast.expr]) -> ConceptExpression:
        point, number, seed = self.point, self._number, self._seed
        functions: dict[str, Callable[..., ConceptExpression]] = {
            "mean": lambda *points: Combination.mean(*map(point, points)),
            "middle": Middle,
            "random": lambda drawn: RandomPoint(seed(drawn), Law.GAUSSIAN),
            "shell": lambda drawn: RandomPoint(seed(drawn), Law.SHELL),
            "between": lambda start, end, at: Between(point(start), point(end), number(at)),
            "arc": lambda start, end, at: Between(point(start), point(end), number(at), Way.SPHERICAL),
            "arcs": lambda start, end, at: Between(point(start), point(end), number(at), Way.BY_TOKEN),
            "ray": lambda origin, drawn, far: Ray(point(origin), seed(drawn), number(far)),
            "plane": lambda origin, drawn, x, y: OnPlane(
                point(origin), RandomDirections(seed(drawn)), number(x), number(y)
            ),
            "through": lambda origin, one, other, x, y: OnPlane(
                point(origin), DirectionsTo(point(one), point(other)), number(x), number(y)
            ),
            "toward": lambda origin, one, other, x, y: OnPlane(
                point(origin), DirectionsOf(point(one), point(other)), number(x), number(y)
            ),
        }
        if name not in functions or not _takes(name, len(arguments)):
            raise self._unclear(node)
        return functions[name](*arguments)

    def _is_number(self, node: ast.expr) -> bool:
        match node:
            case ast.Constant(bool()):
                return False
            case ast.Constant(int() | float()):
                return True
            case ast.UnaryOp(ast.USub(), operand):
                return self._is_number(operand)
        return False

    def _number(self, node: ast.expr) -> float:
        match node:
            case ast.Constant(int() | float() as number) if not isinstance(number, bool) and math.isfinite(number):
                return float(number)
            case ast.UnaryOp(ast.USub(), operand):
                return -self._number(operand)
        raise self._unclear(node)

    def _seed(self, node: ast.expr) -> int:
        number = self._number(node)
        if number != int(number) or not 0 <= number < 2**53:
            raise self._unclear(node)
        return int(number)

    def _unclear(self, node: ast.expr) -> RecipeError:
        part = ast.get_source_segment(self._formula, node) or self._formula
        return RecipeError(f"“{part}” in the formula cannot be understood. Write it like {_EXAMPLE}.")


_COUNTS = {"middle": 0, "random": 1, "shell": 1, "plane": 4, "through": 5, "toward": 5}
"""Arguments of the functions that do not take three."""


def _takes(name: str, count: int) -> bool:
    return count > 0 if name == "mean" else count == _COUNTS.get(name, 3)


def concept_text(expression: ConceptExpression, named: Mapping[str, ConceptExpression] | None = None) -> str:
    """What ``read_concept`` reads as the expression; what it is made of stands there by name where it has one."""
    if isinstance(expression, Prompt) and not expression.text.lstrip().startswith(SIGN):
        return expression.text
    return f"{SIGN} {_Writer(named or {}).formula(expression)}"


def name_text(name: str) -> str:
    """What ``read_concept`` reads as the point of this name."""
    return f"{SIGN} {_quoted(name)}"


class _Writer:
    def __init__(self, named: Mapping[str, ConceptExpression]) -> None:
        self._taken = {name.casefold() for name in named}
        self._names = {point: name for name, point in named.items() if not isinstance(point, Prompt)}

    def formula(self, expression: ConceptExpression) -> str:
        if expression in self._names:
            return _quoted(self._names[expression])
        formula = self.formula
        match expression:
            case Prompt(text):
                return f"prompt({_quoted(text)})" if text.casefold() in self._taken else _quoted(text)
            case Middle():
                return "middle()"
            case RandomPoint(seed, law):
                return f"{'random' if law is Law.GAUSSIAN else 'shell'}({seed})"
            case Between(start, end, position, way):
                return f"{_LINES[way]}({formula(start)}, {formula(end)}, {position!r})"
            case Ray(origin, seed, distance):
                return f"ray({formula(origin)}, {seed}, {distance!r})"
            case OnPlane(origin, directions, x, y):
                name, arguments = self._directions(directions)
                return f"{name}({formula(origin)}, {arguments}, {x!r}, {y!r})"
            case Combination(terms):
                return " + ".join(f"{weight!r} * {self._bracketed(point)}" for point, weight in terms).replace(
                    "+ -", "- "
                )

    def _directions(self, directions: Directions) -> tuple[str, str]:
        formula = self.formula
        match directions:
            case RandomDirections(seed):
                return "plane", str(seed)
            case DirectionsTo(first, second):
                return "through", f"{formula(first)}, {formula(second)}"
            case DirectionsOf(first, second):
                return "toward", f"{formula(first)}, {formula(second)}"

    def _bracketed(self, point: ConceptExpression) -> str:
        formula = self.formula(point)
        return f"({formula})" if isinstance(point, Combination) and point not in self._names else formula


_LINES = {Way.STRAIGHT: "between", Way.SPHERICAL: "arc", Way.BY_TOKEN: "arcs"}


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
