"""Concept points as text: a prompt as it is, anything else as a formula after an equals sign.

    a cat in a party hat
    = "king" - "man" + "woman"
    = 0.5 * "a cat" + 0.5 * random(7)
    = mean("a cat", "a dog", "a panda")
    = between("a dog", "a cat", 1.5)

``random(seed)`` and ``shell(seed)`` are random points, ``middle()`` is the mean of all prompts,
``between(from, to, position)`` a point of a straight line,
``ray(from, seed, distance)`` one in a random direction. The formula has Python's grammar and is never run.
"""

from __future__ import annotations

import ast
import math
import re
from collections.abc import Callable, Mapping

from alienlab.domain.concepts import Between, Combination, ConceptExpression, Law, Middle, Prompt, RandomPoint, Ray
from alienlab.domain.errors import RecipeError

SIGN = "="
LONGEST = 2000
"""Letters of a formula."""
_EXAMPLE = '= "king" - "man" + "woman"'
_MINUS = re.compile(r"""("[^"]*"|'[^']*')|[−–]""")


def read_concept(text: str, named: Mapping[str, ConceptExpression] | None = None) -> ConceptExpression:
    """The point that a text stands for; ``named`` points can be used in formulas by their quoted names.

    Raises RecipeError for a formula that cannot be understood.
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
        self._formula, self._named = formula, named

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
                return [(self._named.get(text, Prompt(text)), weight)]
            case ast.Call(ast.Name(name), arguments, []):
                return [(self._call(node, name, arguments), weight)]
        raise self._unclear(node)

    def _call(self, node: ast.expr, name: str, arguments: list[ast.expr]) -> ConceptExpression:
        functions: dict[str, Callable[..., ConceptExpression]] = {
            "mean": lambda *points: Combination.mean(*map(self.point, points)),
            "middle": Middle,
            "random": lambda seed: RandomPoint(self._seed(seed), Law.GAUSSIAN),
            "shell": lambda seed: RandomPoint(self._seed(seed), Law.SHELL),
            "between": lambda start, end, position: Between(self.point(start), self.point(end), self._number(position)),
            "ray": lambda origin, seed, far: Ray(self.point(origin), self._seed(seed), self._number(far)),
        }
        counts = {"middle": 0, "random": 1, "shell": 1, "between": 3, "ray": 3}
        if name not in functions or counts.get(name, max(1, len(arguments))) != len(arguments):
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


def concept_text(expression: ConceptExpression) -> str:
    """What ``read_concept`` reads as the expression; its words in brackets where no formula says it."""
    if isinstance(expression, Prompt) and not expression.text.lstrip().startswith(SIGN):
        return expression.text
    return f"{SIGN} {_formula(expression)}"


def _formula(expression: ConceptExpression) -> str:
    match expression:
        case Prompt(text):
            return _quoted(text)
        case Middle():
            return "middle()"
        case RandomPoint(seed, law):
            return f"{'random' if law is Law.GAUSSIAN else 'shell'}({seed})"
        case Between(start, end, position):
            return f"between({_formula(start)}, {_formula(end)}, {position!r})"
        case Ray(origin, seed, distance):
            return f"ray({_formula(origin)}, {seed}, {distance!r})"
        case Combination(terms):
            return " + ".join(f"{weight!r} * {_bracketed(point)}" for point, weight in terms).replace("+ -", "- ")
        case _:
            return f"[{expression}]"


def _bracketed(point: ConceptExpression) -> str:
    return f"({_formula(point)})" if isinstance(point, Combination) else _formula(point)


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
