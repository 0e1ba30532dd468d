"""``python -m model`` as another program calls it."""

import io
import json
import os
import subprocess
import sys
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import pytest

from model.__main__ import main
from model.intake.flags import FORMS
from model.store import connection
from tests.intake.sheets import xlsx

ROOT = Path(__file__).parents[1]
MILLION = Decimal(1_000_000)


@dataclass(frozen=True)
class Done:
    """What a command came to."""

    returncode: int
    stdout: str
    stderr: str


@pytest.fixture(scope="module")
def call(tmp_path_factory):
    """Runs a command on a database of its own, opened anew as by a process of its own."""
    database = tmp_path_factory.mktemp("store") / "klimatinvest.duckdb"

    def run(*arguments: object) -> Done:
        said, complained = io.StringIO(), io.StringIO()
        connection._the_store.cache_clear()
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("KLIMATINVEST_DB", str(database))
            with redirect_stdout(said), redirect_stderr(complained):
                try:
                    code = main([*map(str, arguments)])
                except SystemExit as ended:  # how argparse ends
                    code = int(ended.code or 0)
            if connection._the_store.cache_info().currsize:
                connection.store().close()
        connection._the_store.cache_clear()
        return Done(code, said.getvalue(), complained.getvalue())

    return run


@pytest.fixture(scope="module")
def ask(call):
    """The same for a command that must succeed, as parsed JSON."""

    def asked(*arguments: object) -> dict:
        done = call(*arguments, "--json")
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    return asked


def millions(amount: str) -> Decimal:
    return Decimal(amount) / MILLION


def test_another_program_gets_json_and_an_exit_code(tmp_path):
    def run(*arguments: str) -> subprocess.CompletedProcess:
        return subprocess.run(
            [sys.executable, "-m", "model", *arguments],
            cwd=ROOT,
            env={**os.environ, "KLIMATINVEST_DB": str(tmp_path / "own.duckdb")},
            capture_output=True,
            text=True,
            check=False,
        )

    assert len(json.loads(run("plans", "--json").stdout)["plans"]) == 2
    refused = run("gap", "--plan", "atlantis")
    assert (refused.returncode, refused.stdout) == (2, "")


def test_the_first_start_makes_two_plans(ask):
    assert [(plan["id"], plan["example"], plan["version"]) for plan in ask("plans")["plans"]] == [
        ("helsingborg-2030", False, 1),
        ("exempelkommunen", True, 1),
    ]


def test_activities_are_answered_with_steps_sources_and_what_is_asked_for(ask):
    answer = ask("activities", "--plan", "exempelkommunen")
    assert answer["emission_boundary"] == "ttw"
    by_measure = {each["measure"]: each for each in answer["activities"]}
    assert by_measure["ex-09"]["steps"][0] == "4,000 × 12,000 km = 48,000,000 km"
    (tonnes,) = [e for e in by_measure["ex-02"]["effects"] if "co2" in e["indicator"]]
    assert (tonnes["levels"][0]["mid"], tonnes["counted"]) == (1320.8, False)
    assert by_measure["ex-08"]["missing"]


def test_the_gap_of_the_published_plan_is_its_need(ask):
    answer = ask("gap")
    assert set(answer) == {
        "plan",
        "scenario",
        "reading",
        "unit",
        "need",
        "covered",
        "gap",
        "surplus",
        "lapsed",
        "one_off_operating",
        "measures",
        "measures_without_expenditure",
        "rows",
    }
    assert (answer["plan"], answer["scenario"], answer["reading"], answer["unit"]) == (
        "helsingborg-2030",
        "plan",
        "secured",
        "SEK",
    )
    assert answer["need"] == answer["gap"] == "13471500000.00"
    assert (answer["covered"], answer["one_off_operating"]) == ("0.00", "18500000.00")
    assert (answer["measures"], answer["measures_without_expenditure"]) == (41, 13)
    assert [row["key"] for row in answer["rows"]] == [
        "before",
        "2026",
        "2027",
        "2028",
        "2029",
        "2030",
    ]


def test_the_published_need_by_owner_kind(ask):
    rows = ask("gap", "--plan", "helsingborg-2030", "--by", "owner_kind")["rows"]
    assert {row["key"]: millions(row["need"]) for row in rows} == {
        "public": Decimal("3293.5"),
        "mixed": Decimal(1980),
        "private": Decimal(8198),
    }


