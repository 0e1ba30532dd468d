"""Plans that word their costs and effects: a published one, and what may stand in its cells."""

import json
from decimal import Decimal

import pytest

from model.forms.choices import FLAGS
from model.intake.answers import NONE, Answers
from model.intake.reading import read_workbook
from model.language import translate
from model.years import BEFORE, LATER
from tests.intake import sheets
from tests.intake.sheets import codes, left_out

MILLION = 1_000_000
TITLE = ["Klimatplan 2026–2030"]
UNIT = ["Belopp i mnkr"]
HEADINGS = ["Nr", "Åtgärd", "Ansvarig", "Start", "Klar", "Utsläppsminskning (ton CO2e)", "Kostnad"]

# What the published sheet does not say, and only a person who knows more can: by flag and measure,
# with why.
JUDGED = {
    "implausible": "a comparison with other plans and with physics",
    "source_truncated": "a page break in the document behind the sheet",
    "possible_overlap": "a text in the plan that is not on the sheet",
    "period_unclear": "nothing on the sheet tells these costs from others without years",
}
NOT_ON_THE_SHEET = {
    ("13", "partial_scope"): "the comment names a plan of seven years, not what the cost covers",
    ("23", "joint_effect"): "the others name it in English words that three measures may fit",
    ("25", "not_available"): "an empty cost as in rows 2, 6 and 35, where the truth has no flag",
    ("40", "conditional"): "no word of a condition on the sheet",
}


@pytest.fixture(scope="module")
def published(shared):
    return read_workbook(shared / "workbooks" / "helsingborg_as_published.xlsx")


@pytest.fixture(scope="module")
def truth(shared):
    text = (shared / "workbooks" / "helsingborg_truth.json").read_text("utf-8")
    measures = {str(measure["nr"]): measure for measure in json.loads(text)["measures"]}
    assert len(measures) == 41
    return measures


def _kronor(value: int | None) -> Decimal | None:
    return None if value is None else Decimal(value)


def _total(measure, end: str) -> Decimal | None:
    amounts = [getattr(row, end) for row in measure.expenditures]
    return sum(amounts) if amounts and None not in amounts else None


def test_every_published_measure_is_read_without_a_question(published, truth):
    assert published.errors == ()
    assert [m.project_number for m in published.measures] == list(truth)
    for measure in published.measures:
        fact = truth[measure.project_number]
        assert measure.name == fact["name"]
        assert measure.responsible == (fact["responsible"] or "")
        assert measure.stakeholders == (fact["stakeholders"] or "")


def test_every_published_amount_is_read_to_the_krona_with_its_range(published, truth):
    for measure in published.measures:
        fact = truth[measure.project_number]
        low, mid, high = (_kronor(fact[f"capex_{end}_sek"]) for end in ("low", "mid", "high"))
        if low == high:  # one figure, or none
            low = high = None
        found = tuple(_total(measure, end) for end in ("low", "mid", "high"))
        assert found == (low, mid, high), fact["cost_text"]


def test_the_kind_of_every_published_cost_is_the_one_it_is(published, truth):
    for measure in published.measures:
        soft = truth[measure.project_number]["cost_nature"] in ("administration", "study")
        kinds = {row.kind for row in measure.expenditures}
        assert kinds <= {"one_off_operating" if soft else "investment"}, measure.name


def test_every_published_amount_is_spread_over_the_years_of_the_assumption(published, truth):
    words = {"tom_2025": BEFORE, "2031_": LATER}
    for measure in published.measures:
        # The budget sheet leaves out nothing that is costed, and rounds to whole thousands.
        years = truth[measure.project_number].get("budget", {}).get("per_year_sek", {})
        expected = {
            words.get(year, int(year.strip("tom_") or 0)): Decimal(amount)
            for year, amount in years.items()
            if amount
        }
        assert {row.year: row.mid for row in measure.expenditures} == expected, measure.name


def test_every_published_year_is_read(published, truth):
    for measure in published.measures:
        fact = truth[measure.project_number]
        stated = tuple(str(fact[end] or "") for end in ("start", "end"))
        assert published.dates.get(measure.id, ("", "")) == stated, measure.name


