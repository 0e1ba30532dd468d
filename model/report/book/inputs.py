"""The sheets that the calculation starts from: measures, needs, grants, appropriations, operation.

What may be changed has a coloured ground. The tables of needs and appropriations have a row for
each measure and year, in the order of the plan, and so have those that match them.
"""

from dataclasses import dataclass, field

import numpy as np

from model.formatting import capitalise
from model.plan import Plan
from model.readings import effective_payments
from model.reference import reference
from model.report import words
from model.report.book.layout import Table
from model.report.sheet import Cell, Column, Sheet
from model.report.view import View
from model.years import is_calendar_year

CODED = ("sector", "owner", "department", "actor_group")
STATUSES = ("granted", "applied", "idea")
_STATUS_WORDS = {"granted": "Grant, granted", "applied": "Grant, applied for", "idea": "Idea"}
_TAGS = ("sector", "owner", "department", "actor_group", "readiness", "financing_form")
_ITEMS = {
    "operation": "operation",
    "maintenance": "maintenance",
    "energy": "energy",
    "rent": "rent",
    "lease": "lease",
    "income": "income",
    "other": "other",
}
# A share of an amount in whole öre, half up, with the share in millionths: exact.
SHARE = "ROUND(ROUND({amount}*100000,0)*ROUND({share}*1000000,0)/1000000,0)/100000"


@dataclass(frozen=True, eq=False)
class Frame:
    """What the sheets share: the plan's years as keys and the numbers of its measures and tags.

    ``numbers`` are those of the sheet of measures; ``codes`` give every tag of ``CODED`` a number
    by its value, so that no sum depends on what somebody has named a department.
    """

    view: View
    years: list[int | str]
    numbers: list[int]
    codes: dict[str, dict[str, int]] = field(default_factory=dict)

    @classmethod
    def of(cls, view: View) -> "Frame":
        """The frame of the plan under its scenario."""
        plan = view.plan
        number = {key: number for number, key in enumerate(view.result.base.tags["id"], 1)}
        return cls(
            view,
            [int(y) if is_calendar_year(int(y)) else view.year(int(y)) for y in plan.years],
            [number[key] for key in plan.tags["id"]],
            {tag: _codes(plan, tag) for tag in CODED},
        )

    @property
    def plan(self) -> Plan:
        """The plan as the scenario would have it."""
        return self.view.plan

    def say(self, text: str, **fields: object) -> str:
        """An English msgid in the workbook's language."""
        return self.view.say(text, **fields)

    def rows(self) -> dict[str, list[Cell]]:
        """The first columns of a table with a row for each measure and year."""
        each = len(self.years)
        return {
            "number": [number for number in self.numbers for _ in range(each)],
            "name": [str(name) for name in self.plan.tags["name"] for _ in range(each)],
            "year": self.years * self.plan.size[1],
        }

    def keys(self) -> dict[str, Column]:
        """The heads of :meth:`rows`."""
        return {
            "number": Column(self.say("No."), 6, "count"),
            "name": Column(self.say("Measure"), 34, "text"),
            "year": Column(self.say("Year"), 12, "count"),
        }

    @property
    def size(self) -> int:
        """How many rows such a table has."""
        return self.plan.need.mid.size


def flat(amounts: np.ndarray) -> list[int]:
    """(years, measures) as one list: the years of the first measure, then of the second."""
    return amounts.T.ravel().tolist()


def begin(sheet: Sheet, frame: Frame, title: str, *notes: str) -> None:
    """What a calculating sheet begins with: what it holds, unit, and how to read it."""
    view = frame.view
    sheet.title(
        view.marked(frame.say(title)),
        " · ".join([capitalise(frame.say("thousand SEK")), view.prices, view.scenario]),
    )
    for note in notes:
        sheet.note(frame.say(note))
    sheet.space()


def register_sheet(sheet: Sheet, frame: Frame) -> Table:
    """Every measure with its tags, as words and as the numbers that sums go by."""
    say, plan = frame.say, frame.plan
    begin(
        sheet,
        frame,
        "The measures with what sums go by",
        "The numbers of sector, owner, department and actor group are those of the sheet of sums.",
    )
    table = Table(
        sheet,
        {
            "number": Column(say("No."), 6, "count"),
            "id": Column(say("Id"), 16, "text"),
            "name": Column(say("Measure"), 40, "text"),
            **{tag: Column(capitalise(say(words.TAGS[tag])), 20, "text") for tag in _TAGS},
            "service": Column(say("Year taken in use"), 10, "input_count"),
            "month": Column(say("Month taken in use"), 10, "input_count"),
            "lifetime": Column(say("Lifetime, years"), 10, "input_count"),
            **{
                f"{tag}_code": Column(
                    say("{tag}, number", tag=capitalise(say(words.TAGS[tag]))), 9, "input_count"
                )
                for tag in CODED
            },
            "amount": Column(say("Amount"), 14, "text"),
        },
        plan.size[1],
    ).head(3)
    known = np.where(plan.lower_bound, say("at least"), say("known"))
    table.write(
        {
            "number": frame.numbers,
            "id": plan.tags["id"].tolist(),
            "name": plan.tags["name"].tolist(),
            **{tag: [frame.view.tag(tag, key) for key in plan.tags[tag]] for tag in _TAGS},
            "service": [int(year) or None for year in plan.in_service],
            "month": [int(month) or None for month in plan.assets.service_month],
            "lifetime": [int(years) or None for years in plan.assets.lifetime],
            **{f"{tag}_code": [frame.codes[tag][key] for key in plan.tags[tag]] for tag in CODED},
            "amount": np.where(plan.known, known, say("unknown")).tolist(),
        }
    )
    return table


