"""The tables of emissions: year by year, sector by sector, what stands apart, carbon budgets."""

import math
from collections.abc import Mapping

from model.carbon_budget import RunOut
from model.emission_result import Budget, Emissions, TargetPath
from model.inventory import Inventory
from model.reference import reference
from model.report.emissions import shown_until
from ui import format as write
from ui import frame
from ui.charts.emissions import Wedge
from ui.i18n import _, name
from ui.parts import emissions as words
from ui.parts.table import Link, Table


def by_year(found: Emissions, target: TargetPath | None, wedges: list[Wedge]) -> Table:
    """What the chart is made of, and what is missing to the target every year."""
    path = found.path
    last = path.at(shown_until(found)) + 1
    rows = [(_("Without the plan"), *map(_number, path.usual.total[:last]))]
    for each in wedges:
        rows.append((f"− {each.name}", *map(_number, each.tonnes[:last])))
    parts = [
        (_("Range of the measures"), *_ranges(path, last)),
    ]
    if path.stored[:last].any():
        parts.append((_("Stored by sinks, beside"), *map(_number, path.stored[:last])))
    if target is not None and target.left is not None:
        parts.append(
            (
                _("Above what the target for {year} allows", year=target.aim.year),
                *map(_number, target.left[:last]),
            )
        )
    return Table(
        _("The path year by year, {unit}", unit=words.unit(path.inventory)),
        ("", *(str(int(year)) for year in path.years[:last])),
        [*rows, (_("With the measures"), *map(_number, path.planned()[:last]))],
        parts=parts,
        kinds={len(rows): "sum"},
    )


def by_sector(inventory: Inventory) -> Table:
    """What was emitted, sector by sector."""
    years = inventory.years
    first, latest = years[0], years[-1]
    rows = [
        (
            sector(key),
            *(_number(inventory.row(year)[place]) for year in years),
            _change(inventory.row(first)[place], inventory.row(latest)[place]),
        )
        for place, key in enumerate(inventory.sectors)
    ]
    return Table(
        _("Emissions by sector, {unit}", unit=words.unit(inventory)),
        (_("Sector"), *map(str, years), _("Since {year}", year=first)),
        rows,
        total=(
            _("All sectors"),
            *(_number(inventory.total(year)) for year in years),
            _change(inventory.total(first), inventory.total(latest)),
        ),
    )


def sector(key: str) -> str:
    """A sector of the national database; all together where there is none."""
    known = reference().ned_sectors
    return name(known[key]) if key in known else key or _("All sectors")


def without_the_plan(found: Emissions, target: TargetPath | None) -> Table:
    """How each sector goes on without the plan."""
    path = found.path
    year = target.aim.year if target else shown_until(found)
    row = path.at(year)
    rows = []
    for place, each in enumerate(path.usual.sectors):
        change = "" if each.change is None else write.percent(each.change, 1)
        detail = {
            "trend": _(
                "fitted to {first}–{last}",
                first=max(each.first_year, path.inventory.stated[0]),
                last=each.last_year,
            )
            if not each.why
            else "",
            "driver": _(
                "{series}, elasticity {elasticity}",
                series=each.series,
                elasticity=write.number(each.elasticity, 2),
            ),
            "given": each.series,
        }.get(each.method, "")
        why = {
            "too_few_years": _("too few years: stays as it is"),
            "zero": _("nothing is emitted: stays so"),
            "series_missing": _("the series does not reach all the way"),
            "too_steep": _("grows beyond what can be counted: not known"),
        }.get(each.why, "")
        rows.append(
            (
                sector(each.sector),
                words.method(each.method),
                ", ".join(filter(None, [detail, why])),
                change,
                _number(path.inventory.row(path.inventory.latest)[place]),
                _number(path.usual.tonnes[row, place]),
            )
        )
    return Table(
        _("How emissions go on without the plan, {unit}", unit=words.unit(path.inventory)),
        (
            *(_("Sector"), _("Method"), _("Rests on"), _("A year")),
            *(str(path.inventory.latest), str(year)),
        ),
        rows,
        total=(
            *(_("All sectors"), "", "", ""),
            _number(path.inventory.total(path.inventory.latest)),
            _number(path.usual.total[row]),
        ),
        text=frozenset({1, 2}),
    )


def apart(found: Emissions) -> Table:
    """Effects that are not in the path, each with why."""
    plan, known = found.plan, reference().indicators
    ids, names = plan.tags["id"], plan.tags["name"]
    rows = [
        (
            Link(str(names[line.measure]), frame.href("atgarder", measure=str(ids[line.measure]))),
            name(known[line.indicator]),
            words.why_apart(line),
            write.tonnes(line.low),
            write.tonnes(line.mid),
            write.tonnes(line.high),
        )
        for line in found.path.wedges.apart
    ]
    return Table(
        _("Effects that are not in the path, and are never added to it"),
        (_("Measure"), _("Effect"), _("Why"), _("Low"), _("Central"), _("High")),
        rows,
        text=frozenset({1, 2}),
    )


def methods(found: Budget) -> Table:
    """A carbon budget by every method, side by side."""
    paths = found.paths
    years = next(iter(paths.values())).years
    shown = [year for year in years if year <= years[0] + 10 or year % 5 == 0]
    rows = [
        (
            words.budget_method(key),
            words.fall(path),
            str(path.ends) if path.ends else _("without end"),
            *(_number(path.emissions[year - years[0]]) for year in shown),
        )
        for key, path in paths.items()
    ]
    return Table(
        _("What the budget allows by each method, {unit}", unit=budget_unit(found)),
        (_("Method"), _("Less a year"), _("Ends"), *map(str, shown)),
        rows,
    )


def budget_unit(found: Budget) -> str:
    """The unit of a budget's years."""
    return _("t CO2e a year") if found.stated.gas == "co2e" else _("t fossil CO2 a year")


def run_outs(found: Budget, scenarios: Mapping[str, RunOut | None]) -> Table:
    """When the budget is used up, without the plan, with it, and in each scenario by its name."""
    rows = [(_("Without the plan"), words.runs_out(found.usual))]
    rows += [(title, words.runs_out(each)) for title, each in scenarios.items()]
    return Table(
        _("When the budget runs out, with the measures that are counted"),
        (_("Path"), _("The budget is used up in")),
        rows,
        text=frozenset({1}),
    )


def _ranges(path, last: int) -> list[str]:
    low, high = path.wedges.total("low")[:last], path.wedges.total("high")[:last]
    return [
        "" if least == most else f"{_number(least)}–{_number(most)}"
        for least, most in zip(low, high, strict=True)
    ]


def _number(value: float) -> str:
    return write.number(None if math.isnan(value) else float(value))


def _change(before: float, now: float) -> str:
    return write.percent(float(now / before - 1)) if before else "–"
