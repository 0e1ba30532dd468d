"""Emissions in words: what is looked at, what a target lacks, and why a line stands apart."""

import math

import numpy as np

from model.emission_paths import Apart
from model.emission_result import Budget, Emissions, TargetPath
from model.forms.emissions import BOUNDARIES, GASES
from model.inventory import Inventory
from model.report.emissions import shown_until
from ui import format as write
from ui.charts.emissions import Line, Point, Wedge
from ui.i18n import _, n_, name, note
from ui.parts import sourced
from ui.parts import targets as words
from ui.parts.headline import Figure
from ui.parts.listing import Term
from ui.parts.table import Mark

# Years of the past in the chart, which is about what comes; the table of sectors has them all.
HISTORY = 10
# Measures that are named in a sentence; how many more there are is said.
FIRST = 4


def tonnes(amount: float | None) -> str:
    """``1 234 t``; *okänt* for what is not known."""
    return write.tonnes(None if amount is None or math.isnan(amount) else float(amount))


def inventory(found: Inventory) -> str:
    """``Växthusgaser (CO2e), kommunen som geografiskt område``"""
    return f"{_(GASES[found.gas])}, {_(BOUNDARIES[found.boundary]).lower()}"


def unit(found: Inventory) -> str:
    """The unit of its tonnes."""
    return _("t CO2e a year") if found.gas == "co2e" else _("t fossil CO2 a year")


def source(found: Inventory) -> str:
    """Where the figures stand; the plan's own words where it has its own."""
    if isinstance(found.source, str):
        return found.source or _("the plan itself, source not stated")
    return sourced.source(found.source)


def sentence(found: Emissions, target: TargetPath | None) -> str:
    """The answer."""
    path = found.path
    if path is None:
        return _("The plan has no emissions to count from yet")
    if target is None:
        year = year_of(found, target)
        fields = {"year": year, "tonnes": tonnes(path.planned()[path.at(year)])}
        return _("{tonnes} are left to emit in {year}, and no target can be compared", **fields)
    fields = {"year": target.aim.year, "tonnes": tonnes(target.at_target)}
    if target.at_target:
        return _("{tonnes} are missing to the target for {year}", **fields)
    return _("The measures reach the target for {year}", **fields)


def title(found: Emissions, target: TargetPath | None) -> str:
    """What the measures do to the path, for the chart of it."""
    path = found.path
    year = year_of(found, target)
    row = path.at(year)
    if not path.wedges.total()[row]:
        return _("No measure that counts lowers these emissions in {year}", year=year)
    return _(
        "The measures take emissions from {usual} to {planned} in {year}",
        usual=tonnes(path.usual.total[row]),
        planned=tonnes(path.planned()[row]),
        year=year,
    )


def year_of(found: Emissions, target: TargetPath | None) -> int:
    """The year that all of it is said of: the target's, else the last that is shown."""
    return target.aim.year if target else shown_until(found)


def figures(found: Emissions, target: TargetPath | None) -> list[Figure]:
    """What is emitted, would be, is lowered, and what is missing as measures."""
    path = found.path
    latest = path.inventory.latest
    year = year_of(found, target)
    row = path.at(year)
    low, mid, high = (float(path.wedges.total(level)[row]) for level in ("low", "mid", "high"))
    shown = [
        Figure(
            tonnes(path.inventory.total(latest)),
            _("Emissions in {year}", year=latest),
            unit(path.inventory),
        ),
        Figure(
            tonnes(path.usual.total[row]), _("Without the plan in {year}", year=year), how(found)
        ),
        Figure(
            write.tonnes(mid, lower_bound=path.wedges.from_below and bool(mid)),
            _("Reduction by the measures in {year}", year=year),
            "" if low == high else f"{write.tonnes(low)}–{write.tonnes(high)}",
        ),
    ]
    if target and target.at_target and target.measures.count:
        shown.append(
            Figure(
                n_("{count} more", "{count} more", target.measures.count),
                _("Measures of the average size that are missing"),
                _("{tonnes} each in {year}", tonnes=tonnes(target.measures.average), year=year),
            )
        )
    elif target:
        shown.append(
            Figure(
                tonnes(target.distance.level),
                _("What the target for {year} allows", year=target.aim.year),
                _("once sinks are counted off") if target.distance.net else "",
            )
        )
    return shown


def how(found: Emissions) -> str:
    """How emissions go on without the plan, in a few words."""
    methods = {path.method for path in found.path.usual.sectors}
    if len(methods) > 1:
        return _("as chosen sector by sector")
    return method(methods.pop())


def method(key: str) -> str:
    """A method of business as usual."""
    return {
        "trend": _("by trend"),
        "level": _("as in the latest year"),
        "driver": _("by a driver"),
        "given": _("by a given path"),
    }[key]


def in_measures(found: Emissions, target: TargetPath) -> list[str]:
    """What is missing, as measures that are not counted."""
    if not target.at_target:
        return []
    said = target.measures
    names = found.plan.tags["name"]
    if not found.choice.stage and not any(found.path.wedges.total("high")):
        return [_("What is missing needs measures that lower these emissions.")]
    if not said.largest:
        text = (
            _(
                "No measure that is not counted lowers these emissions in {year}.",
                year=target.aim.year,
            )
            if found.choice.stage
            else _("All measures of the plan are counted: what is missing needs new ones.")
        )
        return [text]
    count = len(said.largest)
    listed = ", ".join(str(names[i]) for i in said.largest[:FIRST])
    if count > FIRST:
        listed = _("{names} and {more} more", names=listed, more=count - FIRST)
    if said.short:
        return [
            n_(
                "The measure that is not counted, {names}, does not reach: {short} would still be "
                "missing.",
                "The {count} measures that are not counted, {names}, do not reach together: "
                "{short} would still be missing.",
                count,
                names=listed,
                short=tonnes(said.short),
            )
        ]
    return [
        n_(
            "The largest measure that is not counted would do: {names}.",
            "The {count} largest measures that are not counted would do together: {names}.",
            count,
            names=listed,
        )
    ]


