"""The workbook is the model a second time: LibreOffice calculates what the dashboard shows."""

import re
import zipfile
from io import BytesIO

import numpy as np
import pytest
from openpyxl import load_workbook
from openpyxl.formula import Tokenizer
from python_calamine import CalamineWorkbook

from model import commands
from model.reference import plan_documents
from model.report import words
from model.report.workbook import gap_workbook
from model.results import Result, results
from model.rows import PlanDocument
from model.store.connection import Store
from tests.report.generated import plan as generated

# What random plans can have differs between seeds: these four have it all.
SEEDS = (0, 1, 2, 4)
FIRST = "Läs mig"
READINGS = {"secured": "säkrat", "planned": "planerat", "best_case": "bästa fall"}
FUNCTIONS = {
    f"{name}("
    for name in (
        *("SUM", "SUMIFS", "SUMPRODUCT", "COUNTIF"),
        *("MIN", "MAX", "ABS", "INT", "MOD", "ROUND", "ROUNDUP"),
        *("IF", "AND", "OR", "CHOOSE", "COUNT", "N"),
    )
}
OPERANDS = {'""', '"<=1"', '"<=3"', '"<-0.000005"', '">0"', '"okänt"'}
# Exported in this reading: the widest, which has a matching of its own.
READING = "best_case"


class Values:
    """The values of a workbook, by sheet."""

    def __init__(self, content: bytes):
        book = CalamineWorkbook.from_filelike(BytesIO(content))
        self.sheets = {
            name: book.get_sheet_by_name(name).to_python(skip_empty_area=False)
            for name in book.sheet_names
        }

    def calculating(self) -> dict[str, list[list]]:
        """The sheets that calculate."""
        names = list(self.sheets)
        return {name: self.sheets[name] for name in names[names.index(FIRST) :]}

    def table(self, sheet: str, first: str = "Nr") -> list[dict]:
        """The rows of a table by the labels of its head."""
        rows = self.sheets[sheet]
        head = next(n for n, row in enumerate(rows) if row[0] == first)
        return [dict(zip(rows[head], row, strict=True)) for row in rows[head + 1 :]]

    def section(self, label: str) -> list[dict]:
        """The lines under a heading of the sums, to their sum."""
        rows = self.sheets["Sammanställning"]
        head = next(row for row in rows if row[1] == "Nummer")
        first = next(n for n, row in enumerate(rows) if row[0] == label) + 1
        last = next(n for n in range(first, len(rows)) if rows[n][0] == "Summa")
        return [dict(zip(head, row, strict=True)) for row in rows[first : last + 1]]


def ore(value: float) -> int:
    """Tkr in a cell as whole öre."""
    return round(value * 100_000)


def bare(content: bytes) -> bytes:
    """The workbook with its formulas and without their values."""
    made = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as old, zipfile.ZipFile(made, "w") as new:
        for name in old.namelist():
            part = old.read(name)
            if name.startswith("xl/worksheets/sheet"):
                part = re.sub(rb"(</f>)<v>[^<]*</v>", rb"\1", part)
                assert not re.search(rb"</f><v>", part)
            new.writestr(name, part)
    return made.getvalue()


def changed(content: bytes, cells: dict[tuple[str, str, int], float]) -> bytes:
    """The workbook with inputs changed: by sheet, label in the head, and row of the table."""
    book = load_workbook(BytesIO(content))
    for (name, label, row), value in cells.items():
        sheet = book[name]
        head = next(n for n in range(1, 12) if label in [cell.value for cell in sheet[n]])
        column = next(cell.column for cell in sheet[head] if cell.value == label)
        assert sheet.cell(head + row, column).data_type != "f"
        sheet.cell(head + row, column).value = value
    made = BytesIO()
    book.save(made)
    return made.getvalue()


def assert_same(found: dict[str, list[list]], expected: dict[str, list[list]]) -> int:
    """Every number to the öre and every text; returns how many."""
    compared = 0
    assert list(found) == list(expected)
    for sheet, rows in expected.items():
        for n, row in enumerate(rows):
            for place, value in enumerate(row):
                other = found[sheet][n][place]
                if isinstance(value, float) and isinstance(other, float):
                    assert ore(other) == ore(value), (sheet, n + 1, place + 1)
                else:
                    assert other == value, (sheet, n + 1, place + 1)
                compared += 1
    return compared


class Case:
    """A plan's result and its workbook."""

    def __init__(self, result: Result):
        self.result = result
        self.content = gap_workbook(result, READING)
        self.stored = Values(self.content)


@pytest.fixture(scope="module")
def store():
    opened = Store.open(None)
    for document in (*plan_documents(), *(generated(seed) for seed in SEEDS)):
        commands.create_plan(document, "provaren", store=opened)
    yield opened
    opened.close()


# Of the third measure of the example, in 2026: a need, the share of a grant, an appropriation.
CHANGED = {
    ("Behov", "Investering, central", 2 * 6 + 2): 11234.56789,
    ("Bidrag", "Andel av stödberättigande", 1): 0.123457,
    ("Anslag", "Beslutat, brutto", 2 * 6 + 2): 4000,
}
MOVED = ("exempelkommunen", "andrad")