def needs_sheet(sheet: Sheet, frame: Frame, level: str) -> Table:
    """Need per measure and year. ``level`` is the cell that says whether low, mid or high counts.

    What is not known is left empty.
    """
    say, plan = frame.say, frame.plan
    begin(
        sheet,
        frame,
        "Investment need and one-off operating expenditure",
        "An empty amount is unknown. Which of low, mid and high counts is said among the "
        "assumptions.",
    )
    table = Table(
        sheet,
        {
            **frame.keys(),
            "low": Column(say("Investment, low"), 13, "input"),
            "mid": Column(say("Investment, mid"), 13, "input"),
            "high": Column(say("Investment, high"), 13, "input"),
            "paid_input": Column(say("of which already paid"), 13, "input"),
            "one_low": Column(say("One-off operating, low"), 13, "input"),
            "one_mid": Column(say("One-off operating, mid"), 13, "input"),
            "one_high": Column(say("One-off operating, high"), 13, "input"),
            "one_paid_input": Column(say("of which already paid"), 13, "input"),
            "need": Column(say("Investment need that counts"), 14),
            "paid": Column(say("Already paid"), 13),
            "one_off": Column(say("One-off operating that counts"), 14),
            "one_off_paid": Column(say("Already paid, one-off"), 13),
        },
        frame.size,
    ).head()
    known = np.broadcast_to(plan.known, plan.size)

    def inputs(amounts: np.ndarray) -> list[Cell]:
        pairs = zip(flat(amounts), flat(known), strict=True)
        return [amount if amount or is_known else None for amount, is_known in pairs]

    need, one_off = plan.need.mid, plan.one_off.mid
    table.write(
        {
            **frame.rows(),
            **{name: inputs(getattr(plan.need, name)) for name in ("low", "mid", "high")},
            "paid_input": flat(plan.paid),
            **{f"one_{n}": inputs(getattr(plan.one_off, n)) for n in ("low", "mid", "high")},
            "one_paid_input": flat(plan.one_off_paid),
            "need": table.formulas(f"CHOOSE({level},[low],[mid],[high])", flat(need)),
            "paid": table.formulas("MIN([paid_input],[need])", flat(np.minimum(plan.paid, need))),
            "one_off": table.formulas(
                f"CHOOSE({level},[one_low],[one_mid],[one_high])", flat(one_off)
            ),
            "one_off_paid": table.formulas(
                "MIN([one_paid_input],[one_off])", flat(np.minimum(plan.one_off_paid, one_off))
            ),
        }
    )
    return table


def grants_sheet(sheet: Sheet, frame: Frame, needs: Table) -> Table:
    """Every grant with its payments: the lower of its amount and its share of what is eligible."""
    say, plan, grants = frame.say, frame.plan, frame.plan.grants
    begin(
        sheet,
        frame,
        "Grants and other actors' money",
        "A grant is the lower of its amount and its share of the eligible expenditure, or where "
        "that is not stated of the measure's whole expenditure. One that is cut keeps its timing.",
        "Status: 1 granted, 2 applied for, 3 idea. Dissolved: 1 over the lifetime of what it pays.",
    )
    places = range(len(frame.years))
    table = Table(
        sheet,
        {
            "number": Column(say("No."), 6, "count"),
            "name": Column(say("Measure"), 34, "text"),
            "source": Column(say("Source of money"), 26, "text"),
            "word": Column(say("Status"), 20, "text"),
            "status": Column(say("Status, number"), 9, "input_count"),
            "dissolved": Column(say("Dissolved, number"), 9, "input_count"),
            "probability": Column(say("Probability"), 11, "input_rate"),
            "share": Column(say("Share of eligible"), 11, "input_rate"),
            "eligible": Column(say("Eligible, stated"), 13, "input"),
            "amount": Column(say("Amount")),
            "expenditure": Column(say("The measure's expenditure"), 13),
            "limit": Column(say("The grant, at most"), 13),
            **{
                f"paid_{n}": Column(say("Stated {year}", year=frame.years[n]), 12, "input")
                for n in places
            },
            **{f"pays_{n}": Column(say("Pays {year}", year=frame.years[n])) for n in places},
        },
        len(grants.measure),
    ).head()
    table.knows(needs=needs)
    if not len(grants.measure):
        table.write({})
        return table
    spent = (plan.need.mid + plan.one_off.mid).sum(axis=0)
    pays = effective_payments(grants, spent)
    last = len(frame.years) - 1
    in_ore = "ROUND(SUM([paid_0]:[paid_{n}])*100000,0)/ROUND([amount]*100000,0)"
    reached = f"INT(ROUND([limit]*100000,0)*({in_ore})+0.5)"

    def payment(n: int) -> str:
        before = f"-{reached.format(n=n - 1)}" if n else ""
        return f"IF([amount]=0,0,({reached.format(n=n)}{before})/100000)"

    share = SHARE.format(amount='IF([eligible]="",[expenditure],[eligible])', share="[share]")
    table.write(
        {
            "number": [frame.numbers[measure] for measure in grants.measure],
            "name": plan.tags["name"][grants.measure].tolist(),
            "source": [frame.view.tag("source", source) for source in grants.source],
            "word": [say(_STATUS_WORDS[status]) for status in grants.status],
            "status": [STATUSES.index(status) + 1 for status in grants.status],
            "dissolved": [int(is_dissolved(source)) for source in grants.source],
            "probability": _stated(grants.probability),
            "share": _stated(grants.share),
            "eligible": [None if amount < 0 else amount for amount in grants.eligible.tolist()],
            "amount": table.formulas(
                f"SUM([paid_0]:[paid_{last}])", grants.payments.sum(axis=0).tolist()
            ),
            "expenditure": table.formulas(
                "SUMIFS([needs.need*],[needs.number*],[number])"
                "+SUMIFS([needs.one_off*],[needs.number*],[number])",
                spent[grants.measure].tolist(),
            ),
            "limit": table.formulas(
                f'IF(OR([share]="",AND([eligible]="",[expenditure]=0)),[amount],'
                f"MIN([amount],{share}))",
                pays.sum(axis=0).tolist(),
            ),
            **{f"paid_{n}": grants.payments[n].tolist() for n in places},
            **{f"pays_{n}": table.formulas(payment(n), pays[n].tolist()) for n in places},
        }
    )
    return table


