"""Net present value of every measure and of the plan, as formulas over the flows of the years."""

import numpy as np

from model.economics import discount_factors, present_value
from model.plan import calendar_years
from model.report.book.facts import Cells
from model.report.book.inputs import Frame, begin
from model.report.book.layout import Table
from model.report.sheet import Column, Formula, Sheet


def flows(plan) -> np.ndarray:
    """Money out (negative) and saved of each measure in the plan's years, (years, measures) öre.

    Investment, one-off operating expenditure and changed running cost; money before the first year
    is spent whatever is decided, and money after the last has no year to be discounted from.
    """
    money = -(plan.need.mid + plan.one_off.mid) - plan.running_cost
    return money[calendar_years(plan.years)]


def net_present_value(plan) -> np.ndarray:
    """Net present value of :func:`flows` in the plan's base year, (measures,) in öre as floats."""
    years = plan.years[calendar_years(plan.years)]
    until = int(years[0]) - plan.head.base_year if len(years) else 0
    before = np.zeros((until, plan.size[1]))
    return present_value(np.vstack([before, flows(plan)]), float(plan.head.calculation_rate))


def worth_sheet(sheet: Sheet, frame: Frame, cells: Cells, needs: Table, running: Table) -> str:
    """Flows, factors and present values; returns the cell of the plan's."""
    say, plan = frame.say, frame.plan
    begin(
        sheet,
        frame,
        "Net present value in the plan's base year",
        "Investment, one-off operating expenditure and changed running cost of the plan's years, "
        "before grants. Money before the first year and after the last is left out.",
        "A year's money is counted at its end and divided by (1 + rate) for each year since the "
        "base year.",
    )
    chosen = np.flatnonzero(calendar_years(plan.years))
    table = Table(
        sheet,
        {
            "number": Column(say("No."), 6, "count"),
            "name": Column(say("Measure"), 40, "text"),
            **{f"flow_{n}": Column(str(frame.years[n])) for n in chosen},
            "worth": Column(say("Net present value"), 14),
        },
        plan.size[1],
    ).head()
    until = int(plan.years[chosen[0]]) - plan.head.base_year
    rate = float(plan.head.calculation_rate)
    factors = discount_factors(until + len(chosen), rate)[until:]
    first, last = f"flow_{chosen[0]}", f"flow_{chosen[-1]}"
    # The factors stand above the flows that they discount.
    sheet.columns([Column("", kind=kind) for kind in ("text", "text", *["number"] * len(chosen))])
    factor_row = sheet.line(
        [
            None,
            say("Factor"),
            *(
                Formula(f"=(1+{cells.rate})^-({frame.years[n]}-{cells.base_year})", float(factor))
                for n, factor in zip(chosen, factors, strict=True)
            ),
        ]
    )
    sheet.columns(list(table.columns.values()))
    table.first = sheet.row
    table.knows(needs=needs, running=running)
    money, worth = flows(plan), net_present_value(plan)
    each = len(frame.years)
    factor_range = f"{table.letters[first]}${factor_row + 1}:{table.letters[last]}${factor_row + 1}"
    table.write(
        {
            "number": frame.numbers,
            "name": plan.tags["name"].tolist(),
            **{
                f"flow_{n}": [
                    table.formula(
                        f"-{needs.at('need', measure * each + n)}"
                        f"-{needs.at('one_off', measure * each + n)}"
                        f"-SUMIFS([running.cost_{n}*],[running.number*],[number])",
                        measure,
                        int(money[row, measure]),
                    )
                    for measure in range(plan.size[1])
                ]
                for row, n in enumerate(chosen)
            },
            "worth": table.formulas(
                f"SUMPRODUCT([{first}]:[{last}],{factor_range})", worth.tolist()
            )
            if plan.size[1]
            else [],
        }
    )
    letter = table.letters["worth"]
    row = sheet.line(
        [
            None,
            say("Sum"),
            *[None] * len(chosen),
            Formula(
                f"=SUM({letter}{table.first + 1}:{letter}{table.first + table.rows})",
                float(worth.sum()),
            ),
        ],
        "sum",
    )
    return sheet.reference(row, len(table.columns) - 1)
