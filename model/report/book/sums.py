"""Needs and gaps shared out on owners, and their sums by year, sector, owner and department."""

from collections.abc import Iterator

import numpy as np

from model.formatting import capitalise
from model.owners import MILLION, Parts, parts
from model.readings import grants_received
from model.report import words
from model.report.answers import GROUP
from model.report.book.inputs import CODED, Frame, begin, flat
from model.report.book.layout import Table
from model.report.sheet import Column, Formula, Sheet, total
from model.years import LATER, is_calendar_year

_BY = ("year", "sector", "owner", "department", "actor_group")
_TITLES = {
    "year": "By year",
    "sector": "By sector",
    "owner": "By owner",
    "department": "By department",
    "actor_group": "By actor group",
}
# What lies between two shares of an amount, in whole öre, rounded down: model.owners.Parts.of.
_MILLIONS = "INT(ROUND({x}*100000,0)/1000000)"
_REST = f"(ROUND({{x}}*100000,0)-1000000*{_MILLIONS})"
PART = (
    f"({_MILLIONS}*([until]-[since])"
    f"+INT({_REST}*[until]/1000000)-INT({_REST}*[since]/1000000))/100000"
)


class Sums:
    """What is summed: each amount's label, the column it is taken from, and its values by reading.

    The amounts are (years, measures) of the model's outcomes.
    """

    def __init__(self, frame: Frame, readings: tuple[str, ...]):
        say, result = frame.say, frame.view.result
        first = result.outcome(readings[0])
        self.labels = {
            "need": say("Investment need"),
            **{f"gap_{r}": say("Gap, {reading}", reading=_reading(frame, r)) for r in readings},
            "one_off": say("One-off operating expenditure"),
            **{
                f"one_off_gap_{r}": say(
                    "One-off operating without cover, {reading}", reading=_reading(frame, r)
                )
                for r in readings
            },
        }
        self.taken = {
            "need": "[needs.need]",
            **{f"gap_{r}": f"[{r}.gap]" for r in readings},
            "one_off": "[needs.one_off]",
            **{f"one_off_gap_{r}": f"[{r}.one_off_gap]" for r in readings},
        }
        self.values = {
            "need": first.need,
            **{f"gap_{r}": result.outcome(r).gap for r in readings},
            "one_off": first.one_off,
            **{f"one_off_gap_{r}": result.outcome(r).one_off_gap for r in readings},
        }
        self.comes = {r: grants_received(frame.plan, result.outcome(r), r) for r in readings}


def parts_sheet(
    sheet: Sheet, frame: Frame, sums: Sums, register: Table, needs: Table, matches: dict[str, Table]
) -> Table:
    """A row for each owner's part of each measure and year, with what sums go by."""
    say, shared_out = frame.say, parts(frame.plan)
    begin(
        sheet,
        frame,
        "Need and gap shared out on owners",
        "A measure with one owner is one part. One with several is shared out in whole öre from "
        "millionths to millionths, so that the parts add up to the whole.",
    )
    each = len(frame.years)
    table = Table(
        sheet,
        {
            **frame.keys(),
            **{
                f"{tag}_code": Column(
                    say("{tag}, number", tag=capitalise(say(words.TAGS[tag]))), 9, "input_count"
                )
                for tag in CODED
            },
            "since": Column(say("From millionths"), 10, "input_count"),
            "until": Column(say("To millionths"), 10, "input_count"),
            "part": Column(say("Part, number"), 8, "count"),
            "stage": Column(say("In service in"), 9, "count"),
            **{key: Column(label, 13) for key, label in sums.labels.items()},
            **{
                f"comes_{reading}": Column(
                    say("Grants as they come, {reading}", reading=_reading(frame, reading)), 13
                )
                for reading in matches
            },
        },
        len(shared_out.measure) * each,
    ).head()
    if not len(shared_out.measure):
        table.write({})
        return table
    tables = {"needs": needs, **matches}
    rows = [
        (part, int(measure) * each + year, year)
        for part, measure in enumerate(shared_out.measure)
        for year in range(each)
    ]
    table.write(
        {
            "number": [frame.numbers[shared_out.measure[part]] for part, _, _ in rows],
            "name": [str(frame.plan.tags["name"][shared_out.measure[part]]) for part, _, _ in rows],
            "year": [frame.years[year] for _, _, year in rows],
            **{
                f"{tag}_code": [
                    _code(frame, register, shared_out, tag, part) for part, _, _ in rows
                ]
                for tag in CODED
            },
            "since": [int(shared_out.since[part]) for part, _, _ in rows],
            "until": [int(shared_out.until[part]) for part, _, _ in rows],
            "part": [part + 1 for part, _, _ in rows],
            "stage": list(_stages(frame, table, register, shared_out, rows)),
            **{
                key: list(_part(table, tables, sums.taken[key], rows, shared_out, amounts))
                for key, amounts in sums.values.items()
            },
            **{
                f"comes_{reading}": list(
                    _part(table, tables, f"[{reading}.comes]", rows, shared_out, amounts)
                )
                for reading, amounts in sums.comes.items()
            },
        }
    )
    return table


