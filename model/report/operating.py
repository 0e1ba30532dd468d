"""The operating impact in words: books, posts, what is not known, and the answer as a sentence.

Screens, tables and documents say them alike. English stands here and Swedish in ``data/locale``.
"""

from dataclasses import dataclass

from model.formatting import money, number
from model.language import DEFAULT, Language, translate
from model.operating import Operating, tax_ore
from model.operating_table import OperatingTable, customers_pay
from model.report.largest import most_by_year

BOOKS = {
    "municipality": "The municipality",
    "department": "The departments",
    "group": "The municipal group",
    "fee": "Fee-financed operations",
}
BOOK_MEANS = {
    "department": "Internal interest, as each department pays it. Savings count when they are in "
    "its frame.",
    "municipality": "Internal interest is taken out, and the interest of loans put in.",
    "group": "The municipality, its companies and fee-financed operations. Internal rent and "
    "internal interest are taken out.",
    "fee": "Water, waste and district heating are closed economies: customers pay, tax does not.",
}
SECTIONS = {
    "tax": "Tax-financed",
    "development": "Development",
    "company": "Municipal companies",
    "water": "Fee-financed: water and sewage",
    "waste": "Fee-financed: waste",
    "district_heating": "Fee-financed: district heating",
}
POSTS = {
    "depreciation": "Depreciation of the year",
    "internal_interest": "Internal interest",
    "external_interest": "Interest on loans",
    "operation": "Operation and maintenance",
    "rent": "Rents and leases",
    "internal_rent": "Internal rent",
    "income": "Income",
    "one_off": "One-off operating expenditure",
    "energy": "Energy",
    "dissolved": "Dissolved grants",
    "compensation": "Compensation on completion",
    "write_off": "Written off",
}
# What is not known, and what to fill in.
MISSING = {
    "investment": ("Investment expenditure is not known", "Enter what it costs, by year."),
    "in_service": ("Nobody has said when it is in service", "Enter year and month in service."),
    "lifetime": (
        "Nobody has said how long it lasts",
        "Enter a lifetime, or components with a lifetime each.",
    ),
    "later": (
        "It is paid in no known year, after it is in service",
        "Enter the year of what stands as later.",
    ),
    "running": (
        "No change in running cost is stated",
        "Enter operation, maintenance and energy by year; 0 where nothing changes.",
    ),
    "replaced": (
        "The book value of what is replaced is not stated",
        "Enter the remaining book value; 0 where there is none.",
    ),
    "grants": (
        "How a grant is income is not stated",
        "Say in the data of its source whether it is dissolved over the lifetime or income on "
        "completion.",
    ),
    "rate": (
        "No interest rate is stated for a year",
        "Enter internal interest and average interest among the plan's prerequisites.",
    ),
}
IN_FRAME = {"yes": "yes", "no": "no", "partly": "partly", "unknown": "unknown", "": "–"}
_RISES = {
    "municipality": "Operating cost rises by {amount} in {year}",
    "department": "The departments' operating cost rises by {amount} in {year}",
    "group": "The group's operating cost rises by {amount} in {year}",
    "fee": "The cost of fee-financed operations rises by {amount} in {year}",
}
_FALLS = {
    "municipality": "Operating cost falls by {amount} in {year}",
    "department": "The departments' operating cost falls by {amount} in {year}",
    "group": "The group's operating cost falls by {amount} in {year}",
    "fee": "The cost of fee-financed operations falls by {amount} in {year}",
}


@dataclass(frozen=True)
class Answer:
    """A book in one year. ``ore_of_tax`` is of the municipality's book whatever the book; None
    where not known. ``unknown`` counts projects of which no capital cost is known."""

    effect: int
    ore_of_tax: float | None
    uncounted: int
    full_year: int
    unknown: int


def answer(found: Operating, table: OperatingTable) -> Answer:
    """The figures of a book in the year of its table."""
    place = table.years.index(table.year)
    tax = int(found.total("municipality")[place])
    total = table.total
    return Answer(
        effect=total.sums[place],
        ore_of_tax=tax_ore(tax, found.rates.tax_krona.get(table.year)),
        uncounted=total.uncounted,
        full_year=total.full_year,
        unknown=int(found.unknown(table.book).sum()),
    )


def sentence(found: Operating, table: OperatingTable, language: Language = DEFAULT) -> str:
    """``Driften ökar med 4,2 mnkr 2028, 2,7 öre i skatt``"""
    said = answer(found, table)
    if not table.rows:
        return translate("Nothing in the plan is in this book", language)
    if not said.effect:
        if said.unknown:
            return translate(
                "What the plan does to operations in {year} is unknown", language, year=table.year
            )
        return translate("Operations are not changed in {year}", language, year=table.year)
    template = (_RISES if said.effect > 0 else _FALLS)[table.book]
    amount = money(abs(said.effect), language=language)
    text = translate(template, language, amount=amount, year=table.year)
    if table.book == "municipality":
        text = f"{text}, {tax_text(said.ore_of_tax, language)}"
    if table.book == "fee":
        by_form = customers_pay(found, table.year)
        if by_form.get("water") is not None:
            text += ", " + translate(
                "{amount} for each water customer",
                language,
                amount=krona(by_form["water"], language),
            )
    if said.unknown:
        text = translate("{text}, of what is known", language, text=text)
    return text


def chart_title(table: OperatingTable, language: Language = DEFAULT) -> str:
    """``Mest 2026: 2,4 mnkr``, of the year that changes most, or that all years are alike."""
    return most_by_year(
        table.years,
        table.total.sums,
        "Most in {years}: {part}",
        "Most in {years}: {part} a year",
        "As much every year {years}: {part} a year",
        language,
    )


def tax_text(ore: float | None, language: Language = DEFAULT) -> str:
    """``2,7 öre i skatt``; that it is unknown where nobody has said what a tax krona yields."""
    if ore is None:
        return translate("öre of tax unknown", language)
    figure = ore_figure(abs(ore), language)
    return translate("{figure} öre of tax", language, figure=figure)


def ore_figure(ore: float, language: Language = DEFAULT) -> str:
    """One decimal, two below one öre."""
    return number(ore, 1 if abs(ore) >= 0.95 else 2, language=language)


def krona(ore: int | None, language: Language = DEFAULT) -> str:
    """Whole kronor from öre: what a customer pays."""
    if ore is None:
        return translate("unknown", language)
    return translate("{amount} SEK", language, amount=number(ore / 100, 0, language=language))


def post(name: str, language: Language = DEFAULT) -> str:
    """What a post is called."""
    return translate(POSTS[name], language)
