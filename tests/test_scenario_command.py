"""``python -m model scenario``: the same as the page, for machines and colleagues."""

import pytest

from model.__main__ import main

ON = ("--plan", "exempelkommunen")


def test_a_scenario_file_is_checked_imported_used_exported_and_deleted(ask, tmp_path):
    file = tmp_path / "Egen.yaml"
    file.write_text("name: Egen\nextends: [two_years_late]\n", "utf-8")
    assert ask("scenario", "check", file, *ON)["does"] == ["All measures 2 years later"]
    assert ask("scenario", "import", file, *ON)["id"] == "egen"
    listed = {each["id"]: each for each in ask("scenario", "list", *ON)["scenarios"]}
    assert listed["egen"]["saved"]
    assert listed["egen"]["hash"] == listed["two_years_late"]["hash"]
    assert ask("scenario", "export", "egen", *ON)["yaml"] == file.read_text("utf-8")
    both = ask("scenario", "combine", "egen", "costs_plus_30", *ON)
    assert both["does"] == ["All measures 2 years later", "All measures 30% dearer"]
    gap = ask("gap", "--scenario", "egen+costs_plus_30", *ON)
    assert "2032" in [row["key"] for row in gap["rows"]]
    ask("scenario", "delete", "egen", *ON)
    assert "egen" not in [each["id"] for each in ask("scenario", "list", *ON)["scenarios"]]


def test_an_id_that_no_scenario_can_have_is_refused_in_a_sentence(capsys, tmp_path):
    file = tmp_path / "egen.yaml"
    file.write_text("name: Egen\n", "utf-8")
    assert main(["scenario", "import", str(file), "--id", "Å b", *ON]) == 2
    assert "'Å b' cannot be the id of a scenario" in capsys.readouterr().err


def test_factors_that_no_amount_can_bear_together_are_refused_in_a_sentence(capsys, tmp_path):
    file = tmp_path / "dyr.yaml"
    file.write_text("name: Dyr\nadjustments:\n" + "- {do: cost_factor, factor: 9}\n" * 9, "utf-8")
    assert main(["scenario", "check", str(file), *ON]) == 2
    assert "Dyr makes amounts larger than can be counted" in capsys.readouterr().err


def test_every_fault_of_a_file_stands_on_a_line_of_its_own(capsys, tmp_path):
    file = tmp_path / "fel.yaml"
    file.write_text("nome: X\nextends: [nobody]\n", "utf-8")
    assert main(["scenario", "import", str(file), *ON]) == 2
    said = capsys.readouterr().err
    for fault in ("fel.yaml:1: nome: there is no such field", "fel.yaml:2: extends.0: there is no"):
        assert fault in said


@pytest.mark.parametrize("said", [["show"], ["combine", "plan"], ["export", "nobody"]])
def test_what_is_not_named_or_not_there_is_told(capsys, said):
    assert main(["scenario", *said, *ON]) == 2
    assert capsys.readouterr().err.startswith("klimatinvest: ")
