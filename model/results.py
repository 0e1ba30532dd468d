"""The entry for reading: what pages and the command line ask of the model.

A :class:`Result` is one plan in one version under one scenario. Results are kept by plan version
and scenario hash, so toggling back and forth costs nothing and writes nothing.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from functools import lru_cache

import numpy as np

from model.activity import Worked, lines_of, work_out
from model.appraisal import Appraisal
from model.benefit_balance import Balance, Payer, balance, payers
from model.benefits import Benefits, Cash, benefits, cash
from model.bridge import Bridge, bridge
from model.climate_budget import ClimateBudget, climate_budget
from model.cost_curve import CostCurve, Step, cost_curve, ranking
from model.cost_curve import LeftOut as NotPlaced
from model.difference import Difference, difference
from model.emission_result import AS_CHOSEN, TREND_ASSUMPTION, Choice, Emissions, emissions
from model.emissions import Effect, effect
from model.entries import Assumption
from model.errors import NotFound, StaleWrite, Violation
from model.fees import Economy, economies
from model.financial_targets import TargetOutcome, outcomes
from model.financing import Analysis, Basis, analyse
from model.firmness import Firmness, firmness
from model.funding_facts import Subject, subjects
from model.funding_findings import Finding
from model.funding_rules import rule_findings
from model.funding_suggestions import Suggestion, suggestions
from model.grant_calendar import Entry as CalendarEntry
from model.grant_calendar import calendar
from model.green_bonds import LeftOut, PoolRow, green_pool, left_out
from model.green_finance import green_finance
from model.green_result import GreenFinance, Terms
from model.implementation import Implementation, implementation
from model.internal_flows import Eliminated, eliminated
from model.loans import LoanPlan, plan_of
from model.local_values import with_local_values
from model.municipal_rows import Level, Prerequisite
from model.operating import AS_USUAL, Operating, Policy, operating
from model.optimise.answer import Answer, optimise
from model.optimise.frontier import POINTS, Frontier, frontier
from model.optimise.goal import Goal
from model.optimise.margin import Margin, margins
from model.optimise.options import Facts, Options, debt_without, options
from model.optimise.robust import Robust, robust
from model.other_actors import OtherActors, other_actors
from model.owners import GROUP, Parts, members, parts
from model.plan import Plan, calendar_years
from model.portfolio import Portfolio, portfolio
from model.prices import WithVat, dated, stated_with_vat
from model.rates import INTERNAL_INTEREST, Rates, rates
from model.readings import ALREADY_PAID, EXPECTED, READINGS, Outcome, read
from model.reference import Reference, reference
from model.rows import Measure, PlanDocument, Row
from model.saved_scenarios import resolved
from model.scenario import AS_IS, TOGETHER, Override, Scenario, apply, combine
from model.scenario.assumed import with_overrides
from model.scenario.lending import loans_under, prerequisites_under
from model.scenario.rules import broken
from model.sensitivity import Share, Swing, swings, variance_shares
from model.spend_emissions import Series, SpendEmissions, spend_emissions
from model.standstill import Standstills, standstills
from model.store import read as stored
from model.store.breakdowns import BREAKDOWNS, CoverRow, GapRow, Relations, relations
from model.store.connection import Store
from model.store.connection import store as the_store
from model.store.documents import read_document, read_list
from model.streams import VIEWS, View, prices_of, streams, unit_values
from model.uncertain_operating import OperatingDraws, simulate_operating
from model.uncertain_tonnes import Tonnes, tonnes_of
from model.uncertainty import SEED, Drawing, Settings, Simulation, Tell, settings_of

__all__ = [
    "ALREADY_PAID",
    "BREAKDOWNS",
    "EXPECTED",
    "READINGS",
    "VIEWS",
    "Result",
    "plans",
    "results",
    "scenario_of",
    "scenarios",
]


@dataclass(frozen=True)
class PlanSummary:
    """A plan in a list."""

    id: str
    name: str
    municipality: str
    version: int
    example: bool


@dataclass(frozen=True)
class Totals:
    """The sums of one reading, whole öre; counts of measures.

    ``one_off_operating`` and its gap stand beside ``need`` and are no part of it.
    """

    need: int
    covered: int
    gap: int
    surplus: int
    lapsed: int
    one_off_operating: int
    one_off_gap: int
    measures: int
    measures_without_expenditure: int
    lower_bounds: int


@dataclass(frozen=True, eq=False)
class Result:
    """A plan under a scenario. ``plan`` is the plan as the scenario would have it."""

    base: Plan
    plan: Plan
    scenario: Scenario
    store: Store
    _known: dict = field(default_factory=dict)

    def outcome(self, reading: str, level: str = "mid") -> Outcome:
        """The gap in one reading, with expenditure at low, mid or high."""
        return self._once(("outcome", reading, level), lambda: read(self.plan, reading, level))

    def totals(self, reading: str, level: str = "mid") -> Totals:
        """Sums over everything in the plan, whoever owns it."""
        outcome = self.outcome(reading, level)
        need, gap = int(outcome.need.sum()), int(outcome.gap.sum())
        return Totals(
            need=need,
            covered=need - gap,
            gap=gap,
            surplus=int(outcome.surplus.sum()),
            lapsed=int(outcome.lapsed.sum()),
            one_off_operating=int(outcome.one_off.sum()),
            one_off_gap=int(outcome.one_off_gap.sum()),
            measures=self.plan.size[1],
            measures_without_expenditure=int((~self.plan.known).sum()),
            lower_bounds=int(self.plan.lower_bound.sum()),
        )

    def groups(self, reading: str, level: str = "mid") -> dict[str, GapRow]:
        """Need, cover and gap of each actor group: ``by("actor_group", …)``, without a query."""
        return self._once(("groups", reading, level), lambda: self._groups(reading, level))

    def group_by_year(self, reading: str) -> dict[int, tuple[int, int]]:
        """The municipal group's (need, gap) of every year of the plan, öre: ``by("year", …)`` of
        the group without a query."""
        return self._once(("by_year", reading), lambda: self._group_by_year(reading))

    def by(
        self,
        by: str,
        reading: str,
        *,
        level: str = "mid",
        actor_group: str | None = None,
    ) -> list[GapRow]:
        """Need, cover and gap by one of ``BREAKDOWNS``; years and readiness in their own order.

        ``actor_group`` keeps to one group's part. Every year of the plan has its row.
        """
        rows = self._ask("gap_rows", reading, level, by, actor_group=actor_group)
        if by == "year":
            found = {row.key: row for row in rows}
            years = [str(year) for year in self.plan.years]
            return [found.get(year, GapRow(year, -1, 0, 0, 0, 0, 0)) for year in years]
        if by == "readiness":
            order = ["", *reference().readiness]
            return sorted(rows, key=lambda row: order.index(row.key))
        return rows

    def cover(
        self,
        by: str,
        reading: str,
        *,
        actor_group: str | None = None,
        key: str | None = None,
    ) -> list[CoverRow]:
        """What covers the need by one of ``BREAKDOWNS`` or ``source``, with status and source."""
        return self._ask("cover_rows", reading, "mid", by, actor_group=actor_group, key=key)

    def behind(
        self, by: str, key: str, reading: str, *, actor_group: str | None = None
    ) -> list[GapRow]:
        """The measures behind one bar: ``measure`` is an index into ``plan``."""
        return self._ask(
            "gap_rows", reading, "mid", by, actor_group=actor_group, key=key, per_measure=True
        )

    def behind_cover(
        self, by: str, key: str, reading: str, *, actor_group: str | None = None
    ) -> list[CoverRow]:
        """The measures behind the covered part of one bar, with status and source."""
        return self._ask(
            "cover_rows", reading, "mid", by, actor_group=actor_group, key=key, per_measure=True
        )

    def under(self, scenario: Scenario) -> "Result":
        """The same version of the plan under another scenario. It is not kept."""
        if scenario == self.scenario:
            return self
        head = self.base.head
        found = _worked_out(self.store, self.store.generation, head.id, self.base.version, scenario)
        # What is stored is the same under every scenario, and is not read again.
        if ("document",) in self._known:
            found._known["document",] = self._known["document",]
        return found

    def steps_to(
        self,
        other: Scenario,
        name: tuple,
        value: Callable[["Result"], int | float | None],
        *,
        alone: bool = True,
    ) -> Difference:
        """How a value under this scenario becomes that under another, see :mod:`model.difference`.

        ``name`` says which value it is, and what it depends on.
        """
        return self._once(
            ("steps", other, alone, *name),
            lambda: difference(
                self.scenario, other, lambda chosen: value(self.under(chosen)), alone=alone
            ),
        )

    def document(self) -> PlanDocument:
        """The plan as it is stored, before any scenario: every row, also the municipality's own.

        StaleWrite when somebody has changed the plan since it was read.
        """

        def stored() -> PlanDocument:
            with self.store.read() as cursor:
                document, version = read_document(cursor, self.base.head.id)
            if version != self.base.version:
                raise StaleWrite(self.base.head.id, self.base.version, version)
            return document

        return self._once(("document",), stored)

    def measures(self) -> dict[str, Measure]:
        """The plan's measures as they stand before any scenario, by id: every row with its source.

        StaleWrite as :meth:`document`.
        """
        return self._once(
            ("measures",),
            lambda: {measure.id: measure for measure in self.document().measures},
        )

    def assumptions(self) -> Mapping[str, Assumption]:
        """The assumptions of ``data/``, with the plan's own values over them, and over those the
        scenario's."""

        def in_force() -> Mapping[str, Assumption]:
            own = with_local_values(reference().assumptions, self.listed("local_values"))
            return with_overrides(own, self.scenario.assumptions)

        return self._once(("assumptions",), in_force)

    def known(self) -> Reference:
        """The reference data with the plan's and the scenario's values among its assumptions."""
        shared, own = reference(), self.assumptions()
        if own is shared.assumptions:
            return shared
        return self._once(("known",), lambda: replace(shared, assumptions=own))

    def broken_rules(self) -> tuple[Violation, ...]:
        """Where the plan under the scenario contradicts the scenario's rules between measures."""
        return broken(self.plan, self.scenario)

    def rates(self) -> Rates:
        """The municipality's interest rates, tax krona and customers."""
        proposed = self.assumptions().get(INTERNAL_INTEREST)
        return self._once(
            ("rates",),
            lambda: rates(self.prerequisites(), self.listed("fee_years"), proposed),
        )

    def prerequisites(self) -> tuple[Prerequisite, ...]:
        """The municipality's own figures, with the interest that the scenario gives its debt."""
        return self._once(
            ("prerequisites",),
            lambda: prerequisites_under(
                self.scenario, self.listed("prerequisites"), self.base.head.first_year
            ),
        )

    def operating(self, reading: str = "secured", policy: Policy = AS_USUAL) -> Operating:
        """What the measures do to the operating budget, after the reading's grants."""
        return self._once(
            ("operating", reading, policy),
            lambda: operating(self.plan, self.rates(), reference().funding, reading, policy),
        )

    def effect(self, indicator: str = "co2e_reduction") -> Effect:
        """What the plan's measures are said to do, each effect group counted once."""
        return self._once(("effect", indicator), lambda: effect(self.plan, indicator))

    def activities(self) -> tuple[Worked, ...]:
        """What is known of the measures instead of effects, worked out as the plan stands before
        any adjustment: with factor, year and source, and what is missing.

        What counts of it stands in ``plan.effects``. StaleWrite as :meth:`document`.
        """

        def worked() -> tuple[Worked, ...]:
            lines = lines_of(self.document().measures)
            return work_out(lines, self.base.head, reference(), self.assumptions())

        return self._once(("activities",), worked)

    def emissions(self, choice: Choice = AS_CHOSEN) -> Emissions:
        """The path of emissions under the plan, its targets and carbon budgets.

        StaleWrite as :meth:`document`.
        """
        known = self.known()
        return self._once(
            ("emissions", choice),
            lambda: emissions(
                self.plan,
                self.document(),
                known.municipalities.get(self.plan.head.municipality),
                list(known.readiness),
                prices_of(self.plan, known),
                choice,
                int(self.assumptions()[TREND_ASSUMPTION].latest.value),
            ),
        )

    def benefits(self, preferred: tuple[str, ...] = ()) -> Benefits:
        """Every benefit in ``data/benefits`` with what the plan's effects make of it.

        ``preferred`` are keys of benefits that count before others that value the same thing.
        """

        def work_out() -> Benefits:
            known = self.known()
            deflator = prices_of(self.plan, known)
            return benefits(self.plan, known, known.assumptions, deflator, preferred)

        return self._once(("benefits", preferred), work_out)

    def benefit_balance(self, preferred: tuple[str, ...] = ()) -> Balance:
        """Investment and running cost against benefits, of the measures of which both are known."""
        return self._once(
            ("balance", preferred),
            lambda: balance(self.benefits(preferred), self.economics("society")),
        )

    def payers(self, preferred: tuple[str, ...] = ()) -> tuple[Payer, ...]:
        """Who invests, and who gains by it."""
        return self._once(
            ("payers", preferred),
            lambda: payers(self.benefits(preferred), self.economics("society")),
        )

    def cash(self) -> Cash | None:
        """What the measures do to the municipal group's running cost in the plan's last year."""
        return self._once(("cash",), lambda: cash(self.plan))

    def economics(
        self, view: View = "society", *, tax_factor: bool = False, reading: str = "secured"
    ) -> Appraisal:
        """Whether the measures pay, in one of ``VIEWS``, at the plan's calculation rate.

        ``tax_factor`` adds the reference data's factor to what taxes pay, in society's view only.
        ``reading`` says which grants count in the other two.
        """
        return self._once(
            ("economics", view, tax_factor, reading),
            lambda: self._economics(view, tax_factor, reading),
        )

    def cost_curve(
        self, view: View = "society", *, tax_factor: bool = False, reading: str = "secured"
    ) -> CostCurve:
        """What a tonne costs, measure by measure, and what pays and is ranked by value instead."""
        return self._once(
            ("cost_curve", view, tax_factor, reading),
            lambda: cost_curve(self.economics(view, tax_factor=tax_factor, reading=reading)),
        )

    def ranking(
        self, view: View = "society", *, tax_factor: bool = False, reading: str = "secured"
    ) -> tuple[tuple[Step, ...], tuple[NotPlaced, ...]]:
        """The measures by net present value, and those whose value is not known."""
        return self._once(
            ("ranking", view, tax_factor, reading),
            lambda: ranking(self.economics(view, tax_factor=tax_factor, reading=reading)),
        )

    def bridge(self, actor_group: str | None = "municipal_group") -> Bridge:
        """From the whole need to what is new, of one actor group's part (everybody's: None)."""
        return self._once(
            ("bridge", actor_group),
            lambda: bridge(self.plan, self.outcome("planned"), actor_group),
        )

    def stated_with_vat(self, actor_group: str = "municipal_group") -> WithVat:
        """What of a group's need stands with VAT that its owner gets back, before any scenario."""
        ids = self.base.tags["id"][members(self.base, actor_group)].tolist()
        rate = float(reference().assumptions["economy/vat_rate"].latest.value)
        stated = self.measures()
        return self._once(
            ("with_vat", actor_group),
            lambda: stated_with_vat([stated[each] for each in ids], rate),
        )

    def _economics(self, view: View, tax_factor: bool, reading: str) -> Appraisal:
        known, plan = self.known(), self.plan
        prices = prices_of(plan, known)
        values = unit_values(self.benefits()) if view == "society" else []
        factor = float(known.assumptions["economy/tax_factor"].latest.value)
        factor = factor if tax_factor and view == "society" else 1.0
        found = streams(plan, view, prices, values, tax_factor=factor, reading=reading)
        rate = float(plan.head.calculation_rate)
        return Appraisal(plan, view, rate, factor, prices, tuple(values), found)

    def _facts(self, goal: Goal) -> Facts:
        """What a choice rests on besides the plan; only what the goal asks about is worked out."""
        known, plan = self.known(), self.plan
        debt, sought = (), ()
        if goal.borrows:
            nobody = plan.keep(np.zeros(plan.size[1], dtype=bool))
            lists = {
                "prerequisites": self.prerequisites(),
                "flows": self.listed("internal_flows"),
            }
            outcome = read(nobody, goal.reading)
            debt = debt_without(analyse(nobody, outcome, goal.reading, goal.level, "need", **lists))
        if goal.seeks:
            unpaid = np.maximum(plan.need.mid - plan.paid, 0).sum(axis=0)
            sought = suggestions(self.subjects(), unpaid, plan.head, known, date.today())

        def worth(plan: Plan) -> np.ndarray:
            found = Result(self.base, plan, self.scenario, self.store).economics("society")
            return np.where(found.streams.reason == "", found.measures.benefits, np.nan)

        return Facts(worth, debt, tuple(sought), known.funding, tuple(known.owners))

    def green_pool(self, reading: str = "secured") -> list[PoolRow]:
        """What could be financed green, by category, after the reading's grants."""
        return self._once(
            ("green_pool", reading), lambda: green_pool(self.plan, self.outcome(reading))
        )

    def left_out_of_green_pool(self, reading: str = "secured") -> LeftOut:
        """What is green in the plan and not in the pool."""
        return self._once(("left_out", reading), lambda: left_out(self.plan, self.outcome(reading)))

    def subjects(self) -> list[Subject]:
        """The measures and their grants as the rules of funding look at them."""
        return self._once(("subjects",), lambda: subjects(self.plan, self.measures(), self.known()))

    def rule_findings(self) -> list[Finding]:
        """Every grant against the rules of its source, and all public money together."""
        return self._once(
            ("rules",), lambda: rule_findings(self.subjects(), self.plan.head, self.known())
        )

    def suggestions(self, today: date | None = None) -> list[Suggestion]:
        """What each measure could seek besides; what no decision and no plan year covers."""
        today = today or date.today()

        def work_out() -> list[Suggestion]:
            outcome = self.outcome("planned")
            uncovered = (outcome.gap + outcome.one_off_gap).sum(axis=0)
            return suggestions(self.subjects(), uncovered, self.plan.head, self.known(), today)

        return self._once(("suggestions", today), work_out)

    def prioritised(self, goal: Goal) -> Answer:
        """The choice and order of measures that best meets a goal; InvalidData for one that cannot
        be understood."""
        return self._once(
            ("prioritised", goal), lambda: optimise(self.plan, goal, self._facts(goal))
        )

    def margins(self, goal: Goal) -> tuple[Margin, ...]:
        """What a million more would give, limit by limit, of :meth:`prioritised`."""
        return self._once(("margins", goal), lambda: margins(self.prioritised(goal)))

    def robust(self, goal: Goal, draws: int, seed: int = SEED, tell: Tell | None = None) -> Robust:
        """The best choices of a goal in many worlds, drawn as by :meth:`uncertainty`; see
        :mod:`model.optimise.robust`. Stopped when ``tell`` says so."""
        settings = settings_of(self.assumptions(), draws=draws, seed=seed, reading=goal.reading)
        return self._once(
            ("robust", goal, settings),
            lambda: robust(self.plan, goal, self._facts(goal), settings, tell),
        )

    def frontier(self, goal: Goal, points: int = POINTS, tell: Tell | None = None) -> Frontier:
        """The least own money for ever more of what a goal wants. Stopped when ``tell`` says so."""
        return self._once(
            ("frontier", goal, points),
            lambda: frontier(self.plan, goal, self._facts(goal), points, tell),
        )

    def possible(self, goal: Goal) -> Options:
        """Every way to carry out a measure that a goal could choose between, whatever its limits
        on money."""
        return self._once(("possible", goal), lambda: options(self.plan, goal, self._facts(goal)))

    def grant_calendar(self, today: date | None = None) -> list[CalendarEntry]:
        """Every grant with its days and what may have to be paid back."""
        today = today or date.today()
        return self._once(
            ("calendar", today),
            lambda: calendar(self.subjects(), self.rule_findings(), self.plan.head, today),
        )

    def implementation(self, actor_group: str | None = GROUP) -> Implementation:
        """The stage that measures must have reached by each year, of an actor group's part."""
        return self._once(
            ("implementation", actor_group),
            lambda: implementation(self.plan, list(reference().readiness), actor_group),
        )

    def firmness(self) -> Firmness:
        """What covers the municipal group's need, the firmest first."""
        readings = ("secured", "planned", "best_case")
        return self._once(
            ("firmness",), lambda: firmness(self.plan, *(self.outcome(each) for each in readings))
        )

    def standstills(self, reading: str = "secured", today: date | None = None) -> Standstills:
        """What of the municipal group's measures stands still, and why. StaleWrite as
        :meth:`document`."""
        today = today or date.today()
        return self._once(
            ("standstills", reading, today),
            lambda: standstills(
                self.plan,
                self.firmness(),
                self.subjects(),
                list(reference().readiness),
                reading,
                today,
            ),
        )

    def portfolio(self) -> Portfolio:
        """What agencies have granted in the municipality, and the measures that it may be."""

        def work_out() -> Portfolio:
            document = self.document()
            return portfolio(document.agency_grants, document.measures)

        return self._once(("portfolio",), work_out)

    def financing(
        self,
        level: Level = "municipality",
        reading: str = "secured",
        basis: Basis = "decided",
        shift: Decimal = Decimal(0),
    ) -> Analysis:
        """*Finansieringsanalys* of municipality or group, with interest ``shift`` higher."""
        return self._once(
            ("financing", level, reading, basis, shift),
            lambda: analyse(
                self.plan,
                self.outcome(reading),
                reading,
                level,
                basis,
                prerequisites=self.prerequisites(),
                flows=self.listed("internal_flows"),
                loans=self.loans(),
                shift=shift,
            ),
        )

    def financial_targets(
        self,
        level: Level = "municipality",
        reading: str = "secured",
        basis: Basis = "decided",
        shift: Decimal = Decimal(0),
    ) -> tuple[TargetOutcome, ...]:
        """The council's targets of a level against :meth:`financing`."""
        analysis = self.financing(level, reading, basis, shift)
        return outcomes(self.listed("financial_targets"), analysis, self.prerequisites())

    def loans(self) -> tuple[LoanPlan, ...]:
        """The plan's loans, on the scenario's terms, and how each is paid back from the plan's
        first year on."""
        first = self.base.head.first_year

        def paid_back() -> tuple[LoanPlan, ...]:
            loans = loans_under(self.scenario, self.listed("loans"), first)
            return tuple(plan_of(loan, first) for loan in loans)

        return self._once(("loans",), paid_back)

    def eliminated(self) -> tuple[Eliminated, ...]:
        """What the group takes out of the sum of its parts, year by year."""
        years = [int(year) for year in self.plan.years[calendar_years(self.plan.years)]]
        return eliminated(self.listed("internal_flows"), years)

    def fees(self, reading: str = "secured") -> tuple[Economy, ...]:
        """Fee-financed operations as closed economies, after the reading's grants."""
        return self._once(
            ("fees", reading),
            lambda: economies(self.plan, self.outcome(reading), self.listed("fee_years")),
        )

    def other_actors(self, reading: str = "secured") -> OtherActors:
        """Other actors' need and profitability gap, who pays for whom, and the private share."""
        known = reference()
        return self._once(
            ("other_actors", reading),
            lambda: other_actors(
                self.plan, self.outcome(reading), known.benefits.values(), known.funding
            ),
        )

    def drawing(self, settings: Settings) -> Drawing:
        """The draws under way of these settings, however many they are: kept when stopped."""
        same = replace(settings, draws=1)
        return self._once(("drawing", same), lambda: Drawing(self.plan, same))

    def uncertainty(self, settings: Settings, tell: Tell | None = None) -> Simulation:
        """The gap in many worlds, see :mod:`model.uncertainty`. Stopped when ``tell`` says so."""

        def draw() -> Simulation:
            drawing = self.drawing(settings)
            drawing.until(settings.draws, tell)
            return drawing.simulation(settings.draws)

        return self._once(("uncertainty", settings), draw)

    def uncertain_tonnes(self, settings: Settings) -> Tonnes | None:
        """What the counted measures, whoever owns them, lower emissions by under the path of
        :meth:`emissions`, in many draws; None where the plan has no emissions to begin from."""

        def draw() -> Tonnes | None:
            path = self.emissions().path
            return path and tonnes_of(path, self.plan.tags["sector"], settings)

        return self._once(("uncertain_tonnes", settings), draw)

    def uncertain_operating(
        self, settings: Settings, book: str = "municipality", tell: Tell | None = None
    ) -> OperatingDraws:
        """What the measures do to a book of the operating budget, in many draws."""
        rest = reference().funding, settings, book
        return self._once(
            ("uncertain_operating", settings, book),
            lambda: simulate_operating(self.plan, self.rates(), *rest, tell=tell),
        )

    def swings(self, settings: Settings) -> tuple[int, tuple[Swing, ...]]:
        """The central gap, and what each input does to it by itself from low to high."""
        return self._once(("swings", settings), lambda: swings(self.plan, settings))

    def variance_shares(self, found: Simulation) -> tuple[Share, ...]:
        """How much of the variance of the gap each input explains by itself."""
        return self._once(("variance", found), lambda: variance_shares(found))

    def listed(self, name: str) -> tuple[Row, ...]:
        """One of the plan's lists besides measures, by its name in ``PlanDocument``.

        StaleWrite as :meth:`document`.
        """
        return getattr(self.document(), name)

    def green_finance(self, terms: Terms) -> GreenFinance:
        """Green loans and bonds of the plan as it stands, whatever the scenario, by the terms.

        NotFound for a framework or an emission factor that does not exist.
        """
        return self._once(
            ("green_finance", terms), lambda: green_finance(self.document(), terms, reference())
        )

    def spend_emissions(self, series: Series | None = None) -> SpendEmissions:
        """What the plan's purchases emit, in the first series that it has factors for or another.

        No scenario changes them.
        """

        def work_out() -> SpendEmissions:
            general = dated(self.assumptions()["economy/consumer_price_index"])
            return spend_emissions(
                self.listed("spend"),
                self.listed("intensities"),
                self.base.price_index,
                general,
                int(self.base.head.last_year),
                series,
            )

        return self._once(("spend_emissions", series), work_out)

    def climate_budget(
        self, series: Series, reading: str = "planned", *, trend: bool = False
    ) -> ClimateBudget:
        """The departments' paths in a series against the measures under the scenario."""
        return self._once(
            ("climate_budget", series, reading, trend),
            lambda: climate_budget(
                self.plan,
                self.outcome(reading),
                reading,
                self.listed("department_budgets"),
                series,
                self.spend_emissions(series),
                trend=trend,
            ),
        )

    def _parts(self) -> Parts:
        return self._once(("parts",), lambda: parts(self.plan))

    def _group_by_year(self, reading: str) -> dict[int, tuple[int, int]]:
        shared_out, outcome = self._parts(), self.outcome(reading)
        ours = shared_out.take(shared_out.actor_group == GROUP)
        need, gap = (
            ours.of(amounts).sum(axis=1).tolist() for amounts in (outcome.need, outcome.gap)
        )
        return dict(zip(self.plan.years.tolist(), zip(need, gap, strict=True), strict=True))

    def _groups(self, reading: str, level: str) -> dict[str, GapRow]:
        outcome, shared_out = self.outcome(reading, level), self._parts()
        sums = {
            name: shared_out.of(getattr(outcome, name)).sum(axis=0)
            for name in ("need", "gap", "one_off", "one_off_gap")
        }

        def row(group: str) -> GapRow:
            chosen = shared_out.actor_group == group
            need, gap, one_off, one_off_gap = (int(of[chosen].sum()) for of in sums.values())
            return GapRow(group, -1, need, need - gap, gap, one_off, one_off_gap)

        return {str(group): row(group) for group in np.unique(shared_out.actor_group)}

    def _ask(self, question: str, reading: str, level: str, by: str, **bound) -> list:
        def ask() -> list:
            with self.store.read() as cursor:
                return getattr(self._relations(reading, level), question)(cursor, by, **bound)

        return self._once((question, reading, level, by, *sorted(bound.items())), ask)

    def _relations(self, reading: str, level: str) -> Relations:
        return self._once(
            ("relations", reading, level),
            lambda: relations(self.plan, self.outcome(reading, level)),
        )

    def _once(self, key: tuple, compute):
        if key not in self._known:
            self._known[key] = compute()
        return self._known[key]


