"""The language of scenarios: what a file may say, and how every fault is told by file and line."""

from decimal import Decimal
from pathlib import Path

import pytest

from model.reference import reference
from model.scenario import AS_IS, CostFactor, Delay, SeekMaximum, SwitchOff, Where, combine
from model.scenario.form import Form, as_form, content, write
from model.scenario.language import Names, read, resolve

README = Path(__file__).parents[2] / "data" / "README.md"
NAMES = Names.of(reference(), measures=("a", "b", "c"), loans=("l",))


def written(text: str, id: str = "x"):
    return read(text.encode(), f"{id}.yaml", id, NAMES)


def only_fault(text: str):
    (fault,) = written(text).found
    return fault


def example() -> str:
    """The complete example of data/README.md."""
    section = README.read_text("utf-8").split("## A scenario:")[1]
    return section.split("```yaml\n")[1].split("```")[0]


def test_the_example_in_the_readme_is_a_whole_scenario():
    found = read(example().encode(), "readme.yaml", "readme", Names.of(reference()))
    assert found.found == []
    scenario = resolve({"readme": found}, reference().scenarios)["readme"]
    kinds = {each.do for each in scenario.adjustments}
    assert kinds == set(SHOWN)
    assert scenario.assumptions
    assert scenario.exclude
    assert scenario.require
    assert scenario.reinforce
    assert set(found.form.model_fields_set) == set(Form.model_fields) - {"order"}


SHOWN = (
    *("switch_off", "switch_on", "only", "delay", "rollout", "cost_factor", "effect_factor"),
    *("funding_factor", "source_off", "success_rate", "private_share", "owner_shares"),
    *("green_share", "green_loans", "loan_terms", "calculation_rate", "seek_maximum"),
)


def test_a_form_is_the_same_when_it_is_written_and_read_back():
    form = read(example().encode(), "x", "x", Names.of(reference())).form
    again = read(write(form).encode(), "x", "x", Names.of(reference())).form
    assert again == form
    assert write(again) == write(form)


@pytest.mark.parametrize("id", [key for key in reference().scenarios if key != AS_IS.id])
def test_a_shipped_scenario_is_the_same_when_it_is_written_and_read_back(id):
    path = reference().folder / "scenarios" / f"{id}.yaml"
    form = read(path.read_bytes(), id, id, Names.of(reference())).form
    again = read(write(form).encode(), id, id, Names.of(reference()))
    assert again.form == form
    whole = resolve({id: again}, reference().scenarios)
    assert whole[id] == reference().scenarios[id]


def test_what_is_toggled_on_screen_can_be_written_and_read():
    seek = SeekMaximum(source="life", probability=0.5, share=0.6, owners=("region",))
    toggled = (
        reference()
        .scenarios["costs_plus_30"]
        .then(
            SwitchOff(where=Where(tags={"id": ("a",)})),
            Delay(years=2),
            CostFactor(factor=1.005),
            seek,
        )
    )
    own = AS_IS.then(*toggled.adjustments[1:]).model_copy(update={"name": "Mitt"})
    text = write(as_form(own, "costs_plus_30"))
    found = written(text)
    assert found.found == []
    assert resolve({"x": found}, reference().scenarios)["x"].hash == toggled.hash


def test_what_a_scenario_is_called_is_no_part_of_its_content():
    form = Form(name="Namn", author="Kim", adjustments=({"do": "delay", "years": 1},))
    assert content(form) == "adjustments:\n- do: delay\n  years: 1\n"
    assert content(Form(name="Intet")) == ""


