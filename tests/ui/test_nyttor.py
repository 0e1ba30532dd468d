"""Multiple benefits on screen: the sum and its range, how each comes about, what is asked for."""

from model.municipal_rows import LocalValue
from model.reference import plan_documents
from model.rows import Effect, Expenditure, Measure, PlanDocument
from tests.ui.conftest import made, said

EXAMPLE, PUBLISHED = "exempelkommunen", "helsingborg-2030"


def text(app) -> str:
    """What the page says, with ordinary spaces."""
    return said(app).replace("\xa0", " ").replace("\u202f", " ")


def picked(opened, benefit: str, **query) -> str:
    """What the page says of a benefit that is chosen in the list beside the chart."""
    page = opened("nyttor", **query)
    page.selectbox(key="benefits-list").select(benefit).run()
    assert not page.exception
    return text(page)


def test_the_answer_is_a_present_value_and_says_what_most_of_it_is(opened):
    page = text(opened("nyttor", plan=EXAMPLE))
    assert "De nyttor som kan värderas är värda omkring 2,5 miljarder kronor för samhället" in page
    assert "mest minskad klimatpåverkan" in page
    assert "vid 3,5 %" in page
    assert "130 miljoner euro" in page


def test_a_plan_whose_effects_are_published_says_what_is_left_out(opened):
    page = text(opened("nyttor", plan=PUBLISHED))
    assert "omkring 674,9 mnkr" in page
    assert "736,1 mnkr" in page
    assert "4 åtgärder har en årlig effekt men inget som säger när den börjar" in page
    assert "16 åtgärder saknar livslängd" in page
    assert "ASEK 8 hanterar klimatet på annat sätt" in page


def test_cash_stands_apart_from_value_to_society(opened):
    page = text(opened("nyttor", plan=EXAMPLE))
    assert "3,8 mnkr lägre 2030" in page
    assert "Läggs aldrig ihop med samhällsvärden." in page
    assert "okänt" in text(opened("nyttor", plan=PUBLISHED))


def test_costs_are_weighed_against_benefits_of_the_same_measures(opened):
    page = text(opened("nyttor", plan=EXAMPLE))
    assert "För 10 av 16 åtgärder är båda kända" in page
    assert "Netto för samhället" in page
    assert "−851,6" in page


def test_the_price_of_a_tonne_is_chosen_and_the_other_stands_outside_the_sum(opened):
    page = text(opened("nyttor", plan=EXAMPLE, carbon="eib"))
    assert "mest minskad klimatpåverkan, EIB:s prisbana" in page
    assert "Samma nytta som Minskad klimatpåverkan, EIB:s prisbana, som räknas" in page


def test_a_sum_has_a_narrower_range_than_the_sum_of_the_ranges(opened):
    apart = text(opened("nyttor", plan=EXAMPLE, value="yearly"))
    together = text(opened("nyttor", plan=EXAMPLE, value="yearly", range="together"))
    assert "174,3–270,3 mnkr" in apart
    assert "173,7–270,9 mnkr" in together
    assert "Allt lågt på en gång till allt högt på en gång" in together


def test_a_benefit_opens_to_its_formula_its_figures_and_their_sources(opened):
    page = picked(opened, "air_nox", plan=EXAMPLE)
    assert "kilo × (regional kostnad + faktor × ventilation × √folkmängd i tätorten" in page
    assert "Samhällsekonomiska principer och kalkylvärden" in page
    assert "40 000 personer" in page
    assert "Åtgärderna bakom Luftkvalitet: kväveoxider" in page
    assert '<span class="tag">planens egen' in page


def test_what_nobody_has_stated_is_asked_for_where_it_is_entered(opened):
    page = text(opened("nyttor", plan=EXAMPLE))
    assert "lokala värden frågas efter" in page
    assert "HEAT: dödlighet i åldersgruppen" in page


def test_a_plan_with_its_own_values_is_valued_by_heat(opened):
    head = plan_documents()[1].plan.model_copy(update={"id": "heat", "name": "Cykelplan"})
    cyclists = Effect(
        indicator="new_cyclists", unit="persons", year=2026, mid=1000, basis="per_year"
    )
    path = Measure(
        id="c",
        name="Cykelväg",
        sector="transport",
        owner="municipality",
        owner_kind="public",
        lifetime_years=40,
        in_service="2026-12",
        expenditures=(Expenditure(year=2026, mid=10),),
        effects=(cyclists,),
    )
    values = (
        LocalValue(assumption="health/mortality_rate", year=2025, mid="0.0025", source="exempel"),
        LocalValue(
            assumption="health/cycling_minutes_per_week", year=2025, mid=60, source="exempel"
        ),
    )
    plan = made(PlanDocument(plan=head, measures=(path,), local_values=values))
    assert "39,2 mnkr" in text(opened("nyttor", plan=plan))
    page = picked(opened, "physical_health_cycling", plan=plan)
    assert "Byggs upp under 5 år. Räknas i högst 10 år." in page
    assert "planens egen" in page
    assert "Värdet av ett statistiskt liv" in page