def test_every_published_effect_is_read_with_its_basis(published, truth):
    for measure in published.measures:
        fact = truth[measure.project_number]
        for indicator, key in (("co2e_reduction", "co2"), ("co2e_sink", "sink")):
            low, high = fact[f"{key}_low_t"], fact[f"{key}_high_t"]
            expected = []
            if low is not None:
                ends = (None, low, None) if low == high else (low, (low + high) / 2, high)
                figures = [None if end is None else Decimal(str(end)) for end in ends]
                expected = [(*figures, fact[f"{key}_basis"])]
            found = [
                (effect.low, effect.mid, effect.high, effect.basis)
                for effect in measure.effects
                if effect.indicator == indicator and effect.mid is not None
            ]
            assert found == expected, (measure.name, indicator)


def test_every_published_flag_that_the_sheet_tells_is_given_and_no_other(published, truth):
    for measure in published.measures:
        number = measure.project_number
        told = {
            flag
            for flag in truth[number]["quality_flags"]
            if flag not in JUDGED and (number, flag) not in NOT_ON_THE_SHEET
        }
        assert set(measure.flags) == told, measure.name
        assert told <= set(FLAGS)


def test_shared_effects_are_in_one_group_and_stated_once(published, truth):
    groups: dict[str, set[str]] = {}
    stated: dict[str, int] = {}
    for measure in published.measures:
        for effect in measure.effects:
            if effect.effect_group:
                groups.setdefault(effect.effect_group, set()).add(measure.project_number)
                stated[effect.effect_group] = stated.get(effect.effect_group, 0) + bool(effect.mid)
    joint: dict[str, set[str]] = {}
    for number, fact in truth.items():
        if fact["joint_group"]:
            joint.setdefault(fact["joint_group"], set()).add(number)
    joint["HBG-EV"].remove("23")  # see NOT_ON_THE_SHEET
    assert sorted(groups.values(), key=sorted) == sorted(joint.values(), key=sorted)
    assert sorted(stated.values()) == [0, 1]


def test_sectors_are_those_that_the_sheet_names(published, truth):
    for measure in published.measures:
        # "Energisystem/bebyggelse" are two sectors: neither is guessed.
        expected = "" if 7 <= int(measure.project_number) <= 12 else None
        assert measure.sector == (truth[measure.project_number]["sector"], expected)[expected == ""]


def test_every_published_sum_agrees_and_is_not_imported(published, truth):
    assert [(found.label, found.difference) for found in published.sums] == [
        (label, Decimal(0))
        for label in (
            "Summa Energisystem",
            "Summa Energisystem, bebyggelse",
            "Summa Mobilitet och transport (på väg)",
            "Summa Mobilitet och transport (utanför väg)",
            "Summa Avfall och cirkulär ekonomi",
            "Summa Grön industri",
            "Summa Naturbaserade lösningar",
            "Totalt",
        )
    ]
    assert published.sums[-1].stated == 13_490 * MILLION
    assert not {"sum_differs", "tonnes_differ"} & {found.code for found in published.violations}
    left = left_out(published)
    assert {left[f"{column}61"] for column in "HI"} == {"a sum, checked against its parts"}


def test_the_texts_are_kept_and_the_spread_is_said_to_be_nobody_s(published):
    first = published.measures[0]
    text = "2 000 MSEK and 10–20 SEK per captured ton CO2e in operating costs"
    assert first.note.splitlines() == [
        f"Kostnad: ”{text}”",
        "Utsläppsminskning (ton CO2e): ”100 000 ton CO2e”",
        "Dessutom 100 000 ton biogen CO2 (kolsänka)",
    ]
    assert published.cost_texts[first.id] == text
    assert {row.note for row in first.expenditures} == {
        "jämnt fördelat 2026–2028: året är inte publicerat"
    }
    spread = [found for found in published.violations if found.code == "years_spread"]
    assert [(found.severity, found.fields["count"]) for found in spread] == [("warning", 28)]
    assert "28 belopp har inget eget år" in translate(spread[0].template, "sv", **spread[0].fields)


def test_every_number_of_the_published_sheet_is_imported_or_left_out(published):
    assert published.numbers == 75
    assert published.imported + len(published.excluded) == 75
    assert set(left_out(published).values()) == {"a sum, checked against its parts"}


def read(*rows, headings=HEADINGS, title=TITLE, unit=UNIT, answers: Answers = NONE, last=()):
    """A workbook with a title in row 1, a unit in row 2, headings in row 4 and the rows below."""
    written = sheets.sheet((title, unit, [], headings, *rows, *last), "Åtgärder")
    return sheets.read(written, file="plan.xlsx", answers=answers)


def row(number, name, cost=None, effect="10 ton CO2e", *, who=None, start=None, end=None):
    return [number, name, who, start, end, effect, cost]