def appropriations_sheet(sheet: Sheet, frame: Frame) -> Table:
    """The council's decisions and plans, gross and net, and what a decision carries over."""
    say, given = frame.say, frame.plan.appropriations
    begin(
        sheet,
        frame,
        "Appropriations",
        "A gross appropriation covers the whole expenditure, a net one what grants leave. "
        "Carry-over is what of a year's unspent appropriation a decision moves to the next.",
    )
    table = Table(
        sheet,
        {
            **frame.keys(),
            "decided_gross": Column(say("Decided, gross"), 13, "input"),
            "decided_net": Column(say("Decided, net"), 13, "input"),
            "planned_gross": Column(say("Planned, gross"), 13, "input"),
            "planned_net": Column(say("Planned, net"), 13, "input"),
            "carry_over": Column(say("Carry-over from the year, at most"), 16, "input"),
        },
        frame.size,
    ).head()
    names = ("decided_gross", "decided_net", "planned_gross", "planned_net", "carry_over")
    table.write({**frame.rows(), **{name: flat(getattr(given, name)) for name in names}})
    return table


def running_sheet(sheet: Sheet, frame: Frame) -> Table:
    """Changed running cost by line and year, negative where it saves."""
    say, plan, lines = frame.say, frame.plan, frame.plan.running_costs
    begin(sheet, frame, "Changed running cost", "More is positive and less is negative.")
    years = {f"cost_{n}": Column(str(year), 12, "input") for n, year in enumerate(frame.years)}
    table = Table(
        sheet,
        {
            "number": Column(say("No."), 6, "count"),
            "name": Column(say("Measure"), 34, "text"),
            "item": Column(say("Item"), 16, "text"),
            "department": Column(capitalise(say(words.TAGS["department"])), 26, "text"),
            **years,
        },
        len(lines.measure),
    ).head()
    own = plan.tags["department"][lines.measure]
    table.write(
        {
            "number": [frame.numbers[measure] for measure in lines.measure],
            "name": plan.tags["name"][lines.measure].tolist(),
            "item": [say(_ITEMS[item]) for item in lines.item],
            "department": [
                frame.view.tag("department", said or own_one)
                for said, own_one in zip(lines.department, own, strict=True)
            ],
            **{key: lines.amounts[n].tolist() for n, key in enumerate(years)},
        }
    )
    return table


def is_dissolved(source: str) -> bool:
    """Whether a grant is income over the lifetime of what it pays (``model.operating_parts``)."""
    known = reference().funding.get(source)
    return (
        known is not None
        and known.kind not in ("own", "loan", "contract")
        and known.accounting == "dissolved"
    )


def _stated(shares: np.ndarray) -> list[Cell]:
    return [None if np.isnan(share) else float(share) for share in shares]


def _codes(plan: Plan, tag: str) -> dict[str, int]:
    """A number for every value of a tag, also those that only a share of an owner has."""
    values = plan.tags[tag].tolist()
    if tag in ("owner", "actor_group"):
        values += getattr(plan.owner_shares, tag).tolist()
    if tag == "actor_group":
        return {group: number for number, group in enumerate(words.ACTOR_GROUPS, 1)}
    return {value: number for number, value in enumerate(sorted(set(values)), 1)}
