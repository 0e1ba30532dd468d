"""The council's tables add up to what the model says, and say what is not known."""

from decimal import Decimal
from io import BytesIO

import pytest
from openpyxl import load_workbook

from model import commands, records
from model.errors import NotFound
from model.report import answers
from model.report.council.book import council_workbook
from model.report.council.changes import changes, changes_since
from model.report.council.decisions import decisions_and_money
from model.report.council.financing_table import financing_table
from model.report.council.grant_days import grant_days
from model.report.council.grid import AtLeast, Builder, Column, added_up
from model.report.council.investment_plan import investment_plan
from model.report.council.not_prioritised import not_prioritised
from model.report.council.operating_impact import operating_impact
from model.report.council.readiness import decision_status
from model.report.council.sections import by_payer
from model.results import READINGS, results
from model.rows import Effect, Expenditure, OwnerShare
from model.scenario import CostFactor, Scenario, SwitchOff, Where
from tests.model.conftest import appropriation, grant, measure


def financing(result, reading, language="sv"):
    return financing_table(result.financing("municipality", reading), language)


MAKERS = {
    "plan": investment_plan,
    "decisions": decisions_and_money,
    "status": decision_status,
    "below": lambda result, reading, language="sv": not_prioritised(result, language),
}


def rows_of(grid, kind="row"):
    return {row.values[0]: row.values for row in grid.rows if row.kind == kind}


def figure(value):
    return value.figure if isinstance(value, AtLeast) else value


def total(grid, label):
    place = [column.label for column in grid.columns].index(label)
    return figure(grid.total.values[place])


@pytest.mark.parametrize("reading", READINGS)
@pytest.mark.parametrize("plan", ["helsingborg", "example"])
def test_what_has_no_decision_is_the_groups_gap_in_every_reading(request, plan, reading):
    result = request.getfixturevalue(plan)
    group = answers.figures(result, reading)
    for make in (investment_plan, decision_status):
        assert total(make(result, reading), "Beslut saknas") == group.gap
    assert total(decisions_and_money(result, reading), "Investeringsbehov") == group.need
    lines = by_payer(result, reading)
    assert sum(line.need for line in lines) == group.need
    assert sum(line.gap for line in lines) == group.gap
    for line in lines:
        assert line.need == line.gap + sum(line.cover.values())


@pytest.mark.parametrize("reading", READINGS)
def test_need_is_what_pays_for_it_and_what_is_missing_project_by_project(example, reading):
    grid = decisions_and_money(example, reading)
    labels = [column.label for column in grid.columns]
    last = labels.index("Saknas")
    assert len(rows_of(grid)) > 5
    for values in rows_of(grid).values():
        need, *parts = (figure(value) for value in values[1 : last + 1])
        if need is not None:
            assert need == sum(parts)


def test_every_sum_is_that_of_the_lines_it_names(helsingborg, example):
    for result in (helsingborg, example):
        for make in MAKERS.values():
            grid = make(result, "planned")
            sums = [row for row in grid.rows if row.of]
            assert sums
            for row in sums:
                for place, column in enumerate(grid.columns):
                    if column.summed:
                        lines = [grid.rows[line].values[place] for line in row.of]
                        assert row.values[place] == added_up(lines)


def test_what_is_partly_unknown_is_at_least_what_is_known():
    assert added_up([1, None, 2]) == AtLeast(3)
    assert added_up([1, AtLeast(2)]) == AtLeast(3)
    assert added_up([None, None]) is None
    assert added_up([1, "", 2]) == 3
    assert added_up([]) == 0


def test_a_column_that_means_nothing_together_has_no_sum():
    builder = Builder("t", (Column("a", "text"), Column("b", adds=False), Column("c")))
    place = builder.sum("Summa", [builder.row(["x", 1, 2]), builder.row(["y", 3, 4])])
    assert builder.rows[place].values == ("Summa", "", 6)


def test_taxes_fees_development_and_companies_stand_apart(result_of):
    result = result_of(
        measure("skatt", {2026: 1}, financing_form="tax", department="TN"),
        measure("va", {2026: 2}, financing_form="water"),
        measure("mark", {2026: 4}, financing_form="development"),
        measure("bolag", {2026: 8}, owner="municipal_company", financing_form="tax"),
        measure("annan", {2026: 16}, owner="business", owner_kind="private"),
        measure("okand", {2026: 32}),
    )
    grid = investment_plan(result, "secured")
    assert list(rows_of(grid, "heading")) == [
        "Skattefinansierat",
        "Avgiftsfinansierat: vatten och avlopp",
        "Exploatering",
        "Kommunala bolag",
        "Finansieringsform ej angiven",
    ]
    assert total(grid, "Netto") == 4700
    assert "Summa TN" in rows_of(grid, "sum")