OTHERS = [
    row(901, "Solceller på skolor", "12 mnkr", "100 ton CO2e/år"),
    row(902, "Cykelbro över ån", "30–40 mnkr", "5 ton CO2e/år"),
    row(903, "Laddplatser vid stationen", "2 mnkr", "20 ton CO2e/år"),
]


def one(reading, number="1"):
    return next(m for m in reading.measures if m.project_number == number)


def years(measure) -> dict:
    return {row.year: row.mid for row in measure.expenditures}


def test_an_amount_that_is_a_number_is_in_the_unit_of_the_sheet():
    reading = read(row(1, "Bussdepå", 12.5), *OTHERS)
    assert reading.errors == ()
    assert years(one(reading)) == dict.fromkeys(range(2026, 2031), Decimal(2_500_000))


def test_a_period_that_a_person_says_goes_before_the_title():
    reading = read(row(1, "Bussdepå", 12), *OTHERS, answers=Answers(period=(2027, 2029)))
    assert years(one(reading)) == dict.fromkeys((2027, 2028, 2029), Decimal(4 * MILLION))


def test_without_any_period_it_is_asked_for_and_the_amounts_stand_as_later():
    rows = [row(1, "Bussdepå", 12), row(2, "Bad", 6, start=2027, end=2028), *OTHERS]
    reading = read(*rows, title=["Klimatplan"])
    assert codes(reading) == [("ask_period", "G4")]
    assert reading.errors[0].question.flag == "--period {choice}"
    assert years(one(reading)) == {LATER: Decimal(12 * MILLION)}
    assert years(one(reading, "2")) == {2027: 3 * MILLION, 2028: 3 * MILLION}
    answered = read(*rows, title=["Klimatplan"], answers=Answers(period=(2026, 2027)))
    assert answered.errors == ()
    assert years(one(answered)) == {2026: 6 * MILLION, 2027: 6 * MILLION}
    assert years(one(answered, "2")) == {2027: 3 * MILLION, LATER: 3 * MILLION}


def test_a_title_with_only_its_last_year_begins_where_the_assumption_says():
    reading = read(row(1, "Bussdepå", 12), *OTHERS, title=["Klimatplan 2030"])
    spread = next(found for found in reading.violations if found.code == "years_spread")
    assert (spread.fields["first"], spread.fields["last"]) == (2026, 2030)
    assert spread.question.choices == ("2026-2030",)


def test_a_running_cost_is_no_investment():
    reading = read(row(1, "Energirond", "2 mnkr/år", start=2025, end=2027), *OTHERS)
    measure = one(reading)
    assert measure.expenditures == ()
    assert [(cost.year, cost.amount) for cost in measure.running_costs] == [
        (2026, 2 * MILLION),
        (2027, 2 * MILLION),
    ]


def test_the_running_cost_of_an_investment_begins_when_it_is_done():
    reading = read(row(1, "Depå", "20 mnkr, drift 1 mnkr/år", start=2026, end=2028), *OTHERS)
    measure = one(reading)
    assert sum(years(measure).values()) == 20 * MILLION
    assert [cost.year for cost in measure.running_costs] == [2029, 2030]
    assert "capex_and_opex" in measure.flags


def test_a_column_of_running_costs_is_of_every_year():
    reading = read(
        [*row(1, "Depå", 20, end=2028), 1.5],
        *([*other, None] for other in OTHERS),
        headings=[*HEADINGS, "Driftkostnad per år"],
    )
    assert reading.errors == ()
    assert [(c.year, c.amount) for c in one(reading).running_costs] == [
        (2029, 1_500_000),
        (2030, 1_500_000),
    ]


def test_another_currency_is_asked_for_once_and_then_converted():
    rows = [row(1, "Vätgas", "10 MEUR", "5 000 ton"), row(2, "Elflyg", "1–2 MEUR"), *OTHERS]
    asked = read(*rows)
    assert codes(asked) == [("ask_rate", "G5")]
    assert asked.errors[0].question.flag == "--rate EUR={choice}"
    assert one(asked).expenditures == ()
    reading = read(*rows, answers=Answers(rates={"EUR": Decimal("11.3")}))
    assert reading.errors == ()
    assert sum(years(one(reading)).values()) == 113 * MILLION
    assert one(reading).flags == ("foreign_currency",)


