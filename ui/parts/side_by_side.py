"""Scenarios side by side in a table: one column each."""

from collections.abc import Sequence

from model.comparison import Standing
from model.report import words
from model.report.answers import GroupFigures
from ui import format as write
from ui.i18n import _, language
from ui.parts import targets
from ui.parts.table import Table


def table(standings: Sequence[Standing], as_is: Standing) -> Table:
    """Need, cover and gap of the group, what stands beside it, and tonnes, of each scenario."""

    def row(label: str, cell) -> list[str]:
        return [label, *(cell(standing) for standing in standings)]

    return Table(
        _("Each scenario as a whole: the municipal group's amounts in MSEK, tonnes of all actors"),
        ("", *(words.scenario(standing.scenario, language()) for standing in standings)),
        [
            row(_("Investment need"), lambda each: _amount(each.group, each.group.need)),
            row(_("Covered"), lambda each: write.mnkr(each.group.covered)),
            row(_("Missing"), lambda each: _amount(each.group, each.group.gap)),
            row(
                _("Missing, against the plan as it is"),
                lambda each: signed(each.group.gap - as_is.group.gap),
            ),
            row(_("One-off operating expenditure"), lambda each: write.mnkr(each.group.one_off)),
            row(
                _("Other actors' need, beside"),
                lambda each: _amount(each.other, each.other.need),
            ),
            row(
                _("Shared need, split unknown, beside"),
                lambda each: _amount(each.shared, each.shared.need),
            ),
            row(_("Lower emissions every year"), lambda each: targets.yearly(each.reduction)),
            row(
                _("Lower emissions, unclear whether every year"),
                lambda each: targets.tonnes(each.reduction.unclear),
            ),
            row(_("Last year"), lambda each: str(each.last_year)),
        ],
    )


def signed(ore: int) -> str:
    """``+55,0`` in millions; a dash for no difference."""
    return f"+{write.mnkr(ore)}" if ore > 0 else write.mnkr(ore)


def _amount(of: GroupFigures, ore: int) -> str:
    if not ore and of.unknown:
        return write.unknown()
    return write.mnkr(ore, lower_bound=of.lower_bounds > 0 and ore > 0)
