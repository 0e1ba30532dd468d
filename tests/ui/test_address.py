"""A link reproduces the view exactly."""

from dataclasses import replace

import pytest

from model.scenario import (
    CalculationRate,
    CostFactor,
    Delay,
    PrivateShare,
    SeekMaximum,
    SourceOff,
    SuccessRate,
    SwitchOff,
    Where,
)
from ui.address import Known, Unknown, View, read, sayable, write

KNOWN = Known(
    plans=("helsingborg-2030", "exempelkommunen"),
    scenarios=("plan", "costs_plus_30"),
    readings=("secured", "planned", "expected", "best_case"),
    sources=("klimatklivet",),
    cities=("2284", "2480"),
)
EVERYTHING = View(
    plan="exempelkommunen",
    scenario="costs_plus_30",
    reading="planned",
    language="en",
    toggles=(
        SwitchOff(where=Where(tags={"id": ("ccs",)})),
        SwitchOff(where=Where(tags={"sector": ("transport", "energy")})),
        Delay(years=2),
        Delay(years=1, where=Where(tags={"department": ("Teknik, fritid @ kultur",)})),
        CostFactor(factor=1.3),
        CostFactor(factor=0.855, where=Where(tags={"owner": ("municipality",)})),
        SourceOff(source="klimatklivet"),
        SuccessRate(source="klimatklivet", probability=0.45),
        PrivateShare(share=0.8),
        PrivateShare(share=0.7, where=Where()),
        CalculationRate(rate=0.035),
    ),
    compare=("plan",),
    city="2284",
)


def lists(query):
    return {name: [value] if isinstance(value, str) else value for name, value in query.items()}


def test_what_is_written_is_read_back():
    assert read(lists(write(EVERYTHING)), KNOWN) == (EVERYTHING, ())


def test_the_usual_view_has_an_empty_address():
    assert write(View()) == {}
    assert read({}, KNOWN) == (View(), ())


def test_toggles_read_as_a_person_would_say_them():
    view = View(plan="exempelkommunen", toggles=(Delay(years=2), CostFactor(factor=1.3)))
    assert write(view) == {"plan": "exempelkommunen", "delay": ["2"], "cost": ["30"]}


@pytest.mark.parametrize(
    ("parameter", "value"),
    [
        ("plan", "nowhere"),
        ("scenario", "<script>"),
        ("reading", "optimistic"),
        ("lang", "no"),
        ("delay", "99"),
        ("delay", "soon"),
        ("delay", "2@colour:red"),
        ("cost", "NaN"),
        ("cost", "1e999"),
        ("cost", ""),
        ("off", ""),
        ("off", "ccs@sector:energy"),
        ("without", "moneybags"),
        ("without", "klimatklivet@sector:energy"),
        ("success", "klimatklivet"),
        ("success", "klimatklivet:180"),
        ("private", "-1"),
        ("rate", "99"),
        ("city", "9999"),
    ],
)
def test_what_is_not_understood_is_left_out_and_said(parameter, value):
    assert read({parameter: [value]}, KNOWN) == (View(), (Unknown(parameter, value),))


def test_parameters_of_others_are_none_of_our_business():
    assert read({"embed": ["true"], "utm_source": ["x"]}, KNOWN) == (View(), ())


def test_a_toggle_replaces_an_earlier_one_about_the_same_thing():
    view = View().toggled(Delay(years=1)).toggled(Delay(years=3))
    assert view.toggles == (Delay(years=3),)


def test_a_toggle_about_other_measures_stands_beside():
    transport = Delay(years=1, where=Where(tags={"sector": ("transport",)}))
    assert View().toggled(Delay(years=2), transport).toggles == (Delay(years=2), transport)


def test_a_toggle_taken_away_is_gone():
    assert View().toggled(Delay(years=1)).without(Delay(years=1)) == View()


def test_a_toggle_is_found_and_taken_away_by_what_it_is_about():
    view = View().toggled(Delay(years=2), SourceOff(source="klimatklivet"))
    assert view.about(Delay(years=1)) == Delay(years=2)
    assert view.without(Delay(years=1)).toggles == (SourceOff(source="klimatklivet"),)


def test_an_address_can_say_what_is_read_as_it_was_written():
    assert sayable(EVERYTHING.toggles, KNOWN)
    seeks = SeekMaximum(
        source="klimatklivet", probability=0.5, share=0.5, owners=(), sectors=("transport",)
    )
    assert not sayable((seeks,), KNOWN)
    assert not sayable((Delay(years=1), Delay(years=2)), KNOWN)


def test_scenarios_to_compare_with_are_listed_with_commas():
    view = View(compare=("plan", "costs_plus_30"))
    assert write(view) == {"compare": "plan,costs_plus_30"}
    assert read({"compare": ["plan,costs_plus_30,plan"]}, KNOWN) == (view, ())


def test_to_compare_with_nothing_is_not_to_leave_it_unsaid():
    assert write(View(compare=())) == {"compare": ""}
    assert read({"compare": [""]}, KNOWN) == (View(compare=()), ())


def test_an_unknown_scenario_is_left_out_of_the_comparison_and_said():
    assert read({"compare": ["plan,nowhere"]}, KNOWN) == (
        View(compare=("plan",)),
        (Unknown("compare", "nowhere"),),
    )


@pytest.mark.parametrize(
    "said",
    [
        {"off": ["finns-inte"]},
        {"delay": ["2@sector:moln"]},
        {"delay": ["1_0"]},
        {"delay": ["٣"]},
        {"cost": ["0.00000001"]},
        {"rate": ["1e-9"]},
    ],
    ids=str,
)
def test_a_toggle_that_means_nothing_in_the_plan_is_said_and_left_out(said):
    known = replace(KNOWN, tagged=lambda plan, tag, value: False)
    view, unknown = read(said, known)
    (parameter, values), *_ = said.items()
    assert view == View()
    assert unknown == (Unknown(parameter, values[0]),)


def test_scenarios_together_are_read_from_one_parameter_or_several():
    known = replace(KNOWN, saved=lambda plan: ("eget",) if plan == "exempelkommunen" else ())
    both = View(plan="exempelkommunen", scenario="costs_plus_30+eget")
    for said in (["costs_plus_30", "eget"], ["costs_plus_30+eget"], ["costs_plus_30 eget"]):
        assert read({"plan": ["exempelkommunen"], "scenario": said}, known) == (both, ())
    assert write(both)["scenario"] == ["costs_plus_30", "eget"]
    assert read(lists(write(both)), known) == (both, ())


def test_a_scenario_that_another_plan_has_saved_is_unknown_here():
    known = replace(KNOWN, saved=lambda plan: ("eget",) if plan == "exempelkommunen" else ())
    query = {"plan": ["helsingborg-2030"], "scenario": ["eget", "costs_plus_30"]}
    view, unknown = read(query, known)
    assert (view.scenario, unknown) == ("costs_plus_30", (Unknown("scenario", "eget"),))