@pytest.mark.parametrize(
    ("text", "line", "where", "said"),
    [
        ("name: x\ncolour: red", 2, "colour", "no such field"),
        ("name: x\nassumptions:\n  no/such: low", 3, "assumptions.no/such", "is not in data/"),
        (
            "name: x\nadjustments:\n- do: delay\n  years: 40",
            4,
            "adjustments.0.years",
            "less than or equal to 20",
        ),
        (
            "name: x\nadjustments:\n- {do: switch_off, where: {weather: sunny}}",
            3,
            "adjustments.0.where",
            "'weather' is no tag",
        ),
        (
            "name: x\nadjustments:\n- {do: switch_off, where: {sector: magic}}",
            3,
            "adjustments.0.where.sector",
            "'magic' is not in data/sectors",
        ),
        (
            "name: x\nadjustments:\n- {do: source_off, source: lottery}",
            3,
            "adjustments.0.source",
            "'lottery' is not in data/funding",
        ),
        (
            "name: x\nadjustments:\n- {do: switch_off, where: {id: zzz}}",
            3,
            "adjustments.0.where.id",
            "the plan has no measure zzz",
        ),
        ("name: x\nexclude: [a, zzz]", 2, "exclude.0", "the plan has no measure zzz"),
        ("name: x\nexclude: [a]", 2, "exclude.0", "at least two measures"),
        ("name: x\nrequire: {a: [zzz]}", 2, "require.a", "the plan has no measure zzz"),
        (
            "name: x\nreinforce:\n- {measures: [a, b], factor: 1.1, effect: joy}",
            3,
            "reinforce.0.effect",
            "'joy' is not in data/indicators",
        ),
        (
            "name: x\nadjustments:\n- {do: loan_terms, loans: [zzz], interest: 0.03}",
            3,
            "adjustments.0.loans",
            "the plan has no loan zzz",
        ),
        ("name: x\nnote: y\nname: z", 3, "name", "stands twice"),
        (
            "name: x\nassumptions:\n  state_aid/gber_36: {level: low, 2027: 0.3}",
            3,
            "assumptions.state_aid/gber_36",
            "both a level and values by year",
        ),
        (
            "name: x\nassumptions:\n  climate/carbon_value: high",
            3,
            "assumptions.climate/carbon_value",
            "no high value",
        ),
        (
            "name: x\nassumptions:\n  funding/application_success: {2027: 1.2}",
            3,
            "assumptions.funding/application_success.2027",
            "expected 0 to 1",
        ),
        (
            "name: x\nassumptions:\n  emission_factors/electricity_nordic_lca: {2027: 30000}",
            3,
            "assumptions.emission_factors/electricity_nordic_lca.2027",
            "cannot be right for Electricity",
        ),
        (
            "name: x\nassumptions:\n  energy_prices/electricity: {2027: 1200}",
            3,
            "assumptions.energy_prices/electricity",
            "price_year",
        ),
        (
            "name: x\nassumptions: {economy/calculation_rate: high}",
            2,
            "assumptions.economy/calculation_rate",
            "use the adjustment calculation_rate",
        ),
        (
            "name: x\nadjustments:\n- {do: calculation_rate, rate: 0.01}\n"
            "- {do: calculation_rate, rate: 0.02}",
            4,
            "adjustments.1",
            "contradicts calculation_rate on line 3",
        ),
        (
            "name: x\nadjustments:\n- {do: switch_off, where: {id: a}}\n"
            "- {do: switch_on, where: {id: a}}",
            4,
            "adjustments.1",
            "contradicts switch_off on line 3",
        ),
        (
            "name: x\nadjustments:\n- {do: rollout, shares: {2027: 0.5, 2028: 0.4}}",
            3,
            "adjustments.0.shares",
            "add up to 0.9",
        ),
        (
            "name: x\nexclude: [a, b]\nrequire: {a: [b]}",
            3,
            "require.a",
            "that exclude says it excludes",
        ),
        (
            "name: x\nadjustments:\n- {do: rollout, shares: {2027: 0.5, soon: 0.5}}",
            3,
            "adjustments.0.shares.1.0",
            "valid integer",
        ),
        (
            "name: x\nadjustments:\n- {do: delay, years: true}",
            3,
            "adjustments.0.years",
            "have no meaning here",
        ),
        (
            "name: x\nadjustments:\n- {do: switch_off, where: {sector: []}}",
            3,
            "adjustments.0.where",
            "sector has no value",
        ),
        (
            "name: x\nadjustments:\n- {do: source_off, source: ''}",
            3,
            "adjustments.0.source",
            "at least 1 character",
        ),
        (
            "name: x\nadjustments:\n- {do: seek_maximum, probability: 0.5}",
            3,
            "adjustments.0.source",
            "is missing",
        ),
        (
            "name: x\nadjustments:\n- {do: seek_maximum, source: [], probability: 0.5}",
            3,
            "adjustments.0.source",
            "valid string",
        ),
        ("note: x\nname: '  '", 2, "name", "say what the scenario is called"),
        ('note: x\nname: "a\\nb"', 2, "name", "expected one line"),
        ('name: x\nnote: "a\\0b"', 2, "note", "holds a control character"),
        ("name: x\nexclude: [[a, b, [c]]]", 2, "exclude.0", "expected the id of a measure"),
        ("name: x\nrequire: {a: {b: c}}", 2, "require.a", "expected the id of a measure"),
        (
            "name: x\nassumptions:\n  energy_prices/electricity: {2027: 1.0e+30, price_year: 2025}",
            3,
            "assumptions.energy_prices/electricity.2027",
            "1.000E+30 cannot be right",
        ),
        (
            "name: x\nadjustments:\n" + "- {do: delay, years: 1}\n" * 201,
            2,
            "adjustments",
            "201 adjustments stand here: a scenario has at most 200",
        ),
    ],
)
def test_a_fault_names_its_file_and_line(text, line, where, said):
    fault = only_fault(text)
    assert fault.severity == "error"
    assert fault.message.startswith(f"x.yaml:{line}: {where}: ")
    assert said in fault.message


