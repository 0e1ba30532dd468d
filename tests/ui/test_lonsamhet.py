"""Profitability on screen: the answer, its views, why there is no figure, how one comes about."""

import pytest

from tests.ui.conftest import said

EXAMPLE, PUBLISHED = "exempelkommunen", "helsingborg-2030"


def text(app) -> str:
    """What the page says, with ordinary spaces."""
    return said(app).replace("\xa0", " ").replace("\u202f", " ")


def test_the_answer_says_whose_money_and_at_what_rate(opened):
    page = text(opened("lonsamhet", plan=EXAMPLE))
    assert "ger samhället 2,4 miljarder i nettonuvärde vid 3,5 % ränta" in page
    assert "10 av 16 åtgärder går att räkna på" in page
    cash = text(opened("lonsamhet", plan=EXAMPLE, view="municipality"))
    assert "kostar kommunkassan 87,8 mnkr i nettonuvärde" in cash
    assert "andra aktörers åtgärd" in cash


def test_a_title_says_a_long_name_whole(opened):
    page = text(opened("lonsamhet", plan=EXAMPLE))
    title = (
        "Elbilsbyte hos hushållen + Laddplatser i bostadsrättsföreningar har lägst kostnad, 8 kr"
    )
    assert title in page


def test_the_rate_is_a_toggle(opened):
    assert "vid 5,0 % ränta" in text(opened("lonsamhet", plan=EXAMPLE, rate="5"))


def test_the_price_level_vat_and_tax_factor_stand_by_the_chart(opened):
    page = text(opened("lonsamhet", plan=EXAMPLE))
    assert "fasta priser i 2026 års nivå, moms enligt varje belopp" in page
    assert "utan skattefaktor" in page
    taxed = text(opened("lonsamhet", plan=EXAMPLE, tax="1"))
    assert "skattefaktor 1,3" in taxed


def test_the_curve_says_why_what_pays_is_not_on_it(opened):
    page = text(opened("lonsamhet", plan=EXAMPLE))
    assert "2 åtgärder kostar noll eller mindre per ton och rangordnas efter nettonuvärde" in page
    assert "Taylor 2012" in page
    assert "Utgift saknas (1): Solceller på föreningslokaler" in page


def test_a_ranking_needs_no_tonnes(opened):
    page = text(opened("lonsamhet", plan=EXAMPLE, view="municipality", chart="ranking"))
    assert "2 av 7 åtgärder lönar sig" in page


def test_a_figure_opens_to_its_formula_and_its_sources(opened):
    page = text(opened("lonsamhet", plan=EXAMPLE, of="ex-05"))
    assert "Nettonuvärdet per investerad krona, netto: 29,9 mnkr / 4,8 mnkr" in page
    assert "Livslängd: 20 år efter 2026" in page
    assert "7 000 kronor per ton koldioxidekvivalenter, i sina egna 2017 års priser" in page
    assert "overifierad" in page


def test_measures_with_a_joint_effect_stand_together(opened):
    page = text(opened("lonsamhet", plan=EXAMPLE))
    assert "Tillsammans: Elbilsbyte hos hushållen + Laddplatser i bostadsrättsföreningar" in page


def test_a_plan_without_lifetimes_says_what_is_missing(opened):
    page = text(opened("lonsamhet", plan=PUBLISHED))
    assert "Ingen åtgärds lönsamhet går att räkna ut än: livslängd saknas (28)" in page
    assert "Inget index når 2026–2030: lägg in" in page
    assert "är nya pengar är inte angivet" in page


def test_what_a_view_counts_is_said_once(opened):
    for plan in (EXAMPLE, PUBLISHED):
        assert text(opened("lonsamhet", plan=plan)).count("Bidrag och intäkter från andra") == 1


def test_the_bridge_ends_in_what_is_new(opened):
    page = text(opened("lonsamhet", plan=EXAMPLE))
    assert "115,0 mnkr av behovet på 322,0 mnkr är nya pengar, och 35,0 mnkr kan vara det" in page
    assert "2 åtgärder anger inte vad som ändå hade investerats" in page


@pytest.mark.parametrize("chosen", ["municipality", "owner", "society"])
@pytest.mark.parametrize("reading", ["secured", "expected", "best_case"])
def test_every_view_holds_in_every_reading_and_chart(opened, chosen, reading):
    how = {"plan": EXAMPLE, "view": chosen, "reading": reading}
    for chart in ("curve", "ranking"):
        assert '<h1 class="answer">' in said(opened("lonsamhet", chart=chart, **how))


def test_packages_are_chosen_into_the_address(opened):
    app = opened("lonsamhet", plan=EXAMPLE)
    app.selectbox(key="said-package").set_value("owner").run()
    assert app.query_params["package"] == "owner"
