"""Which years have the largest amount: one, some of them, or all alike.

A title that names one year where several are as large says something that the chart does not.
"""

from collections.abc import Sequence

from model.formatting import mnkr, money, year_spans
from model.language import DEFAULT, Language, translate


def years_of_most(labels: Sequence[object], amounts: Sequence[int]) -> list[str]:
    """The labels of the years whose amount, whole öre, reads as large as the largest.

    A saving is as large as its cost would be. Alike is what no table tells apart: the same to a
    tenth of a million, and in words. Where all are zero no year is the largest.
    """
    top = _top(amounts)
    if not top:
        return []
    return [label for label, ore in zip(map(str, labels), amounts, strict=True) if _alike(ore, top)]


def most_by_year(
    labels: Sequence[object],
    amounts: Sequence[int],
    one: str,
    some: str,
    every: str,
    language: Language = DEFAULT,
    **fields: object,
) -> str:
    """``Mest 2027: 2,4 mnkr``, ``Mest 2026–2028: 2,4 mnkr om året``, or that all years are alike.

    ``one``, ``some`` and ``every`` are msgids with {part}: for one year, for several that are
    alike, and for all of them. The years stand in them as {when}, as a sentence says when, or as
    {years}. ``fields`` are what else stands in them.
    """
    found = years_of_most(labels, amounts)
    template = one if len(found) < 2 else every if len(found) == len(labels) else some
    part = money(_top(amounts), language=language)
    said = {"years": year_spans(found), "when": in_years(found, language)}
    return translate(template, language, part=part, **said, **fields)


def in_years(labels: Sequence[object], language: Language = DEFAULT) -> str:
    """``in 2026–2028, 2030`` in a sentence, in Swedish without the word; *until 2025* and *later*
    say when as they are.
    """
    spans = year_spans(labels)
    return translate("in {years}", language, years=spans) if spans[:1].isdecimal() else spans


def _top(amounts: Sequence[int]) -> int:
    return int(max(amounts, key=abs, default=0))


def _alike(ore: int, top: int) -> bool:
    # Billions are read in tenths of a billion, which a table in millions tells apart.
    return mnkr(int(ore)) == mnkr(top) and money(int(ore)) == money(top)
