"""What green finance of a plan on a day comes to; :mod:`model.green_finance` works it out.

Amounts are whole öre, None not known.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from model.entries import GreenFramework
from model.errors import Violation
from model.green_allocation import Line, Standing, Waiting
from model.green_eligibility import Eligible, Workflow, left_for
from model.green_impact import Yearly
from model.rows import Measure

Mode = Literal["approved_projects", "own_programme"]
MODES: tuple[Mode, ...] = ("approved_projects", "own_programme")
Denominator = Literal["gross", "net_of_grants"]


@dataclass(frozen=True)
class Terms:
    """What a report is made by. None and empty: as the framework's version says.

    ``grid_factor`` is the key of an emission factor of electricity in g CO2e/kWh by which tonnes
    are counted where a measure states electricity; ``plan`` leaves all as the plan states it.
    """

    on: date
    mode: Mode = "approved_projects"
    framework: str = ""
    look_back_months: int | None = None
    denominator: Denominator | None = None
    grid_factor: str = ""


@dataclass(frozen=True)
class Project:
    """One green measure under the mode's framework: what it has, and what is left to allocate.

    ``others`` is what green loans have on it already, all together. ``left`` is None where what is
    eligible is not known.
    """

    measure: Measure
    eligible: Eligible
    workflow: Workflow
    others: int

    @property
    def left(self) -> int | None:
        """What one more green loan could finance."""
        if self.eligible.eligible is None:
            return None
        return left_for(self.eligible.eligible, 0, self.others)


@dataclass(frozen=True)
class Approval:
    """What loans make of one project in the first mode; without a ``measure`` of none yet.

    ``approved`` is shared out over a loan's projects pro rata to what is attached to them.
    ``left`` is what of the approval no loan is attached to.
    """

    measure: str
    loans: tuple[str, ...]
    approved: int | None
    linked: int
    outstanding: int | None

    @property
    def left(self) -> int | None:
        """Approved and not attached."""
        return None if self.approved is None else max(self.approved - self.linked, 0)


@dataclass(frozen=True)
class Reported:
    """A loan's line on a measure, with the share of the project that it stands for.

    ``approved`` is the loan's approval, shared out pro rata to what stands on its projects.
    ``denominator`` is the project's cost, gross or net of grants, öre; ``share`` an exact fraction
    of it. ``tonnes`` is the yearly impact times that share.
    """

    line: Line
    standing: Standing
    measure: Measure
    approved: int | None
    denominator: int | None
    share: Fraction | None
    yearly: Yearly
    tonnes: float | None
    activities: tuple[str, ...]


@dataclass(frozen=True)
class Proposal:
    """What of a loan that waits could be allocated, measure by measure, öre."""

    loan: str
    amounts: tuple[tuple[str, int], ...]
    unallocated: int


@dataclass(frozen=True)
class GreenFinance:
    """A plan's green finance in one mode. ``terms`` are those that were used, with what the
    framework says filled in; ``grid_factor`` is the value used, None where it is not known."""

    terms: Terms
    framework: GreenFramework
    grid_factor: Decimal | None
    standings: tuple[Standing, ...]
    projects: tuple[Project, ...]
    approvals: tuple[Approval, ...]
    reported: tuple[Reported, ...]
    waiting: tuple[Waiting, ...]
    proposals: tuple[Proposal, ...]
    findings: tuple[Violation, ...]

    def total(self, amount: str) -> int | None:
        """The sum of one of a standing's amounts; None where one of them is not known."""
        amounts = [getattr(each, amount) for each in self.standings]
        return None if None in amounts else sum(amounts)

    @property
    def eligible(self) -> int:
        """What is known to be eligible, before green loans."""
        return sum(each.eligible.eligible or 0 for each in self.projects)

    @property
    def left(self) -> int:
        """What is known to be left to allocate."""
        return sum(each.left or 0 for each in self.projects)

    @property
    def allocated(self) -> int:
        """What stands on measures now."""
        return sum(each.line.amount for each in self.reported)

    @property
    def outstanding(self) -> int | None:
        """What of that is not paid back."""
        amounts = [each.line.reported for each in self.reported]
        return None if None in amounts else sum(amounts)

    @property
    def tonnes(self) -> float | None:
        """The reported tonnes a year that are known; None where none is."""
        known = [each.tonnes for each in self.reported if each.tonnes is not None]
        return sum(known) if known else None

    @property
    def project_tonnes(self) -> float | None:
        """The financed projects' whole tonnes a year, each once; None where none is known."""
        found = {each.measure.id: each.yearly.tonnes for each in self.reported}
        known = [tonnes for tonnes in found.values() if tonnes is not None]
        return sum(known) if known else None
