"""*Finansieringsanalys* in words: its rows, the answer in a sentence, each figure's formula.

What a page, a sheet and the command line say alike. Texts are English msgids, translated here.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from model.financial_targets import IN_KRONOR, TargetOutcome
from model.financing import Analysis, FinancingYear, Line
from model.formatting import MINUS, kronor, mnkr, money, number, percent, unknown
from model.language import DEFAULT, Language, translate

LABELS = {
    "result": "Result of the year",
    "depreciation": "Depreciation",
    "dissolved_grants": "Dissolved grants",
    "other": "Other items",
    "own_funds": "Own funds",
    "grants": "Grants received",
    "expenditure": "Investment expenditure",
    "borrowing_need": "Borrowing need",
    "closing_debt": "Debt at the end of the year",
    "ceiling": "Debt ceiling",
    "margin": "Margin to the ceiling",
    "self_financing": "Degree of self-financing",
    "debt_room": "Room to borrow",
    "capacity": "Investment capacity",
    "shortage": "Beyond the capacity",
    "opening_debt": "Opening debt",
    "own": "The municipality's own result",
    "extra_interest": "Higher interest",
    "other_funds": "Other own funds",
    "internal": "Lending and contributions within the group",
    "opening_cash": "Cash as the year begins",
}
LEVELS = {"municipality": "Municipality", "group": "Municipal group"}
BASES = {"decided": "What money of the reading covers", "need": "The whole need"}
TARGETS = {
    "self_financing": "Self-financing of investments",
    "result_share": "Result, share of taxes and grants",
    "debt": "Debt",
    "debt_per_resident": "Debt per resident",
    "interest_share": "Interest, share of taxes and grants",
}
# What each worked-out row is made of: (sign, attribute).
_MADE_OF = {
    "result": (("+", "own"), ("−", "extra_interest")),
    "other": (("+", "other_funds"), ("+", "internal")),
    "own_funds": (
        ("+", "result"),
        ("+", "depreciation"),
        ("−", "dissolved_grants"),
        ("+", "other"),
    ),
    "borrowing_need": (("+", "expenditure"), ("−", "own_funds"), ("−", "grants")),
    "closing_debt": (("+", "opening_debt"), ("−", "opening_cash"), ("+", "borrowing_need")),
    "margin": (("+", "ceiling"), ("−", "closing_debt")),
    "debt_room": (("+", "ceiling"), ("−", "opening_debt"), ("+", "opening_cash")),
    "capacity": (("+", "own_funds"), ("+", "grants"), ("+", "debt_room")),
    "shortage": (("+", "expenditure"), ("−", "capacity")),
}


@dataclass(frozen=True)
class Formula:
    """How a row comes about: the formula in ``words``, and each year's in numbers."""

    key: str
    words: str
    years: tuple[str, ...]


def label(line: Line, language: Language = DEFAULT) -> str:
    """``− Investeringsutgift``: a row's name with how it enters the sum below it."""
    name = translate(LABELS[line.key], language)
    return f"{line.sign} {name}" if line.sign else name


def cell(line: Line, value: int | Fraction | None, language: Language = DEFAULT) -> str:
    """A value of a row without its unit."""
    if line.kind == "ratio":
        return share(value, language)
    return mnkr(value, language=language)


def cells(line: Line, analysis: Analysis, language: Language = DEFAULT) -> list[str]:
    """Every year's value, and the sum over the years where it adds up.

    A year without expenditure has no degree of self-financing, and an empty cell.
    """
    texts = [
        "" if line.kind == "ratio" and not year.expenditure else cell(line, value, language)
        for year, value in zip(analysis.years, line.values, strict=True)
    ]
    adds_up = line.kind in ("post", "sum")
    return [*texts, mnkr(line.total, language=language) if adds_up else ""]


def answer(analysis: Analysis, language: Language = DEFAULT) -> str:
    """``Låneramen räcker till 2028; 2029 fattas 64,0 mnkr``."""
    first, breach, gone = analysis.years[0], analysis.breach, analysis.unknown
    if gone is first or analysis.tightest is None:
        return translate("Whether the debt ceiling holds is unknown", language)
    if gone is not None and (breach is None or gone.year < breach.year):
        return translate(
            "The debt ceiling holds until {year}; from {next} it is unknown",
            language,
            year=gone.year - 1,
            next=gone.year,
        )
    if breach is first:
        return translate(
            "The debt ceiling does not hold: {amount} is missing in {year}",
            language,
            amount=money(-breach.margin, language=language),
            year=breach.year,
        )
    if breach is not None:
        return translate(
            "The debt ceiling holds until {year}; in {next} {amount} is missing",
            language,
            year=breach.year - 1,
            next=breach.year,
            amount=money(-breach.margin, language=language),
        )
    return translate(
        "The debt ceiling holds until {year}; the margin is smallest in {tightest}, {amount}",
        language,
        year=analysis.years[-1].year,
        tightest=analysis.tightest.year,
        amount=money(analysis.tightest.margin, zero="0", language=language),
    )