def test_the_years_are_those_of_the_budget_and_income_is_what_grants_pay(result_of):
    one = measure(
        "bad",
        {2026: 100, 2027: 50, "later": 7},
        decided_total=Decimal(200),
        spent=Decimal(12),
        financing_form="tax",
        grants=(grant("g", {2027: 60}),),
        appropriations=(
            appropriation(2025, 30, carry_over=Decimal(20)),
            appropriation(2026, 90),
        ),
    )
    grid = investment_plan(result_of(one), "secured")
    labels = [column.label for column in grid.columns]
    assert labels == [
        "Projekt",
        "Beslutad totalutgift",
        "Prognos",
        "Upparbetat",
        "Ombudgeteras",
        "Budget 2026",
        "Plan 2027",
        "2028",
        "Senare",
        "Inkomst",
        "Netto",
        "Beslut saknas",
    ]
    (values,) = rows_of(grid).values()
    assert values[1:] == (20000, None, 1200, 2000, 10000, 5000, 0, 700, 5700, 10000, 0)


def test_the_groups_part_of_a_shared_measure_is_what_it_budgets(result_of):
    shares = (
        OwnerShare(owner="municipality", share=Decimal("0.25")),
        OwnerShare(owner="business", share=Decimal("0.75")),
    )
    shared = measure("delad", {2026: 100}, owner="mixed", owner_kind="mixed", owner_shares=shares)
    grid = investment_plan(result_of(shared), "secured")
    assert rows_of(grid)["Åtgärd delad (koncernens del)"][5] == 2500
    assert "hela projektet" in " ".join(grid.notes)


def test_a_study_is_no_investment_and_has_its_own_gap(result_of):
    study = measure(
        "studie",
        expenditures=(Expenditure(kind="one_off_operating", year=2026, mid=Decimal(9)),),
    )
    result = result_of(study, measure("vag", {2026: 1}))
    assert list(rows_of(investment_plan(result, "secured"))) == ["Åtgärd vag"]
    grid = decisions_and_money(result, "secured")
    assert total(grid, "Engångsdrift") == 900
    assert total(grid, "varav saknas") == 900


def test_the_next_step_follows_the_last_one_taken(result_of):
    result = result_of(
        measure("a", {2026: 1}, readiness="appropriation"),
        measure("b", {2026: 1}, readiness="in_service"),
        measure("c", {2026: 1}),
    )
    rows = rows_of(decision_status(result, "secured"))
    assert rows["Åtgärd a"][2:9] == ("ja", "ja", "nej", "nej", "nej", "", "Starttillstånd")
    assert rows["Åtgärd b"][8] == ""
    assert rows["Åtgärd c"][1:9] == ("okänt", None, None, None, None, None, "", None)


def tonnes(amount, **fields):
    fields = {"basis": "per_year", "unit": "t CO2e", **fields}
    return Effect(indicator="co2e_reduction", mid=Decimal(amount), **fields)


def test_below_the_line_stands_what_has_no_money_with_the_tonnes_lost(result_of):
    result = result_of(
        measure("under", {2026: 5}, effects=(tonnes(30),)),
        measure("planerad", {2027: 5}, appropriations=(appropriation(2027, 1, "planned"),)),
        measure("bidrag", {2027: 5}, grants=(grant("g", {2027: 1}),)),
        measure("okand", effects=(tonnes(7, effect_group="g"),)),
        measure("okand2", effects=(tonnes(7, effect_group="g"),)),
        measure("annan", {2026: 5}, owner="business", owner_kind="private"),
    )
    grid = not_prioritised(result)
    assert list(rows_of(grid)) == ["Åtgärd under", "Åtgärd okand", "Åtgärd okand2"]
    assert grid.total.values[2:4] == (AtLeast(500), AtLeast(37.0))


def test_what_a_scenario_does_not_carry_out_falls_below_the_line(result_of):
    off = SwitchOff(where=Where(tags={"id": ("a",)}))
    paid = (appropriation(2026, 5),)
    result = result_of(
        measure("a", {2026: 5}, appropriations=paid, effects=(tonnes(3),)),
        measure("b", {2026: 5}, appropriations=paid),
        scenario=Scenario(id="s", name="S", adjustments=(off,)),
    )
    (values,) = rows_of(not_prioritised(result)).values()
    assert values == ("Åtgärd a", "", 500, 3.0, "Genomförs inte i scenariot")


