"""Rules between measures: what excludes, requires or reinforces what."""

from collections.abc import Iterator

import numpy as np

from model.errors import Violation
from model.plan import Plan
from model.scenario.amounts import effects_times
from model.scenario.compose import Scenario

EMISSIONS = "emissions"
# What lowers or stores emissions; the same as model.emission_paths counts.
_LOWERS = ("co2e_reduction", "fossil_co2_reduction", "co2e_sink")


def reinforced(plan: Plan, scenario: Scenario) -> Plan:
    """The plan with what measures do together, of those that are all in it."""
    for rule in scenario.reinforce:
        members = np.isin(plan.tags["id"], np.array(rule.measures, dtype=object))
        if members.sum() == len(set(rule.measures)):
            indicators = _LOWERS if rule.effect == EMISSIONS else (rule.effect,)
            chosen = indicators if rule.effect else ()
            plan = effects_times(plan, members[plan.effects.measure], chosen, rule.factor)
    return plan


def broken(plan: Plan, scenario: Scenario) -> tuple[Violation, ...]:
    """What contradicts the scenario's rules in a plan that it has been applied to."""
    return tuple(_broken(plan, scenario))


def _broken(plan: Plan, scenario: Scenario) -> Iterator[Violation]:
    names = dict(zip(plan.tags["id"].tolist(), plan.tags["name"].tolist(), strict=True))
    at = f"{plan.head.id}/{scenario.id}"
    for group in scenario.exclude:
        on = [measure for measure in group if measure in names]
        if len(on) > 1:
            yield Violation(
                "error",
                "excluded_together",
                f"{at}/exclude",
                "The scenario says that {rule} exclude each other, and {measures} are all carried "
                "out: switch off all but one.",
                {"rule": ", ".join(group), "measures": ", ".join(names[each] for each in on)},
            )
    for measure, needed in scenario.require:
        missing = [each for each in needed if each not in names]
        if measure in names and missing:
            yield Violation(
                "error",
                "required_not_carried_out",
                f"{at}/require",
                "The scenario says that {measure} requires {rule}, and {missing} is not carried "
                "out: switch it on, or switch off {measure}.",
                {
                    "measure": names[measure],
                    "rule": ", ".join(needed),
                    "missing": ", ".join(missing),
                },
            )