def target_term(found: TargetPath) -> Term:
    """A target with what is missing, or why that cannot be said."""
    aim = found.aim
    about = ", ".join((words.decision(aim.decision), words.boundary(aim.boundary)))
    cited, mark = aim.source, ""
    if not isinstance(cited, str):
        cited, mark = sourced.source(aim.source), sourced.mark(aim.source)
    return Term(name(aim), reach(found), (about, cited, note(aim)), mark)


def reach(found: TargetPath) -> str:
    """What a target allows and what is missing in its year."""
    if found.distance.level is None:
        return words.not_compared(found.distance)
    fields = {
        "level": tonnes(found.distance.level) if found.distance.level else _("nothing"),
        "year": found.aim.year,
    }
    allows = (
        _("It allows {level} in {year} once sinks are counted off: ", **fields)
        if found.distance.net
        else _("It allows {level} in {year}: ", **fields)
    )
    if found.at_target is None:
        return allows + _("what is emitted then is not known.")
    if not found.at_target:
        return allows + _("it is reached.")
    return allows + _("{tonnes} are missing.", tonnes=tonnes(found.at_target))


def lines(found: Emissions) -> tuple[list[Line], Line]:
    """What was emitted, would be, and is left; and the last of them, which wedges lie on."""
    path = found.path
    known = [each for each in path.inventory.years if each >= path.inventory.latest - HISTORY]
    last = path.at(shown_until(found))
    usual, left = path.usual.total, path.planned()
    end = next((i for i in range(last + 1) if math.isnan(usual[i])), last + 1)
    years = tuple(int(year) for year in path.years[:end])
    planned = Line(
        _("With the measures"),
        "measures",
        years,
        tuple(left[:end].tolist()),
        tuple(path.planned("high")[:end].tolist()),
        tuple(path.planned("low")[:end].tolist()),
    )
    return [
        Line(
            _("Emissions"), "baseline", tuple(known), tuple(path.inventory.total(y) for y in known)
        ),
        Line(_("Without the plan"), "usual", years, tuple(usual[:end].tolist())),
        planned,
    ], planned


def wedges(found: Emissions, tag: str, named, until: int) -> list[Wedge]:
    """What the counted measures lower by, by a tag, largest first. ``named`` names a key."""
    by = found.path.wedges.by(found.plan.tags[tag])
    return [Wedge(named(key), tuple(values[:until].tolist())) for key, values in by.items()]


def points(found: Emissions) -> list[Point]:
    """The targets that can be compared."""
    return [Point(name(each.aim), each.aim.year, each.distance.level) for each in found.comparable]


def why_apart(line: Apart) -> str:
    """Why a line of effect is not in the path."""
    return {
        "gas": _("another gas"),
        "boundary": _("about {boundary}", boundary=words.boundary(line.boundary)),
        "unclear": _("unclear whether every year"),
        "once": _("comes once"),
        "in_baseline": _("already in the emissions of the latest year"),
        "joint": _("joint effect, counted in another measure"),
    }[line.reason]


def not_sure(found: Emissions) -> list[str]:
    """What the path had to take for granted."""
    path, said = found.path, []
    begin, end = int(path.wedges.begin_unknown.sum()), int(path.wedges.end_unknown.sum())
    if begin:
        said.append(
            n_(
                "{count} measure says neither when it is in service nor when it is paid for: it is "
                "taken to work from {year}.",
                "{count} measures say neither when they are in service nor when they are paid for: "
                "they are taken to work from {year}.",
                begin,
                year=found.plan.head.last_year,
            )
        )
    if end:
        said.append(
            n_(
                "{count} measure has no lifetime: it is taken to last.",
                "{count} measures have no lifetime: they are taken to last.",
                end,
            )
        )
    if path.inventory.incomplete:
        said.append(
            _(
                "Some sector has no figure for {years}: those years are left out.",
                years=", ".join(map(str, path.inventory.incomplete)),
            )
        )
    shown = path.usual.tonnes[: path.at(shown_until(found)) + 1]
    short = np.isnan(shown).any(axis=0)
    missing = [each for each, lacks in zip(path.usual.sectors, short, strict=True) if lacks]
    if missing:
        said.append(
            _(
                "The series {series} does not reach all the way: without it the path is not known.",
                series=", ".join(sorted({each.series for each in missing})),
            )
        )
    return said


def budget_source(found: Budget) -> str:
    """Where a carbon budget stands."""
    if isinstance(found.stated.source, str):
        return found.stated.source or _("the plan itself, source not stated")
    return sourced.source(found.stated.source)


def budget_method(key: str) -> str:
    """A method of the carbon budget."""
    return {
        "infinite_geometric": _("The same share each year, without end"),
        "finite_geometric": _("The same share each year, with an end"),
        "linear": _("The same tonnes each year"),
        "exponential": _("Continuous, without end"),
    }[key]


def fall(path) -> str:
    """How fast a method's path falls."""
    if path.yearly_reduction is not None:
        return write.percent(path.yearly_reduction, 1)
    return tonnes(path.yearly_tonnes)


def runs_out(found) -> str:
    """When a budget is used up."""
    if found is None or not found.known:
        return Mark(write.unknown())
    if found.year is None:
        return _("not by {year}", year=found.until)
    return str(found.year)
