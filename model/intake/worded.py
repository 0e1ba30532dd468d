"""A measure of a plan that words its costs and effects, while its rows are read.

A cost without years waits here until the plan's period is known. What the row as a whole says is
judged here: what kind of cost it is, and what is odd about it. Each judgement is a flag of
:data:`model.forms.choices.FLAGS`, a finding, or both.
"""

import re
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

from model.intake.cost_texts import CostText, Nature
from model.intake.draft import Draft
from model.intake.effect_texts import EffectText
from model.intake.ledger import Ledger
from model.intake.mentions import Span
from model.intake.reader import Cell

ONE_OFF = (
    "The cost of {name} is read as one-off operating expenditure and not as an investment: "
    "“{words}”."
)

# Above this many kronor for each tonne of one year, no lifetime makes the price a sensible one.
EXTREME_COST_PER_TONNE = Decimal(1_000_000)

_SOFT_NAMES: dict[Nature, re.Pattern] = {
    "administration": re.compile(
        r"\b\w*rådgivning\b|\bklimatnätverk\b|\bsamverkansnätverk\b|\b\w*samordning\b"
        r"|\b\w*kampanj\w*|\binformation(?:sinsats\w*)?\b|\b(?:advice|campaign|network of)\b",
        re.IGNORECASE,
    ),
    "study": re.compile(
        r"^(?:utred\w*|förstud\w*|studie\b|feasibility|study)|\b(?:förstudie|utredning)$",
        re.IGNORECASE,
    ),
}


@dataclass(eq=False)
class Worded:
    """A measure with its cost in words. ``place`` is its row on the sheet.

    ``cell`` is that of the cost, None when it is empty; ``once`` and ``yearly`` are its kronor,
    None when not known or not stated, and ``refused`` says that the cost could not be read. A
    running cost with a column of its own stands in ``yearly_cell``. ``effect`` is what the effect's
    text says, ``held`` the words for the measure that holds a shared effect. ``said`` says that a
    person has called the row a measure.
    """

    draft: Draft
    place: int
    said: bool = False
    cell: Cell | None = None
    cost: CostText | None = None
    once: Span | None = None
    yearly: Span | None = None
    yearly_cell: Cell | None = None
    refused: bool = False
    effect: EffectText | None = None
    held: str = ""
    start: int | None = None
    end: int | None = None
    kind: Literal["investment", "one_off_operating"] = "investment"
    flags: set[str] = field(default_factory=set)

    @property
    def tonnes(self) -> Decimal | None:
        """The tonnes that the row states, in the middle of their range."""
        reduction = self.effect.reduction if self.effect else None
        return None if reduction is None else reduction.span.mid

    @property
    def has_figures(self) -> bool:
        """The row has an amount or tonnes of its own."""
        return self.once is not None or self.yearly is not None or self.tonnes is not None


def judge(worded: Worded, ledger: Ledger) -> None:
    """What the row as a whole says, when all of it has been read."""
    flags, effects = worded.flags, worded.draft.effects
    if effects and {effect.indicator for effect in effects} == {"co2e_sink"} and not worded.held:
        flags.add("sink_only")
    if worded.held:
        flags.add("joint_effect")
    if worded.cell is None and worded.effect is None:
        flags.add("not_available")
    if "private_cost" in flags:
        worded.draft.values["owner_kind"] = "private"
    if worded.once is not None:
        _judge_cost(worded, ledger)


def _judge_cost(worded: Worded, ledger: Ledger) -> None:
    """Studies, coordination and information are no investment, and some prices no sensible ones."""
    nature: Nature = worded.cost.nature if worded.cost else ""
    name, words = worded.draft.name, worded.cost.text if nature else worded.draft.name
    # "100 mnkr om det genomförs" is the price of the thing, whatever the study of it costs.
    if not nature and "conditional" not in worded.flags:
        nature = next((n for n, soft in _SOFT_NAMES.items() if soft.search(name)), "")
        worded.flags |= {"administration_only"} if nature == "administration" else set()
    if nature:
        worded.kind = "one_off_operating"
        fields = {"name": name, "words": words}
        ledger.warn(worded.draft.sheet, worded.cell, "one_off_operating", ONE_OFF, **fields)
    elif worded.tonnes and worded.once.mid / worded.tonnes > EXTREME_COST_PER_TONNE:
        worded.flags.add("extreme_cost_per_tonne")
