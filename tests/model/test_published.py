"""Published figures recomputed: what agrees, what does not, and what cannot be told."""

import json
from decimal import Decimal

import pytest
from pydantic import ValidationError

from model.errors import InvalidData
from model.expression import names
from model.published import VERDICTS, recompute, reproduce, reproduction
from model.published_entries import Publication
from model.reference import DATA, load, reference

found = reproduction()
known = reference()
ROWS = {(row.publication.key, row.figure.key): row for row in (*found.rows, *found.worked)}
# What the list of facts says of a figure that agrees, and of those that nobody can tell.
AGREES = ("match", "all match", "scope 1 match", "consistent", "roughly consistent", "73 matches")
AGREES += ("transport share", '"more than 2x" matches')
UNTOLD = ("compare", "air-quality label lost", "plausible", "input", "=")


def row(publication: str, figure: str):
    return ROWS[publication, figure]


@pytest.fixture(scope="module")
def truth(shared):
    path = shared / "workbooks" / "umea_published_figures.json"
    if not path.exists():
        pytest.skip(f"{path} is not here")
    return json.loads(path.read_text("utf-8"))


def of(identifier: str, truth) -> list:
    """The rows of a fact: those of its key, and of keys that begin with it and no longer one."""
    ids = sorted((figure["id"] for figure in truth["figures"]), key=len, reverse=True)

    def belongs(key: str) -> str | None:
        return next((each for each in ids if key == each or key.startswith(f"{each}_")), None)

    return [
        each
        for (publication, key), each in ROWS.items()
        if publication == "umea" and belongs(key) == identifier
    ]


def test_every_published_fact_about_umea_is_here(truth):
    assert [figure["id"] for figure in truth["figures"] if not of(figure["id"], truth)] == []


def test_a_verdict_is_what_was_found_of_the_figure(truth):
    for figure in truth["figures"]:
        verdicts = {each.verdict for each in of(figure["id"], truth)}
        if figure["id"] in truth["header"]["mismatches"]:
            assert "differs" in verdicts, figure["id"]
        elif figure["recomputable"] in ("yes", "partly"):
            agrees = figure["verdict"].startswith(AGREES)
            assert agrees or figure["verdict"].startswith(UNTOLD), figure["id"]
            assert "differs" not in verdicts, figure["id"]
            assert ("agrees" in verdicts) == agrees, figure["id"]
        else:
            assert verdicts == {"cannot"}, figure["id"]


def test_what_is_published_is_kept_as_it_was_printed(truth):
    for figure in truth["figures"]:
        stated = [row for row in of(figure["id"], truth) if row.figure.key == figure["id"]]
        if stated and isinstance(figure["value"], int | float):
            value = float(stated[0].figure.value)
            # Kronor in the one, million kronor in the other.
            assert figure["value"] in (value, value * 1_000_000), figure["id"]


def test_the_headline_counts():
    assert found.recomputed == found.counts["agrees"] + found.counts["differs"]
    assert sum(found.counts.values()) == len(found.rows)
    assert not any(row.publication.worked for row in found.rows)


@pytest.mark.parametrize("each", ROWS.values(), ids=lambda row: row.figure.key)
def test_a_figure_holds_together(each):
    figure = each.figure
    assert each.verdict in VERDICTS
    assert each.stated.source in known.sources
    if each.verdict == "differs":
        assert figure.why, "what does not agree says why"
    if each.verdict == "cannot":
        assert (each.recomputed, each.difference) == (None, None)
        assert each.reason
    else:
        assert abs(each.difference) <= abs(each.recomputed) + abs(float(figure.value))
        assert set(names(figure.formula)[0]) <= set(figure.inputs)
    used = {
        used
        for formula in (figure.formula, *(beside.formula for beside in figure.beside))
        if formula
        for used in names(formula)[0]
    }
    assert used == set(figure.inputs), "every input is used"


def test_every_worked_example_agrees():
    assert {row.verdict for row in found.worked} == {"agrees"}
    assert len(found.worked) == 14


def test_a_published_carbon_budget_is_used_up_by_a_geometric_series():
    assert row("ornskoldsvik", "yearly_reduction").recomputed == 219_517 / 1_108_880
    assert row("ornskoldsvik", "first_year").difference == pytest.approx(41.24)
    besides = [round(value) for _each, value in row("ornskoldsvik", "remaining").beside]
    assert besides == [758_336, 521_919]
    (_each, left), *_rest = row("ornskoldsvik", "yearly_reduction").beside
    assert round(left) == 295_156


def test_fossil_carbon_dioxide_is_not_compared_with_equivalents():
    for figure in ("industry_share", "industry_change", "transport_change"):
        assert row("ornskoldsvik", figure).verdict == "cannot"
        assert "ekvivalenter" in row("ornskoldsvik", figure).figure.why


def test_tonnes_per_million_agree_only_against_what_the_impact_covers():
    told = row("kommuninvest", "tonnes_per_million")
    assert round(told.recomputed, 1) == 14.6
    assert round(told.beside[0][1], 1) == 12.4


@pytest.mark.parametrize(
    ("town", "total"), [("uppsala", 5172), ("falun", 3966), ("sodertalje", 3564), ("laholm", 1118)]
)
def test_a_town_s_cost_of_particles_follows_from_its_people(town, total):
    told = row("sika", f"pm25_{town}")
    assert (told.figure.central, told.verdict) == (total, "agrees")


def test_twenty_jobs_per_million_are_more_than_the_money_pays():
    told = row("umea", "jobs_factor")
    assert (told.verdict, round(told.recomputed, 2)) == ("differs", 1.54)