def _raised() -> PlanDocument:
    """The example with the same changes made in the plan."""
    example = next(d for d in plan_documents() if d.plan.id == MOVED[0])
    plan = example.model_dump(mode="json")
    plan["plan"]["id"] = MOVED[1]
    measure = plan["measures"][2]
    measure["expenditures"][0]["mid"] = "11234567.89"
    measure["grants"][0]["share"] = "0.123457"
    measure["appropriations"][0]["amount"] = "4000000"
    return PlanDocument.model_validate(plan)


NAMES = ("helsingborg-2030", "exempelkommunen", *(f"prov-{seed}" for seed in SEEDS))


@pytest.fixture(scope="module")
def cases(store) -> dict[str, Case]:
    """Both shipped plans, the generated ones, and one of the shipped after a change."""
    raised = _raised()
    commands.create_plan(raised, "provaren", store=store)
    return {name: Case(results(name, store=store)) for name in (*NAMES, raised.plan.id)}


@pytest.fixture(scope="module")
def calculated(cases, convert_all) -> dict[str, Values]:
    """What LibreOffice makes of the formulas alone, and of changed inputs, in one run."""
    files = {name: bare(cases[name].content) for name in NAMES}
    files["changed"] = changed(cases["exempelkommunen"].content, CHANGED)
    level = cases["prov-0"].stored.table("Antaganden", "Antagande")
    row = 1 + next(n for n, line in enumerate(level) if "1 lågt" in line["Antagande"])
    files["high"] = changed(cases["prov-0"].content, {("Antaganden", "Värde", row): 3})
    return {name: Values(content) for name, content in convert_all(files).items()}


@pytest.mark.parametrize("name", NAMES)
def test_libreoffice_calculates_every_stored_value_to_the_ore(cases, calculated, name):
    case = cases[name]
    assert assert_same(calculated[name].sheets, case.stored.sheets) > 5_000


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("reading", READINGS)
def test_the_calculated_matching_is_the_models(cases, calculated, name, reading):
    case = cases[name]
    sheet = {
        "secured": "Matchning säkrad",
        "planned": "Matchning planerad",
        "best_case": "Matchning bästa fall",
    }[reading]
    outcome = case.result.outcome(reading)
    rows = calculated[name].table(sheet)
    for label, amounts in {
        "Gap": outcome.gap,
        "Täckt, med redan betalt": outcome.need - outcome.gap,
        "Engångsdriftens gap": outcome.one_off_gap,
        "Likviditetsbehov vid årets slut": outcome.liquidity,
    }.items():
        assert [ore(row[label]) for row in rows] == amounts.T.ravel().tolist(), label
    years = len(case.result.plan.years)
    for label, amounts in {
        "förfaller": outcome.lapsed,
        "bidrag som blir över": outcome.surplus,
    }.items():
        column = [ore(row[f"Med engångsdrift: {label}"]) for row in rows]
        sums = [sum(column[n : n + years]) for n in range(0, len(column), years)]
        assert sums == amounts.tolist(), label


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(
    ("by", "label"),
    [
        ("year", "Per år"),
        ("sector", "Per sektor"),
        ("owner", "Per ägare"),
        ("department", "Per nämnd"),
        ("actor_group", "Per aktörsgrupp"),
    ],
)
def test_the_calculated_sums_are_the_dashboards(cases, calculated, name, by, label):
    case = cases[name]
    lines = calculated[name].section(label)[:-1]
    plan = case.result.plan
    for reading, word in READINGS.items():
        for group, of in ((None, "alla"), ("municipal_group", "koncernen")):
            rows = {r.key: r for r in case.result.by(by, reading, actor_group=group)}
            keys = [str(year) for year in plan.years] if by == "year" else None
            for place, line in enumerate(lines):
                key = keys[place] if keys else _key(plan, rows, by, line[""])
                row = rows.get(key)
                found = [
                    ore(line[f"{amount}, {of}"])
                    for amount in (
                        "Investeringsbehov",
                        f"Gap, {word}",
                        "Engångsdrift",
                        f"Engångsdrift utan täckning, {word}",
                    )
                ]
                expected = [row.need, row.gap, row.one_off, row.one_off_gap] if row else [0] * 4
                assert found == expected, (reading, of, line[""])


def _key(plan, rows: dict, by: str, label: str) -> str | None:
    return next((key for key in rows if words.tag(by, key, "sv", plan) == label), None)


@pytest.mark.parametrize("name", NAMES)
def test_the_calculated_capital_cost_is_the_operating_impacts(cases, calculated, name):
    found = cases[name].result.operating(READING)
    rows = [r for r in calculated[name].table("Kapitalkostnad", "Del, nummer") if r["Nr"] != ""]
    for place, year in enumerate(found.years):
        for label, post in {
            "Avskrivning": "depreciation",
            "Upplösta bidrag": "dissolved",
            "Internränta": "internal_interest",
        }.items():
            amounts = [ore(row[f"{label} {year}"]) for row in rows]
            assert amounts == found.posts[post][place, : len(rows)].tolist(), (label, year)
            assert not found.posts[post][place, len(rows) :].any()