def sums_sheet(sheet: Sheet, frame: Frame, sums: Sums, parts_table: Table) -> dict[str, dict]:
    """Sums of the parts by year, sector, owner, department and actor group, all and the group's.

    Returns in which cell each breakdown sums each amount, by breakdown and amount; the group's
    amounts have the key ``group_`` before them.
    """
    say = frame.say
    begin(
        sheet,
        frame,
        "Need and gap by year, sector, owner and department",
        "All actors together first, then the municipal group's part: only the group has a "
        "financing gap.",
    )
    columns = {
        "label": Column("", 40, "text"),
        "code": Column(say("Number"), 12, "count"),
        **{key: Column(say("{label}, all", label=label), 13) for key, label in sums.labels.items()},
        **{
            f"group_{key}": Column(say("{label}, the group", label=label), 13)
            for key, label in sums.labels.items()
        },
    }
    table = Table(sheet, columns, 1).head().knows(parts=parts_table)
    shared_out = parts(frame.plan)
    split = {key: shared_out.of(amounts) for key, amounts in sums.values.items()}
    ours = shared_out.actor_group == GROUP
    group = frame.codes["actor_group"][GROUP]
    where: dict[str, dict] = {}
    for by in _BY:
        sheet.section(say(_TITLES[by]))
        first = sheet.row
        for label, code, chosen_years, chosen_parts in _keys(frame, shared_out, by):
            here = sheet.row - table.first
            field = "year" if by == "year" else f"{by}_code"
            texts = {key: f"SUMIFS([parts.{key}*],[parts.{field}*],[code]" for key in sums.labels}
            values = {
                key: amounts[chosen_years][..., chosen_parts] for key, amounts in split.items()
            }
            sheet.line(
                [
                    label,
                    code,
                    *(
                        table.formula(f"{texts[key]})", here, int(values[key].sum()))
                        for key in sums.labels
                    ),
                    *(
                        table.formula(
                            f"{texts[key]},[parts.actor_group_code*],{group})",
                            here,
                            int(values[key][..., ours[chosen_parts]].sum()),
                        )
                        for key in sums.labels
                    ),
                ]
            )
        where[by] = _sum_line(sheet, say("Sum"), table, first, split, ours)
        sheet.space()
    return where


def _sum_line(sheet, label, table, first, split, ours) -> dict[str, str]:
    sums = [int(amounts.sum()) for amounts in split.values()]
    sums += [int(amounts[..., ours].sum()) for amounts in split.values()]
    last = max(sheet.row - 1, first)
    row = sheet.line(
        [
            label,
            None,
            *(total(value, first, column, last, column) for column, value in enumerate(sums, 2)),
        ],
        "sum",
    )
    keys = list(table.columns)[2:]
    return {key: sheet.reference(row, column) for column, key in enumerate(keys, 2)}


def _keys(frame: Frame, shared_out: Parts, by: str) -> Iterator[tuple]:
    """(label, number, mask of years, indices of parts) of every line of a breakdown."""
    every_year = np.ones(len(frame.years), dtype=bool)
    every = np.arange(len(shared_out.measure))
    if by == "year":
        for n, year in enumerate(frame.years):
            yield str(year), year, every_year & (np.arange(len(every_year)) == n), every
        return
    of = (
        getattr(shared_out, by)
        if by in ("owner", "actor_group")
        else frame.plan.tags[by][shared_out.measure]
    )
    for key, code in frame.codes[by].items():
        label = frame.view.tag(by, key)
        yield label, code, every_year, np.flatnonzero(of == key)


def _code(frame: Frame, register: Table, shared_out: Parts, tag: str, part: int):
    """The number of a part's tag: its measure's, or where it has its own that one."""
    place = int(shared_out.measure[part])
    whole = shared_out.until[part] - shared_out.since[part] == MILLION
    own = getattr(shared_out, tag, None)
    if own is not None and not whole:
        return frame.codes[tag][own[part]]
    key = frame.plan.tags[tag][place] if own is None else own[part]
    return Formula(f"={register.at(f'{tag}_code', place)}", frame.codes[tag][key])


def stage_of(year: int, service: int, last: int) -> int:
    """The year from which what is paid in a year is in service, 0 where that is not known.

    ``service`` is the measure's, 0 where not said; ``last`` is the plan's last year.
    """
    if not service or (year == LATER and service <= last):
        return 0
    return service if year == LATER else max(year, service)


def _stages(frame: Frame, table, register: Table, shared_out: Parts, rows) -> Iterator[Formula]:
    """From when what a part pays in a year is in service (``model.operating_parts.capital``)."""
    last = frame.plan.head.last_year
    for here, (part, _row, place) in enumerate(rows):
        measure = int(shared_out.measure[part])
        service = register.at("service", measure)
        year = int(frame.plan.years[place])
        text = f"N({service})"
        if year == LATER:
            text = f"IF({service}>{last},{service},0)"
        elif is_calendar_year(year):
            text = f"IF({service}>0,MAX([year],{service}),0)"
        value = stage_of(year, int(frame.plan.in_service[measure]), last)
        yield table.formula(text, here, value)


def _part(table, tables, taken: str, rows, shared_out: Parts, amounts) -> Iterator[Formula]:
    """A column of parts of the amounts, as formulas."""
    values = flat(shared_out.of(amounts))
    name, key = taken.strip("[]").split(".")
    of = tables[name]
    for here, ((part, row, _year), value) in enumerate(zip(rows, values, strict=True)):
        source = of.at(key, row)
        if shared_out.until[part] - shared_out.since[part] == MILLION:
            yield Formula(f"={source}", value)
        else:
            yield table.formula(PART.format(x=source), here, value)


def _reading(frame: Frame, reading: str) -> str:
    return frame.say(words.READINGS[reading]).lower()