@pytest.mark.parametrize(
    "by", ["year", "sector", "owner", "owner_kind", "actor_group", "department", "readiness"]
)
@pytest.mark.parametrize("reading", ["secured", "planned", "expected", "best_case"])
def test_every_breakdown_adds_up(capsys, by, reading):
    asked = ("gap", "--plan", "exempelkommunen", "--by", by, "--reading", reading, "--json")
    assert main(list(asked)) == 0
    answer = json.loads(capsys.readouterr().out)
    for column in ("need", "covered", "gap"):
        assert sum(Decimal(row[column]) for row in answer["rows"]) == Decimal(answer[column])
    assert Decimal(answer["need"]) == Decimal(answer["covered"]) + Decimal(answer["gap"])


def test_by_source_says_what_each_source_covers_and_no_need(ask):
    answer = ask("gap", "--plan", "exempelkommunen", "--by", "source", "--reading", "best_case")
    assert {row["need"] for row in answer["rows"]} == {""}
    assert sum(Decimal(row["covered"]) for row in answer["rows"]) == Decimal(answer["covered"])
    assert "own_budget" in {row["key"] for row in answer["rows"]}


def test_scenarios_change_the_need_as_they_say(ask):
    plan = ["gap", "--plan", "helsingborg-2030"]
    by_year = {row["key"]: Decimal(row["need"]) for row in ask(*plan)["rows"]}
    before, after = by_year["before"], sum(by_year.values()) - by_year["before"]
    dearer = ask(*plan, "--scenario", "costs_plus_30")
    assert Decimal(dearer["need"]) == before + after * Decimal("1.3")
    later = ask(*plan, "--scenario", "two_years_late")
    assert Decimal(later["need"]) == before + after
    assert [row["key"] for row in later["rows"]][-1] == "2032"
    nothing = ask(*plan, "--scenario", "business_as_usual")
    assert (nothing["need"], nothing["measures"]) == ("0.00", 0)


def test_the_operating_impact_is_by_book_and_year(ask):
    plan = ["operating", "--plan", "exempelkommunen"]
    by_book = {
        book: {
            year["year"]: Decimal(year["effect"]) for year in ask(*plan, "--book", book)["years"]
        }
        for book in ("department", "municipality", "group", "fee")
    }
    assert by_book["municipality"][2030] == Decimal("6248684.09")
    assert by_book["department"][2030] == Decimal("5828297.35")
    assert by_book["fee"][2026] == 0
    answer = ask(*plan)
    assert answer["years"][-1]["tax_ore"] == 3.63
    assert answer["measures_with_unknown_capital_cost"] == 1
    assert [row["measure"] for row in answer["rows"] if "in_service" in row["unknown"]] == ["ex-14"]
    gross = ask(*plan, "--book", "department", "--interest-base", "gross")
    assert Decimal(gross["years"][-1]["effect"]) > by_book["department"][2030]


def test_green_finance_is_reported_in_either_mode(ask, call):
    plan = ["green", "--plan", "exempelkommunen", "--on", "2026-12-31"]
    lent = ask(*plan)
    assert (lent["framework"], lent["eligible"], lent["left"]) == (
        "kommuninvest-from-2024-12",
        "38000000.00",
        "3000000.00",
    )
    assert [row["left"] for row in lent["approvals"]] == ["35000000.00", "30000000.00"]
    assert lent["tonnes"] == 323.4375
    own = ask(*plan, "--mode", "own_programme", "--denominator", "net_of_grants")
    assert [row["amount"] for row in own["unallocated"]] == ["10000000.00"]
    assert own["denominator"] == "net_of_grants"
    done = call(*plan, "--framework", "ostersund-2023")
    assert done.returncode == 2
    assert "no framework ostersund-2023 in this mode" in done.stderr
    assert "Spillvärme" in call(*plan).stdout


def test_what_does_not_exist_is_refused_with_what_does(call):
    done = call("gap", "--plan", "atlantis")
    assert (done.returncode, done.stdout) == (2, "")
    assert "atlantis" in done.stderr
    done = call("gap", "--scenario", "sunshine")
    assert done.returncode == 2
    assert "costs_plus_30" in done.stderr


def test_an_argument_that_is_no_text_is_refused_in_a_sentence(capsys):
    assert main(["gap", "--plan", "ume\udce5"]) == 2
    assert capsys.readouterr().err == (
        "klimatinvest: The argument ume? is no text in UTF-8: type it again, or rename the file.\n"
    )