@pytest.mark.parametrize(
    ("cost", "code"),
    [
        ("20 + 5 mnkr", "cost_not_read"),
        ("3 rådgivare", "cost_not_read"),
        ("500 kr/m2", "cost_not_read"),
        ("1.234 mnkr", "ask_number"),
        ("200 000", "too_large"),
        (200_000, "too_large"),
        (-5, "cost_not_read"),
    ],
)
def test_a_cost_that_is_not_understood_is_a_finding_and_no_amount(cost, code):
    reading = read(row(1, "Depå", cost), *OTHERS)
    assert codes(reading) == [(code, "G5")]
    assert one(reading).expenditures == ()


def test_what_a_person_has_said_of_a_point_answers_the_question():
    reading = read(row(1, "Depå", "1.234 tkr"), *OTHERS, answers=Answers(point="thousands"))
    assert reading.errors == ()
    assert sum(years(one(reading)).values()) == 1_234_000


def test_words_beside_an_amount_are_named():
    reading = read(row(1, "Depå", "20 mnkr inkl. projektering (3 etapper)"), *OTHERS)
    found = next(found for found in reading.violations if found.code == "words_beside")
    assert found.fields["rest"] == "inkl. projektering (3 etapper"
    assert sum(years(one(reading)).values()) == 20 * MILLION


@pytest.mark.parametrize("effect", ["300 bussar", "5 ton och 10 ton", "0,8 kg CO2/kWh"])
def test_an_effect_that_is_not_understood_is_a_finding_and_no_effect(effect):
    reading = read(row(1, "Depå", "5 mnkr", effect), *OTHERS)
    assert codes(reading) == [("effect_not_read", "F5")]
    assert one(reading).effects == ()


def test_a_heading_with_kilotonnes_a_year_goes_for_its_numbers():
    headings = [*HEADINGS[:5], "Minskade utsläpp (kton CO2e/år)", "Kostnad"]
    reading = read(row(1, "Depå", "5 mnkr", 1.5), *OTHERS, headings=headings)
    assert [(e.mid, e.basis) for e in one(reading).effects] == [(Decimal(1500), "per_year")]


def test_reductions_may_be_negative_in_the_whole_column_but_not_in_one_cell():
    rows = [row(number, f"Depå {number}", "5 mnkr", -number) for number in range(1, 5)]
    reading = read(*rows)
    assert reading.errors == ()
    assert [m.effects[0].mid for m in reading.measures] == [1, 2, 3, 4]
    rows[0][5] = 7
    assert [code for code, _ in codes(read(*rows))] == ["sign_of_effect"] * 3


def test_studies_and_coordination_are_one_off_operating_expenditure():
    reading = read(
        row(1, "Samordning av bilpooler", "3 mnkr"),
        row(2, "Förstudie spårväg", "2 mnkr"),
        row(3, "Utreda miljözon", "90 mnkr om den införs"),
        *OTHERS,
    )
    kinds = [{row.kind for row in one(reading, n).expenditures} for n in "123"]
    assert kinds == [{"one_off_operating"}, {"one_off_operating"}, {"investment"}]
    assert [code for code, _ in codes(reading, "warning")].count("one_off_operating") == 2


def test_the_same_row_twice_is_asked_about_and_only_then_left_out():
    rows = [row(1, "Solceller", "12 mnkr", "9 ton"), row(2, "Solceller", "12 mnkr", "9 ton")]
    asked = read(*rows, *OTHERS)
    assert codes(asked) == [("ask_row", "B6")]
    assert asked.errors[0].question.flag == "--row Åtgärder!6={choice}"
    answered = read(*rows, *OTHERS, answers=Answers(rows={"Åtgärder": {6: "ignore"}}))
    assert answered.errors == ()
    assert len(answered.measures) == 4
    kept = read(*rows, *OTHERS, answers=Answers(rows={"Åtgärder": {6: "measure"}}))
    assert kept.errors == ()
    assert len(kept.measures) == 5


def test_the_same_name_with_other_figures_are_two_measures():
    reading = read(row(1, "Nätverk", "6 mnkr"), row(2, "Nätverk", "1 mnkr", "2 ton"), *OTHERS)
    assert reading.errors == ()
    assert [one(reading, n).flags for n in "12"] == [("same_name",), ("same_name",)]


def test_an_effect_that_another_measure_holds_is_counted_there():
    reading = read(
        row(1, "Biogasanläggning", "12 mnkr", "900 ton/år"),
        row(2, "Matavfallsinsamling", "3 mnkr", "Ingår i biogasanläggning"),
        row(3, "Upphandling av gas", "1 mnkr", "Ingår i åtgärd 77"),
        *OTHERS,
    )
    groups = [one(reading, n).effects[0].effect_group for n in "123"]
    assert groups == ["Biogasanläggning", "Biogasanläggning", "nr 77"]
    assert [one(reading, n).effects[0].mid for n in "123"] == [900, None, None]
    assert codes(reading, "warning").count(("no_holder", "B7")) == 1