def test_an_input_that_is_not_known_leaves_the_figure_untold():
    told = row("umea", "per_capita")
    assert (told.verdict, told.reason) == ("cannot", "unknown_input")
    assert round(told.beside[0][1]) == 92_758


def test_a_contradiction_names_figures_that_are_there():
    assert len(found.contradictions) == 10
    for publication, each in found.contradictions:
        for key in each.figures:
            assert found.of(publication.key, key).figure.ref
    pairs = [set(each.figures) for _publication, each in found.contradictions]
    assert {"npv_total", "npv_realistic"} in pairs
    assert {"investments_actors", "investments_eur_error"} in pairs


def test_what_a_city_s_own_file_says_too_is_said_the_same():
    city = {each.key: each for each in known.municipalities["2480"].figures}
    both = [(city[key], each.figure) for (_p, key), each in ROWS.items() if key in city]
    assert len(both) > 10
    for own, published in both:
        if published.unit == own.unit:
            assert (own.low, own.value) == (published.low, published.value), own.key
    budget = known.municipalities["2284"].carbon_budget
    assert budget.remaining == row("ornskoldsvik", "remaining").figure.central
    assert budget.first_year_emission == row("ornskoldsvik", "first_year").figure.central
    assert budget.published_yearly_reduction == row("ornskoldsvik", "yearly_reduction").figure.value


def test_a_factor_that_the_project_uses_is_the_one_that_was_published():
    for key, assumption in {
        ("energimyndigheten", "petrol"): "emission_factors/petrol_mk1_wtw",
        ("energimyndigheten", "diesel_mk1"): "emission_factors/diesel_mk1_wtw",
        (
            "energimyndigheten",
            "electricity",
        ): "emission_factors/electricity_swedish_consumption_lca",
        ("kommuninvest", "tonnes_per_million"): "green_bonds/kommuninvest_tonnes_per_msek",
        ("others", "severe_injury"): "health/severe_injury_cyclist",
        ("others", "bpie_jobs"): "jobs/building_renovation",
    }.items():
        assert ROWS[key].figure.value == known.assumptions[assumption].latest.value, assumption


def made(**figure) -> Publication:
    stated = {"key": "it", "name": "Det", "name_en": "It", "unit": "number", "central": 10}
    return Publication.model_validate(
        {
            "key": "made",
            "name": "Gjord",
            "name_en": "Made",
            "source": "example",
            "status": "verified",
            "figures": [stated | figure],
        }
    )


def told(**figure):
    publication = made(**figure)
    return recompute(publication, publication.figures[0], known.assumptions)


def printed(value) -> dict:
    return {"value": value, "unit": "number", "name": "x", "name_en": "x"}


@pytest.mark.parametrize(
    ("figure", "verdict", "difference"),
    [
        ({"formula": "x", "inputs": {"x": printed(10)}}, "agrees", 0),
        ({"formula": "x", "inputs": {"x": printed(11)}, "tolerance": 1}, "agrees", 1),
        ({"formula": "x", "inputs": {"x": printed(12)}, "tolerance": 1}, "differs", 2),
        ({"formula": "x", "inputs": {"x": printed(9)}, "central": None, "low": 8}, "agrees", 0),
        ({"formula": "x", "inputs": {"x": printed(7)}, "central": None, "low": 8}, "differs", -1),
        (
            {"formula": "x", "inputs": {"x": printed(7)}, "central": None, "low": 3, "high": 6},
            "differs",
            1,
        ),
        ({"formula": "x", "inputs": {"x": printed(None)}}, "cannot", None),
        ({"cannot": "garbled"}, "cannot", None),
    ],
)
def test_a_figure_agrees_within_what_printing_rounded_away(figure, verdict, difference):
    answer = told(**figure)
    assert (answer.verdict, answer.difference) == (verdict, difference)


@pytest.mark.parametrize(
    "figure",
    [
        {},
        {"formula": "x", "inputs": {"x": printed(1)}, "cannot": "input"},
        {"formula": "x + y", "inputs": {"x": printed(1)}},
        {"formula": "x", "inputs": {"x": {"value": 1}}},
        {"formula": "x", "inputs": {"x": printed(1) | {"of": "it"}}},
        {"formula": "x", "inputs": {"x": {"of": "nothing"}}},
        {"cannot": "input", "central": None},
        {"cannot": "input", "why": "bara svenska"},
        {"formula": "x.real", "inputs": {"x": printed(1)}},
    ],
)
def test_a_figure_that_does_not_hold_together_is_refused(figure):
    with pytest.raises((ValidationError, InvalidData)):
        made(**figure)


def test_a_fault_in_a_file_is_named_by_file_and_figure(tmp_path):
    for path in DATA.iterdir():
        if path.name not in ("published", "locale", "plans", "mappings"):
            (tmp_path / path.name).symlink_to(path)
    (tmp_path / "published").mkdir()
    text = (DATA / "published" / "kommuninvest.yaml").read_text("utf-8")
    text = text.replace(
        "tonnes_per_million(tonnes, disbursed", "tonnes_per_krona(tonnes, disbursed"
    )
    text = text.replace("    price_year: nominal\n", "")
    (tmp_path / "published" / "wrong.yaml").write_text(text, "utf-8")
    with pytest.raises(InvalidData) as refused:
        _ = load(tmp_path).published
    assert "data/published/wrong.yaml: figures.tonnes_per_million.formula" in str(refused.value)
    assert "data/published/wrong.yaml: figures.disbursed.price_year" in str(refused.value)


def test_nothing_is_published_twice():
    assert len(ROWS) == len(found.rows) + len(found.worked)
    assert reproduce(known.published, known.assumptions).counts == found.counts
    assert all(isinstance(row.figure.tolerance, Decimal) for row in found.rows)