def test_reading_writes_nothing_and_importing_does(ask, call, shared, tmp_path):
    workbook = shared / "workbooks" / "helsingborg_budget_sheet.xlsx"
    truth = json.loads((shared / "workbooks" / "helsingborg_truth.json").read_text("utf-8"))
    per_year = truth["header"]["budget"]["per_year_sek"]
    seen = ask("read", workbook)
    assert millions(seen["totals"]["before"]) == Decimal(per_year["tom_2025"]) / MILLION
    for year in range(2026, 2031):
        assert Decimal(seen["totals"][str(year)]) == per_year[str(year)]
    assert ask("plans")["plans"][1]["version"] == 1
    imported = ask("import", workbook, "--plan", "exempelkommunen")
    assert imported["version"] == 2
    again = ask("import", workbook, "--plan", "exempelkommunen")
    assert again["version"] == 2
    undone = ask("undo", "--plan", "exempelkommunen")
    assert undone == {
        "plan": "exempelkommunen",
        "version": 3,
        "file": "helsingborg_budget_sheet.xlsx",
    }
    nothing_left = call("undo", "--plan", "exempelkommunen")
    assert nothing_left.returncode == 2
    assert "has no import to take back" in nothing_left.stderr


def test_a_backup_restores_what_was(ask, call, tmp_path):
    copy = tmp_path / "copy.duckdb"
    before = ask("plans")
    ask("backup", copy)
    ask("restore", copy)
    assert ask("plans") == before


def test_every_check_passes_on_the_shipped_plans(ask):
    assert ask("check") == {"violations": []}


@pytest.mark.parametrize("name", ["gap.xlsx", "gap.pptx", "plan.docx"])
def test_the_gap_is_written_as_a_file(ask, tmp_path, name):
    ask("export", tmp_path / name, "--plan", "exempelkommunen")
    assert (tmp_path / name).read_bytes()[:2] == b"PK"


def test_a_data_package_is_written_and_its_seal_checked(ask, call, tmp_path):
    package = tmp_path / "plan.zip"
    ask("export-data", package, "--plan", "exempelkommunen", "--scenario", "costs_plus_30")
    said = ask("check-report", package)
    assert (said["sound"], said["kind"], said["scenario"]) == (True, "package", "costs_plus_30")
    assert "Unchanged figures of exempelkommunen" in call("check-report", package).stdout
    refused = call("export-data", tmp_path / "plan.csv")
    assert refused.returncode == 2
    assert ".zip" in refused.stderr


def test_a_report_that_is_none_of_ours_is_refused(call, tmp_path):
    stranger = tmp_path / "bok.xlsx"
    stranger.write_bytes(xlsx(("Blad1", [["hej"]])))
    done = call("check-report", stranger)
    assert done.returncode == 2
    assert "carries no seal" in done.stderr


def test_an_unknown_kind_of_export_is_refused_and_writes_nothing(call, tmp_path):
    done = call("export", tmp_path / "gap.doc")
    assert done.returncode == 2
    assert ".xlsx" in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_is_not_there_is_named(call, tmp_path):
    done = call("read", tmp_path / "nowhere.xlsx")
    assert (done.returncode, done.stdout) == (2, "")
    assert "nowhere.xlsx" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_flag_answers_what_a_reading_asks(ask, call, tmp_path):
    workbook = tmp_path / "bok.xlsx"
    rows = [["Nämnd", "Nr", "Projekt", 2026], ["Tekniska nämnden", 1, "Bro", 1500]]
    workbook.write_bytes(xlsx(("Blad1", rows)))
    (found,) = ask("read", workbook)["violations"]
    assert (found["code"], found["flag"]) == ("ask_unit", "--unit Blad1={choice}")
    assert found["choices"] == ["kr", "tkr", "mnkr", "mdkr"]
    refused = call("import", workbook, "--plan", "exempelkommunen")
    assert refused.returncode == 2
    assert ask("read", workbook, "--unit", "Blad1=tkr")["totals"] == {"2026": "1500000.00"}
    said = ["--unit", "tkr", "--column", "Blad1!D=amount:2027:plan"]
    assert ask("read", workbook, *said)["totals"] == {"2027": "1500000.00"}
    refused = call("read", workbook, "--unit", "korvar")
    assert refused.returncode == 2
    assert "--unit korvar is not understood" in refused.stderr


def test_every_flag_that_a_finding_names_is_one_of_the_command_line(call):
    shown = call("read", "--help").stdout
    assert [flag for flag in FORMS if f"--{flag} " not in shown] == []


def test_a_workbook_that_is_not_there_is_said_in_a_sentence(call, tmp_path):
    done = call("read", tmp_path / "saknas.xlsx")
    assert done.returncode == 2
    assert "There is no file" in done.stderr
    assert "Errno" not in done.stderr


