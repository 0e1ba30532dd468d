"""Formulas in data files: arithmetic, and nothing else."""

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from model.errors import InvalidData
from model.expression import evaluate, names, parse, write

VALUES = {"a": 2.0, "b": 3.0, "c": 0.5}

arithmetic = st.recursive(
    st.sampled_from([*VALUES, "7", "1.25"]),
    lambda part: st.one_of(
        st.builds("({} {} {})".format, part, st.sampled_from(["+", "-", "*"]), part),
        st.builds("-{}".format, part),
    ),
    max_leaves=12,
)


@settings(max_examples=50, deadline=None)
@given(arithmetic)
def test_a_formula_comes_to_what_python_makes_of_it(formula):
    assert evaluate(formula, VALUES) == eval(formula, {"__builtins__": {}}, VALUES)


def test_kernels_are_called_by_name_with_worked_out_arguments():
    assert evaluate("double(a + 1) / c", VALUES, {"double": lambda value: 2 * value}) == 12
    assert names("double(a + 1) / c") == ({"a", "c"}, {"double"})


@pytest.mark.parametrize(
    "formula",
    [
        "__import__('os').system('true')",
        "a.real",
        "a[0]",
        "lambda: a",
        "[a for a in b]",
        "a if b else c",
        "a < b",
        "a and b",
        "'text'",
        "True",
        "f(key=a)",
        "f(*a)",
        "a @ b",
        "a //",
        "",
        "(" * 1000 + "a" + ")" * 1000,
    ],
)
def test_anything_but_arithmetic_is_refused_and_not_run(formula):
    with pytest.raises(InvalidData):
        parse(formula)


@pytest.mark.parametrize("formula", ["a / (b - 3)", "9 ** 9999", "unknown + 1", "unknown(a)"])
def test_what_cannot_be_worked_out_says_which_formula_and_what_was_found(formula):
    with pytest.raises(InvalidData) as refused:
        evaluate(formula, VALUES)
    assert formula in str(refused.value)


def test_a_formula_is_written_with_its_numbers():
    values = {"a": "1 018", "b": "−34 %", "c": "0,5"}
    assert write("(a - b) / c * 2", values, {}) == "(1 018 − (−34 %)) ÷ 0,5 × 2"
    assert write("f(a, b + c) ** 2", values, {"f": "ton"}) == "ton (1 018; (−34 %) + 0,5) ^ 2"
    assert write("-(a + c)", values, {}) == "−(1 018 + 0,5)"


def test_a_power_is_a_power():
    assert math.isclose(evaluate("184 * kept ** 12", {"kept": 0.91}), 59.3354896841)
