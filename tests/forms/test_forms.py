"""Forms: rows written as text and read again; what is wrong is said by field; nothing is lost."""

import ast
from decimal import Decimal
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import HealthCheck, given, settings

from model import municipal_rows, rows
from model.errors import Violation
from model.forms import choices, problems
from model.forms.by_hand import signed
from model.forms.compare import differences, merge
from model.forms.findings import placed
from model.forms.form import Draft
from model.forms.kinds import UNITS
from model.forms.measure import measure_form, new_id
from model.forms.plan import (
    HEAD,
    Prerequisites,
    Programmes,
    begun,
    prerequisites_form,
    programmes_form,
    read_new,
)
from model.forms.told import echo, said, told
from model.reference import plan_documents, reference
from model.rows import Expenditure, Grant, Measure, OwnerShare, Payment, PlanHead
from model.validate import validate_measure
from tests.store.test_documents import measures

HEAD_ROW = PlanHead(
    id="prov",
    name="Prov",
    municipality="1283",
    base_year=2025,
    first_year=2026,
    last_year=2030,
    system_boundary="municipal_group",
    price_level="nominal",
    vat="excluded",
)
MEASURE = Measure(
    id="tak",
    name="Solceller",
    decided_total=Decimal(1_000_000),
    expenditures=(
        Expenditure(year=2026, low=Decimal(100), high=Decimal(300), source_ref="b.xlsx!A!C7"),
        Expenditure(year=2027, mid=Decimal(500), source_ref="b.xlsx!A!D7"),
    ),
    grants=(
        Grant(
            id="kk",
            source="klimatklivet",
            status="applied",
            probability=Decimal("0.5"),
            payments=(Payment(year=2027, amount=Decimal(50)),),
        ),
    ),
)


def form(unit: str = "kr"):
    return measure_form(HEAD_ROW, MEASURE, unit)


def typed(**changes) -> Draft:
    """The draft of the measure with other texts in fields (``name``) and cells (``table_row``)."""
    draft = form().write(MEASURE)
    fields = dict(draft.fields)
    tables = {name: [dict(row) for row in lines] for name, lines in draft.tables.items()}
    for name, value in changes.items():
        if name in fields:
            fields[name] = value
        else:
            tables[name] = value(tables[name])
    return Draft(fields, {name: tuple(lines) for name, lines in tables.items()})


def read(draft: Draft, original=MEASURE):
    return form().read(draft, original, {"id": "tak"})


def found(draft: Draft) -> list[tuple[str, str]]:
    answer = read(draft)
    assert answer.value is None
    return [(violation.ref, violation.message) for violation in answer.violations]


