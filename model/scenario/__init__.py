"""Scenarios: adjustments, other values of assumptions and rules between measures, as data.

``where`` says which measures, ``adjustments`` what may be said of them, ``compose`` what a scenario
is and how several become one, ``apply`` what it makes of a plan (``timing``, ``amounts``,
``funding``, ``rules``), ``lending`` of loans and ``assumed`` of assumptions. ``form`` is what a
person writes in YAML, and ``language`` reads it.
"""

from model.scenario.adjustments import (
    Adjustment,
    CalculationRate,
    CostFactor,
    Delay,
    EffectFactor,
    FundingFactor,
    GreenLoans,
    GreenShare,
    LoanTerms,
    Only,
    OwnerSplit,
    PrivateShare,
    Rollout,
    SeekMaximum,
    SourceOff,
    SuccessRate,
    SwitchOff,
    SwitchOn,
)
from model.scenario.apply import apply, carried_out
from model.scenario.compose import AS_IS, TOGETHER, Override, Reinforce, Scenario, combine
from model.scenario.where import Where

__all__ = [
    "AS_IS",
    "TOGETHER",
    "Adjustment",
    "CalculationRate",
    "CostFactor",
    "Delay",
    "EffectFactor",
    "FundingFactor",
    "GreenLoans",
    "GreenShare",
    "LoanTerms",
    "Only",
    "Override",
    "OwnerSplit",
    "PrivateShare",
    "Reinforce",
    "Rollout",
    "Scenario",
    "SeekMaximum",
    "SourceOff",
    "SuccessRate",
    "SwitchOff",
    "SwitchOn",
    "Where",
    "apply",
    "carried_out",
    "combine",
]