@pytest.mark.parametrize("name", NAMES)
def test_the_calculated_financing_is_the_financing_analysis(cases, calculated, name):
    rows = calculated[name].sheets["Finansieringsanalys"]
    for level, label in (("municipality", "Kommunen"), ("group", "Kommunkoncernen")):
        analysis = cases[name].result.financing(level, READING, "decided")
        first = next(n for n, row in enumerate(rows) if row[0] == label)
        lines = {row[0]: row[1:] for row in rows[first + 1 : first + 20]}
        for key, word in {
            "own_funds": "Egna medel",
            "grants": "Bidrag",
            "expenditure": "Investeringsutgift",
            "borrowing_need": "Lånebehov",
            "closing_debt": "Låneskuld UB",
            "margin": "Marginal",
        }.items():
            expected = [getattr(each, key) for each in analysis.years]
            assert [_known(value) for value in lines[word]] == expected, (level, key)


def _known(value: float | str) -> int | None:
    return None if value == "okänt" else ore(value)


VIEWS = {
    "municipality": "Kommunens pengar",
    "owner": "Ägarens pengar",
    "society": "Samhället",
}


@pytest.mark.parametrize("name", NAMES)
def test_the_calculated_net_present_value_is_that_of_each_view(cases, calculated, name):
    rows = calculated[name].table("Nettonuvärde")
    measures = [row for row in rows if row["Nr"] != ""]
    whole = next(row for row in rows if row["Åtgärd"] == "Planen, det som är känt av den")
    for view, label in VIEWS.items():
        judged = cases[name].result.economics(view, reading=READING)
        expected = judged.measures.net_present_value
        assert [_known(row[label]) for row in measures] == [_ore(value) for value in expected]
        assert _known(whole[label]) == _ore(judged.whole[1].net_present_value[0])


def test_some_net_present_values_are_known(cases):
    known = [
        case.result.economics(view, reading=READING).measures.net_present_value
        for case in cases.values()
        for view in VIEWS
    ]
    assert sum(int((~np.isnan(values)).sum()) for values in known) > 20


def _ore(kronor: float) -> int | None:
    return None if np.isnan(kronor) else round(kronor * 100)


@pytest.mark.parametrize("name", NAMES)
def test_every_check_gives_zero(cases, calculated, name):
    rows = calculated[name].table("Kontroll", "Kontroll")
    differences = [row["Skillnad"] for row in rows if row["Skillnad"] != ""]
    assert len(differences) > 30
    assert set(differences) == {0.0}


def test_changed_inputs_flow_through_as_in_the_model(cases, calculated):
    """A need, a share and an appropriation: the plan changed in the model is the same."""
    found, expected = calculated["changed"].calculating(), cases["andrad"].stored.calculating()
    for sheets in (found, expected):
        # These say what was exported: the plan's name, and how far the calculation has moved.
        sheets["Kontroll"] = [r for r in sheets["Kontroll"] if not str(r[0]).startswith("Kommunk")]
        del sheets[FIRST]
        # Their flows are the model's, and do not follow a change in the workbook.
        del sheets["Flöden"], sheets["Nettonuvärde"]
    assert_same(found, expected)


def test_the_checks_say_how_far_a_change_has_moved_the_plan(cases, calculated):
    before, after = (cases[name].result.groups(READING)["municipal_group"] for name in MOVED)
    rows = calculated["changed"].table("Kontroll", "Kontroll")
    moved = {row["Kontroll"]: row["Skillnad"] for row in rows}
    assert moved["Alla skillnader tillsammans"] == 0
    assert ore(moved["Kommunkoncernens behov"]) == after.need - before.need != 0
    assert ore(moved["Kommunkoncernens gap"]) == after.gap - before.gap != 0


def test_low_mid_or_high_need_is_one_cell(cases, calculated):
    rows = calculated["high"].table("Matchning bästa fall")
    outcome = cases["prov-0"].result.outcome("best_case", "high")
    assert [ore(row["Gap"]) for row in rows] == outcome.gap.T.ravel().tolist()
    found = [ore(row["Engångsdriftens gap"]) for row in rows]
    assert found == outcome.one_off_gap.T.ravel().tolist()


def test_formulas_are_plain_and_no_text_of_a_person_is_one(cases):
    """Only functions that every spreadsheet has, and only texts of ours as operands."""
    content = cases["prov-0"].content
    book = load_workbook(BytesIO(content))
    seen = 0
    for sheet in book:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.data_type != "f":
                    continue
                seen += 1
                tokens = Tokenizer(cell.value).items
                used = {t.value for t in tokens if t.type == "FUNC" and t.subtype == "OPEN"}
                assert used <= FUNCTIONS, cell.value
                texts = {t.value for t in tokens if t.subtype == "TEXT"}
                assert texts <= OPERANDS, cell.value
    assert seen > 5_000
    with zipfile.ZipFile(BytesIO(content)) as parts:
        assert not [n for n in parts.namelist() if "external" in n or "vba" in n]
        assert not any(
            b"_xlfn" in parts.read(n) or b't="e"' in parts.read(n) for n in parts.namelist()
        )