def formulas(
    analysis: Analysis, rows: Iterable[Line], language: Language = DEFAULT
) -> tuple[Formula, ...]:
    """How the worked-out rows come about, in words and numbers, MSEK."""
    found = []
    for line in rows:
        if line.key == "self_financing":
            words = translate("(own funds + grants received) / expenditure", language)
            years = tuple(_ratio(year, language) for year in analysis.years if year.expenditure)
        elif line.key in _MADE_OF:
            made_of = _MADE_OF[line.key]
            words = _joined(
                (sign, translate(LABELS[key], language).lower()) for sign, key in made_of
            )
            years = tuple(_sum(year, line.key, made_of, language) for year in analysis.years)
        else:
            continue
        found.append(Formula(line.key, words, years))
    return tuple(found)


def target_words(outcome: TargetOutcome, language: Language = DEFAULT) -> tuple[str, str]:
    """What a target says (``Skuld per invånare: högst 15 000 kr``), and how it goes."""
    kind = outcome.target.kind
    limit = "at most {limit}" if outcome.at_most else "at least {limit}"
    says = translate(limit, language, limit=target_value(kind, outcome.limit, language))
    return f"{translate(TARGETS[kind], language)}: {says}", _kept(outcome, language)


def target_value(kind: str, value: Fraction | None, language: Language = DEFAULT) -> str:
    """A value of a target in its unit."""
    if value is None:
        return unknown(language=language)
    if kind == "debt":
        return money(round(value), language=language)
    if kind in IN_KRONOR:
        return kronor(round(value / 100) * 100, language=language)
    return percent(decimal(value), 1, language=language)


def share(value: Fraction | None, language: Language = DEFAULT, decimals: int = 0) -> str:
    """A fraction as percent; *okänt* for None."""
    exact = None if value is None else decimal(value)
    return percent(exact, decimals, language=language)


def off(kind: str, value: Fraction, language: Language = DEFAULT) -> str:
    """How far from its limit a target is: an amount, or percentage points."""
    if kind in IN_KRONOR:
        return target_value(kind, value, language)
    points = decimal(value) * 100
    decimals = next((n for n in range(1, 5) if round(points, n)), 4)
    figure = number(points, decimals, language=language)
    return translate("{figure} percentage points", language, figure=figure)


def decimal(value: Fraction) -> Decimal:
    """A fraction as a decimal with enough places to be rounded right."""
    return Decimal(value.numerator) / Decimal(value.denominator)


def source_of_figures(result, level: str) -> str:
    """Where the municipality's own figures of a level come from, as they say."""
    rows = [row for row in result.listed("prerequisites") if row.level == level]
    return "; ".join(dict.fromkeys(row.source_ref for row in rows if row.source_ref))


def _kept(outcome: TargetOutcome, language: Language) -> str:
    kind, breach = outcome.target.kind, outcome.breach
    if not outcome.years:
        return translate("no year to measure", language)
    if breach is not None:
        text = translate(
            "broken from {year}, by {off}",
            language,
            year=breach.year,
            off=off(kind, breach.off, language),
        )
        worst = outcome.worst
        if worst is not breach:
            text += translate(
                "; at most {off} in {year}",
                language,
                off=off(kind, worst.off, language),
                year=worst.year,
            )
        return text
    if len(outcome.unknown) == len(outcome.years):
        return unknown(language=language)
    if outcome.unknown:
        return translate(
            "kept in the years that are known; unknown in {years}",
            language,
            years=", ".join(map(str, outcome.unknown)),
        )
    return translate("kept in every year", language)


def _sum(year: FinancingYear, key: str, made_of, language: Language) -> str:
    terms = _joined((sign, mnkr(getattr(year, of), language=language)) for sign, of in made_of)
    value = mnkr(getattr(year, key), language=language)
    floor = key in ("closing_debt", "shortage") and getattr(year, key) == 0
    text = f"{year.year}: {terms} = {value}"
    return text + translate(" (never below zero)", language) if floor else text


def _ratio(year: FinancingYear, language: Language) -> str:
    own, grants, spent = (
        mnkr(amount, language=language)
        for amount in (year.own_funds, year.grants, year.expenditure)
    )
    share = year.self_financing
    value = unknown(language=language) if share is None else percent(decimal(share), 1)
    return f"{year.year}: ({own} + {grants}) / {spent} = {value}"


def _joined(terms) -> str:
    """``a + b − c``, a negative figure in brackets."""
    texts = []
    for place, (sign, text) in enumerate(terms):
        shown = f"({text})" if place and text.startswith(MINUS) else text
        texts.append(f"{sign} {shown}" if place else shown)
    return " ".join(texts)
