"""Tables of the gap: lines of a result (:mod:`model.report.lines`), and the measures behind."""

from collections.abc import Mapping, Sequence

from model.formatting import ZERO, capitalise
from model.palette import COVER, GAP
from model.partly_known import PartlyKnown
from model.report import words
from model.report.lines import Behind, Line, Waiting, cells
from ui import format as write
from ui import frame
from ui.charts import beside, style
from ui.i18n import _
from ui.parts.table import Link, Table


def table(by: str, lines: Sequence[Line], caption: str, whole: PartlyKnown) -> Table:
    """The table behind a chart of the group's lines by one of ``lines.BREAKDOWNS``. ``whole`` says
    what is not known of them together: a measure without an amount stands in no year.
    """
    return {"year": _years, "source": _sources, "actor_group": _steps}.get(by, _keys)(
        by, lines, caption, _together(lines, whole)
    )


def needs(
    by: str,
    groups: Mapping[str, Sequence[Line]],
    caption: str,
    whole: Mapping[str, PartlyKnown],
) -> Table:
    """What other actors need, and what is shared: a group on each line, its keys as columns where
    they are years, else the other way round. ``whole`` as for :func:`table`, by group.
    """
    labels = {line.key: line.label for lines in groups.values() for line in lines}
    keys = sorted(labels, key=int) if by == "year" else list(labels)
    columns = []
    for group, lines in groups.items():
        found = {line.key: line for line in lines}
        cells = [_need(found[key]) if key in found else ZERO for key in keys]
        columns.append(
            [style.word(beside.MEANINGS[group]), *cells, _need(_together(lines, whole[group]))]
        )
    head = ["" if by == "year" else _heading(by), *(labels[key] for key in keys), _("Sum")]
    if by == "year":
        return Table(caption, head, columns)
    first, *rows, total = zip(head, *columns, strict=True)
    return Table(caption, first, rows, total)


def behind(measures: Sequence[Behind], caption: str, part: str = "") -> Table:
    """The measures behind a bar, each with a link to itself and the cells of its amounts.

    ``part`` heads a column with what each has in the picked part of the bar.
    """
    columns = [_("Measure"), *([part] if part else []), _("Need"), _("Covered"), style.word(GAP)]

    def row(each: Behind) -> list[str]:
        known = each.need is not None
        amounts = [
            write.mnkr(each.need, lower_bound=each.lower_bound),
            write.mnkr(each.covered) if known else "",
            write.mnkr(each.gap, lower_bound=each.lower_bound and each.gap > 0) if known else "",
        ]
        return [
            Link(each.name, frame.href("atgarder", measure=each.id)),
            *([write.mnkr(each.part)] if part else []),
            *amounts,
            cells(each.refs) or write.unknown(),
        ]

    known = [each for each in measures if each.need is not None]
    sums = [
        *([sum(each.part for each in known)] if part else []),
        sum(each.need or 0 for each in known),
        sum(each.covered for each in known),
        sum(each.gap for each in known),
    ]
    return Table(
        caption=caption,
        columns=[*columns, _("Where the amounts come from")],
        rows=[row(each) for each in measures],
        total=[_("Sum"), *(write.mnkr(amount) for amount in sums), ""],
        text=frozenset({len(columns)}),
    )


def liquidity(waiting: Waiting, caption: str) -> Table:
    """The end-of-year balance of each year. Never summed: it is the same money year after year."""
    labels = [label for label, _amount in waiting.liquidity]
    amounts = [write.mnkr(amount) for _label, amount in waiting.liquidity]
    return Table(caption, ["", *labels], [[_("Liquidity need"), *amounts]])


def _years(by: str, lines: Sequence[Line], caption: str, together: Line) -> Table:
    """Years as columns, as a budget has them: need, what covers it, and what is missing."""
    columns = [*lines, together]
    rows = [
        [_("Need"), *(_need(line) for line in columns)],
        *(
            [
                style.word(COVER[status]),
                *(write.mnkr(line.cover.get(status, 0)) for line in columns),
            ]
            for status in _statuses(lines)
        ),
    ]
    return Table(
        caption=caption,
        columns=["", *(line.label for line in lines), _("Sum")],
        rows=rows,
        total=[style.word(GAP), *(_gap(line) for line in columns)],
    )


