"""Net present value in the three views that never mix, as formulas over each measure's flows.

The flows are the model's own (``model.streams``): real kronor from the base year to the end of a
measure's life. What is not known makes a measure's value unknown.
"""

import numpy as np

from model.economics import discount_factors
from model.formatting import capitalise
from model.report.book.facts import Cells
from model.report.book.inputs import Frame
from model.report.book.layout import Table
from model.report.sheet import Cell, Column, Formula, Sheet
from model.results import VIEWS
from model.streams import PARTS

_VIEWS = {
    "municipality": "The municipality's cash",
    "owner": "The owner's cash",
    "society": "Society",
}
_PARTS = {
    "investment": "Investment",
    "reinvestment": "Reinvestment",
    "alternative": "Invested anyway",
    "avoided": "Avoided investment",
    "one_off": "One-off operating",
    "grants": "Grants",
    "tax": "Cost of taxes, investment",
    "running_higher": "Higher running cost",
    "running_tax": "Cost of taxes, running",
    "running_lower": "Lower running cost",
    "climate": "Value of the tonnes",
    "benefits": "Other valued effects",
}
ORE = 100


def flows_sheet(sheet: Sheet, frame: Frame, cells: Cells, reading: str) -> Table:
    """A row for each part of each measure's flows in each view, with its present value."""
    say, plan = frame.say, frame.plan
    _begin(
        sheet,
        frame,
        "The flows that net present values are made of",
        "What comes in is positive and what goes out negative, at the end of each year. Money "
        "before the plan's first year stands in the base year.",
        "A yearly running cost or effect holds until another is stated, to the end of the life. "
        "What is not known is left out, and the measure's value is unknown.",
    )
    rows = _rows(frame, reading)
    length = max((len(row["flow"]) for row in rows), default=1)
    years = [plan.head.base_year + year for year in range(length)]
    table = Table(
        sheet,
        {
            "view": Column(say("View"), 22, "text"),
            "view_number": Column(say("View, number"), 9, "count"),
            "number": Column(say("No."), 6, "count"),
            "name": Column(say("Measure"), 36, "text"),
            "part": Column(say("What"), 24, "text"),
            "counted": Column(say("In the plan's sum: 1 yes"), 10, "input_count"),
            "worth": Column(say("Present value"), 14),
            **{f"flow_{n}": Column(str(year), 11, "input") for n, year in enumerate(years)},
        },
        len(rows),
    ).head(5)
    factors = discount_factors(length, float(plan.head.calculation_rate))
    # The factors stand above the flows that they discount.
    looks = ["text"] * 7 + ["number"] * length
    sheet.columns([Column("", 36, kind) for kind in looks])
    row = sheet.line(
        [
            say("Factor"),
            *[None] * 6,
            *(
                Formula(f"=(1+{cells.rate})^-({year}-{cells.base_year})", float(factor))
                for year, factor in zip(years, factors, strict=True)
            ),
        ]
    )
    sheet.columns(list(table.columns.values()))
    table.first = sheet.row
    if not rows:
        table.write({})
        return table
    first, last = table.letters["flow_0"], table.letters[f"flow_{length - 1}"]
    text = f"SUMPRODUCT([flow_0]:[flow_{length - 1}],${first}${row + 1}:${last}${row + 1})"
    worth = [float(factors[: len(each["flow"])] @ each["flow"]) * ORE for each in rows]
    table.write(
        {
            **{
                key: [each[key] for each in rows]
                for key in ("view", "view_number", "number", "name", "part", "counted")
            },
            "worth": table.formulas(text, worth),
            **{
                f"flow_{n}": [
                    float(each["flow"][n]) * ORE if n < len(each["flow"]) else 0 for each in rows
                ]
                for n in range(length)
            },
        }
    )
    return table


def worth_sheet(sheet: Sheet, frame: Frame, flows: Table, reading: str) -> None:
    """Net present value of each measure and of what is known of the plan, view by view."""
    say, plan = frame.say, frame.plan
    _begin(
        sheet,
        frame,
        "Net present value in the plan's base year, in three views that never mix",
        "The sum holds the measures whose value is known; measures that share an effect count "
        "when all of them are known.",
    )
    table = Table(
        sheet,
        {
            "number": Column(say("No."), 6, "count"),
            "name": Column(say("Measure"), 44, "text"),
            **{view: Column(say(_VIEWS[view]), 20) for view in VIEWS},
        },
        plan.size[1],
    ).head()
    table.knows(flows=flows)
    judged = {view: frame.view.result.economics(view, reading=reading) for view in VIEWS}
    table.write(
        {
            "number": frame.numbers,
            "name": plan.tags["name"].tolist(),
            **{
                view: [
                    say("unknown")
                    if np.isnan(value)
                    else table.formula(
                        "SUMIFS([flows.worth*],[flows.number*],[number],"
                        f"[flows.view_number*],{place})",
                        row,
                        float(value) * ORE,
                    )
                    for row, value in enumerate(judged[view].measures.net_present_value)
                ]
                for place, view in enumerate(VIEWS, 1)
            },
        }
    )
    sums: list[Cell] = [None, say("The plan, what is known of it")]
    for place, view in enumerate(VIEWS, 1):
        value = float(judged[view].whole[1].net_present_value[0])
        text = f"SUMIFS([flows.worth*],[flows.view_number*],{place},[flows.counted*],1)"
        sums.append(say("unknown") if np.isnan(value) else table.formula(text, 0, value * ORE))
    sheet.line(sums, "sum")


def _begin(sheet: Sheet, frame: Frame, title: str, *notes: str) -> None:
    """As other sheets, in the prices that values are compared in."""
    year = frame.view.result.economics("owner").prices.price_year
    # Where no index reaches the plan nothing is converted.
    prices = frame.say("{year} prices", year=year) if year else frame.view.prices
    sheet.title(
        frame.view.marked(frame.say(title)),
        " · ".join([capitalise(frame.say("thousand SEK")), prices, frame.view.scenario]),
    )
    for note in notes:
        sheet.note(frame.say(note))
    sheet.space()


def _rows(frame: Frame, reading: str) -> list[dict]:
    """What each row of flows is of: every part that is not nothing of what is known."""
    found = []
    for place, view in enumerate(VIEWS, 1):
        judged = frame.view.result.economics(view, reading=reading)
        streams, (together, _figures) = judged.streams, judged.whole
        counted = together.counted[:, 0]
        for measure in np.flatnonzero((streams.reason == "") | counted):
            for part in PARTS:
                flow = streams.parts[part][:, measure]
                if flow.any():
                    found.append(
                        {
                            "view": frame.say(_VIEWS[view]),
                            "view_number": place,
                            "number": frame.numbers[measure],
                            "name": str(frame.plan.tags["name"][measure]),
                            "part": frame.say(_PARTS[part]),
                            "counted": int(counted[measure]),
                            "flow": flow,
                        }
                    )
    return found