def test_changes_are_new_gone_later_dearer_and_their_net():
    old = {m.id: m for m in (measure("a", {2026: 10}), measure("b", {2026: 7}), measure("c"))}
    new = {
        m.id: m
        for m in (measure("a", {2027: 15}), measure("c", {2026: 2}), measure("d", {2026: 1}))
    }
    assert [(change.kind, change.measure.id) for change in changes(old, new)] == [
        ("new", "d"),
        ("gone", "b"),
        ("later", "a"),
        ("dearer", "a"),
        ("known", "c"),
    ]
    grid = changes_since(old, new)
    assert grid.column("Skillnad") == [100, -700, 0, 500, None]
    assert grid.total.values == ("Netto", "", "", "", "", "", AtLeast(-100))


def test_an_earlier_version_is_what_the_journal_tells(store, document):
    commands.create_plan(document, "Ada", store=store)
    changed = document.measures[1].model_copy(update={"name": "Annat"})
    commands.save_measure("prov", changed, 1, "Bo", store=store)
    commands.delete_measure("prov", "study", 2, "Bo", store=store)
    assert records.document_at("prov", 1, store) == document
    assert records.document_at("prov", 2, store).measures == (document.measures[0], changed)
    assert records.document_at("prov", 3, store).measures == document.measures[:1]
    with pytest.raises(NotFound, match="no version 4"):
        records.document_at("prov", 4, store)


def test_the_workbook_adds_up_by_formulas_that_say_the_same(example):
    grids = [make(example, "secured", "sv") for make in MAKERS.values()]
    content = council_workbook(example, "secured", grids)
    formulas, values = (load_workbook(BytesIO(content), data_only=only) for only in (False, True))
    found = 0
    for sheet in formulas.worksheets:
        stored = values[sheet.title]
        for row in sheet.iter_rows():
            for cell in row:
                if cell.data_type == "f":
                    assert cell.value.startswith("=SUM(")
                    assert _sum(stored, cell.value) == pytest.approx(
                        stored[cell.coordinate].value, abs=1e-6
                    )
                    found += 1
    assert found > 100
    assert "Investeringsplan" in formulas.sheetnames[0]


def _sum(sheet, formula: str) -> float:
    amount = 0.0
    for part in formula.removeprefix("=SUM(").removesuffix(")").split(","):
        cells = sheet[part]
        rows = cells if isinstance(cells, tuple) else ((cells,),)
        for row in rows:
            for cell in row if isinstance(row, tuple) else (row,):
                amount += cell.value if isinstance(cell.value, int | float) else 0
    return amount


def test_the_financing_analysis_has_its_rows_in_order_and_the_models_figures(example):
    grid = financing(example, "secured")
    assert [row.values[0] for row in grid.rows] == [
        "Årets resultat",
        "+ Avskrivningar",
        "− Upplösta bidrag",
        "± Övrigt",
        "= Egna medel",
        "+ Bidrag",
        "− Investeringsutgift",
        "= Lånebehov",
        "Låneskuld UB",
        "Låneram",
        "Marginal",
        "Självfinansieringsgrad",
    ]
    years = example.financing("municipality", "secured").years
    assert grid.rows[7].values[1:-1] == tuple(year.borrowing_need for year in years)
    assert grid.rows[8].values[-1] == ""


def test_the_grant_calendar_holds_every_grant_with_its_days_and_risk(example):
    grid = grant_days(example)
    assert len(rows_of(grid)) == len({row.values[0] for row in grid.rows if row.kind == "row"})
    assert len(grid.rows) - 1 == len(example.grant_calendar())
    assert "ingen känd" in grid.column("Återkravsrisk")


def test_a_workbook_holds_every_table_of_the_council(example):
    grids = [
        *(make(example, "secured", "sv") for make in MAKERS.values()),
        financing(example, "secured"),
        operating_impact(example, "secured", "municipality"),
        grant_days(example),
        changes_since({}, example.measures()),
    ]
    book = load_workbook(BytesIO(council_workbook(example, "secured", grids)))
    assert len(book.sheetnames) == len(grids) == 8


def test_the_tables_follow_the_scenario(own_plans):
    dearer = Scenario(id="d", name="Dyrare", adjustments=(CostFactor(factor=1.3),))
    as_is, changed = (
        investment_plan(results("exempelkommunen", scenario, own_plans), "secured")
        for scenario in (Scenario(id="plan", name="P"), dearer)
    )
    assert total(changed, "Netto") > total(as_is, "Netto")