def plans(store: Store | None = None) -> list[PlanSummary]:
    """All plans, in the order in which they were made."""
    store = store or the_store()
    return list(_plans(store, store.changes))


def results(
    plan_id: str | None = None, scenario: Scenario = AS_IS, store: Store | None = None
) -> Result:
    """The plan (the first one by default) under the scenario. NotFound when there is none."""
    store = store or the_store()
    if plan_id is None:
        found = plans(store)
        if not found:
            raise NotFound("There is no plan yet. Make one, or restore a backup.")
        plan_id = found[0].id
    version = _version(store, store.changes, plan_id)
    return _results(store, store.generation, plan_id, version, scenario)


@lru_cache(maxsize=4)
def _plans(store: Store, changes: int) -> tuple[PlanSummary, ...]:
    """``changes`` is the key: this process is the only one that writes, and counts its writes."""
    with store.read() as cursor:
        return tuple(PlanSummary(*row) for row in stored.plans(cursor))


@lru_cache(maxsize=64)
def _version(store: Store, changes: int, plan_id: str) -> int:
    with store.read() as cursor:
        _, version = stored.plan_head(cursor, plan_id)
    return version


@lru_cache(maxsize=16)
def _plan(
    store: Store,
    generation: int,
    plan_id: str,
    version: int,
    overrides: tuple[Override, ...] = (),
) -> Plan:
    """``generation`` and ``version`` are the key: what they name never changes. ``overrides`` are
    for what the plan's activities do, which rests on assumptions."""
    with store.read() as cursor:
        return stored.plan(cursor, plan_id, overrides)


