"""What a scenario makes of a plan: :func:`apply` is pure, and leaves the old plan as it was.

What is switched off and on is settled first, over the whole scenario; the other adjustments take
effect in the order in which they stand, and what measures do together comes last.
"""

import numpy as np

from model.errors import InvalidData
from model.plan import Plan
from model.scenario import amounts, funding, timing
from model.scenario.compose import Scenario
from model.scenario.rules import reinforced

# Loans are the municipality's and no measure's: model.scenario.lending has what is about them.
_APPLY = {
    "delay": timing.delay,
    "rollout": timing.rollout,
    "cost_factor": amounts.cost_factor,
    "effect_factor": amounts.effect_factor,
    "private_share": amounts.private_share,
    "owner_shares": amounts.owner_shares,
    "green_share": amounts.green_share,
    "calculation_rate": amounts.calculation_rate,
    "source_off": funding.source_off,
    "success_rate": funding.success_rate,
    "funding_factor": funding.funding_factor,
    "seek_maximum": funding.seek_maximum,
}


def apply(plan: Plan, scenario: Scenario) -> Plan:
    """The plan as the scenario would have it, a new plan; where nothing changes the plan itself.

    InvalidData where an amount becomes larger than whole öre in 64 bits can say.
    """
    on = carried_out(plan, scenario)
    changed = plan if on.all() else plan.keep(on)
    for adjustment in scenario.adjustments:
        if adjustment.do in _APPLY:
            try:
                changed = _APPLY[adjustment.do](changed, adjustment)
            except OverflowError as error:
                raise InvalidData(
                    "{scenario} makes amounts larger than can be counted in whole öre: lower its "
                    "factors, or combine fewer scenarios.",
                    scenario=scenario.name or scenario.id,
                ) from error
    return reinforced(changed, scenario)


def carried_out(plan: Plan, scenario: Scenario) -> np.ndarray:
    """Mask of the measures of a plan that the scenario carries out."""
    on = np.ones(plan.size[1], dtype=bool)
    for adjustment in scenario.adjustments:
        match adjustment.do:
            case "switch_off":
                on &= ~adjustment.where.mask(plan)
            case "switch_on":
                on |= adjustment.where.mask(plan)
            case "only":
                on &= adjustment.where.mask(plan)
    return on
