"""What the municipal group's assets cost a year: depreciation by month and internal interest.

Three sheets: the assets, component by component, with what they cost and the grants they are paid
by; a row for each of them and each year; and the sums by measure. The rules are those of
``model.depreciation`` and ``model.operating``.
"""

import numpy as np

from model.operating import BOOKS, Operating
from model.owners import parts as parts_of
from model.report.book.assets import Capital, described, dissolving_by_measure, steps
from model.report.book.facts import Cells
from model.report.book.inputs import Frame, begin
from model.report.book.layout import Table
from model.report.book.sums import PART
from model.report.sheet import Column, Formula, Sheet

_SECTIONS = {
    "tax": "tax-financed",
    "development": "development of land",
    "company": "companies",
    "water": "water and sewage",
    "waste": "waste",
    "district_heating": "district heating",
}
# Months in service by the end of a year; of two dates, whole months.
_MONTHS = "MAX(0,([year]-[asset_year])*12+{}-[month])"
_BOUGHT = "IF([life]*[again]>0,ROUNDUP({m}/[life],0),IF({m}>0,1,0))"
_WRITTEN = (
    "IF([life]=0,0,(INT({m}/[life])*ROUND({cost}*100000,0)"
    "+ROUND(ROUND({cost}*100000,0)*MOD({m},[life])/[life],0))/100000)"
)


def entries_table(
    sheet: Sheet, frame: Frame, capital: Capital, grants: Table, needs: Table
) -> Table:
    """The group's parts of measures, with the grants that are dissolved over their lifetime.

    The rows are written by :func:`cost_sheet`, when the depreciation is there to refer to.
    """
    say, found = frame.say, capital.found
    begin(
        sheet,
        frame,
        "Depreciation, dissolved grants and internal interest by measure",
        "The municipal group's parts. Departments pay internal interest on book value, net of "
        "grants that are not yet dissolved; companies and fee-financed operations pay none.",
        "A measure without a lifetime or a year in service has no capital cost here: it is "
        "unknown.",
    )
    years = found.years.tolist()
    return (
        Table(
            sheet,
            {
                "entry": Column(say("Part, number"), 8, "count"),
                "number": Column(say("No."), 6, "count"),
                "name": Column(say("Measure"), 36, "text"),
                "owner": Column(say("Owner"), 20, "text"),
                "department": Column(say("Department or company"), 26, "text"),
                "section": Column(say("Section"), 18, "text"),
                "since": Column(say("From millionths"), 10, "input_count"),
                "until": Column(say("To millionths"), 10, "input_count"),
                "public": Column(say("Grants to dissolve, the whole measure"), 13),
                "invested": Column(say("Investment, the whole measure"), 13),
                "dissolved": Column(say("Grants to dissolve, this part"), 13),
                **{f"dep_{y}": Column(say("Depreciation {year}", year=y), 13) for y in years},
                **{f"dis_{y}": Column(say("Dissolved grants {year}", year=y), 13) for y in years},
                **{f"int_{y}": Column(say("Internal interest {year}", year=y), 13) for y in years},
                **{f"sum_{y}": Column(say("Capital cost {year}", year=y), 13) for y in years},
            },
            len(capital.part),
        )
        .head(3)
        .knows(grants=grants, needs=needs)
    )


