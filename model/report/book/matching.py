"""Money meets need, measure by measure and year by year, as formulas: the rules of ``model.gap``.

Investment is matched first. Then the wider need with one-off operating expenditure is matched by
the same columns, and what it lacks more is the one-off expenditure's gap (``model.readings``).
"""

from collections.abc import Iterator

from model.readings import effective_payments, grants_received
from model.report.book.inputs import Frame, begin, flat
from model.report.book.layout import Table
from model.report.book.trace import Steps, steps
from model.report.sheet import Cell, Column, Sheet

# Up to which number of status a grant counts.
_COUNTED = {"secured": 1, "planned": 1, "best_case": 3}
_TITLES = {
    "secured": "Matching when granted and decided money counts (secured)",
    "planned": "Matching when planned appropriations count too (planned)",
    "best_case": "Matching when every application and idea becomes money (best case)",
}
# A measure's rows stand together: the row before or after is another measure's, or it is not.
_BEFORE = "IF([number]=[number-1],{},{})"
_AFTER = "IF([number]=[number+1],{},{})"
_STEPS = {
    "need": ("Left to pay", None),
    "hand": ("Grants in hand", "[received]+" + _BEFORE.format("[{p}saved-1]", "0")),
    "grants": ("Paid by grants", "MIN([{p}need],[{p}hand])"),
    "saved": ("Grants kept for later", "[{p}hand]-[{p}grants]"),
    "left": ("Grants left at the end", _AFTER.format("[{p}left+1]", "[{p}saved]")),
    "before_appropriation": (
        "of which left for arrears before appropriations",
        _BEFORE.format("[{p}before_appropriation-1]-[{p}late_grants-1]", "[{p}left]"),
    ),
    "late_grants": (
        "Arrears that grants alone would pay",
        "MIN([{p}need]-[{p}grants],[{p}before_appropriation])",
    ),
    "own": (
        "Appropriation, net",
        "{net}+MAX(0,{gross}-[{p}grants]-[{p}late_grants])",
    ),
    "available": (
        "Appropriation with carry-over",
        "[{p}own]+" + _BEFORE.format("[{p}carried-1]", "0"),
    ),
    "appropriated": (
        "Paid by appropriation",
        "MIN([{p}need]-[{p}grants],[{p}available])",
    ),
    "carried": (
        "Carried over to the next year",
        _AFTER.format("MIN([{p}available]-[{p}appropriated],[given.carry_over])", "0"),
    ),
    "lapsed": ("Lapses", "[{p}available]-[{p}appropriated]-[{p}carried]"),
    "remaining": (
        "Grants left for arrears",
        _BEFORE.format("[{p}remaining-1]-[{p}late-1]", "[{p}left]"),
    ),
    "late": (
        "Paid by grants in arrears",
        "MIN([{p}need]-[{p}grants]-[{p}appropriated],[{p}remaining])",
    ),
    "gap": ("Gap", "[{p}need]-[{p}grants]-[{p}appropriated]-[{p}late]"),
    "surplus": ("Grants left over", _AFTER.format("0", "[{p}remaining]-[{p}late]")),
    "balance": (
        "Paid out less received, so far",
        "[{p}need]-[{p}appropriated]-[received]+" + _BEFORE.format("[{p}balance-1]", "0"),
    ),
}
# What only the wider match says: it is the whole of what became of the money.
_OF_ALL = ("lapsed", "surplus", "balance")


def readings_of(reading: str) -> tuple[str, ...]:
    """The readings that a workbook matches. A mean over many outcomes is no row of formulas."""
    return ("secured", "planned", *(["best_case"] if reading == "best_case" else []))


def counts(reading: str) -> str:
    """The criterion by which a grant counts in a reading, on the number of its status."""
    return f'"<={_COUNTED[reading]}"'


