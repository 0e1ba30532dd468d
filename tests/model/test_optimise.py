"""The best choice of measures: against trying everything, a second solver, and the model itself."""

from decimal import Decimal
from itertools import count, product

import numpy as np
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from model import commands
from model.errors import InvalidData
from model.optimise.explain import explain
from model.optimise.goal import Bound, Goal, SourceLimit, over, same_but
from model.optimise.margin import margins
from model.optimise.search import objective
from model.results import Result, results
from model.rows import (
    Effect,
    Expenditure,
    FinancialTarget,
    Measure,
    PlanDocument,
    PlanHead,
    Prerequisite,
    RunningCost,
)
from model.scenario import Scenario
from model.store.connection import Store
from tests.model.conftest import HEAD, appropriation, grant, measure

MILLION = 100_000_000
# An example takes a plan through the store: a failing one is shown as it was found.
QUICK = settings(max_examples=12, deadline=None, phases=(Phase.reuse, Phase.generate))


def tonnes(amount: float | None, basis: str = "per_year", group: str = "", **fields) -> Effect:
    return Effect(
        indicator="co2e_reduction",
        unit="t CO2e",
        mid=None if amount is None else Decimal(str(amount)),
        basis=basis,
        effect_group=group,
        **fields,
    )


def gives(key: str, cost: int, amount: float, year: int = 2026, group: str = "", **fields):
    """A measure that costs so many million kronor and saves so many tonnes a year."""
    return measure(key, {year: cost * 1_000_000}, effects=(tonnes(amount, group=group),), **fields)


def chosen(answer) -> dict[str, int]:
    """The measures carried out, with their years of delay."""
    options = answer.options
    ids = options.plan.tags["id"]
    on = answer.choice.chosen
    return {
        str(ids[m]): int(d) for m, d in zip(options.measure[on], options.delay[on], strict=True)
    }


NUMBERS = count()


@pytest.fixture(scope="module")
def open_store():
    """One store for the generated plans of all examples."""
    store = Store.open(None)
    yield store
    store.close()


def opened(store: Store, measures: list[Measure]) -> Result:
    """The result of a new plan of the measures."""
    head = PlanHead(**{**HEAD, "id": f"plan-{next(NUMBERS)}"})
    commands.create_plan(PlanDocument(plan=head, measures=tuple(measures)), "prov", store=store)
    return results(head.id, store=store)


@st.composite
def plans(draw, most: int = 5):
    """Measures with cost in one or two years, some with grants, joint effects or begun."""
    count = draw(st.integers(1, most))
    found = []
    for number in range(count):
        years = draw(st.lists(st.sampled_from([2026, 2027, 2028]), min_size=1, max_size=2))
        need = {year: draw(st.integers(1, 40)) * 100_000 for year in years}
        fields = {}
        if draw(st.booleans()):
            paid = {years[0]: draw(st.integers(1, 40)) * 50_000}
            status = draw(st.sampled_from(["granted", "applied"]))
            chance = {"probability": Decimal("0.4")} if status == "applied" else {}
            fields["grants"] = (grant("g", paid, status, **chance),)
        if draw(st.integers(0, 9)) == 0:
            fields["readiness"] = "procured"
        effect = tonnes(
            draw(st.integers(-20, 200)),
            draw(st.sampled_from(["per_year", "per_year", "unclear"])),
            draw(st.sampled_from(["", "", "joint"])),
        )
        found.append(measure(f"m{number}", need, effects=(effect,), **fields))
    return found


def everything(answer, allowed=lambda taken: True):
    """Every choice of options that keeps to all limits and is ``allowed`` besides: (value, own
    money, gap), by brute force."""
    options, whole = answer.options, answer.problem
    ways = []
    for place in range(options.plan.size[1]):
        of = list(options.of(place))
        ways.append(of if options.held[place] else [None, *of])
    for way in product(*ways):
        taken = np.zeros(len(options.measure), dtype=bool)
        taken[[each for each in way if each is not None]] = True
        worth = whole.worth_of(taken)
        keeps = all(
            limit.holds(limit.amount(taken, np.zeros(0)))
            for limit in whole.limits
            if limit.kind != "reach"
        )
        if keeps and allowed(taken) and worth >= (answer.goal.at_least or -np.inf) - 1e-9:
            yield worth, int(options.cost[taken].sum()), int(options.gap[:, taken].sum())


