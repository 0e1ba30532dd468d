"""A cell of a council table in words: millions with one decimal, *okänt*, *minst*, a star."""

from decimal import Decimal

from model.formatting import at_least, mnkr, number, percent, tonnes, unknown
from model.language import DEFAULT, Language
from model.report.council.grid import AtLeast, Column, Partly, Value


def written(column: Column, value: Value, language: Language = DEFAULT) -> str:
    """The value as screens and documents write it, without its unit but for tonnes and shares."""
    if value is None or (isinstance(value, AtLeast) and not value.figure):
        return unknown(language=language)
    if isinstance(value, Partly):
        return f"{written(column, value.figure, language)}*"
    if isinstance(value, AtLeast):
        return at_least(written(column, value.figure, language), language=language)
    if isinstance(value, str):
        return value
    if column.kind == "money":
        return mnkr(int(value), language=language)
    if column.kind == "tonnes":
        return tonnes(value, language=language)
    if column.kind == "share":
        return percent(Decimal(str(value)), 1, language=language)
    return number(value, language=language)
