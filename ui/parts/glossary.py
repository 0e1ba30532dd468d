"""The words of the project, one per thing: what each is called in both languages, and means."""

from model.language import Language, translate
from ui.i18n import _, language, mark
from ui.parts.listing import Term

WORDS = (
    (
        mark("plan"),
        mark(
            "One municipality's set of measures, with a base year, a horizon, a price level "
            "and a system boundary."
        ),
    ),
    (
        mark("measure"),
        mark("One thing to do, with its sector, owner, department and readiness."),
    ),
    (
        mark("owner"),
        mark(
            "Who must invest: the municipality, its companies, the region, the state, "
            "business, households, housing associations or civil society."
        ),
    ),
    (
        mark("kind of owner"),
        mark(
            "Public, private or shared. Shared means that several pay and nobody has said how"
            " much each."
        ),
    ),
    (
        mark("municipal group"),
        mark("The municipality and its companies. The headline is their gap."),
    ),
    (
        mark("other actors"),
        mark(
            "Everyone else. Their need stands beside the group's and is never called a "
            "financing gap."
        ),
    ),
    (
        mark("expenditure"),
        mark(
            "What is paid for a measure: an investment, an avoided investment or one-off "
            "operating expenditure."
        ),
    ),
    (
        mark("investment need"),
        mark("Investment expenditure to be paid in a year."),
    ),
    (
        mark("one-off operating expenditure"),
        mark(
            "Studies, project management, information, contributions to others. It has its "
            "own gap, is never loan-financed and never green."
        ),
    ),
    (
        mark("change in running cost"),
        mark("The yearly change once a measure is in use; negative is a saving."),
    ),
    (
        mark("grant"),
        mark(
            "Money from a source outside the budget: granted, applied for with a probability,"
            " or an idea."
        ),
    ),
    (
        mark("appropriation"),
        mark(
            "The council's decision to spend in a year, decided or planned, gross or net of grants."
        ),
    ),
    (
        mark("carry-over"),
        mark(
            "A decision that moves what is unspent of an appropriation to the next year. "
            "Without one it lapses."
        ),
    ),
    (
        mark("financing gap"),
        mark("Need that no grant and no net appropriation covers."),
    ),
    (
        mark("reading"),
        mark("What counts as covered: secured, planned, expected or best case."),
    ),
    (
        mark("liquidity need"),
        mark(
            "What must be bridged at the end of a year until grants in arrears arrive. Never "
            "summed over years."
        ),
    ),
    (
        mark("profitability gap"),
        mark(
            "What a household or a company lacks for a measure to pay. It is no financing gap"
            " of the municipality's."
        ),
    ),
    (
        mark("financing analysis"),
        mark(
            "Own funds, grants, expenditure, borrowing need and debt ceiling of the "
            "municipality and the group, year by year. Loans and green bonds live there, not "
            "at the measure."
        ),
    ),
    (
        mark("operating impact"),
        mark(
            "What a measure does to the books: of the department, the municipality, the "
            "group, and what fees pay."
        ),
    ),
    (
        mark("effect"),
        mark("A physical change: tonnes of CO2e, megawatt-hours, kilometres cycled."),
    ),
    (
        mark("benefit"),
        mark("An effect valued with a sourced unit value, or named and left unvalued."),
    ),
    (
        mark("beneficiary"),
        mark(
            "Who gets the benefit: residents, the municipality, the region, the state, "
            "business or society."
        ),
    ),
    (
        mark("scenario"),
        mark("A named list of adjustments to a plan. Toggling it writes nothing."),
    ),
    (
        mark("assumption"),
        mark("A figure with unit, price year, low, central and high, source and status."),
    ),
    (
        mark("readiness"),
        mark("How far a measure has come, from idea to in service."),
    ),
    (
        mark("the messy middle"),
        mark("Between pilot and implementation: decided on, and not yet procured."),
    ),
    (
        mark("violation"),
        mark("A finding with its place: what was found, where, and what was expected."),
    ),
    (
        mark("unknown"),
        mark("Not known is not zero: it is counted and shown as such."),
    ),
)


def terms() -> list[Term]:
    """Every word in the active language, with what the other language calls it under it."""
    other: Language = "sv" if language() == "en" else "en"
    return [
        Term(_(word), _(meaning), [said for said in (translate(word, other),) if said != _(word)])
        for word, meaning in WORDS
    ]