@QUICK
@given(
    plans(),
    st.integers(0, 60),
    st.sampled_from(["secured", "expected"]),
    st.sampled_from(["tonnes_a_year", "tonnes"]),
    st.booleans(),
)
def test_no_choice_is_better_than_the_one_found(open_store, rows, budget, reading, of, unclear):
    result = opened(open_store, rows)
    by_year = tuple((year, budget * MILLION // 20) for year in (2026, 2027, 2028))
    goal = over(result.plan, budget=by_year, reading=reading, of=of, unclear=unclear)
    answer = result.prioritised(goal)
    found = list(everything(answer))
    if not found:
        assert answer.choice is None
        assert answer.relaxations
    else:
        assert answer.proven
        best = max(worth for worth, _, _ in found)
        assert answer.figures.value == pytest.approx(best, abs=1e-6)
        # Of what reaches as much, the cheapest.
        cheapest = min(cost for worth, cost, _ in found if worth >= best - 1e-6)
        assert answer.figures.cost == cheapest
        assert (answer.list_figures.value <= best + 1e-6) or not answer.list_keeps


@QUICK
@given(plans(), st.integers(0, 150), st.sampled_from(["least_cost", "smallest_gap", "per_krona"]))
def test_the_other_aims_are_the_best_there_is_too(open_store, rows, least, aim):
    result = opened(open_store, rows)
    goal = over(result.plan, aim=aim, at_least=float(least), unclear=True, most_delay=1)
    answer = result.prioritised(goal)
    found = list(everything(answer))
    if not found:
        assert answer.choice is None
        assert [each.moved[0][0].kind for each in answer.relaxations] == ["reach"]
    elif aim == "least_cost":
        assert answer.figures.cost == min(cost for _, cost, _ in found)
    elif aim == "smallest_gap":
        assert int(answer.figures.gap.sum()) == min(gap for _, _, gap in found)
    elif all(cost > 0 for _, cost, _ in found):
        best = max(worth / cost for worth, cost, _ in found)
        assert answer.figures.value / answer.figures.cost == pytest.approx(best)


@QUICK
@given(plans(), st.integers(20, 80))
def test_what_is_shown_is_the_models_own_figure_to_the_ore(open_store, rows, budget):
    result = opened(open_store, rows)
    goal = over(result.plan, total=budget * MILLION // 10, unclear=True)
    answer = result.prioritised(goal)
    if answer.choice is not None:
        taken, options = answer.choice.chosen, answer.options
        assert (options.own[:, taken].sum(axis=1) == answer.figures.own).all()
        assert (options.gap[:, taken].sum(axis=1) == answer.figures.gap).all()
        assert answer.figures.value == pytest.approx(answer.problem.worth_of(taken))
        scenario = Scenario(id="val", name="Val", adjustments=answer.adjustments)
        shown = results(result.base.head.id, scenario, open_store)
        gap = sum(row.gap for row in shown.by("actor_group", "secured"))
        assert gap == answer.figures.gap.sum()
        assert set(shown.plan.tags["id"]) == set(chosen(answer))


@QUICK
@given(plans(), st.integers(5, 60), st.integers(0, 30))
def test_more_money_never_worsens_the_best(open_store, rows, budget, more):
    result = opened(open_store, rows)
    less = result.prioritised(over(result.plan, total=budget * MILLION // 10))
    richer = result.prioritised(over(result.plan, total=(budget + more) * MILLION // 10))
    if less.choice is not None:
        assert richer.figures.value >= less.figures.value - 1e-6


def test_all_choices_of_twelve_measures(result_of):
    many, random = 12, np.random.default_rng(12)
    rows = [
        gives(f"m{n}", int(random.integers(1, 30)), int(random.integers(1, 300)))
        for n in range(many)
    ]
    result = result_of(*rows)
    goal = over(result.plan, total=70 * MILLION, most_delay=0)
    answer = result.prioritised(goal)
    options = answer.options
    every = (np.arange(2**many)[:, None] >> np.arange(many)) & 1
    keeps = every @ options.cost <= goal.total
    assert answer.proven
    assert answer.figures.value == (every @ options.value)[keeps].max()


def test_a_second_solver_finds_no_better(result_of):
    from benchmarks.optimise import second_solver

    random = np.random.default_rng(60)
    rows = [
        gives(
            f"m{n}",
            int(random.integers(1, 30)),
            float(random.integers(1, 300)),
            int(random.choice([2026, 2027])),
            group="ihop" if n in (3, 9, 27) else "",
        )
        for n in range(60)
    ]
    result = result_of(*rows)
    budget = tuple((year, 100 * MILLION) for year in (2026, 2027, 2028))
    answer = result.prioritised(over(result.plan, budget=budget, seconds=20))
    objective_, _ = second_solver(answer.problem, 20)
    _aim, most = objective(answer.problem)
    assert most
    assert answer.proven
    assert answer.figures.value == pytest.approx(objective_, rel=1e-6)
    assert answer.list_figures.value <= answer.figures.value
    assert (answer.figures.own <= 100 * MILLION).all()


def test_what_is_not_known_is_listed_and_never_chosen_as_nothing(result_of):
    result = result_of(
        gives("a", 10, 100),
        measure("utan-belopp", effects=(tonnes(500),)),
        measure("utan-ton", {2026: 1}),
        measure("oklar", {2026: 1}, effects=(tonnes(900, "unclear"),)),
        measure("en-gang", {2026: 1}, effects=(tonnes(900, "once"),)),
        gives("hushall", 1, 50, owner="household", owner_kind="private"),
        gives("delad", 1, 50, owner="mixed", owner_kind="mixed"),
    )
    answer = result.prioritised(over(result.plan, total=100 * MILLION))
    assert chosen(answer) == {"a": 0}
    said = explain(answer)
    ids = answer.options.plan.tags["id"]
    assert {str(ids[out.place]): out.reason for out in said.left_out} == {
        "utan-belopp": "no_cost",
        "utan-ton": "no_effect",
        "oklar": "unclear_effect",
        "en-gang": "once_only",
    }
    assert {str(ids[out.place]): out.lost for out in said.left_out}["utan-belopp"] == 500
    # Others' measures, and those whose shares nobody knows, stay as they are.
    scenario = Scenario(id="val", name="", adjustments=answer.adjustments)
    kept = results("prov", scenario, result.store).plan.tags["id"]
    assert set(kept) == {"a", "hushall", "delad"}
    counted = result.prioritised(over(result.plan, total=100 * MILLION, unclear=True))
    assert chosen(counted) == {"a": 0, "oklar": 0}


def test_a_joint_effect_is_had_once(result_of):
    result = result_of(
        gives("stor", 5, 100, group="ihop"),
        gives("liten", 3, 100, group="ihop"),
        gives("annan", 4, 60),
    )
    answer = result.prioritised(over(result.plan, total=7 * MILLION))
    assert chosen(answer) == {"liten": 0, "annan": 0}
    assert answer.figures.value == 160
    richer = result.prioritised(over(result.plan, total=12 * MILLION))
    assert richer.figures.value == 160
    out = explain(richer).left_out
    assert [(each.reason, each.lost) for each in out] == [("nothing_more", 0.0)]


def test_measures_are_put_off_to_years_with_room(result_of):
    result = result_of(gives("a", 6, 100), gives("b", 6, 90), gives("c", 6, 80))
    budget = tuple((year, 6 * MILLION) for year in (2026, 2027, 2028))
    answer = result.prioritised(over(result.plan, budget=budget))
    assert sorted(chosen(answer).values()) == [0, 1, 2]
    # Sooner is more when tonnes add up over the years, so what gives most comes first.
    adding = result.prioritised(over(result.plan, budget=budget, of="tonnes"))
    # What would be ready when the years are over gives nothing within them.
    assert chosen(adding) == {"a": 0, "b": 1}
    assert adding.figures.value == 2 * 100 + 90
    fixed = result.prioritised(over(result.plan, budget=budget, most_delay=0))
    assert chosen(fixed) == {"a": 0}


def test_what_pays_outside_the_years_is_not_chosen_cheaply(result_of):
    result = result_of(
        measure("lang", {2026: 1_000_000, 2028: 50_000_000}, effects=(tonnes(1000),)),
        gives("kort", 5, 10),
    )
    goal = over(result.plan, last=2027, total=10 * MILLION)
    answer = result.prioritised(goal)
    assert chosen(answer) == {"kort": 0}
    assert [out.reason for out in explain(answer).left_out] == ["outside_years"]


def test_what_has_begun_is_carried_out_unless_the_goal_says_otherwise(result_of):
    paid = (
        Expenditure(year=2026, mid=4_000_000, paid=True),
        Expenditure(year=2027, mid=6_000_000),
    )
    result = result_of(
        measure("pagar", expenditures=paid, effects=(tonnes(1),)), gives("ny", 6, 100)
    )
    goal = over(result.plan, total=6 * MILLION)
    begun = result.prioritised(goal)
    assert chosen(begun) == {"pagar": 0}
    assert begun.figures.cost == 6 * MILLION
    assert chosen(result.prioritised(same_but(goal, committed=False))) == {"ny": 0}


def test_what_is_demanded_forbidden_excluded_and_needed(result_of):
    result = result_of(gives("a", 5, 100), gives("b", 5, 90), gives("c", 5, 10))
    goal = over(result.plan, total=10 * MILLION)
    assert set(chosen(result.prioritised(goal))) == {"a", "b"}
    assert set(chosen(result.prioritised(same_but(goal, must=("c",))))) == {"a", "c"}
    assert set(chosen(result.prioritised(same_but(goal, never=("a",))))) == {"b", "c"}
    apart = result.prioritised(same_but(goal, excludes=(("a", "b"),)))
    assert set(chosen(apart)) == {"a", "c"}
    assert explain(apart).left_out[0].reason == "excluded"
    assert explain(apart).left_out[0].other == "a"
    needs = result.prioritised(same_but(goal, total=5 * MILLION, requires=(("a", "c"),)))
    assert set(chosen(needs)) == {"b"}
    late = result.prioritised(same_but(goal, earliest=(("a", 2028),)))
    assert chosen(late)["a"] == 2


def test_departments_sectors_and_sources_have_limits_of_their_own(result_of):
    result = result_of(
        gives("a", 5, 100, department="Gata"),
        gives("b", 5, 90, department="Gata"),
        gives("c", 9, 10, department="Skola", sector="buildings"),
        gives("d", 9, 80, grants=(grant("x", {2026: 4_000_000}),)),
    )
    goal = over(result.plan, most_delay=0)
    assert len(chosen(result.prioritised(goal))) == 4
    tight = Bound("department", "Gata", 5 * MILLION, year=2026)
    assert "b" not in chosen(result.prioritised(same_but(goal, at_most=(tight,))))
    few = Bound("department", "Gata", 1, "measures")
    assert "b" not in chosen(result.prioritised(same_but(goal, at_most=(few,))))
    some = Bound("sector", "buildings", 9 * MILLION)
    wanted = same_but(goal, total=14 * MILLION, minimum=(some,))
    assert set(chosen(result.prioritised(wanted))) == {"c", "a"}
    capped = same_but(goal, sources=(SourceLimit("klimatklivet", 3 * MILLION),))
    assert "d" not in chosen(result.prioritised(capped))


def debt(result_of, *rows, **fields):
    known = {"result": 10_000_000, "depreciation": 0, "dissolved_grants": 0, "other_funds": 0}
    years = [Prerequisite(year=year, debt_ceiling=30_000_000, **known) for year in (2027, 2028)]
    first = Prerequisite(year=2026, debt_ceiling=30_000_000, opening_debt=20_000_000, **known)
    return result_of(*rows, prerequisites=(first, *years), **fields)


def test_the_debt_ceiling_holds_in_the_financing_analysis_itself(result_of):
    rows = [gives(f"m{n}", 10, 100 - n) for n in range(6)]
    result = debt(result_of, *rows)
    goal = over(result.plan, level="municipality", debt_ceiling=True)
    answer = result.prioritised(goal)
    assert answer.proven
    assert answer.figures.value == 100 + 99 + 98 + 97
    scenario = Scenario(id="val", name="", adjustments=answer.adjustments)
    analysis = results("prov", scenario, result.store).financing("municipality", basis="need")
    assert analysis.breach is None
    assert min(each.margin for each in analysis.years if each.margin is not None) == 0
    everything_ = results("prov", store=result.store).financing("municipality", basis="need")
    assert everything_.breach is not None


def test_self_financing_holds_in_the_financing_analysis_itself(result_of):
    rows = [gives(f"m{n}", 4, 100 - n) for n in range(6)]
    result = debt(
        result_of, *rows, financial_targets=(FinancialTarget(kind="self_financing", limit=1),)
    )
    goal = over(result.plan, level="municipality", self_financing=Decimal(1))
    answer = result.prioritised(goal)
    scenario = Scenario(id="val", name="", adjustments=answer.adjustments)
    shown = results("prov", scenario, result.store).financing("municipality", basis="need")
    shares = [each.self_financing for each in shown.years if each.expenditure]
    assert shares
    assert min(shares) >= 1
    assert sorted(chosen(answer).values()) == [0, 0, 1, 1, 2, 2]


def test_what_cannot_be_met_is_answered_by_the_smallest_change(result_of):
    result = result_of(gives("a", 5, 100), gives("b", 7, 60))
    goal = over(result.plan, aim="least_cost", at_least=150.0, total=10 * MILLION)
    answer = result.prioritised(goal)
    assert answer.choice is None
    assert not answer.contradiction
    ways = [(each.moved[0][0].kind, each.moved[0][2]) for each in answer.relaxations]
    assert ways == [("total", 12 * MILLION), ("reach", pytest.approx(100))]
    contrary = same_but(goal, must=("a", "b"), excludes=(("a", "b"),))
    assert result.prioritised(contrary).contradiction


def test_a_million_more_is_said_or_the_least_that_changes_anything(result_of):
    result = result_of(gives("a", 5, 100), gives("b", 7, 60), gives("c", 1, 5))
    tight = result.prioritised(over(result.plan, total=5 * MILLION))
    (margin,) = margins(tight)
    assert (margin.gain, margin.limit.kind) == (5.0, "total")
    (after,) = margins(result.prioritised(over(result.plan, total=6 * MILLION)))
    assert after.gain == 0
    assert after.next_gain == 55.0
    assert after.next_step == pytest.approx(6 * MILLION, rel=1e-6)
    least = result.prioritised(over(result.plan, aim="least_cost", at_least=101.0))
    (saved,) = margins(least)
    assert saved.limit.kind == "reach"
    assert saved.gain == pytest.approx(1 * MILLION)


def test_what_is_left_out_says_what_has_no_room(result_of):
    result = result_of(gives("a", 5, 100), gives("b", 7, 60))
    budget = ((2026, 5 * MILLION), (2027, 3 * MILLION), (2028, 6 * MILLION))
    answer = result.prioritised(over(result.plan, budget=budget))
    (out,) = explain(answer).left_out
    assert (out.reason, out.lost) == ("no_room", 60)
    assert [limit.kind for limit in out.limits] == ["budget"]
    binding = [use.limit.year for use in explain(answer).uses if use.binds]
    assert binding
    assert set(binding) <= {2026, 2027, 2028}
    demanded = over(result.plan, total=7 * MILLION, must=("b",))
    assert result.prioritised(demanded).figures.value == 60


def test_a_list_from_the_top_loses_what_is_said(result_of):
    result = result_of(gives("a", 1, 30), gives("b", 10, 200), gives("c", 10, 190))
    answer = result.prioritised(over(result.plan, total=20 * MILLION, most_delay=0))
    assert answer.figures.value == 390
    assert answer.list_figures.value == 230


def test_new_applications_keep_to_the_sources_share_and_limit(result_of):
    fields = {"sector": "buildings", "lifetime_years": 20}
    result = result_of(gives("a", 10, 100, **fields), gives("b", 10, 90, **fields))
    goal = over(result.plan, total=15 * MILLION, reading="best_case")
    assert set(chosen(result.prioritised(goal))) == {"a"}
    source = SourceLimit("klimatklivet", 6 * MILLION + 1, seek=True)
    answer = result.prioritised(same_but(goal, sources=(source,)))
    assert set(chosen(answer)) == {"a", "b"}
    assert answer.figures.cost <= 15 * MILLION
    scenario = Scenario(id="val", name="", adjustments=answer.adjustments)
    shown = results("prov", scenario, result.store)
    sought = int(shown.plan.grants.payments.sum())
    assert 6 * MILLION - 3_000 < sought <= 6 * MILLION + 1
    assert not [found for found in shown.rule_findings() if found.breaks]


def test_seeking_more_needs_a_reading_that_counts_it(result_of):
    result = result_of(gives("a", 10, 100))
    source = (SourceLimit("klimatklivet", seek=True),)
    with pytest.raises(InvalidData, match="expected and best_case"):
        result.prioritised(over(result.plan, sources=source))


@pytest.mark.parametrize(
    ("how", "said"),
    [
        ({"aim": "allt"}, "is no aim of a goal"),
        ({"aim": "least_cost"}, "say how much"),
        ({"first": 2028, "last": 2026}, "before it begins"),
        ({"total": -1}, "below zero"),
        ({"budget": ((2040, 1),)}, "none of its years"),
        ({"must": ("finns-inte",)}, "does not have"),
        ({"must": ("a",), "never": ("a",)}, "both demands and forbids"),
        ({"at_most": (Bound("farg", "blå", 1),)}, "gathers no measures"),
        ({"at_most": (Bound("department", "Ingen", 1),)}, "No measure belongs"),
    ],
)
def test_a_goal_that_cannot_be_understood_says_why(result_of, how, said):
    result = result_of(gives("a", 10, 100))
    with pytest.raises(InvalidData, match=said):
        result.prioritised(over(result.plan, **how))


def test_what_is_demanded_outside_the_years_is_refused(result_of):
    result = result_of(gives("a", 10, 100, year=2028))
    with pytest.raises(InvalidData, match="cannot be carried out within 2026 to 2027"):
        result.prioritised(over(result.plan, last=2027, must=("a",)))


def test_a_decided_appropriation_is_own_money_and_no_gap(result_of):
    funded = gives("a", 10, 100, appropriations=(appropriation(2026, 10_000_000),))
    result = result_of(funded, gives("b", 8, 90))
    goal = over(result.plan, aim="smallest_gap", at_least=80.0, most_delay=0)
    answer = result.prioritised(goal)
    assert set(chosen(answer)) == {"a"}
    assert answer.figures.gap.sum() == 0
    assert answer.figures.cost == 10 * MILLION


def test_time_that_is_up_gives_the_best_found_and_says_so(result_of):
    random = np.random.default_rng(7)
    rows = [
        gives(f"m{n}", int(random.integers(1, 99)), float(random.integers(1, 999)))
        for n in range(80)
    ]
    result = result_of(*rows)
    budget = tuple((year, 333 * MILLION) for year in (2026, 2027, 2028))
    answer = result.prioritised(over(result.plan, budget=budget, seconds=0.05))
    assert answer.choice is not None
    assert answer.figures.value >= answer.list_figures.value
    assert answer.proven or answer.distance > 0 or np.isnan(answer.distance)


def test_society_benefit_can_be_the_aim(result_of):
    none = (RunningCost(year=2027, amount=0),)
    result = result_of(
        gives("a", 5, 100, lifetime_years=20, running_costs=none),
        gives("b", 5, 300),
    )
    answer = result.prioritised(over(result.plan, of="benefit", total=5 * MILLION))
    assert set(chosen(answer)) == {"a"}
    assert [out.reason for out in explain(answer).left_out] == ["no_benefit"]
    assert answer.figures.value > 0


def test_where_nothing_can_be_chosen_the_choice_is_nothing(result_of):
    result = result_of(measure("utan-belopp", effects=(tonnes(500),)))
    answer = result.prioritised(over(result.plan, total=MILLION))
    assert answer.proven
    assert chosen(answer) == {}
    reach = result.prioritised(over(result.plan, aim="least_cost", at_least=5.0))
    assert [each.moved[0][2] for each in reach.relaxations] == [0.0]


def test_a_goal_is_a_key(result_of):
    result = result_of(gives("a", 5, 100))
    goal = Goal(2026, 2028, total=MILLION)
    assert result.prioritised(goal) is result.prioritised(Goal(2026, 2028, total=MILLION))