def test_a_sum_that_does_not_agree_is_an_error_and_tonnes_a_warning():
    rows = [row(n, name, f"{n} mnkr", f"{n} ton") for n, name in enumerate("ABCD", 1)]
    total = [None, "Summa", None, None, None, 11, 12]
    reading = read(*rows, total)
    assert codes(reading) == [("sum_differs", "G9")]
    assert ("tonnes_differ", "F9") in codes(reading, "warning")
    assert [(s.stated, s.found) for s in reading.sums] == [(12 * MILLION, 10 * MILLION)]


def test_a_measure_that_ends_before_it_begins_is_refused():
    reading = read(row(1, "Depå", "5 mnkr", start=2029, end=2027), *OTHERS)
    assert codes(reading) == [("years_not_ordered", "E5")]


def test_what_is_no_year_is_refused_in_its_cell():
    reading = read(row(1, "Depå", "5 mnkr", end="om 3 år"), *OTHERS)
    assert codes(reading) == [("not_a_year", "E5")]


def test_a_cost_without_a_name_is_refused():
    reading = read(*OTHERS, row(4, None, "5 mnkr"))
    assert codes(reading) == [("amount_without_name", "G8")]


def test_what_a_plan_has_no_use_for_is_left_out_by_name():
    reading = read(
        *([*other, 7] for other in OTHERS),
        headings=[*HEADINGS, "Antal hushåll"],
    )
    assert not {"unaccounted", "accounted_twice"} & {found.code for found in reading.violations}
    assert "Antal hushåll" in left_out(reading)["H5"]


def test_a_grant_without_a_year_is_paid_over_the_years_of_its_measure():
    reading = read(
        [*row(1, "Depå", "20 mnkr", end=2027), 5, "Klimatklivet (beviljat)", "x"],
        *([*other, None, None, None] for other in OTHERS),
        headings=[*HEADINGS, "Bidrag", "Finansiär", "Grön obligation"],
    )
    assert reading.errors == ()
    measure = one(reading)
    (grant,) = measure.grants
    assert (grant.source, grant.status) == ("klimatklivet", "granted")
    assert [(p.year, p.amount) for p in grant.payments] == [
        (2026, 2_500_000),
        (2027, 2_500_000),
    ]
    assert [m.green for m in reading.measures] == [True, False, False, False]


def test_a_source_that_is_only_named_makes_no_grant():
    reading = read(
        [*row(1, "Depå", "20 mnkr"), "Klimatklivet (sökt)"],
        *([*other, None] for other in OTHERS),
        headings=[*HEADINGS, "Finansiering"],
    )
    assert reading.errors == ()
    assert one(reading).grants == ()
    assert [(f.source, f.status, f.amount) for f in reading.funding] == [
        ("klimatklivet", "applied", None)
    ]


def test_a_year_in_the_only_column_of_when_is_the_measure_s_own():
    rows = [["Bro", "2027", "8 mnkr", "5 ton"], ["Bad", "2026–2027", "6 mnkr", "5 ton"]]
    for heading, expected in (
        ("Tidplan", {2027: 8 * MILLION}),
        ("Startår", dict.fromkeys(range(2027, 2031), 2 * MILLION)),
    ):
        headings = ["Åtgärd", heading, "Kostnad", "Effekt (ton CO2e)"]
        reading = read(*rows, ["Väg", "löpande", "5 mnkr", "5 ton"], headings=headings)
        assert reading.errors == ()
        assert [years(m) for m in reading.measures] == [
            expected,
            {2026: 3 * MILLION, 2027: 3 * MILLION},
            dict.fromkeys(range(2026, 2031), MILLION),
        ]


def test_a_heading_or_a_sheet_may_name_the_sector_or_the_department():
    rows = [
        ["Energi"],
        ["Solceller", "5 mnkr", "10 ton"],
        ["Tekniska nämnden"],
        ["Belysning", "2 mnkr", "1 ton"],
        ["Annat:"],
        ["Utbildning", "1 mnkr", None],
    ]
    reading = read(*rows, headings=["Åtgärd", "Kostnad", "Effekt (ton CO2e)"])
    assert reading.errors == ()
    assert [(m.name, m.sector, m.department) for m in reading.measures] == [
        ("Solceller", "energy", ""),
        ("Belysning", "", "Tekniska nämnden"),
        ("Utbildning", "", ""),
    ]