def assets_sheet(
    sheet: Sheet,
    frame: Frame,
    capital: Capital,
    entries: Table,
    parts: Table,
    register: Table,
) -> Table:
    """Every asset or component with what it costs, its life and when it is taken in use."""
    say, found = frame.say, capital.found
    begin(
        sheet,
        frame,
        "Assets by component, as they are taken in use",
        "What is paid before a measure is in use is taken in use with it, what is paid after in "
        "its own year. Lifetime 0 is land, which is not depreciated.",
    )
    table = Table(
        sheet,
        {
            "entry": Column(say("Part, number"), 8, "count"),
            "number": Column(say("No."), 6, "count"),
            "name": Column(say("Measure"), 36, "text"),
            "component": Column(say("Component"), 22, "text"),
            "year": Column(say("In service in"), 9, "input_count"),
            "month": Column(say("Month"), 8, "input_count"),
            "lifetime": Column(say("Lifetime, years"), 9, "input_count"),
            "again": Column(say("Bought anew: 1 yes"), 9, "input_count"),
            "since": Column(say("From millionths"), 10, "input_count"),
            "until": Column(say("To millionths"), 10, "input_count"),
            "paid": Column(say("Taken in use, all components"), 13),
            "cost": Column(say("Cost"), 13),
            "so_far": Column(say("Cost so far of the part"), 13),
            "granted": Column(say("Grants to dissolve"), 13),
        },
        len(found.pieces.cost),
    ).head(3)
    table.knows(entries=entries, parts=parts)
    if not len(found.pieces.cost):
        table.write({})
        return table
    rows = described(frame, capital)
    pieces, whole = found.pieces, {}
    for row, cost in zip(rows, pieces.cost.tolist(), strict=True):
        whole[row["entry"]] = row["so_far"] = whole.get(row["entry"], 0) + cost
    reached = "INT({entry}*{so_far}/{whole}+0.000001)"
    entry = "ROUND(SUMIFS([entries.dissolved*],[entries.entry*],[entry])*100000,0)"
    of_entry = {
        "entry": entry,
        "whole": "ROUND(SUMIFS([cost*],[entry*],[entry])*100000,0)",
    }
    now = reached.format(so_far="ROUND([so_far]*100000,0)", **of_entry)
    before = reached.format(so_far="ROUND(([so_far]-[cost])*100000,0)", **of_entry)
    registered = {"year": "service", "month": "month", "lifetime": "lifetime"}

    def inputs(key: str):
        values = getattr(pieces, key).tolist()
        for row, value in zip(rows, values, strict=True):
            if row[f"own_{key}"]:
                yield value
            else:
                yield Formula(f"={register.at(registered[key], row['measure'])}", value)

    table.write(
        {
            **{key: [row[key] for row in rows] for key in ("entry", "number", "name", "component")},
            **{key: list(inputs(key)) for key in registered},
            "again": pieces.reinvested.astype(int).tolist(),
            **{key: [row[key] for row in rows] for key in ("since", "until")},
            "paid": table.formulas(
                "SUMIFS([parts.need*],[parts.part*],[entry],[parts.stage*],[year])",
                [row["paid"] for row in rows],
            ),
            "cost": table.formulas(PART.format(x="[paid]"), pieces.cost.tolist()),
            "so_far": table.formulas(
                "[cost]+IF([entry]=[entry-1],[so_far-1],0)", [row["so_far"] for row in rows]
            ),
            "granted": table.formulas(f"({now}-{before})/100000", capital.dissolving.cost.tolist()),
        }
    )
    return table


