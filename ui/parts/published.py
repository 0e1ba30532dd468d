"""Published figures in words and tables: as printed, as recomputed, why, and from where."""

from collections.abc import Iterable, Sequence
from decimal import Decimal

from model import expression
from model.palette import VERDICTS
from model.published import Known, Reproduction, Row
from model.published_entries import Publication
from model.reference import reference
from ui import format as write
from ui.i18n import _, language, n_, name
from ui.parts import sourced
from ui.parts.listing import Entry
from ui.parts.table import Mark, Table

Counted = tuple[str, dict[str, int]]
# Of a figure that is no round one and was never printed, so many digits say enough.
DIGITS = 4


def verdict(key: str) -> str:
    """What a verdict is called."""
    return _(VERDICTS[key].word)


def by_publication(found: Reproduction) -> list[Counted]:
    """Every publication with its figures counted by verdict, most figures first."""
    counted: dict[str, dict[str, int]] = {}
    for row in found.rows:
        of = counted.setdefault(name(row.publication), dict.fromkeys(VERDICTS, 0))
        of[row.verdict] += 1
    return sorted(counted.items(), key=lambda each: -sum(each[1].values()))


def counts(found: Reproduction) -> Table:
    """The table that the chart is made of."""
    listed = [*by_publication(found), (_("All"), found.counts)]
    rows = [
        (title, *(write.number(of[key]) for key in VERDICTS), write.number(sum(of.values())))
        for title, of in listed
    ]
    return Table(
        _("Published figures by document, number"),
        (_("Document"), *map(verdict, VERDICTS), _("All")),
        rows[:-1],
        total=rows[-1],
    )


def figures(rows: Sequence[Row], caption: str) -> Table:
    """Figures with all that is known of them."""
    return Table(
        caption,
        (
            *(_("Figure"), _("Published"), _("Recomputed"), _("Difference"), _("Unit")),
            *(_("Outcome"), _("Formula"), _("Why"), _("Source")),
        ),
        [_row(row) for row in rows],
        text=frozenset({4, 5, 6, 7, 8}),
    )


def inputs(rows: Iterable[Row]) -> list[Entry]:
    """What each figure is recomputed from, and where that stands."""
    return [
        Entry(
            name(row.figure),
            [f"{formula(row)} = {_recomputed(row)} {_unit(row)}" if row.recomputed else ""],
            list(map(_input, row.inputs)),
            tag=verdict(row.verdict),
        )
        for row in rows
        if row.figure.formula
    ]


def contradictions(found: Reproduction, publications: Iterable[str]) -> Table:
    """What the documents say that cannot all be right."""
    shown = set(publications)
    return Table(
        _("What a document says in one place and not in another"),
        (_("Document"), _("What it says"), _("Why it does not fit")),
        [
            (
                name(publication),
                "; ".join(_stands(found.of(publication.key, key)) for key in each.figures),
                each.why_en if language() == "en" else each.why,
            )
            for publication, each in found.contradictions
            if publication.key in shown
        ],
        text=frozenset({1, 2}),
    )


def publications(found: Reproduction) -> dict[str, Publication]:
    """The publications that have figures, by key."""
    return {row.publication.key: row.publication for row in found.rows}


def printed(row: Row) -> str:
    """The figure as it was published."""
    figure = row.figure
    if figure.value is None:
        return figure.text_en if language() == "en" else figure.text
    low, high = (None if end is None else _figure(row, end) for end in (figure.low, figure.high))
    if figure.central is not None:
        return _figure(row, figure.central)
    return f"{low}–{high}" if high else _("more than {figure}", figure=low)


def formula(row: Row) -> str:
    """The formula with its numbers, in the active language."""
    if not row.figure.formula:
        return ""
    return _written(row, row.figure.formula)


