"""The climate budget in words and tables."""

from collections.abc import Iterable, Iterator

from model.climate_budget import KINDS, ClimateBudget, Counted, Kind, Pace
from model.formatting import ZERO
from model.plan import Plan
from ui import format as write
from ui import frame
from ui.charts import pace as charts
from ui.charts.pace import Years
from ui.i18n import _, n_
from ui.parts.emission_series import department
from ui.parts.table import Link, Table


def years(pace: Pace) -> Years:
    """A department's path, or the whole's, as the chart wants it."""
    needed = None if pace.needed is None else tuple(pace.needed.tolist())
    return Years(pace.years, {kind: tuple(pace.tonnes(kind).tolist()) for kind in KINDS}, needed)


def tonnes(pace: Pace, at: int, *kinds: Kind) -> str:
    """The tonnes of measures of these kinds in a year: *okänt* where none is known, *minst* where
    some are not."""
    known = float(pace.tonnes(*kinds)[at]) if pace.counted(*kinds) else None
    return write.tonnes(known, lower_bound=known is not None and pace.unknown(*kinds))


def by_department(found: ClimateBudget, at: int) -> Table:
    """Every department in a year (index): what is to be reduced, and what measures take away."""

    def cells(pace: Pace) -> list[str]:
        needed = pace.needed
        missing = None if needed is None else max(float(needed[at] - pace.decided[at]), 0.0)
        return [
            write.tonnes(pace.base),
            write.tonnes(None if pace.allowed is None else float(pace.allowed[at])),
            write.tonnes(None if needed is None else float(needed[at])),
            *(tonnes(pace, at, kind) for kind in KINDS),
            write.tonnes(missing),
            str(_silent(pace)),
        ]

    whole, rows = found.whole, [*found.departments, *found.without_budget]
    total = ()
    if whole is not None and len(found.departments) > 1:
        total = (_("Departments with a known path"), *cells(whole))
        total = (*total[:-2], write.tonnes(float(found.missing[at])), total[-1])
    return Table(
        _("Departments in {year}, t CO2e a year", year=found.years[at]),
        (
            _("Department or company"),
            _("In the base year"),
            _("May emit"),
            _("To be reduced"),
            *(_(charts.KINDS[kind].word) for kind in KINDS),
            _("Decided measures lack"),
            _("Measures without tonnes"),
        ),
        [(department(pace.department), *cells(pace)) for pace in rows],
        total=total,
    )


def by_year(pace: Pace) -> Table:
    """The chart's table: a row per year."""
    needed = pace.needed
    return Table(
        _("By year, t CO2e"),
        (_("Year"), _("To be reduced"), *(_(charts.KINDS[kind].word) for kind in KINDS)),
        [
            (
                str(year),
                write.tonnes(None if needed is None else float(needed[at])),
                *(tonnes(pace, at, kind) for kind in KINDS),
            )
            for at, year in enumerate(pace.years)
        ],
    )


def measures(pace: Pace, plan: Plan) -> Table:
    """The measures behind: what they are, their tonnes in the last year, or why none count."""

    def row(each: Counted) -> tuple[str, ...]:
        key, name = (str(plan.tags[tag][each.measure]) for tag in ("id", "name"))
        return (
            Link(name, frame.href("atgarder", measure=key)),
            str(plan.tags["department"][each.measure]),
            _(charts.KINDS[each.kind].word),
            write.unknown() if each.reason else write.tonnes(float(each.tonnes[-1])),
            why(each),
        )

    return Table(
        _("The measures, t CO2e a year in {year}", year=pace.years[-1]),
        (
            _("Measure"),
            _("Department or company"),
            _("Decision and money"),
            _("Tonnes"),
            _("Remark"),
        ),
        [row(each) for each in pace.measures],
        text=frozenset({1, 2, 4}),
    )


def why(each: Counted) -> str:
    """Why a measure's tonnes do not count, or that they come later."""
    if not each.reason:
        return "" if each.tonnes.any() else _("begins after the plan's last year")
    return {
        "no_tonnes": _("states no tonnes"),
        "other_boundary": _("the tonnes are of another boundary, or do not say which"),
        "unclear": _("it is unclear whether the tonnes come every year"),
        "once": _("the tonnes come once, and are no yearly reduction"),
        "joint": _("the effect is joint, and stands at another measure"),
        "already": _("began before the base year, and is in what was emitted then"),
    }[each.reason]


def too_much(found: ClimateBudget, at: int) -> Iterator[str]:
    """Departments that do more than their path in a year (index), which helps no other."""
    for pace in found.departments:
        if pace.needed is None or not found.missing[at]:
            continue
        more = write.tonnes(max(float(pace.decided[at] - pace.needed[at]), 0.0))
        if more != ZERO:
            yield _(
                "{name} does {tonnes} more than its path in {year}: that does not count for "
                "others.",
                name=department(pace.department),
                tonnes=more,
                year=found.years[at],
            )


def left_out(found: ClimateBudget, pace: Pace) -> Iterator[str]:
    """What does not count, in sentences."""
    silent = _silent(pace)
    if silent:
        yield n_(
            "{count} measure states no tonnes: what it takes away is not known.",
            "{count} measures state no tonnes: what they take away is not known.",
            silent,
        )
    other = pace.left_out("other_boundary")
    if other:
        yield n_(
            "{count} measure has tonnes of another boundary, which are not added to these.",
            "{count} measures have tonnes of another boundary, which are not added to these.",
            other,
        )
    unclear = sum(pace.left_out(reason) for reason in ("unclear", "once"))
    if unclear:
        yield n_(
            "{count} measure does not say that its tonnes come every year, and is not counted.",
            "{count} measures do not say that their tonnes come every year, and are not counted.",
            unclear,
        )
    if found.without_budget:
        yield _(
            "Departments with measures and no budget: {names}.",
            names=_names(found.without_budget),
        )
    unknown = [each for each in found.departments if each.base is None]
    if unknown:
        yield _(
            "What they emitted in the base year is not known: {names}. State it in the budget, or "
            "read in their purchases.",
            names=_names(unknown),
        )
    if found.nobodys:
        yield n_(
            "{count} measure names no department.",
            "{count} measures name no department.",
            len(found.nobodys),
        )


def _silent(pace: Pace) -> int:
    return pace.left_out("no_tonnes")


def _names(paces: Iterable[Pace]) -> str:
    return ", ".join(department(pace.department) for pace in paces)