def test_the_rules_name_what_is_broken_with_its_paragraph(ask):
    answer = ask("rules", "--plan", "exempelkommunen")
    assert (answer["grants"], answer["breaking"], answer["unit"]) == (11, 1, "SEK")
    (broken,) = [found for found in answer["findings"] if found["severity"] == "error"]
    assert (broken["code"], broken["ref"]) == (
        "started_before_decision",
        "exempelkommunen/ex-05/grants/ex-05-kk",
    )
    assert (broken["rule"]["paragraph"], broken["rule"]["verified"]) == ("7 §", True)
    best = answer["suggestions"][0]
    assert (best["measure"], best["source"], best["amount"]) == ("ex-11", "life", "144000000.00")
    assert not best["verified"]
    assert len(answer["calendar"]) == 11


def test_the_rules_are_judged_under_a_scenario_too(ask):
    plan = ask("rules", "--plan", "exempelkommunen")
    sought = ask("rules", "--plan", "exempelkommunen", "--scenario", "klimatklivet_max")
    assert sought["grants"] > plan["grants"]
    assert sought["scenario"] == "klimatklivet_max"


def test_the_rules_are_told_in_lines(call):
    told = call("rules", "--plan", "exempelkommunen").stdout
    assert "error started_before_decision exempelkommunen/ex-05/grants/ex-05-kk" in told
    assert "could seek 144000000.00 from life for ex-11" in told


def test_economics_in_three_views_and_the_bridge(ask):
    def asked(*more: str) -> dict:
        return ask("economics", "--plan", "exempelkommunen", *more)

    society, cash = asked(), asked("--view", "municipality")
    assert (society["view"], society["rate"], society["tax_factor"]) == ("society", 0.035, 1.0)
    assert (society["price_year"], society["price_index"]) == (2026, "own")
    assert society["whole"]["measures"] == 10
    assert cash["whole"]["measures"] == 7
    bus = next(entry for entry in cash["measures"] if entry["id"] == "ex-02")
    assert (bus["net_present_value"], bus["reasons"]["net_present_value"]) == (None, "not_ours")
    assert asked("--tax-factor")["tax_factor"] == 1.3
    bridge = society["bridge"]
    parts = ("anyway", "budgeted", "not_said", "new")
    assert Decimal(bridge["need"]) == sum(Decimal(bridge[part]) for part in parts)
    assert bridge["need_less_avoided"] == "310000000.00"


def test_economics_for_a_reader(call):
    done = call("economics", "--plan", "exempelkommunen", "--view", "owner")
    assert done.returncode == 0
    assert "no_cost" in done.stdout
    assert "the whole plan" in done.stdout


def test_benefits_add_up_and_say_what_they_ask_for(ask):
    answer = ask("benefits", "--plan", "exempelkommunen")
    added = [each for each in answer["benefits"] if each["added"] and each["kind"] == "society"]
    total = sum(each["counted"]["present"]["mid"] for each in added)
    assert answer["society"]["present"]["mid"] == pytest.approx(total)
    economics = ask("economics", "--plan", "exempelkommunen")
    assert answer["balance"]["net"] == pytest.approx(economics["whole"]["net_present_value"])
    assert "health/mortality_rate" in answer["asked"]


def test_a_benefit_that_does_not_exist_is_refused(call):
    refused = call("benefits", "--prefer", "klimat")
    assert refused.returncode == 2
    assert "There is no benefit klimat; there are adaptation" in refused.stderr


def test_published_figures_are_recomputed(ask, call):
    answer = ask("published")
    assert answer["agrees"] + answer["differs"] + answer["cannot"] == answer["figures"]
    jobs = next(row for row in answer["rows"] if row["figure"] == "jobs_factor")
    assert (jobs["verdict"], jobs["published"]) == ("differs", {"central": "20"})
    assert len(ask("published", "--document", "umea", "--verdict", "differs")["rows"]) == 11
    assert "expected one of" in call("published", "--document", "nowhere").stderr


def test_emissions_and_carbon_budgets_are_answered(ask, call):
    found = ask("emissions", "--plan", "exempelkommunen")
    assert (found["gas"], found["boundary"]) == ("co2e", "territorial")
    assert [target["missing"] is None for target in found["targets"]] == [True, False, False, True]
    (budget,) = ask("budget", "--plan", "exempelkommunen")["budgets"]
    assert budget["methods"][0]["method"] == "infinite_geometric"
    assert "runs out" in call("budget", "--plan", "exempelkommunen").stdout
    refused = call("emissions", "--stage", "nej")
    assert refused.returncode == 2
    assert "There is no readiness nej" in refused.stderr