def depreciation_sheet(sheet: Sheet, frame: Frame, capital: Capital, assets: Table) -> Table:
    """Each asset year by year: months, what is written off, and what interest is reckoned on."""
    say, found = frame.say, capital.found
    begin(
        sheet,
        frame,
        "Depreciation by month, asset by asset",
        "Straight-line from the month in which it is taken in use. What is reached so far is "
        "rounded to the öre, so that the years add up to the cost.",
        "Interest is reckoned on the opening book value for twelve months and on what is added "
        "for its months.",
    )
    years = found.years.tolist()
    pieces = len(found.pieces.cost)
    counts = {
        "asset_year": "In service in",
        "month": "Month",
        "life": "Lifetime, months",
        "again": "Bought anew: 1 yes",
        "before": "Months before the year",
        "after": "Months after the year",
        "lived_before": "of which depreciated, before",
        "lived": "of which depreciated, after",
        "bought_before": "Times bought before",
        "bought": "Times bought after",
        "added_months": "Months in service of what is added",
    }
    amounts = {
        "cost": "Cost",
        "written_before": "Written off before",
        "written": "Written off after",
        "depreciation": "Depreciation",
        "opening": "Opening book value",
        "added": "Taken in use in the year",
        "base": "Book value times months",
        "granted": "Grants to dissolve",
        "dissolved_before": "Dissolved before",
        "dissolved_after": "Dissolved after",
        "dissolved": "Dissolved grants",
        "granted_base": "Undissolved grants times months",
    }
    table = Table(
        sheet,
        {
            "entry": Column(say("Part, number"), 8, "count"),
            "name": Column(say("Measure"), 36, "text"),
            "component": Column(say("Component"), 22, "text"),
            "year": Column(say("Year"), 8, "count"),
            **{key: Column(say(label), 10, "count") for key, label in counts.items()},
            **{key: Column(say(label), 13) for key, label in amounts.items()},
        },
        pieces * len(years),
    ).head(3)
    if not pieces:
        table.write({})
        return table
    each = len(years)
    rows = [(piece, year) for piece in range(pieces) for year in range(each)]
    assets_of = described(frame, capital)

    def of_asset(key: str, values: np.ndarray, factor: str = "") -> list[Formula]:
        return [
            Formula(f"={assets.at(key, piece)}{factor}", int(values[piece])) for piece, _ in rows
        ]

    values = steps(capital)
    grant_months = {"m": "MIN([{}],[life])"}
    lived = "IF([again]=1,[{0}],MIN([{0}],[life]))"
    formulas = {
        "before": _MONTHS.format(1),
        "after": _MONTHS.format(13),
        "lived_before": lived.format("before"),
        "lived": lived.format("after"),
        "bought_before": _BOUGHT.format(m="[before]"),
        "bought": _BOUGHT.format(m="[after]"),
        "added_months": "IF([bought]>[bought_before],MIN([after]-([bought]-1)*[life],12),0)",
        "written_before": _WRITTEN.format(m="[lived_before]", cost="[cost]"),
        "written": _WRITTEN.format(m="[lived]", cost="[cost]"),
        "depreciation": "[written]-[written_before]",
        "opening": "[bought_before]*[cost]-[written_before]",
        "added": "([bought]-[bought_before])*[cost]",
        "base": "[opening]*12+[added]*[added_months]",
        "dissolved_before": _WRITTEN.format(m=grant_months["m"].format("before"), cost="[granted]"),
        "dissolved_after": _WRITTEN.format(m=grant_months["m"].format("after"), cost="[granted]"),
        "dissolved": "[dissolved_after]-[dissolved_before]",
        # A grant is received once, with the first purchase.
        "granted_base": (
            "IF([before]>0,([granted]-[dissolved_before])*12,"
            "IF([after]>0,[granted]*MIN([after],12),0))"
        ),
    }
    table.write(
        {
            "entry": [assets_of[piece]["entry"] for piece, _ in rows],
            "name": [assets_of[piece]["name"] for piece, _ in rows],
            "component": [assets_of[piece]["component"] for piece, _ in rows],
            "year": [years[year] for _, year in rows],
            "asset_year": of_asset("year", found.pieces.year),
            "month": of_asset("month", found.pieces.month),
            "life": of_asset("lifetime", found.pieces.lifetime * 12, "*12"),
            "again": of_asset("again", found.pieces.reinvested.astype(int)),
            "cost": of_asset("cost", found.pieces.cost),
            "granted": of_asset("granted", capital.dissolving.cost),
            **{
                key: table.formulas(text, values[key].T.ravel().tolist())
                for key, text in formulas.items()
            },
        }
    )
    return table