@lru_cache(maxsize=64)
def _results(
    store: Store, generation: int, plan_id: str, version: int, scenario: Scenario
) -> Result:
    return _worked_out(store, generation, plan_id, version, scenario)


def _worked_out(
    store: Store, generation: int, plan_id: str, version: int, scenario: Scenario
) -> Result:
    base = _plan(store, generation, plan_id, version)
    begun = base
    if scenario.assumptions:
        begun = _plan(store, generation, plan_id, version, scenario.assumptions)
    return Result(base, apply(begun, scenario), scenario, store)


def scenarios(
    plan_id: str = "", store: Store | None = None, version: int | None = None
) -> Mapping[str, Scenario]:
    """The scenarios to choose from by id: the plan as it is, the shipped ones, and those that are
    saved in the plan, if one is named. NotFound when there is no such plan.

    ``version`` is the plan's, where the caller knows it. A saved scenario that no longer holds
    together is left out; :func:`model.scenario_library.saved` says why.
    """
    if not plan_id:
        return reference().scenarios
    store = store or the_store()
    if version is None:
        with store.read() as cursor:
            _, version = stored.plan_head(cursor, plan_id)
    return _scenarios(store, store.generation, plan_id, version)


@lru_cache(maxsize=32)
def _scenarios(store: Store, generation: int, plan_id: str, version: int) -> Mapping[str, Scenario]:
    with store.read() as cursor:
        rows = read_list(cursor, plan_id, "scenarios")
    shipped = reference().scenarios
    return shipped | resolved(rows, reference()).scenarios if rows else shipped


def scenario_of(
    said: str, plan_id: str = "", store: Store | None = None, version: int | None = None
) -> Scenario:
    """The scenario that ``said`` names, or the combination of several (``a+b``), in that order.

    NotFound for one that there is not.
    """
    known = scenarios(plan_id, store, version)
    chosen = said.split(TOGETHER)
    for key in chosen:
        if key not in known:
            raise NotFound(
                "There is no scenario {scenario}; there are {known}.",
                scenario=key,
                known=", ".join(known),
            )
    return combine(*(known[key] for key in chosen))
