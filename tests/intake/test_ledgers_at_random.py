"""Ledgers made at random, in every convention, against the truth that they were made from."""

from collections import defaultdict
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.intake.sheets import read, sheet

ASSETS = (("1119", "Pågående nybyggnad"), ("1220", "Maskiner och inventarier"))
STUDIES = (("7400", "Konsulttjänster"),)
GRANTS = (("3570", "Offentliga investeringsbidrag"), ("3511", "Statsbidrag"))
LOANS = (("2350", "Lån i bank"),)
ACCOUNTS = {
    **dict.fromkeys(ASSETS, "investment"),
    **dict.fromkeys(STUDIES, "one_off_operating"),
    **dict.fromkeys(GRANTS, "grant"),
    **dict.fromkeys(LOANS, "loan"),
}
USES = ("investment", "one_off_operating")
TYPES = {
    "investment": "Utgift",
    "one_off_operating": "Engångsdrift",
    "grant": "Bidrag",
    "loan": "Lån",
}
YEARS = (2026, 2027, 2028)

amounts = st.integers(1, 10**9).map(lambda ore: Decimal(ore) / 100)
lines = st.tuples(
    st.integers(1, 4), st.sampled_from(sorted(ACCOUNTS)), st.sampled_from(YEARS), amounts
)
# Every ledger holds an asset of 2026 and a grant, so that its first year and its signs are known.
ledgers = st.lists(lines, max_size=25).map(
    lambda some: [
        (1, ASSETS[0], 2026, Decimal(10**8)),
        (1, GRANTS[0], 2026, Decimal(10**7)),
        *some,
    ]
)


def truth(ledger):
    """Need, grants and loans by project and year; uses and sources by year."""
    need, grants, loans = (defaultdict(Decimal) for _ in range(3))
    uses, sources = ({year: Decimal(0) for year in YEARS} for _ in range(2))
    for project, account, year, amount in ledger:
        kind = ACCOUNTS[account]
        if kind in USES:
            need[project, year, kind] += amount
            uses[year] += amount
        else:
            (grants if kind == "grant" else loans)[project, year] += amount
            sources[year] += amount
    measures = {project for project, _year, _kind in need}
    return (
        dict(need),
        {key: value for key, value in grants.items() if key[0] in measures},
        {key: value for key, value in loans.items() if key[0] in measures},
        {year: (uses[year], sources[year]) for year in YEARS if uses[year] or sources[year]},
    )


def found(reading):
    """The same of a reading."""
    numbers = {m.id: int(m.project_number) - 1000 for m in reading.measures}
    grants, loans = defaultdict(Decimal), defaultdict(Decimal)
    for measure in reading.measures:
        for grant in measure.grants:
            for payment in grant.payments:
                grants[numbers[measure.id], payment.year] += payment.amount
    for each in reading.funding:
        loans[numbers[each.measure_id], each.year] += each.amount
    need = {
        (numbers[measure.id], e.year, e.kind): e.mid
        for measure in reading.measures
        for e in measure.expenditures
    }
    balance = {
        each.year: (each.uses, each.sources)
        for each in reading.balance
        if each.uses or each.sources
    }
    return need, dict(grants), dict(loans), balance


def signed(kind, amount, convention):
    """An amount as it is written: with a minus for income, for expenditure, or for neither."""
    minus = {"income": kind not in USES, "expenditure": kind in USES, "none": False}[convention]
    return -amount if minus else amount


def as_lines(ledger, convention, by_type):
    """A row per line, with its year."""
    what = ["Typ"] if by_type else ["Konto", "Kontonamn"]
    rows = [["Belopp i kr"], ["Projektnr", "Projekt", *what, "År", "Belopp"]]
    for project, account, year, amount in ledger:
        kind = ACCOUNTS[account]
        told = [TYPES[kind]] if by_type else list(account)
        written = signed(kind, amount, convention)
        rows.append([str(1000 + project), f"Skola {project}", *told, year, written])
    return rows


def as_columns(ledger, convention, by_type):
    """A row per project and account, with a column per year."""
    what = ["Typ"] if by_type else ["Konto", "Kontonamn"]
    years = ["Budget 2026", "Plan 2027", "Plan 2028"]
    rows = [["Belopp i kr"], ["Projektnr", "Projekt", *what, *years]]
    cells = defaultdict(Decimal)
    for project, account, year, amount in ledger:
        cells[project, account, year] += amount
    for project, account in sorted({key[:2] for key in cells}):
        kind = ACCOUNTS[account]
        told = [TYPES[kind]] if by_type else list(account)
        row = [str(1000 + project), f"Skola {project}", *told]
        for year in YEARS:
            amount = cells.get((project, account, year))
            row.append(None if amount is None else signed(kind, amount, convention))
        rows.append(row)
    return rows


@settings(max_examples=150, deadline=None)
@given(
    ledgers,
    st.sampled_from(["income", "expenditure", "none"]),
    st.booleans(),
    st.sampled_from([as_lines, as_columns]),
)
def test_a_ledger_is_read_as_it_was_meant_and_without_a_question(
    ledger, convention, by_type, layout
):
    reading = read(sheet(layout(ledger, convention, by_type)))
    assert reading.errors == ()
    assert reading.numbers == reading.imported + len(reading.excluded)
    assert found(reading) == truth(ledger)
