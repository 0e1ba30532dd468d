"""Arithmetic over named inputs, written as text: ``(machines + buildings) / rate``.

Numbers, names, ``+ - * / **``, brackets and calls of functions that the caller hands in; nothing
else is read, so a formula in a data file can do no more than calculate.
"""

import ast
import operator
from collections.abc import Callable, Mapping

from model.errors import InvalidData

_OPERATORS = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.Pow: operator.pow,
}
_SIGNS = {" * ": " × ", " / ": " ÷ ", " ** ": " ^ ", " - ": " − "}
LARGEST_POWER = 200


def parse(expression: str) -> ast.expr:
    """The expression as a tree. InvalidData for anything but arithmetic, with what was found."""
    try:
        tree = ast.parse(expression.strip(), mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        raise _refused(expression, str(error)) from error
    for node in ast.walk(tree):
        known = (
            isinstance(node, ast.Name | ast.Load | ast.operator | ast.USub)
            or (isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub))
            or (isinstance(node, ast.BinOp) and type(node.op) in _OPERATORS)
            or (isinstance(node, ast.Constant) and type(node.value) in (int, float))
            or (
                isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and not node.keywords
            )
        )
        if not known:
            raise _refused(expression, ast.unparse(node) or type(node).__name__)
    return tree


def names(expression: str) -> tuple[set[str], set[str]]:
    """(inputs, functions) that the expression names."""
    tree = parse(expression)
    functions = {node.func.id for node in ast.walk(tree) if isinstance(node, ast.Call)}
    return {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)} - functions, functions


def evaluate(
    expression: str,
    values: Mapping[str, float],
    functions: Mapping[str, Callable[..., float]] | None = None,
) -> float:
    """What the expression comes to. InvalidData where it names what there is not, or divides by
    nothing."""
    functions = functions or {}

    def of(node: ast.expr) -> float:
        if isinstance(node, ast.Constant):
            return float(node.value)
        if isinstance(node, ast.Name):
            return float(_found(values, node.id))
        if isinstance(node, ast.UnaryOp):
            return -of(node.operand)
        if isinstance(node, ast.Call):
            return float(_found(functions, node.func.id)(*map(of, node.args)))
        left, right = of(node.left), of(node.right)
        if isinstance(node.op, ast.Pow) and abs(right) > LARGEST_POWER:
            raise _refused(expression, f"** {right:g}")
        return _OPERATORS[type(node.op)](left, right)

    def _found(among: Mapping, key: str):
        if key not in among:
            raise _refused(expression, key)
        return among[key]

    try:
        return of(parse(expression))
    except ArithmeticError as error:
        raise _refused(expression, str(error)) from error


def write(
    expression: str,
    values: Mapping[str, str],
    functions: Mapping[str, str],
    number: Callable[[float], str] = str,
) -> str:
    """The expression with values in place of names: ``(395 + 5 430) ÷ 10,1``.

    ``values`` and ``functions`` are what names are written as; ``number`` writes a number that
    stands in the expression itself.
    """

    def written(node: ast.expr) -> ast.expr:
        if isinstance(node, ast.Constant):
            return ast.Name(number(node.value))
        if isinstance(node, ast.Name):
            value = values[node.id]
            return ast.Name(f"({value})" if value.startswith("−") else value)
        if isinstance(node, ast.UnaryOp):
            whole = isinstance(node.operand, ast.BinOp)
            return ast.Name(f"−({text(node.operand)})" if whole else f"−{text(node.operand)}")
        if isinstance(node, ast.Call):
            told = "; ".join(text(each) for each in node.args)
            return ast.Name(f"{functions[node.func.id]} ({told})")
        return ast.BinOp(written(node.left), node.op, written(node.right))

    def text(node: ast.expr) -> str:
        plain = ast.unparse(written(node))
        for sign, shown in _SIGNS.items():
            plain = plain.replace(sign, shown)
        return plain

    return text(parse(expression))


def _refused(expression: str, found: str) -> InvalidData:
    return InvalidData(
        "The formula “{formula}” cannot be worked out: found {found}, expected known inputs and"
        " functions, numbers, + - * / ** and brackets.",
        formula=expression,
        found=found,
    )