def test_all_faults_are_told_at_once():
    text = "nome: x\nassumptions: {no/such: low}\nadjustments:\n- {do: dance}\n- {do: delay}"
    assert [fault.ref for fault in written(text).found] == [
        "x.yaml: nome",
        "x.yaml: assumptions.no/such",
        "x.yaml: adjustments.0",
        "x.yaml: adjustments.1.years",
        "x.yaml: name",
    ]


def test_what_is_no_yaml_is_told_with_its_line():
    (fault,) = written("name: [a").found
    assert fault.code == "unreadable_file"
    assert "line" in fault.message


def test_a_file_that_unfolds_without_end_is_refused():
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 10)}]" for i in range(1, 9)]
    (fault,) = written("\n".join(lines)).found
    assert "more than 50000" in fault.message


def test_a_value_by_year_keeps_its_figures_exactly():
    found = written(
        "name: x\nassumptions:\n  energy_prices/average: {2030: 1.5, 2027: 900, price_year: 2025}"
    )
    (override,) = found.own.assumptions
    assert override.values == ((2027, Decimal(900)), (2030, Decimal("1.5")))
    assert override.price_year == 2025


def test_a_scenario_extends_others_in_their_order():
    first = written("name: A\nadjustments: [{do: delay, years: 1}]", "a")
    second = written("name: B\nextends: [a, costs_plus_30]\nauthor: Kim", "b")
    both = resolve({"b": second, "a": first}, reference().scenarios)
    assert both["b"].adjustments == (
        Delay(years=1),
        *reference().scenarios["costs_plus_30"].adjustments,
    )
    assert (both["b"].name, both["b"].author, both["b"].id) == ("B", "Kim", "b")
    assert both["b"].hash == combine(both["a"], reference().scenarios["costs_plus_30"]).hash


def test_a_parent_that_does_not_exist_is_told():
    child = written("name: B\nnote: n\nextends:\n- nobody", "b")
    assert resolve({"b": child}, {"plan": AS_IS}) == {}
    (fault,) = child.found
    assert fault.message == ("b.yaml:4: extends.0: there is no scenario nobody; there are plan, b.")


def test_scenarios_that_extend_each_other_in_a_ring_are_told():
    ring = {
        "a": written("name: A\nextends: [b]", "a"),
        "b": written("name: B\nextends: [c]", "b"),
        "c": written("name: C\nextends: [a]", "c"),
        "d": written("name: D", "d"),
    }
    assert list(resolve(ring, {})) == ["d"]
    (fault,) = [fault for each in ring.values() for fault in each.found]
    assert "a → b → c → a" in fault.message
