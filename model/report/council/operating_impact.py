"""Driftkonsekvenser: what each project does to its department's operating budget, year by year.

The municipality's table is the departments' with two lines under it, internal interest out and the
interest of loans in, so that no krona of interest stands there twice.
"""

from itertools import groupby

from model.formatting import money
from model.language import DEFAULT, Language, translate
from model.operating import AS_USUAL, Operating, Policy
from model.operating_table import (
    COLUMNS,
    OperatingTable,
    Row,
    full_year_of,
    operating_table,
)
from model.report import operating as words
from model.report.council.grid import Builder, Column, Grid, Partly, Value
from model.results import Result

_HEADINGS = {
    "depreciation": "Depreciation of the year",
    "interest": "Internal interest",
    "operation": "Operation/maintenance",
    "energy": "Energy saving",
    "dissolved": "Dissolved grants",
    "write_off": "Written off",
}


def operating_impact(
    result: Result,
    reading: str,
    book: str = "department",
    year: int | None = None,
    policy: Policy = AS_USUAL,
    language: Language = DEFAULT,
) -> Grid:
    """A book as a council's table: posts of ``year`` (the plan's last one by default), then sums of
    every year and of the first full year, öre, positive where it costs.
    """
    found = result.operating(reading, policy)
    within = "department" if book == "municipality" else book
    table = operating_table(found, within, year)

    def say(text: str, **fields: object) -> str:
        return translate(text, language, **fields)

    headings = dict(_HEADINGS)
    if within != "department":
        headings["interest"] = "Interest on loans"
    builder = Builder(
        say(
            "{book}, operating impact, posts of {year}",
            book=say(words.BOOKS[book]),
            year=table.year,
        ),
        (
            Column(say("Project"), "text"),
            *(
                Column(say(heading), from_below=column in ("depreciation", "interest", "write_off"))
                for column, heading in headings.items()
            ),
            *(
                Column(say("Sum {year}", year=each) if place == 0 else str(each), from_below=False)
                for place, each in enumerate(table.years)
            ),
            Column(say("Full year"), from_below=False),
            Column(say("In the frame?"), "text"),
        ),
    )
    every = _rows(builder, result, found, table, language)
    if book == "municipality" and every:
        departments = builder.sum(say("Sum of the departments"), every)
        swapped = [
            builder.row(_swap(found, table, say(label), post, sign))
            for label, post, sign in (
                ("Internal interest taken out", "internal_interest", -1),
                ("Interest on loans put in", "external_interest", 1),
            )
        ]
        builder.sum(say("Sum of the municipality"), [departments, *swapped], "total")
    elif every:
        builder.sum(say("Sum of {book}", book=say(words.BOOKS[book]).lower()), every, "total")
    starred = any(isinstance(value, Partly) for row in builder.rows for value in row.values)
    return builder.grid(
        say("* What is known of it; some is unknown and in no sum.") if starred else "",
        *_notes(found, table, language),
    )


def _rows(
    builder: Builder, result: Result, found: Operating, table: OperatingTable, language: Language
) -> list[int]:
    """Write the projects under their section and department; returns their places."""
    tags = result.plan.tags
    every: list[int] = []
    for section, in_section in groupby(table.rows, key=lambda row: row.section):
        title = translate(words.SECTIONS[section], language)
        builder.heading(title)
        rows: list[int] = []
        for department, in_department in groupby(in_section, key=lambda row: row.department):
            own = []
            for row in in_department:
                number, name = tags["project_number"][row.measure], tags["name"][row.measure]
                values = [f"{number} {name}" if number else str(name), *_values(found, table, row)]
                said = translate(words.IN_FRAME[row.in_frame], language)
                own.append(builder.row([*values, said], str(tags["id"][row.measure])))
            name = department or translate("Department not stated", language)
            builder.sum(translate("Sum {name}", language, name=name), own)
            rows += own
        if section != table.rows[0].section or len(table.sections()) > 1:
            builder.sum(translate("Sum {name}", language, name=title), rows)
        every += rows
    return every


def _values(found: Operating, table: OperatingTable, row: Row) -> list[Value]:
    """The figures of a project: what is known of them."""
    replaced = {"replaced"} & {*row.missing}
    lacks = {*row.missing} - replaced
    unknown = found.unknown(table.book)[row.entry] and not any(row.sums)

    def known(amount: int, year: int) -> Value:
        if unknown:
            return None
        partly = lacks or (replaced and found.in_service[row.entry] in (0, year))
        return Partly(amount) if partly else amount

    sums = [known(amount, year) for year, amount in zip(table.years, row.sums, strict=True)]
    full = row.full_year
    posts = dict(row.posts)
    if "grants" in lacks and posts["dissolved"] is not None:
        posts["dissolved"] = Partly(posts["dissolved"])
    return [
        *(posts[column] for column in COLUMNS),
        *sums,
        full if full is None else known(full, int(found.full_year[row.entry])),
    ]


def _swap(found: Operating, table: OperatingTable, label: str, post: str, sign: int) -> list[Value]:
    """The departments' interest of one kind as a line: out with ``sign`` -1, in with 1."""
    amounts = sign * found.posts[post] * found.within("department")
    sums = amounts.sum(axis=1)[: len(table.years)].tolist()
    now = sums[table.years.index(table.year)]
    full = sum(
        full_year_of(found, row.entry, amounts) for row in table.rows if row.full_year is not None
    )
    posts = [now if column == "interest" else 0 for column in COLUMNS]
    return [label, *posts, *sums, full, ""]


def _notes(found: Operating, table: OperatingTable, language: Language) -> list[str]:
    def say(text: str, **fields: object) -> str:
        return translate(text, language, **fields)

    uncounted = table.total.uncounted
    return [
        say("Positive is a higher cost, negative a lower one."),
        say(
            "Operation/maintenance also holds rents, leases, income, one-off expenditure and "
            "compensation that is income on completion."
        ),
        say(
            "Savings of {amount} in {year} are in no frame and not counted.",
            amount=money(-uncounted, language=language),
            year=table.year,
        )
        if uncounted
        else "",
        say("The full year is the first whole calendar year in service."),
        say(
            "Interest on loans is on the whole book value less undissolved grants, as if all of it "
            "were borrowed."
        )
        if found.policy.debt_share == 1
        else "",
    ]
