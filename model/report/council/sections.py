"""Who pays for the group's investments: need, cover and gap by section of the investment plan."""

import numpy as np

from model.language import DEFAULT, Language, translate
from model.palette import COVER
from model.report.council.own_part import SECTIONS, own_parts, shared_out
from model.report.lines import Line
from model.results import Result


def by_payer(result: Result, reading: str, language: Language = DEFAULT) -> tuple[Line, ...]:
    """One line per section that has a measure, in the plan's order."""
    outcome, size = result.outcome(reading), result.plan.size
    cover = {}
    for status in COVER:
        of = outcome.cover.status == status
        table = np.zeros(size[1], dtype=np.int64)
        np.add.at(table, outcome.cover.measure[of], outcome.cover.amount[of])
        cover[status] = shared_out(result, table)
    need, gap = (shared_out(result, table.sum(axis=0)) for table in (outcome.need, outcome.gap))
    listed = own_parts(result)
    found = []
    for section, name in SECTIONS.items():
        own = [part for part in listed if part.section == section]
        if not own:
            continue
        places = [part.part for part in own]
        by_status = {status: int(table[places].sum()) for status, table in cover.items()}
        found.append(
            Line(
                key=section,
                label=translate(name, language),
                need=int(need[places].sum()),
                gap=int(gap[places].sum()),
                cover={status: amount for status, amount in by_status.items() if amount},
                measures=len(own),
                unknown=sum(not part.known for part in own),
                lower_bounds=sum(part.lower_bound for part in own),
            )
        )
    return tuple(found)