def _keys(by: str, lines: Sequence[Line], caption: str, together: Line) -> Table:
    """One row per key. A measure with several known owners stands under each, so those are not
    counted together.
    """
    statuses = _statuses(lines)
    one_off = any(line.one_off for line in lines)

    def amounts(line: Line) -> list[str]:
        return [
            _need(line),
            *_covers(line, statuses),
            _gap(line),
            *([write.mnkr(line.one_off)] if one_off else []),
        ]

    def counts(line: Line) -> list[str]:
        return [write.number(line.measures), write.number(line.unknown) if line.unknown else ZERO]

    return Table(
        caption=caption,
        columns=[
            _heading(by),
            _("Measures"),
            _("of which unknown"),
            _("Need"),
            *(style.word(COVER[status]) for status in statuses),
            style.word(GAP),
            *([_("One-off operating expenditure")] if one_off else []),
        ],
        rows=[[line.label, *counts(line), *amounts(line)] for line in lines],
        total=[_("Sum"), *(["", ""] if by == "owner" else counts(together)), *amounts(together)],
    )


def _sources(by: str, lines: Sequence[Line], caption: str, together: Line) -> Table:
    """What each source covers, and what none does."""
    statuses = _statuses(lines)

    def row(line: Line, label: str) -> list[str]:
        return [
            label,
            *_covers(line, statuses),
            _need(line),
        ]

    return Table(
        caption=caption,
        columns=[_heading(by), *(style.word(COVER[status]) for status in statuses), _("Sum")],
        rows=[row(line, line.label) for line in lines],
        total=row(together, _("Investment need")),
    )


def _steps(by: str, lines: Sequence[Line], caption: str, together: Line) -> Table:
    """From the need, through what covers it, to the gap."""
    steps = [
        [style.word(COVER[status]), write.mnkr(-together.cover[status])]
        for status in _statuses(lines)
    ]
    return Table(
        caption=caption,
        columns=[_("Step"), _("MSEK")],
        rows=[[_("Investment need"), _need(together)], *steps],
        total=[style.word(GAP), _gap(together)],
    )


def _together(lines: Sequence[Line], whole: PartlyKnown) -> Line:
    """All lines together, with what is not known of the whole."""

    def of(name: str) -> int:
        return sum(getattr(line, name) for line in lines)

    return Line(
        key="",
        label=_("Sum"),
        need=of("need"),
        gap=of("gap"),
        cover={
            status: sum(line.cover.get(status, 0) for line in lines) for status in _statuses(lines)
        },
        one_off=of("one_off"),
        one_off_gap=of("one_off_gap"),
        measures=of("measures"),
        unknown=whole.unknown,
        lower_bounds=whole.lower_bounds,
    )


def _statuses(lines: Sequence[Line]) -> list[str]:
    """The statuses that cover something, in the order of the bar."""
    return [status for status in COVER if any(line.cover.get(status) for line in lines)]


def _covers(line: Line, statuses: Sequence[str]) -> list[str]:
    return [write.mnkr(line.cover.get(status, 0)) for status in statuses]


def _cover(status: str, lines: Sequence[Line]) -> list[str]:
    return [write.mnkr(line.cover.get(status, 0)) for line in lines]


def _not_known(line: Line) -> bool:
    """Nothing is known of what the line needs."""
    return not line.need and not line.one_off and line.unknown > 0


def _need(line: Line) -> str:
    if _not_known(line):
        return write.unknown()
    return write.mnkr(line.need, lower_bound=line.at_least(line.need))


def _gap(line: Line) -> str:
    if _not_known(line):
        return write.unknown()
    return write.mnkr(line.gap, lower_bound=line.at_least(line.gap))


def _heading(by: str) -> str:
    return capitalise(_(words.TAGS[by]))
