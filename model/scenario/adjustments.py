"""The adjustments of a scenario, as data: what each may say. :mod:`model.scenario.apply` does it.

Shares are parts of one, amounts whole öre once applied. ``where`` is which measures.
"""

from collections.abc import Mapping
from typing import Annotated, Literal, TypeVar

from pydantic import AfterValidator, BeforeValidator, Field, model_validator

from model.scenario.where import Frozen, Where, everywhere

MILLION = 1_000_000
Probability = Annotated[float, Field(ge=0, le=1)]
Factor = Annotated[float, Field(ge=0, le=10)]
Places = Annotated[Where, Field(default_factory=everywhere)]


def _pairs(value: object) -> object:
    """A mapping as pairs, which a frozen adjustment can hold."""
    return tuple(value.items()) if isinstance(value, Mapping) else value


def _adding_up(shares):
    """Shares by what they are of; ValueError unless they add up to one, to the millionth."""
    whole = sum(round(share * MILLION) for _, share in shares)
    if whole != MILLION:
        raise ValueError(f"the shares add up to {whole / MILLION:g}: expected 1")
    if len({of for of, _ in shares}) < len(shares):
        raise ValueError("a share stands twice")
    return shares


def _in_order(shares):
    return tuple(sorted(shares))


Of = TypeVar("Of")
Shares = Annotated[
    tuple[tuple[Of, Probability], ...], BeforeValidator(_pairs), AfterValidator(_adding_up)
]


class SwitchOff(Frozen):
    """The measures are not carried out: no need, no money, no effect."""

    do: Literal["switch_off"] = "switch_off"
    where: Places


class SwitchOn(Frozen):
    """Measures that an earlier adjustment switched off are carried out after all."""

    do: Literal["switch_on"] = "switch_on"
    where: Places


class Only(Frozen):
    """Of what is carried out so far, only these measures are."""

    do: Literal["only"] = "only"
    where: Where


class Delay(Frozen):
    """Need, effects, running cost and money not yet granted or decided come later."""

    do: Literal["delay"] = "delay"
    years: Annotated[int, Field(ge=1, le=20)]
    where: Places


class Rollout(Frozen):
    """The measures are carried out in stages: such a share of what is left to do in each year.

    ``shares`` add up to one. Need that is not spent and money that is neither granted nor decided
    come in these shares. What follows of each stage (effects, running cost) lies as long after it
    as it lies after the last year of investment without the rollout.
    """

    do: Literal["rollout"] = "rollout"
    shares: Annotated[Shares[Annotated[int, Field(ge=1990, le=2100)]], AfterValidator(_in_order)]
    where: Places


class CostFactor(Frozen):
    """What is not yet spent costs so many times as much. Appropriations stay as decided."""

    do: Literal["cost_factor"] = "cost_factor"
    factor: Annotated[float, Field(ge=1 / MILLION, le=10)]
    where: Places


class EffectFactor(Frozen):
    """The measures have so many times the effect: of one ``indicator``, or of all where empty."""

    do: Literal["effect_factor"] = "effect_factor"
    factor: Factor
    indicator: str = ""
    where: Places


class FundingFactor(Frozen):
    """Money that is neither granted nor decided is so many times as much.

    ``money`` is grants, the municipality's ``own`` planned appropriations, or both. With a
    ``source`` only grants from it.
    """

    do: Literal["funding_factor"] = "funding_factor"
    factor: Factor
    money: Literal["both", "grants", "own"] = "both"
    source: str = ""
    where: Places

    @model_validator(mode="after")
    def _own_money_has_no_source(self):
        if self.source and self.money == "own":
            raise ValueError("own money has no source: leave source out, or say money: grants")
        return self


class SourceOff(Frozen):
    """A funding source gives nothing that it has not already granted."""

    do: Literal["source_off"] = "source_off"
    source: Annotated[str, Field(min_length=1)]


class SuccessRate(Frozen):
    """Applications succeed with this probability: those to a ``source``, or all where empty."""

    do: Literal["success_rate"] = "success_rate"
    source: str = ""
    probability: Probability
    where: Places


class PrivateShare(Frozen):
    """So large a share of the measures' need is private; the public rest is the municipality's."""

    do: Literal["private_share"] = "private_share"
    share: Probability
    where: Where = Field(
        default_factory=lambda: Where(tags={"owner_kind": ("mixed",)})  # type: ignore[arg-type]
    )


class OwnerSplit(Frozen):
    """The measures' need falls on owners in these ``shares``, which add up to one.

    ``owners`` are the owners' kinds and actor groups, copied from ``data/owners.yaml`` when the
    scenario is read: (owner, kind, actor group).
    """

    do: Literal["owner_shares"] = "owner_shares"
    shares: Shares[str]
    owners: tuple[tuple[str, str, str], ...] = ()
    where: Places


class GreenShare(Frozen):
    """So large a share of the measures counts as green, where they have a green category."""

    do: Literal["green_share"] = "green_share"
    share: Probability
    where: Places


class GreenLoans(Frozen):
    """Green loans and bonds that are not paid out before the plan begins are so many times as
    large: those named in ``loans``, or all."""

    do: Literal["green_loans"] = "green_loans"
    factor: Factor
    loans: tuple[str, ...] = ()


class LoanTerms(Frozen):
    """Other terms for money that is borrowed from the plan's first year on.

    Without ``loans`` it is about the plan's loans that are not paid out before then, and
    ``interest_change`` about the average interest of the rest of the debt too. Loans that are named
    get the terms whenever they were paid out. ``interest`` and ``interest_change`` are yearly
    rates (0.01 is a percentage point).
    """

    do: Literal["loan_terms"] = "loan_terms"
    loans: tuple[str, ...] = ()
    interest: Annotated[float, Field(ge=-0.05, le=0.5)] | None = None
    interest_change: Annotated[float, Field(ge=-0.2, le=0.2)] | None = None
    term_years: Annotated[int, Field(ge=1, le=100)] | None = None
    repayment: Literal["serial", "annuity", "bullet", ""] = ""

    @model_validator(mode="after")
    def _says_something(self):
        if self.interest is not None and self.interest_change is not None:
            raise ValueError("interest and interest_change contradict each other: keep one")
        said = (self.interest, self.interest_change, self.term_years)
        if said == (None, None, None) and not self.repayment:
            raise ValueError("say interest, interest_change, term_years or repayment")
        return self


class CalculationRate(Frozen):
    """The real socio-economic rate of the plan."""

    do: Literal["calculation_rate"] = "calculation_rate"
    rate: Annotated[float, Field(ge=0, le=0.2)]


class SeekMaximum(Frozen):
    """Every eligible measure applies for the source's largest share of what is not yet spent.

    ``share``, ``owners`` and ``sectors`` are the source's rule, copied from ``data/funding`` when
    the scenario is read, so that the scenario stands on its own. Empty ``sectors``: all. What has
    begun, and what already has or seeks money from the source, is left alone.
    """

    do: Literal["seek_maximum"] = "seek_maximum"
    source: Annotated[str, Field(min_length=1)]
    probability: Probability
    share: Probability
    owners: tuple[str, ...]
    sectors: tuple[str, ...] = ()
    where: Places


Adjustment = Annotated[
    SwitchOff
    | SwitchOn
    | Only
    | Delay
    | Rollout
    | CostFactor
    | EffectFactor
    | FundingFactor
    | SourceOff
    | SuccessRate
    | PrivateShare
    | OwnerSplit
    | GreenShare
    | GreenLoans
    | LoanTerms
    | CalculationRate
    | SeekMaximum,
    Field(discriminator="do"),
]
