"""What a programme manager asks: what moves on when, and what stands still for want of what."""

from model.command_line.view import Add, choose_view, result_of


def add(command: Add) -> None:
    """Add it."""
    added = command(
        "implementation", _implementation, _show, "stages over time, and what stands still"
    )
    choose_view(added)
    added.add_argument(
        "--everybody", action="store_true", help="other actors' measures by stage too"
    )


def _implementation(asked) -> dict:
    from model.firmness import FIRMNESS
    from model.money import kronor_text
    from model.standstill import KINDS

    result = result_of(asked)
    found = result.implementation(None if asked.everybody else "municipal_group")
    held, firm = result.standstills(asked.reading), result.firmness()
    ids, stages = result.plan.tags["id"], (*found.stages, "unknown")
    stated = result.plan.tags["readiness"]

    def by_stage(row: int) -> dict:
        counts, amounts = found.counts()[row], found.amounts()[row]
        return {
            stage: {"measures": int(counts[at]), "need": kronor_text(amounts[at])}
            for at, stage in enumerate(stages)
        }

    return {
        "plan": result.plan.head.id,
        "scenario": result.scenario.id,
        "reading": asked.reading,
        "measures": len(found.places),
        "now": by_stage(0),
        "years": {str(year): by_stage(at) for at, year in enumerate(found.years, 1)},
        "by_measure": [
            {
                "measure": str(ids[place]),
                "now": found.key(0, column) or None,
                **{str(y): found.key(at, column) or None for at, y in enumerate(found.years, 1)},
            }
            for column, place in enumerate(found.places)
        ],
        "moves": [
            {
                "measure": str(ids[move.place]),
                "year": move.year,
                "from": move.since or None,
                "to": move.to,
                "because": move.because,
                "to_pay": kronor_text(move.ore),
            }
            for move in found.moves
        ],
        "money_by_stage": {
            stage or "unknown": {
                status: kronor_text(firm.need[status][:, stated == stage].sum())
                for status in FIRMNESS
            }
            for stage in ("", *found.stages)
            if (stated == stage).any()
        },
        "lacking": {kind: kronor_text(held.lacking(kind)) for kind in KINDS},
        "stands_still": [
            {
                "measure": str(ids[each.place]),
                "stage": each.stage or None,
                "next_step": each.step or None,
                "year": each.year,
                "left_to_pay": kronor_text(each.behind),
                "because": [
                    {
                        "kind": hold.kind,
                        "lacks": kronor_text(hold.ore),
                        "of_which_one_off_operating": kronor_text(hold.one_off),
                        "grants": [grant.id for grant in hold.grants],
                        "requested": kronor_text(hold.requested),
                    }
                    for hold in each.holds
                ],
            }
            for each in held.still
        ],
        "overdue": [
            {
                "measure": str(ids[each.place]),
                "grant": each.grant.id,
                "what": each.what,
                "day": each.day,
                "amount": kronor_text(each.grant.amount),
            }
            for each in held.overdue
        ],
        "no_expenditure_stated": [str(ids[place]) for place in held.cannot_tell],
    }


def _show(answer: dict) -> str:
    columns = {"now": answer["now"], **answer["years"]}
    lines = [
        f"{answer['plan']}, scenario {answer['scenario']}, reading {answer['reading']}, "
        f"{answer['measures']} measures",
        f"{'at least at stage':20}" + "".join(f"{year:>8}" for year in columns),
    ]
    lines += [
        f"{stage:20}" + "".join(f"{of[stage]['measures']:>8}" for of in columns.values())
        for stage in answer["now"]
    ]
    lines += [f"lacks {kind:14}{amount:>20}" for kind, amount in answer["lacking"].items()]
    for each in answer["stands_still"]:
        why = ", ".join(f"{hold['kind']} {hold['lacks']}" for hold in each["because"])
        lines.append(f"{each['year']} {each['measure']:20}{each['stage'] or 'unknown':16}{why}")
    return "\n".join(lines)
