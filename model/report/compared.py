"""Scenarios compared, in words: the table, and the steps from one to another.

Pages, documents and the command line say them alike. English stands here and Swedish in
``data/locale``.
"""

from model.compared import Amount, Comparison, Line, tonnes_steps
from model.comparison import gap_steps
from model.difference import Difference, Step
from model.formatting import ZERO, mnkr, money, number, tonnes, unknown
from model.language import DEFAULT, Language, translate
from model.palette import COVER
from model.report import words
from model.results import Result

LABELS = {
    "need": "Investment need",
    "covered": "Covered",
    "gap": "Missing",
    "one_off": "One-off operating expenditure",
    "last_year": "Last year",
    **{status: meaning.word for status, meaning in COVER.items()},
    "borrowing": "Borrowing need until {year}, if all is carried out (minus: debt is paid back)",
    "other": "Other actors' need, beside",
    "shared": "Shared need, split unknown, beside",
    "tonnes": "Lower emissions in {year}",
    "tonnes_in_all": "Lower emissions until {year}, in all",
    "yearly": "Lower emissions every year",
    "unclear": "Lower emissions, unclear whether every year",
    "operating": "Higher operating cost in {year}, the municipality",
    "benefits": "Benefits to society, present value",
}
RANGED = ("tonnes", "benefits")


def label(line: Line, comparison: Comparison, language: Language = DEFAULT) -> str:
    """What a line is, with its unit: ``Saknas, mnkr``."""
    text = translate(LABELS[line.key], language, **({"year": line.year} if line.year else {}))
    said = unit(line, comparison, language)
    return f"{text}, {said}" if said else text


def unit(line: Line, comparison: Comparison, language: Language = DEFAULT) -> str:
    """``mnkr``; what is in real prices says of which year. Empty where the figures say it."""
    if line.unit == "nominal":
        return translate("MSEK", language)
    if line.unit == "real":
        if not line.price_years:
            return translate("MSEK", language)
        years = "/".join(str(year) for year in line.price_years)
        return translate("MSEK in {years} prices", language, years=years)
    return ""


def caption(comparison: Comparison, language: Language = DEFAULT) -> str:
    """What the table is, with price level and reading."""
    first = comparison.results[0]
    return translate(
        "The scenarios in whole: the municipal group's amounts in {prices}, reading {reading}; "
        "tonnes and benefits of all actors. Differences are against {first}",
        language,
        prices=words.price_level(first.base, language),
        reading=translate(words.READINGS[comparison.reading], language).lower(),
        first=words.scenario(first.scenario, language),
    )


def columns(comparison: Comparison, language: Language = DEFAULT) -> list[str]:
    """What each line is, the first scenario, and every other with its difference."""
    names = [words.scenario(each.scenario, language) for each in comparison.results]
    difference = translate("Difference", language)
    return ["", names[0], *(text for name in names[1:] for text in (name, difference))]


def rows(comparison: Comparison, language: Language = DEFAULT) -> list[list[str]]:
    """The table, a range in a row of its own under what it is of."""
    found = []
    for line in comparison.lines:
        cells = [written(line, amount, language) for amount in line.amounts]
        changes = [signed(line, change, language) for change in line.differences]
        beside = zip(cells[1:], changes[1:], strict=True)
        found.append([label(line, comparison, language), cells[0], *_flat(beside)])
        if line.key in RANGED and any(each.low != each.high for each in line.amounts):
            spans = [_range(line, amount, language) for amount in line.amounts]
            of = translate(LABELS[line.key], language, **({"year": line.year} if line.year else {}))
            name = translate("{what}, low to high", language, what=of)
            found.append([name, spans[0], *_flat((span, "") for span in spans[1:])])
    return found


def notes(comparison: Comparison, language: Language = DEFAULT) -> list[str]:
    """What a reader of the table must know."""
    said = []
    if any(each.partly for line in comparison.lines for each in line.amounts):
        said.append(translate("* What is known of it; some is unknown and in no sum.", language))
    if comparison.line("borrowing").amounts[0].mid is not None:
        said.append(
            translate(
                "Loans pay no single measure: the borrowing need is the group's, after own funds "
                "and grants, and below zero debt is paid back.",
                language,
            )
        )
    return said


def written(line: Line, amount: Amount, language: Language = DEFAULT) -> str:
    """One figure without its unit; *okänt*, *minst*, and a star where some of it is unknown."""
    if amount.mid is None:
        return unknown(language=language)
    below = amount.from_below and amount.low == amount.high
    if line.unit == "year":
        return str(amount.mid)
    if line.unit == "tonnes":
        text = tonnes(amount.mid, lower_bound=below, language=language)
    else:
        text = mnkr(int(amount.mid), lower_bound=below, language=language)
    return f"{text}*" if amount.partly else text