def why(row: Row) -> str:
    """What differs or stands in the way, and what the inputs say besides."""
    figure = row.figure
    general = {
        "input": _("It is itself what others start from."),
        "unpublished": _("What it was worked out from is not published."),
        "garbled": _("It cannot be read."),
        "unknown_input": _("An input is not known."),
    }.get(row.reason, "")
    own = figure.why_en if language() == "en" else figure.why
    besides = [
        _(
            "{name}: {figure}",
            name=name(each)[:1].upper() + name(each)[1:],
            figure=sourced.amount(_rounded(value), each.unit),
        )
        + "."
        for each, value in row.beside
    ]
    return " ".join(filter(None, [general, own, *besides]))


def _row(row: Row) -> list[str]:
    differs = row.verdict == "differs"
    return [
        name(row.figure),
        printed(row),
        _recomputed(row),
        _difference(row),
        _unit(row),
        Mark(verdict(row.verdict)) if differs else verdict(row.verdict),
        formula(row),
        why(row),
        _source(row),
    ]


def _recomputed(row: Row) -> str:
    """With as many decimals as the comparison takes."""
    return "" if row.recomputed is None else _figure(row, round(row.recomputed, _decimals(row)))


def _difference(row: Row) -> str:
    if row.difference is None:
        return ""
    amount = round(row.difference, _decimals(row))
    sign = "+" if amount > 0 else ""
    if row.figure.unit in sourced.SHARES:
        points = round(amount * 100, 4)
        figure = sign + write.number(points, sourced.decimals(points))
        return n_(
            "{figure} percentage point",
            "{figure} percentage points",
            1 if abs(points) == 1 else 2,
            figure=figure,
        )
    return sign + _figure(row, amount)


def _figure(row: Row, amount: float | Decimal) -> str:
    """Without its unit, which stands beside; shares as percent."""
    return sourced.amount(amount, "share" if row.figure.unit in sourced.SHARES else "number")


def _named(row: Row) -> str:
    bare = row.figure.unit in (*sourced.SHARES, *sourced.BARE)
    return "" if bare else name(reference().units[row.figure.unit])


def _unit(row: Row) -> str:
    return ", ".join(filter(None, [_named(row), sourced.price_year(row.figure.price_year)]))


def _decimals(row: Row) -> int:
    stated = row.figure.value or Decimal(0)
    return max(sourced.decimals(stated), sourced.decimals(row.figure.tolerance))


def _rounded(value: float) -> float:
    """A figure that nobody has printed, to so many digits as say enough."""
    return round(value) if abs(value) >= 10**DIGITS / 10 else float(f"{value:.{DIGITS}g}")


def _input(known: Known) -> str:
    said = f"{name(known)} {sourced.amount(known.value, known.unit)}"
    assumption = reference().assumptions.get(known.ref)
    stands = sourced.source(assumption.latest) if assumption else known.ref
    return f"{said} ({stands})" if stands else said


def _source(row: Row) -> str:
    return ", ".join(filter(None, [sourced.source(row.stated), sourced.mark(row.stated)]))


def _stands(row: Row) -> str:
    place = f" ({row.figure.ref})" if row.figure.ref else ""
    return f"{name(row.figure)} {' '.join(filter(None, [printed(row), _named(row)]))}{place}"


def _written(row: Row, text: str) -> str:
    def number(value: float) -> str:
        return write.number(value, sourced.decimals(value))

    values = {
        known.key: write.unknown() if known.value is None else number(known.value)
        for known in row.inputs
    }
    return expression.write(text, values, _kernels(), number)


def _kernels() -> dict[str, str]:
    """What the project's kernels are called in a formula."""
    return {
        "carbon_budget_reduction": _("yearly reduction of a carbon budget"),
        "carbon_budget_left": _("what is left of a carbon budget"),
        "tonnes_per_million": _("tonnes per million kronor"),
        "pollution_cost": _("cost per kilo in the town"),
        "heat_benefit": _("benefit by HEAT"),
        "job_years": _("gross job-years"),
        "most_job_years": _("most job-years for the money"),
        "present_value": _("net present value"),
        "internal_rate": _("internal rate"),
        "payback": _("payback"),
        "discounted_payback": _("discounted payback"),
        "benefit_cost": _("benefits per cost"),
        "net_benefit_per_krona": _("net present value per krona"),
        "annuity": _("annuity"),
        "cost_per_tonne": _("cost per tonne"),
    }
