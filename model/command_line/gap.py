"""The plans there are, and the financing gap of one."""

from model.command_line.view import Add, choose_view, result_of
from model.money import kronor_text
from model.years import year_label

_GAP_BY = (
    "year",
    "sector",
    "owner",
    "owner_kind",
    "actor_group",
    "department",
    "district",
    "readiness",
    "source",
)


def add(command: Add) -> None:
    """Add them."""
    command("plans", _plans, _show_plans, "list the plans")
    gap = command("gap", _gap, _show_gap, "the financing gap of a plan under a scenario")
    choose_view(gap)
    gap.add_argument("--by", choices=_GAP_BY, default="year", help="what to break the gap down by")


def _plans(asked) -> dict:
    from model.results import plans

    return {
        "plans": [
            {
                "id": plan.id,
                "name": plan.name,
                "municipality": plan.municipality,
                "version": plan.version,
                "example": plan.example,
            }
            for plan in plans()
        ]
    }


def _show_plans(answer: dict) -> str:
    return "\n".join(
        f"{plan['id']}  {plan['name']}, v{plan['version']}" for plan in answer["plans"]
    )


def _gap(asked) -> dict:
    result = result_of(asked)
    totals = result.totals(asked.reading)
    if asked.by == "source":
        sums: dict[str, int] = {}
        for row in result.cover("source", asked.reading):
            sums[row.key] = sums.get(row.key, 0) + row.amount
        rows = [
            {"key": key, "need": "", "covered": kronor_text(amount), "gap": ""}
            for key, amount in sums.items()
        ]
    else:
        rows = [
            {
                "key": year_label(int(row.key)) if asked.by == "year" else row.key,
                "need": kronor_text(row.need),
                "covered": kronor_text(row.covered),
                "gap": kronor_text(row.gap),
            }
            for row in result.by(asked.by, asked.reading)
        ]
    return {
        "plan": result.plan.head.id,
        "scenario": result.scenario.id,
        "reading": asked.reading,
        "unit": "SEK",
        "need": kronor_text(totals.need),
        "covered": kronor_text(totals.covered),
        "gap": kronor_text(totals.gap),
        "surplus": kronor_text(totals.surplus),
        "lapsed": kronor_text(totals.lapsed),
        "one_off_operating": kronor_text(totals.one_off_operating),
        "measures": totals.measures,
        "measures_without_expenditure": totals.measures_without_expenditure,
        "rows": rows,
    }


def _show_gap(answer: dict) -> str:
    head = (
        f"{answer['plan']}, scenario {answer['scenario']}, reading {answer['reading']}, SEK\n"
        f"{answer['measures_without_expenditure']} of {answer['measures']} measures have no "
        "amount\n"
        "every actor's need together; --by actor_group tells the municipal group's apart"
    )
    lines = [("", "need", "covered", "gap")]
    lines += [
        (row["key"] or "-", row["need"], row["covered"], row["gap"]) for row in answer["rows"]
    ]
    lines.append(("total", answer["need"], answer["covered"], answer["gap"]))
    return head + "\n" + "\n".join(f"{k:24}{n:>20}{c:>20}{g:>20}" for k, n, c, g in lines)