def signed(line: Line, change: int | float | None, language: Language = DEFAULT) -> str:
    """A difference with its sign; a dash for none."""
    if change is None:
        return unknown(language=language)
    if line.unit == "year":
        return f"+{change}" if change > 0 else number(change, language=language) if change else ZERO
    return _signed(change, line.unit == "tonnes", language)


def step_says(step: Step, result: Result, language: Language = DEFAULT) -> str:
    """``Med ”Alla åtgärder 30 % dyrare”``. May hold what a person typed."""
    if step.part is None:
        return translate("The same in another order", language)
    template = "Without “{what}”" if step.how == "out" else "With “{what}”"
    what = words.part(step.part, language, result.base)
    return translate(template, language, what=what)


def order_says(found: Difference, language: Language = DEFAULT) -> str:
    """In which order the steps are taken; empty where there are none."""
    ways = {step.how for step in found.steps}
    said = []
    if "out" in ways:
        said.append("What only {before} does is taken out, in the order in which it stands there.")
    if "order" in ways:
        said.append("What both do is put in the order of {after}.")
    if "in" in ways:
        said.append("What only {after} does is put in, in the order in which it stands there.")
    if said:
        said.append("Each step is what it becomes less what it was, so they add up.")
    names = _names(found, language)
    return " ".join(translate(each, language, **names) for each in said)


def order_matters(
    found: Difference, of: str, result: Result, language: Language = DEFAULT
) -> list[str]:
    """The steps that alone would give something else."""
    return [
        translate(
            "{step}: {here} here, {alone} by itself",
            language,
            step=step_says(step, result, language),
            here=change_says(step.change, of, language),
            alone=change_says(step.alone, of, language),
        )
        for step in found.steps
        if step.order_matters
    ]


def difference_title(
    found: Difference, of: str, result: Result, language: Language = DEFAULT
) -> str:
    """``Med Kostnader +30 % saknas 92,4 mnkr mer än med Planen som den är``."""
    names = _names(found, language)
    if not found.steps:
        return translate("{after} does the same as {before}", language, **names)
    if found.change is None:
        return translate(
            "How {after} differs from {before} in tonnes is unknown", language, **names
        )
    if not found.change:
        same = {
            "gap": "As much is missing with {after} as with {before}",
            "tonnes": "{after} lowers emissions as much as {before}",
        }
        return translate(same[of], language, **names)
    templates = {
        ("gap", True): "{amount} more is missing with {after} than with {before}",
        ("gap", False): "{amount} less is missing with {after} than with {before}",
        ("tonnes", True): "{after} lowers emissions by {amount} more than {before}",
        ("tonnes", False): "{after} lowers emissions by {amount} less than {before}",
    }
    amount = abs(found.change)
    text = translate(
        templates[of, found.change > 0],
        language,
        amount=money(amount, language=language) if of == "gap" else _t(amount, language),
        **names,
    )
    moving = [step for step in found.steps if step.change]
    if len(moving) < 2:
        return text
    most = max(moving, key=lambda step: abs(step.change))
    return translate(
        "{text}; the largest step: {step}",
        language,
        text=text,
        step=_inside(step_says(most, result, language)),
    )


def change_says(change: int | float | None, of: str, language: Language = DEFAULT) -> str:
    """``+92,4 mnkr``, ``−5 710 t``; a dash for none."""
    if change is None:
        return unknown(language=language)
    text = money(change, language=language) if of == "gap" else _t(change, language)
    return f"+{text}" if change > 0 else text


def steps_of(of: str, before: Result, after: Result, comparison: Comparison) -> Difference:
    """The steps of one of ``STEPS`` between two of the scenarios."""
    if of == "gap":
        return gap_steps(before, after, comparison.reading)
    return tonnes_steps(before, after, comparison.year)


def _names(found: Difference, language: Language) -> dict[str, str]:
    return {
        "before": words.scenario(found.before, language),
        "after": words.scenario(found.after, language),
    }


def _range(line: Line, amount: Amount, language: Language) -> str:
    if amount.mid is None or amount.low == amount.high:
        return ZERO if amount.mid == 0 else ""
    ends = (amount.low, amount.high)
    if line.unit == "tonnes":
        return ZERO.join(number(end, language=language) for end in ends)
    return ZERO.join(mnkr(int(end), language=language) for end in ends)


def _signed(change: int | float, in_tonnes: bool, language: Language) -> str:
    text = _t(change, language) if in_tonnes else mnkr(int(change), language=language)
    return f"+{text}" if change > 0 else text


def _t(amount: int | float, language: Language) -> str:
    return tonnes(amount, language=language)


def _flat(pairs) -> list[str]:
    return [text for pair in pairs for text in pair]


def _inside(text: str) -> str:
    """A sentence's beginning inside another sentence."""
    return text[:1].lower() + text[1:]