@settings(max_examples=20, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(measures("tak"))
def test_a_form_that_is_opened_and_saved_changes_nothing(measure):
    for unit in UNITS:
        made = measure_form(HEAD_ROW, measure, unit)
        answer = made.read(made.write(measure), measure, {"id": measure.id})
        assert answer.violations == ()
        assert answer.value == measure


def test_every_row_of_the_plans_is_written_and_read_without_its_original():
    for document in plan_documents():
        for measure in document.measures:
            made = measure_form(document.plan, measure)
            assert made.read(made.write(measure), None, {"id": measure.id}).value == measure
        kept = {"id": document.plan.id, "example": document.plan.example}
        assert HEAD.read(HEAD.write(document.plan), None, kept).value == document.plan
        for whole, made in (
            (Programmes(rows=document.programmes), programmes_form()),
            (Prerequisites(rows=document.prerequisites), prerequisites_form()),
        ):
            assert made.read(made.write(whole)).value == whole


def test_an_amount_typed_with_a_decimal_comma_is_that_amount():
    made = measure_form(HEAD_ROW, MEASURE, "tkr")
    draft = made.write(MEASURE)
    fields = {**draft.fields, "decided_total": "2500,5"}
    assert made.read(Draft(fields, draft.tables), MEASURE, {"id": "tak"}).value == (
        MEASURE.model_copy(update={"decided_total": Decimal("2500500.00")})
    )


def test_a_refusal_names_table_row_and_field():
    def wrong(lines):
        return [lines[0], {**lines[1], "mid": "1,234"}]

    ((place, message),) = found(typed(expenditures=wrong))
    assert place == "Utgifter, rad 2, Centralt"
    assert "1,2340" in message


def test_every_refusal_is_said_at_once():
    places = [place for place, _ in found(typed(name="", decided_total="x", in_service="snart"))]
    assert places == ["Benämning", "Tas i bruk", "Beslutad totalutgift"]


def test_an_empty_row_is_no_row_and_one_with_a_year_is_an_unknown_amount():
    def more(lines):
        blank = {"kind": "investment", "scope": "total", "paid": "no", "price_level": "nominal"}
        return [*lines, {**blank, "vat": "excluded"}, {"year": "2029"}]

    measure = read(typed(expenditures=more)).value
    assert len(measure.expenditures) == 3
    assert measure.expenditures[2].mid is None


def test_an_amount_without_a_year_is_asked_for_its_year():
    ((place, message),) = found(typed(expenditures=lambda lines: [*lines, {"mid": "5"}]))
    assert (place, message) == ("Utgifter, rad 3, År", problems.REQUIRED)


def test_a_range_may_be_typed_in_one_cell():
    def span(lines):
        return [{**lines[0], "low": "", "high": "", "mid": "80–110"}, lines[1]]

    first = read(typed(expenditures=span)).value.expenditures[0]
    assert (first.low, first.mid, first.high) == (80, 95, 110)


def test_a_range_in_the_middle_and_an_end_beside_it_is_refused():
    def both(lines):
        return [{**lines[0], "mid": "80–110"}, lines[1]]

    ((place, _),) = found(typed(expenditures=both))
    assert place == "Utgifter, rad 1, Centralt"


def test_the_middle_of_a_range_is_not_written_and_follows_its_ends():
    assert form().write(MEASURE).tables["expenditures"][0]["mid"] == ""

    def higher(lines):
        return [{**lines[0], "high": "500"}, lines[1]]

    assert read(typed(expenditures=higher)).value.expenditures[0].mid == 300


@pytest.mark.parametrize(
    ("table", "line", "place"),
    [
        ("expenditures", {"year": "2028", "low": "5", "high": "4"}, "Utgifter, rad 3"),
        ("expenditures", {"year": "2028", "high": "4"}, "Utgifter, rad 3"),
        ("expenditures", {"year": "2028", "mid": "4", "price_level": "real"}, "Utgifter, rad 3"),
        ("expenditures", {"year": "2027", "mid": "4"}, "Utgifter"),
        ("grants", {"source": "klimatklivet", "status": "granted"}, "Bidrag, rad 2"),
        (
            "grants",
            {
                "source": "klimatklivet",
                "status": "granted",
                "probability": "50 %",
                "payment 2027": "5",
            },
            "Bidrag, rad 2",
        ),
        ("appropriations", {"year": "2027", "amount": "5"}, "Anslag, rad 1, Läge"),
        ("owner_shares", {"owner": "municipality", "share": "50 %"}, "Ägarandelar"),
    ],
)
def test_a_row_s_own_rules_are_placed_and_said_in_swedish(table, line, place):
    ((where, message),) = found(typed(**{table: lambda lines: [*lines, line]}))
    assert where == place
    assert "Value error" not in message


def test_every_rule_of_the_rows_has_its_sentence():
    raised = [
        node.exc.args[0]
        for module in (rows, municipal_rows)
        for node in ast.walk(ast.parse(Path(module.__file__).read_text("utf-8")))
        if isinstance(node, ast.Raise) and getattr(node.exc.func, "id", "") == "ValueError"
    ]
    messages = ["".join(_constants(argument)) for argument in raised]
    known = ("is no month", "two measures have the id")  # read by its kind; no form makes it
    for message in messages:
        if not any(word in message for word in known):
            text = message.replace("the same  stands twice", "the same owner stands twice")
            text = text.replace(" is more than : , ", "disbursed is more than approved")
            told_as, _ = problems.told({"msg": f"Value error, {text}", "type": "value_error"})
            assert told_as != problems.OTHER, message


def _constants(node):
    parts = node.values if isinstance(node, ast.JoinedStr) else [node]
    return [part.value if isinstance(part, ast.Constant) else "" for part in parts]


def test_a_new_grant_gets_a_number_from_its_source():
    line = {"source": "klimatklivet", "status": "idea", "payment later": "5"}
    measure = read(typed(grants=lambda lines: [*lines, line, line])).value
    assert [grant.id for grant in measure.grants] == ["kk", "klimatklivet", "klimatklivet-2"]


def test_an_effect_is_in_the_unit_of_what_it_counts():
    line = {"indicator": "energy_saved", "mid": "5", "basis": "once"}
    (effect,) = read(typed(effects=lambda _: [line])).value.effects
    assert (effect.unit, effect.mid) == ("MWh", 5)


def test_a_new_measure_has_an_id_that_no_other_has():
    assert new_id(Measure(id="new", name="Åtgärd på taket"), ["atgard-pa-taket"]) == (
        "atgard-pa-taket-2"
    )
    assert new_id(Measure(id="new", name="???"), [])


def test_a_new_plan_gets_its_id_from_its_name():
    draft = begun(2025, 2026, 2030)
    named = Draft({**draft.fields, "name": "Växjö 2030", "municipality": "0780"}, {})
    head = read_new(named, ["vaxjo-2030"]).value
    assert (head.id, head.calculation_rate, head.example) == (
        "vaxjo-2030-2",
        Decimal("0.035"),
        False,
    )
    assert [v.ref for v in read_new(draft, []).violations] == ["Planens namn"]


@pytest.mark.parametrize(
    ("row", "name", "words"),
    [
        (rows.Expenditure, "kind", choices.EXPENDITURE_KINDS),
        (rows.Expenditure, "scope", choices.SCOPES),
        (rows.Expenditure, "price_level", choices.PRICE_LEVELS),
        (rows.Expenditure, "vat", choices.VAT),
        (rows.RunningCost, "item", choices.RUNNING_COST_ITEMS),
        (rows.Effect, "basis", choices.BASES),
        (rows.Effect, "gas", choices.GASES),
        (rows.Effect, "boundary", choices.EFFECT_BOUNDARIES),
        (rows.Grant, "status", choices.GRANT_STATUSES),
        (rows.Appropriation, "basis", choices.APPROPRIATION_BASES),
        (rows.Appropriation, "status", choices.APPROPRIATION_STATUSES),
        (rows.Programme, "status", choices.PROGRAMME_STATUSES),
        (rows.Measure, "investment_type", choices.INVESTMENT_TYPES),
        (rows.Measure, "financing_form", choices.FINANCING_FORMS),
        (rows.Prerequisite, "level", choices.LEVELS),
        (rows.PlanHead, "system_boundary", choices.SYSTEM_BOUNDARIES),
    ],
)
def test_every_word_that_a_row_allows_can_be_chosen(row, name, words):
    allowed = set(get_args(row.model_fields[name].annotation)) - {""}
    assert set(words) == allowed


def test_the_quality_flags_of_the_plans_have_words():
    flags = {flag for plan in plan_documents() for m in plan.measures for flag in m.flags}
    assert flags <= set(choices.FLAGS)


def test_a_figure_typed_by_hand_no_longer_comes_from_its_cell():
    first, second = MEASURE.expenditures
    new = MEASURE.model_copy(
        update={"expenditures": (first.model_copy(update={"note": "sett"}), _dearer(second))}
    )
    made = signed(MEASURE, new, "Anna, för hand")
    assert [line.source_ref for line in made.expenditures] == ["b.xlsx!A!C7", "Anna, för hand"]


def test_a_source_typed_with_the_figure_stands():
    second = _dearer(MEASURE.expenditures[1]).model_copy(update={"source_ref": "KF § 14"})
    new = MEASURE.model_copy(update={"expenditures": (second,)})
    assert signed(MEASURE, new, "Anna").expenditures[0].source_ref == "KF § 14"


def test_a_new_measure_comes_from_who_typed_it():
    made = signed(None, Measure(id="ny", name="Ny"), "Anna, för hand")
    assert made.source_ref == "Anna, för hand"


def _dearer(line: Expenditure) -> Expenditure:
    return line.model_copy(update={"mid": line.mid + 1})


def changed(**update) -> Measure:
    return Measure.model_validate({**dict(MEASURE), **update})


def test_differences_are_told_part_by_part():
    new = changed(name="Solel", expenditures=(MEASURE.expenditures[0],))
    parts = [(change.field, change.about[:3]) for change in differences(MEASURE, new)]
    assert parts == [("name", ()), ("expenditures", ("investment", "total", 2027))]
    assert differences(MEASURE, MEASURE) == ()


def test_two_people_s_changes_to_different_parts_are_both_kept():
    mine = changed(name="Min", expenditures=(_dearer(MEASURE.expenditures[1]),))
    theirs = changed(department="Deras", decided_total=Decimal(2))
    both = merge(MEASURE, mine, theirs)
    assert both.row == changed(
        name="Min",
        department="Deras",
        decided_total=Decimal(2),
        expenditures=(_dearer(MEASURE.expenditures[1]),),
    )
    assert both.both == frozenset()


@pytest.mark.parametrize(("prefer", "name"), [("mine", "Min"), ("theirs", "Deras")])
def test_where_both_changed_the_same_one_is_chosen_and_both_are_told(prefer, name):
    merged = merge(MEASURE, changed(name="Min"), changed(name="Deras", note="x"), prefer=prefer)
    assert merged.row == changed(name=name, note="x")
    assert merged.both == {("name", ())}
    assert [change.new for change in merged.mine] == ["Min"]


def test_the_same_change_by_both_is_no_conflict():
    same = changed(name="Samma")
    assert merge(MEASURE, same, same).both == frozenset()


def test_parts_that_do_not_fit_together_are_left_to_a_person():
    shares = (
        OwnerShare(owner="municipality", share=Decimal("0.5")),
        OwnerShare(owner="business", share=Decimal("0.5")),
    )
    mine, theirs = changed(owner_shares=shares), changed(owner_shares=shares[::-1], name="x")
    merged = merge(MEASURE, mine, theirs)
    assert merged.row.owner_shares == shares
    assert merged.row.name == "x"
    assert merged.both == {("owner_shares", ())}


def test_a_change_is_told_in_words():
    new = changed(
        owner_kind="public",
        expenditures=(MEASURE.expenditures[0], _dearer(MEASURE.expenditures[1])),
    )
    made = measure_form(HEAD_ROW, new, "kr")
    assert [(t.what, t.old, t.new) for t in told(made, differences(MEASURE, new))] == [
        ("Ägarslag", "", "Offentlig"),
        ("Utgifter, 2027: Centralt", "500 kr", "501 kr"),
    ]


def test_a_line_is_told_whole_where_it_is_new_or_gone():
    new = changed(grants=())
    ((each),) = told(form(), differences(MEASURE, new))
    assert each.what == "Bidrag, Klimatklivet"
    assert "50 kr" in each.old
    assert each.new == ""


def test_what_was_read_is_echoed():
    table = form().table("expenditures")
    assert echo(table, MEASURE.expenditures[1]) == "2027: 500 kr"
    assert echo(table, Expenditure(year=2028)) == "2028: okänt"


def test_a_part_says_all_of_itself():
    what, text = said(form(), "expenditures", MEASURE.expenditures[1])
    assert what == "Utgifter, 2027"
    assert "500 kr" in text
    assert said(form(), "name", "Solceller") == ("Benämning", "Solceller")


def test_findings_of_the_rules_are_placed_in_the_form_s_words():
    measure = changed(owner="municipality", owner_kind="private")
    (finding,) = [
        violation
        for violation in placed(form(), validate_measure(measure, HEAD_ROW, reference()), 2)
        if violation.code == "owner_kind"
    ]
    assert finding.ref == "Ägarslag"
    assert finding.fields["owner"] == "Kommunen"
    assert finding.fields["found"] == "Privat"


def test_a_finding_in_a_line_is_placed_at_its_row():
    violation = Violation("error", "x", "prov/tak/effects.0.unit", "x")
    grant = Violation("error", "x", "prov/tak/grants/kk/source", "x")
    places = [each.ref for each in placed(form(), [violation, grant], 2)]
    assert places == ["Effekter, rad 1, unit", "Bidrag, kk, Källa till pengar"]