def match_sheet(
    sheet: Sheet, frame: Frame, reading: str, needs: Table, grants: Table, given: Table
) -> Table:
    """One reading's matching, a row for each measure and year."""
    say, plan = frame.say, frame.plan
    begin(
        sheet,
        frame,
        _TITLES[reading],
        "Grants pay the same year, then later years, and what is left pays back to the earliest "
        "unmet year. An appropriation pays its own year only, unless a decision carries it over.",
        "First the investments, then together with one-off operating expenditure: what that lacks "
        "more is the gap of the one-off expenditure.",
    )
    table = Table(
        sheet,
        {
            **frame.keys(),
            "received": Column(say("Grants received"), 12),
            **{
                key: Column(say(label), 12)
                for key, (label, _formula) in _STEPS.items()
                if key not in _OF_ALL
            },
            **{
                f"all_{key}": Column(say("With one-off: {label}", label=_lower(say(label))), 12)
                for key, (label, _formula) in _STEPS.items()
            },
            "one_off_gap": Column(say("Gap of one-off operating"), 12),
            "liquidity": Column(say("Liquidity need at the end of the year"), 13),
            "covered": Column(say("Covered, with what is paid"), 12),
            "from_here": Column(say("Paid by grants from this year on"), 12),
            "taken": Column(say("Paid by grants in all"), 12),
            "so_far": Column(say("Grants received so far"), 12),
            "comes": Column(say("Grants for investment as they come"), 12),
        },
        frame.size,
    ).head(3)
    table.knows(needs=needs, given=given)
    received, first, whole = _values(frame, reading)
    outcome = frame.view.result.outcome(reading)
    used = first.grants + first.late
    counted = counts(reading)
    payments = [
        f"SUMIFS({grants.column(f'pays_{n}')},{grants.column('number')},[number],"
        f"{grants.column('status')},{counted})"
        for n in range(len(frame.years))
    ]
    by_year = [table.formulas(text, flat(received)) for text in payments]
    each = len(frame.years)
    table.write(
        {
            **frame.rows(),
            "received": [by_year[row % each][row] for row in range(plan.need.mid.size)],
            **dict(_columns(table, "", "[needs.need]-[needs.paid]", first, reading)),
            **dict(
                _columns(
                    table,
                    "all_",
                    "[needs.need]-[needs.paid]+[needs.one_off]-[needs.one_off_paid]",
                    whole,
                    reading,
                )
            ),
            "one_off_gap": table.formulas("[all_gap]-[gap]", flat(outcome.one_off_gap)),
            "liquidity": table.formulas("MAX(0,[all_balance])", flat(outcome.liquidity)),
            "covered": table.formulas(
                "[needs.paid]+[grants]+[appropriated]+[late]", flat(outcome.need - outcome.gap)
            ),
            "from_here": table.formulas(
                "[grants]+[late]+" + _AFTER.format("[from_here+1]", "0"),
                flat(used[::-1].cumsum(axis=0)[::-1]),
            ),
            "taken": table.formulas(
                _BEFORE.format("[taken-1]", "[from_here]"),
                flat(used.sum(axis=0) + 0 * used),
            ),
            "so_far": table.formulas(
                "[received]+" + _BEFORE.format("[so_far-1]", "0"), flat(received.cumsum(axis=0))
            ),
            "comes": table.formulas(
                "MIN([so_far],[taken])-" + _BEFORE.format("MIN([so_far-1],[taken])", "0"),
                flat(grants_received(plan, outcome, reading)),
            ),
        }
    )
    return table


def _values(frame: Frame, reading: str):
    """Grants received and the steps of both matches, as the model would take them."""
    plan = frame.plan
    need, one_off = plan.need.mid, plan.one_off.mid
    counted = ("granted", "applied", "idea")[: _COUNTED[reading]]
    lines = plan.grants.take([status in counted for status in plan.grants.status])
    received = need * 0
    for line, measure in enumerate(lines.measure):
        received[:, measure] += effective_payments(lines, (need + one_off).sum(axis=0))[:, line]
    given = plan.appropriations
    planned = reading != "secured"
    money = (
        received,
        given.decided_gross + planned * given.planned_gross,
        given.decided_net + planned * given.planned_net,
        given.carry_over,
    )
    unpaid = need - plan.paid.clip(max=need)
    unpaid_one_off = one_off - plan.one_off_paid.clip(max=one_off)
    return received, steps(unpaid, *money), steps(unpaid + unpaid_one_off, *money)


def _columns(
    table: Table, prefix: str, need: str, values: Steps, reading: str
) -> Iterator[tuple[str, list[Cell]]]:
    """The formulas of one match."""
    kinds = {"gross": "[given.decided_gross]", "net": "[given.decided_net]"}
    if reading != "secured":
        kinds = {
            "gross": "([given.decided_gross]+[given.planned_gross])",
            "net": "([given.decided_net]+[given.planned_net])",
        }
    for key, (_label, formula) in _STEPS.items():
        if f"{prefix}{key}" in table.columns:
            text = (formula or need).format(p=prefix, **kinds) if formula else need
            yield f"{prefix}{key}", table.formulas(text, flat(getattr(values, key)))


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]
