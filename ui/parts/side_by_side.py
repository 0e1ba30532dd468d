"""Scenarios side by side: their figures in a table, who pays in each, and the steps between two."""

import numpy as np

from model.compared import Comparison
from model.difference import Difference
from model.readings import STATUSES
from model.report import compared as said
from model.report import words
from model.results import Result
from ui import format as write
from ui.charts.stack import Stack
from ui.i18n import _, language
from ui.parts.table import Table


def table(comparison: Comparison) -> Table:
    """Every figure of each scenario, and how it differs from that of the first."""
    rows = said.rows(comparison, language())
    missing = said.label(comparison.line("gap"), comparison, language())
    return Table(
        said.caption(comparison, language()),
        said.columns(comparison, language()),
        rows,
        kinds={place: "sum" for place, row in enumerate(rows) if row[0] == missing},
    )


def who_pays(comparison: Comparison) -> Stack:
    """The group's need in each scenario, by what covers it and what is missing."""
    lines = {line.key: [each.mid for each in line.amounts] for line in comparison.lines}
    return Stack(
        keys=tuple(str(place) for place in range(len(comparison.results))),
        labels=tuple(words.scenario(each.scenario, language()) for each in comparison.results),
        cover={
            status: np.array(lines[status], dtype=np.int64)
            for status in STATUSES
            if status in lines
        },
        gap=np.array([each.group.gap for each in comparison.standings], dtype=np.int64),
        lower_bound=np.array([each.group.from_below for each in comparison.standings]),
        unknown=np.array(
            [bool(each.group.unknown and not each.group.need) for each in comparison.standings]
        ),
    )


def steps(found: Difference, of: str, result: Result) -> Table:
    """The steps from one scenario to another, in their order, with what they come to."""
    kronor = of == "gap"

    def cell(amount) -> str:
        return write.mnkr(amount) if kronor else write.tonnes(amount)

    def change(amount) -> str:
        return cell(amount) if amount is None or amount <= 0 else f"+{cell(amount)}"

    names = [words.scenario(each, language()) for each in (found.before, found.after)]
    rows = [[names[0], "", cell(found.start), ""]]
    rows += [
        [
            f"{number}. {said.step_says(step, result, language())}",
            change(step.change),
            cell(step.after),
            change(step.alone),
        ]
        for number, step in enumerate(found.steps, 1)
    ]
    total = [names[1], change(found.change), cell(found.end), ""]
    unit = _("MSEK") if kronor else "t"
    columns = ["", _("Change"), _("Afterwards"), _("By itself")]
    shown = slice(None) if kronor else slice(3)
    return Table(
        _("Step by step, {unit}", unit=unit),
        columns[shown],
        [row[shown] for row in rows],
        total=total[shown],
    )


def signed(ore: int) -> str:
    """``+55,0`` in millions; a dash for no difference."""
    return f"+{write.mnkr(ore)}" if ore > 0 else write.mnkr(ore)
