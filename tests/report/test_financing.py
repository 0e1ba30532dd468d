"""The financing analysis in words, and the same for machines."""

import json
from decimal import Decimal

import pytest

from model.financing import lines
from model.report import financing as words
from model.report import financing_json
from model.results import results


@pytest.fixture
def example(own_plans):
    return results("exempelkommunen", store=own_plans)


def test_each_row_has_a_name_with_its_sign(example):
    analysis = example.financing()
    assert [words.label(line) for line in lines(analysis)] == [
        *("Årets resultat", "+ Avskrivningar", "− Upplösta bidrag", "± Övrigt", "= Egna medel"),
        *("+ Bidrag", "− Investeringsutgift", "= Lånebehov", "Låneskuld UB", "Låneram"),
        *("Marginal", "Självfinansieringsgrad"),
    ]


def test_posts_add_up_over_the_years_and_debt_does_not(example):
    analysis = example.financing()
    cells = {line.key: words.cells(line, analysis) for line in lines(analysis)}
    assert cells["own_funds"] == ["42,0", "39,0", "40,0", "69,0", "78,0", "268,0"]
    assert cells["closing_debt"][-1] == ""
    assert cells["self_financing"] == ["136\u00a0%", "350\u00a0%", "", "", "", ""]


def test_machines_read_the_same_as_people(example):
    found = financing_json.document(example, "secured", "municipality", "need", Decimal(0))
    assert json.loads(json.dumps(found)) == found
    rows = {row["key"]: row for row in found["rows"]}
    analysis = example.financing(basis="need")
    assert list(rows) == [line.key for line in lines(analysis)]
    assert rows["closing_debt"]["values"]["2030"] == "732000000.00"
    assert found["fees"][0]["per_customer_full_year"] == "252.25"
    assert {each["kind"]: each["broken_from"] for each in found["targets"]} == {
        "result_share": None,
        "self_financing": None,
        "debt_per_resident": 2027,
    }


def test_what_is_unknown_is_null_for_machines(own_plans):
    published = results("helsingborg-2030", store=own_plans)
    found = financing_json.document(published, "secured", "group", "need", Decimal(0))
    rows = {row["key"]: row for row in found["rows"]}
    assert set(rows["closing_debt"]["values"].values()) == {None}
    assert found["answer"] == "Whether the debt ceiling holds is unknown"
