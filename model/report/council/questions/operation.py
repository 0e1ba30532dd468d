"""Questions about the operating budget: what it costs, and who gets the saving."""

from collections import defaultdict

import numpy as np

from model.formatting import money, number
from model.language import Language, translate, translate_plural
from model.operating import Operating, tax_ore
from model.report import operating as words
from model.report.council.grid import Builder, Column
from model.report.council.questions.answer import Answer
from model.results import Result


def operating_cost(result: Result, reading: str, year: int, language: Language) -> Answer:
    """What the municipality's result is worse by in the year, by post, and öre of tax."""

    def say(text: str, **fields: object) -> str:
        return translate(text, language, **fields)

    found = result.operating(reading)
    row = _row(found, year)
    unknown = int(found.unknown("municipality").sum())
    builder = Builder(
        say("Operating impact on what taxes pay for, {year}", year=year),
        (Column("", "text"), Column(str(year))),
    )
    rows = [
        builder.row([say(words.POSTS[post]), int(amounts[row].sum())])
        for post, amounts in found.amounts("municipality").items()
        if amounts[row].any()
    ]
    builder.sum(say("Sum"), rows, "total")
    effect = int(found.total("municipality")[row])
    krona = found.rates.tax_krona.get(year)
    if not effect:
        # Nothing is known to cost anything: that is not the same as that it costs nothing.
        nothing = "What it costs in {year} is not known" if unknown else "It costs nothing {year}"
        return Answer(
            say(nothing, year=year),
            known=not unknown,
            notes=_missing(found, unknown, krona, language),
        )
    ore = tax_ore(effect, krona)
    template = (
        "It costs {amount} more in {year}, {ore} of tax"
        if effect >= 0
        else "It costs {amount} less in {year}, {ore} of tax"
    )
    return Answer(
        say(
            template,
            amount=money(abs(effect), zero="0", language=language),
            year=year,
            ore=say("öre unknown")
            if ore is None
            else say("{number} öre", number=number(abs(ore), 1, language=language)),
        ),
        builder.grid(),
        _missing(found, unknown, krona, language),
    )


def savings(result: Result, reading: str, year: int, language: Language) -> Answer:
    """Changed running cost by department, and whether it is in its frame."""

    def say(text: str, **fields: object) -> str:
        return translate(text, language, **fields)

    found = result.operating(reading)
    row = _row(found, year)
    counted, outside = defaultdict(int), defaultdict(int)
    running = sum(found.posts[post] for post in ("operation", "rent", "income", "energy"))
    for entry, department in enumerate(found.department):
        name = str(department) or say("Department not stated")
        counted[name] += min(int(running[row, entry]), 0)
        outside[name] += min(int(found.uncounted[row, entry]), 0)
    names = [name for name in counted if counted[name] or outside[name]]
    if not names:
        return Answer(
            say("No saving in running cost is stated for {year}", year=year),
            known=False,
            notes=(say("Enter changed running cost at the measures, with its department."),),
        )
    builder = Builder(
        say("Lower running cost by department, {year}", year=year),
        (
            Column(say("Department or company"), "text"),
            Column(say("In the frame")),
            Column(say("Not in any frame")),
        ),
    )
    order = sorted(names, key=lambda name: counted[name] + outside[name])
    rows = [builder.row([name, -counted[name], -outside[name]]) for name in order]
    builder.sum(say("Sum"), rows, "total")
    return Answer(
        say(
            "{department} gets the most: {amount} in {year}",
            department=order[0],
            amount=money(-counted[order[0]] - outside[order[0]], language=language),
            year=year,
        ),
        builder.grid(),
        (say("A saving counts in the budget only when the department's frame is lowered by it."),),
    )


def _row(found: Operating, year: int) -> int:
    places = np.flatnonzero(found.years == year)
    return int(places[0]) if len(places) else len(found.years) - 1


def _missing(
    found: Operating, unknown: int, krona: int | None, language: Language
) -> tuple[str, ...]:
    said = []
    if unknown:
        said.append(
            translate_plural(
                "{count} measure lacks a lifetime, a month in service or an amount: its capital "
                "cost is not in it.",
                "{count} measures lack a lifetime, a month in service or an amount: their capital "
                "cost is not in it.",
                unknown,
                language,
            )
        )
    if not krona:
        said.append(translate("Enter what one tax krona yields to see öre of tax.", language))
    return tuple(said)
