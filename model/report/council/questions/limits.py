"""Questions about limits: the council's targets, the debt ceiling, the water fee."""

from model.formatting import kronor
from model.language import Language, translate, translate_plural
from model.report import financing as words
from model.report.council.grid import Builder, Column
from model.report.council.questions.answer import Answer
from model.results import Result

_LEVELS = {"municipality": "Municipality", "group": "Municipal group"}


def targets(result: Result, reading: str, year: int, language: Language) -> Answer:
    """The debt ceiling of both levels, and every target with the first year it is broken."""

    def say(text: str, **fields: object) -> str:
        return translate(text, language, **fields)

    builder = Builder(
        say("Debt ceiling and the council's targets"),
        (Column(say("Level"), "text"), Column(say("Target"), "text"), Column(say("Kept?"), "text")),
    )
    sentence, known, broken = "", False, 0
    for level, name in _LEVELS.items():
        analysis = result.financing(level, reading)
        told = words.answer(analysis, language)
        if analysis.unknown is not analysis.years[0]:
            known = True
        sentence = sentence or told
        builder.row([say(name), say("Debt ceiling"), told])
        for outcome in result.financial_targets(level, reading):
            target, kept = words.target_words(outcome, language)
            broken += outcome.breach is not None
            builder.row([say(name), target, kept])
    if broken:
        sentence += translate_plural(
            "; {count} target is broken", "; {count} targets are broken", broken, language
        )
    return Answer(
        sentence,
        builder.grid(),
        known=known,
        notes=()
        if known
        else (say("Enter the municipality's own figures: result, depreciation, debt, ceiling."),),
    )


def water_fee(result: Result, reading: str, year: int, language: Language) -> Answer:
    """What the measures cost a customer of each fee-financed operation in a full year."""

    def say(text: str, **fields: object) -> str:
        return translate(text, language, **fields)

    economies = result.fees(reading)
    builder = Builder(
        say("Fee-financed operations, a full year"),
        (
            Column("", "text"),
            Column(say("Cost of the measures")),
            Column(say("Customers"), "count", adds=False),
            Column(say("SEK per customer and year"), "count", adds=False),
        ),
    )
    for each in economies:
        per_customer = each.per_customer
        builder.row(
            [
                say(_FORMS[each.form]),
                each.full_year.total,
                each.customers,
                None if per_customer is None else round(per_customer / 100),
            ]
        )
    water = next((each for each in economies if each.form == "water"), None)
    if water is None or not water.measures:
        return Answer(
            say("The plan has no measure that water fees pay for"),
            builder.grid() if economies else None,
        )
    if water.per_customer is None or water.incomplete:
        return Answer(
            say("By how much is unknown: lifetime, interest or number of customers is missing"),
            builder.grid(),
            known=False,
        )
    template = (
        "Yes, if fees are to cover it: {amount} per customer and year"
        if water.per_customer > 0
        else "No: the measures lower the cost by {amount} per customer and year"
    )
    return Answer(
        say(template, amount=kronor(abs(water.per_customer) // 100 * 100, language=language)),
        builder.grid(),
        (say("Fees are a closed economy: nothing of it touches the tax."),),
    )


_FORMS = {
    "water": "Water and sewage",
    "waste": "Waste collection",
    "district_heating": "District heating",
}