def cost_sheet(
    frame: Frame, capital: Capital, cells: Cells, entries: Table, years_table: Table, counted: str
) -> dict[str, str]:
    """Write the rows of :func:`entries_table`, and sums below them; returns where those stand."""
    say, plan, found = frame.say, frame.plan, capital.found
    entries.knows(years=years_table)
    count = len(capital.part)
    measures = found.measure[:count]
    shared_out = parts_of(plan)
    public = dissolving_by_measure(frame, counted)
    inside = np.isin(found.section[:count], BOOKS["department"])
    years = found.years.tolist()
    cuts = {
        "depreciation": ("dep", found.posts["depreciation"]),
        "dissolved": ("dis", found.posts["dissolved"]),
        "internal_interest": ("int", found.posts["internal_interest"]),
    }
    base = "SUMIFS([years.{}*],[years.entry*],[entry],[years.year*],{})"
    columns: dict[str, list] = {
        "entry": [int(part) + 1 for part in capital.part],
        "number": [frame.numbers[measure] for measure in measures],
        "name": plan.tags["name"][measures].tolist(),
        "owner": [frame.view.tag("owner", owner) for owner in found.owner[:count]],
        "department": [frame.view.tag("department", d) for d in found.department[:count]],
        "section": [say(_SECTIONS[section]) for section in found.section[:count]],
        "since": shared_out.since[capital.part].tolist(),
        "until": shared_out.until[capital.part].tolist(),
        "public": entries.formulas(
            "SUMIFS([grants.limit*],[grants.number*],[number],[grants.dissolved*],1,"
            f"[grants.status*],{counted})",
            public[measures].tolist(),
        ),
        "invested": entries.formulas(
            "SUMIFS([needs.need*],[needs.number*],[number])",
            plan.need.mid.sum(axis=0)[measures].tolist(),
        ),
        "dissolved": entries.formulas(
            PART.format(x="MIN([public],[invested])"), capital.money.dissolved[:count].tolist()
        ),
    }
    for row, year in enumerate(years):
        columns[f"dep_{year}"] = entries.formulas(
            base.format("depreciation", year), cuts["depreciation"][1][row, :count].tolist()
        )
        columns[f"dis_{year}"] = entries.formulas(
            "-" + base.format("dissolved", year), cuts["dissolved"][1][row, :count].tolist()
        )
        rate = cells.internal.get(year, "0")
        net = (
            f"MAX(0,{base.format('base', year)}"
            f"-IF({cells.interest_base}=1,{base.format('granted_base', year)},0))"
        )
        text = f"ROUND(ROUND({net}*100000,0)*ROUND({rate}*1000000,0)/12000000,0)/100000"
        interest = cuts["internal_interest"][1][row, :count].tolist()
        columns[f"int_{year}"] = [
            entries.formula(text, place, interest[place]) if inside[place] else 0
            for place in range(count)
        ]
        columns[f"sum_{year}"] = entries.formulas(
            f"[dep_{year}]+[dis_{year}]+[int_{year}]",
            sum(amounts[row, :count] for _key, amounts in cuts.values()).tolist(),
        )
    if not count:
        columns = {}
    entries.write(columns)
    return _sum_row(frame, entries, found, count, years)


def _sum_row(frame: Frame, entries: Table, found: Operating, count: int, years) -> dict[str, str]:
    """The sum under every column of a year."""
    sheet = entries.sheet
    posts = {"dep": "depreciation", "dis": "dissolved", "int": "internal_interest"}
    where, cells = {}, []
    for key in entries.columns:
        kind, _, year = key.partition("_")
        if kind not in (*posts, "sum") or not year.isdigit():
            cells.append(None)
            continue
        row = years.index(int(year))
        of = [posts[kind]] if kind in posts else list(posts.values())
        value = sum(int(found.posts[post][row, :count].sum()) for post in of)
        letter = entries.letters[key]
        first, last = entries.first + 1, entries.first + entries.rows
        cells.append(Formula(f"=SUM({letter}{first}:{letter}{last})", value))
        where[key] = sheet.reference(sheet.row, len(cells) - 1)
    cells[2] = frame.say("Sum")
    sheet.line(cells, "sum")
    return where
