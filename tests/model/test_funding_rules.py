"""Grants against the rules of their sources: worked cases, and what must hold for any amounts."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from model.errors import InvalidData
from model.funding_limits import maximum_grant
from model.reference import reference
from model.rows import Appropriation, Effect, Grant, OwnerShare, Payment
from model.state_aid import cap, ceiling
from tests.model.conftest import grant, kronor, measure

CASES = Path(__file__).parents[1] / "cases"
known = reference()
TODAY = date(2026, 3, 1)


def cases(name: str) -> list[dict]:
    return yaml.safe_load((CASES / f"{name}.yaml").read_text("utf-8"))


def the_measure(said: dict, key: str = "a"):
    grants = tuple(
        Grant(
            id=f"g{number}",
            status=each.pop("status", "granted"),
            payments=(Payment(year=2026, amount=each.pop("amount")),),
            **each,
        )
        for number, each in enumerate(dict(each) for each in said["grants"])
    )
    effects = (
        (Effect(indicator="co2e_reduction", unit="t CO2e", mid=said["tonnes"], basis="per_year"),)
        if "tonnes" in said
        else ()
    )
    own = (
        (Appropriation(year=2026, status="decided", amount=said["appropriation"]),)
        if "appropriation" in said
        else ()
    )
    return measure(
        key,
        {2026: said["investment"]},
        owner=said.get("owner", "municipality"),
        owner_kind="private" if said.get("owner") == "household" else "public",
        grants=grants,
        effects=effects,
        appropriations=own,
        starts=str(said.get("starts", "")),
        readiness=said.get("readiness"),
        asset=said.get("asset", ""),
        lifetime_years=said.get("lifetime"),
    )


@pytest.mark.parametrize("case", cases("funding_rules"), ids=lambda case: case["case"])
def test_the_worked_cases_of_the_rules(result_of, case):
    said, expect = case["input"], case["expect"]
    findings = result_of(
        the_measure(said), head={"municipality": said.get("municipality", "2480")}
    ).rule_findings()
    errors = [found.code for found in findings if found.breaks]
    wanted = [expect["error"]] if "error" in expect else []
    assert errors == wanted
    if "warning" in expect:
        assert expect["warning"] in [found.code for found in findings]
    if expect:
        (found,) = [
            each for each in findings if each.code == expect.get("error", expect.get("warning"))
        ][:1]
        for name in ("found", "maximum"):
            if name in expect:
                assert kronor(getattr(found, name)) == expect[name]
        if "paragraph" in expect:
            assert found.rule.paragraph == expect["paragraph"]
        if "verified" in expect:
            assert found.rule.verified == expect["verified"]
        assert found.violation.ref.startswith("prov/a/grants/g")
        assert found.rule.text
        assert found.rule.text_en


@pytest.mark.parametrize("case", cases("maximum_grant"), ids=lambda case: case["case"])
def test_the_most_that_a_source_pays(case):
    said = case["input"]
    most = maximum_grant(
        known.funding[said["source"]],
        said["owner"],
        said["cost"] * 100,
        said["day"],
        known,
        said["purpose"],
    )
    assert (None if most is None else kronor(most)) == case["expect"]


def test_the_rules_agree_with_the_cases_beside_the_checkout(result_of, shared):
    codes = {"Karlstad": "1780"}
    grants = ("klimatklivet", "eruf", "horizon", "stadsmiljoavtal", "jtf")
    keys = {"eruf": "eruf_ovre_norrland", "horizon": "horizon_europe"}
    listed = yaml.safe_load((shared / "cases" / "funding_rules.yaml").read_text("utf-8"))
    assert len(listed) == 7
    for number, case in enumerate(listed):
        said, expect = case["input"], case["expect"]
        if "scheme" in said:
            scheme, _, purpose = said["scheme"].rpartition("_")
            most = maximum_grant(
                known.funding[scheme],
                said["owner"],
                said["cost"] * 100,
                date(said["year"], 7, 1),
                known,
                purpose,
            )
            assert kronor(most) == expect["maximum_grant"], case["name"]
            continue
        asked = [
            {
                "source": keys.get(name, name),
                "amount": said[name],
                **({"decided_on": f"{said['decision']}-01-01"} if "decision" in said else {}),
                **(
                    {"status": "applied", "applied_on": f"{said['applied']}-01-01"}
                    if "applied" in said
                    else {}
                ),
            }
            for name in grants
            if name in said
        ]
        made = {
            "investment": said.get("investment", 100),
            "owner": said.get("owner", "municipality"),
            "grants": asked,
            **({"starts": f"{said['started']}-01"} if "started" in said else {}),
        }
        found = result_of(
            the_measure(made),
            head={"id": f"p{number}", "municipality": codes.get(said.get("municipality"), "2480")},
        ).rule_findings()
        code = expect.get("violation") or expect.get("warning")
        (finding,) = [each for each in found if each.code == code]
        assert finding.breaks == ("violation" in expect), case["name"]
        if "maximum" in expect:
            assert kronor(finding.maximum) == expect["maximum"]


def test_every_rule_names_its_paragraph_or_its_source_and_says_when_it_is_unverified(result_of):
    said = {"investment": 100, "grants": [{"source": "eruf_ovre_norrland", "amount": 60}]}
    (found,) = [each for each in result_of(the_measure(said)).rule_findings() if each.breaks]
    assert found.rule.source == "tillvaxtverket-ovre-norrland"
    assert found.rule.verified
    said["grants"][0]["source"] = "eruf_mellersta_norrland"
    head = {"id": "annan", "municipality": "2380"}
    (found,) = [
        each for each in result_of(the_measure(said), head=head).rule_findings() if each.breaks
    ]
    assert not found.rule.verified


def test_a_finding_reads_in_both_languages(result_of):
    from model.language import message

    said = {
        "owner": "household",
        "investment": 9,
        "grants": [{"source": "klimatklivet", "amount": 1}],
    }
    (found,) = [each for each in result_of(the_measure(said)).rule_findings() if each.breaks]
    assert message(found.violation, "sv") == "Hushåll kan inte få stödet."
    assert message(found.violation, "en") == "Households cannot get this support."


def test_only_the_part_of_owners_that_the_source_reaches_counts(result_of):
    shares = (
        OwnerShare(owner="municipality", share="0.5"),
        OwnerShare(owner="state", share="0.5"),
    )
    made = measure(
        need={2026: 100},
        owner="mixed",
        owner_kind="mixed",
        owner_shares=shares,
        grants=(grant("g", {2026: 30}),),
    )
    (found,) = [each for each in result_of(made).rule_findings() if each.breaks]
    assert (found.code, kronor(found.maximum)) == ("share_above_maximum", 25)


def test_a_scenario_that_seeks_the_maximum_is_judged_too(result_of):
    scenario = known.scenarios["klimatklivet_max"]
    findings = result_of(
        measure("a", {2026: 100}),
        measure("b", {2026: 100}, readiness="procured"),
        scenario=scenario,
    ).rule_findings()
    assert {(each.measure, each.code) for each in findings} == {("a", "yield_unknown")}


def test_de_minimis_of_one_company_is_added_over_three_years_and_not_over_four(result_of):
    def aid(key: str, year: int):
        return measure(
            key,
            {2026: 9_000_000},
            owner="municipal_company",
            department="Bolaget",
            grants=(
                grant(
                    "g",
                    {2026: 2_000_000},
                    aid_basis="de_minimis",
                    decided_on=f"{year}-05-01",
                ),
            ),
        )

    def broken(*years: int) -> list[str]:
        made = [aid(f"m{year}", year) for year in years]
        head = {"id": f"p{years[0]}-{years[-1]}"}
        return [
            each.measure
            for each in result_of(*made, head=head).rule_findings()
            if each.code == "de_minimis_above_ceiling"
        ]

    assert broken(2025, 2027) == ["m2027"]
    assert broken(2025, 2028) == []


def test_a_euro_without_a_rate_leaves_the_ceiling_unknown():
    assert ceiling(2026, known) == 339_000_000
    assert ceiling(1999, known) is None


def test_bonuses_add_up_and_never_pass_the_whole():
    assert cap("gber_36", (), known).usual == Decimal("0.40")
    assert cap("gber_36", ("small", "area_a"), known).usual == Decimal("0.75")
    assert cap("gber_36", ("small", "small"), known).usual == Decimal("0.60")
    assert cap("gber_49", ("small",), known).usual == Decimal("0.60")
    assert cap("de_minimis", (), known) is None


def test_a_bonus_or_a_ceiling_is_no_ground_for_aid(result_of):
    for basis in ("bonus_small", "gber_99"):
        with pytest.raises(InvalidData) as refused:
            result_of(
                measure(need={2026: 1}, grants=(grant("g", {2026: 1}, aid_basis=basis),)),
                head={"id": basis.replace("_", "-")},
            )
        assert [each.code for each in refused.value.violations] == ["unknown_key"]


def test_findings_stop_no_save_and_an_unknown_source_does(result_of):
    said = {"investment": 1, "grants": [{"source": "klimatklivet", "amount": 60}]}
    assert result_of(the_measure(said)).rule_findings()
    said["grants"][0]["source"] = "finns-inte"
    with pytest.raises(InvalidData):
        result_of(the_measure(said), head={"id": "annan"})


def test_another_actors_firm_commitment_is_money_of_theirs_for_their_need(result_of):
    result = result_of(
        measure(
            "a",
            {2026: 100},
            owner="business",
            owner_kind="private",
            grants=(grant("g", {2026: 40}, source="other_actor"),),
        ),
        measure("b", {2026: 100}),
    )
    groups = result.groups("secured")
    assert (kronor(groups["other"].covered), kronor(groups["other"].gap)) == (40, 60)
    assert (kronor(groups["municipal_group"].covered), kronor(groups["municipal_group"].gap)) == (
        0,
        100,
    )
    assert result.rule_findings() == []


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(cost=st.integers(1, 10**9), share=st.integers(0, 150))
def test_a_share_is_broken_exactly_when_it_is_above_half(cost, share):
    from model.funding_facts import Subject, Support
    from model.funding_rules import rule_findings
    from model.owners import MILLION
    from model.rows import Measure, PlanHead
    from tests.model.conftest import HEAD

    amount = cost * share
    support = Support(
        "g",
        "klimatklivet",
        known.funding["klimatklivet"],
        "granted",
        amount,
        amount,
        None,
        None,
        {2026: amount},
        None,
    )
    subject = Subject(
        0,
        "a",
        "A",
        (("municipality", MILLION),),
        "",
        "",
        0,
        cost * 100,
        0,
        0,
        0,
        True,
        False,
        None,
        None,
        Measure(id="a", name="A"),
        (support,),
    )
    found = {each.code for each in rule_findings([subject], PlanHead(**HEAD), known)}
    assert ("share_above_maximum" in found) == (share > 50)
    assert ("more_than_cost" in found) == (share > 100)


def test_every_code_of_a_finding_has_words(result_of):
    """Every rule that a judge names stands in the common rules or with a source."""
    import re

    text = "".join(
        Path(f"model/{name}.py").read_text("utf-8") for name in ("funding_rules", "state_aid")
    )
    named = set(re.findall(r'(?:breaks|mind)\(\s*"(\w+)"', text))
    ruled = set(re.findall(r'rule="(\w+)"|"rule": "(\w+)"', text))
    rules = set(known.common_rules)
    assert {each for pair in ruled for each in pair if each} <= rules
    assert named
