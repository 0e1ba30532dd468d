"""What is booked on accounts, out of a SIE 4 file: by cost centre where the file says it.

``#PSALDO 0 202401 4012 {1 "30"} 500.00`` is what was booked on an account in a month for an object,
and one without objects is the whole account: then what no object has is the rest, of no department.
A file without monthly balances is read from its vouchers (``#TRANS``), and one without those from
the year's balances (``#RES``), which know no department. Debit is positive. Only accounts of
expenditure are read: an asset's balance is also written off. Source: SIE filformat 4B.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from decimal import Decimal

from model.intake.amounts import LARGEST_AMOUNT, written
from model.intake.reader import Sheet, Workbook
from model.intake.sie import AMOUNT, COST_CENTRE, Names, names_of, objects_of, records
from model.intake.spend import Bought, Tally

ASSETS = "1"
DEPARTMENTS = ("förvaltning", "nämnd")

NO_BOOKED = (
    "The SIE file {file} has nothing booked: no #PSALDO, #TRANS or #RES. Export it from the "
    "accounting system as type 4, with balances by object."
)
BAD_LINE = "The record {label} cannot be read: expected an account and an amount. Export it again."
NO_RAR = (
    "The record names year {index}, and no #RAR says which year that is. Export the file again."
)
PARTS_DIFFER = (
    "The account {account} is booked with {parts} kronor by month in {year} and {whole} kronor by "
    "the year's balance. Export the file again with all months."
)


def read(book: Workbook, tally: Tally) -> None:
    """What was bought, into the tally."""
    sheet = book.sheets[0]
    names = names_of(sheet)
    dimension = _dimension(names)
    labels = {label for label, *_ in records(sheet)}
    yearly = list(_yearly(sheet, names, tally)) if "#RES" in labels else []
    if "#PSALDO" in labels:
        lines = list(_monthly(sheet, names, dimension, tally))
        _compare(lines, yearly, tally)
    elif "#TRANS" in labels:
        lines = list(_vouchers(sheet, names, dimension, tally))
    elif yearly:
        lines = yearly
    else:
        tally.refuse("nothing_booked", book.file, NO_BOOKED, file=book.file)
        return
    for line in lines:
        if line.account.startswith(ASSETS):
            tally.leave("not_purchase", line.amount, line.ref)
        elif line.amount:
            tally.take(line)


def _dimension(names: Names) -> str:
    """The dimension of departments: one that is named so, or else cost centres."""
    named = (
        number
        for number, name in names.dimensions.items()
        if any(word in name.casefold() for word in DEPARTMENTS)
    )
    return next(named, COST_CENTRE)


def _monthly(sheet: Sheet, names: Names, dimension: str, tally: Tally) -> Iterator[Bought]:
    """The monthly balances: those by department where an account has any, and the rest of it."""
    groups: dict[tuple, dict[frozenset, list[Bought]]] = defaultdict(lambda: defaultdict(list))
    for row, texts in _of(sheet, "#PSALDO"):
        at = _ref(tally, sheet, row)
        place = 3 if len(texts) > 3 and AMOUNT.fullmatch(texts[3]) else 4
        amount = _amount(texts, place, "#PSALDO", at, tally)
        year = _year(texts[0] if texts else "", names, at, tally)
        if amount is None or year is None:
            continue
        objects = objects_of(texts[3]) if place == 4 else {}
        line = _bought(names, texts[2], objects.get(dimension, ""), dimension, year, amount, at)
        groups[year, texts[1], texts[2]][frozenset(objects)].append(line)
    for by_objects in groups.values():
        yield from _without_sums(by_objects, dimension)


def _without_sums(by_objects: Mapping[frozenset, list[Bought]], dimension: str) -> Iterator[Bought]:
    """An account's month once: by the fewest dimensions that say a department, and what is left.

    Other sets of dimensions are the same kronor seen another way.
    """
    whole = by_objects.get(frozenset(), [])
    sets = sorted(
        (each for each in by_objects if each), key=lambda each: (dimension not in each, len(each))
    )
    parts = by_objects[sets[0]] if sets and (dimension in sets[0] or not whole) else []
    yield from parts
    if whole:
        rest = sum(line.amount for line in whole) - sum(line.amount for line in parts)
        yield Bought("", whole[0].category, whole[0].account, whole[0].year, rest, whole[0].ref)


def _vouchers(sheet: Sheet, names: Names, dimension: str, tally: Tally) -> Iterator[Bought]:
    year: int | None = None
    for label, row, texts, _cells in records(sheet):
        at = _ref(tally, sheet, row)
        if label == "#VER":
            date = texts[2] if len(texts) > 2 else ""
            year = int(date[:4]) if date[:4].isdigit() else None
        if label != "#TRANS":
            continue
        place = 1 if len(texts) > 1 and AMOUNT.fullmatch(texts[1]) else 2
        amount = _amount(texts, place, label, at, tally)
        if amount is None or year is None:
            if amount is not None:
                tally.refuse("bad_record", at, BAD_LINE, label="#VER")
            continue
        objects = objects_of(texts[1]) if place == 2 else {}
        yield _bought(names, texts[0], objects.get(dimension, ""), dimension, year, amount, at)


def _yearly(sheet: Sheet, names: Names, tally: Tally) -> Iterator[Bought]:
    for row, texts in _of(sheet, "#RES"):
        at = _ref(tally, sheet, row)
        amount = _amount(texts, 2, "#RES", at, tally)
        year = _year(texts[0] if texts else "", names, at, tally)
        if amount is not None and year is not None:
            yield _bought(names, texts[1], "", "", year, amount, at)


def _compare(lines: list[Bought], yearly: list[Bought], tally: Tally) -> None:
    """The year's balance of an account is the sum of its months."""
    months: dict[tuple[int, str], Decimal] = defaultdict(Decimal)
    for line in lines:
        months[line.year, line.account] += line.amount
    for whole in yearly:
        key = whole.year, whole.account
        if key in months and months[key] != whole.amount:
            fields = {"account": whole.account, "year": whole.year}
            told = {"parts": written(months[key]), "whole": written(whole.amount)}
            tally.refuse("sums_differ", whole.ref, PARTS_DIFFER, **fields, **told)


def _of(sheet: Sheet, wanted: str) -> Iterator[tuple[int, list[str]]]:
    return ((row, texts) for label, row, texts, _cells in records(sheet) if label == wanted)


def _bought(
    names: Names, account: str, number: str, dimension: str, year: int, amount: Decimal, ref: str
) -> Bought:
    department = names.objects.get((dimension, number), (number,))[0] or number
    return Bought(department, names.accounts.get(account, ""), account, year, amount, ref)


def _year(index: str, names: Names, at: str, tally: Tally) -> int | None:
    if index not in names.years:
        tally.refuse("no_year", at, NO_RAR, index=index)
    return names.years.get(index)


def _amount(texts: list[str], place: int, label: str, at: str, tally: Tally) -> Decimal | None:
    text = texts[place] if len(texts) > place else ""
    account = texts[{"#PSALDO": 2, "#RES": 1}.get(label, 0)] if texts[place:] else ""
    amount = Decimal(text.replace(",", ".")) if AMOUNT.fullmatch(text) else None
    if amount is None or not account.isdigit() or abs(amount) > LARGEST_AMOUNT:
        tally.refuse("bad_record", at, BAD_LINE, label=label)
        return None
    return amount.quantize(Decimal("0.01"))


def _ref(tally: Tally, sheet: Sheet, row: int) -> str:
    return f"{tally.file}!{sheet.title}!A{row}"
