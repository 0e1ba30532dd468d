"""Whether a table writes expenditure as positive or as negative amounts, and what says so."""

import re
from collections.abc import Iterable

from model.errors import Question
from model.intake.answers import Answers
from model.intake.contents import value_of
from model.intake.ledger import Ledger
from model.intake.mapping import Vocabulary, normal
from model.intake.reader import Cell
from model.intake.regions import Region
from model.intake.table import Because, Column, Flow, Shape

SAID = Because("A person has said so.")
POSITIVE = Because("Expenditure is written as positive amounts.")
ALL_NEGATIVE = Because("All amounts of expenditure are negative.")
BY_ROWS = Because("The amounts of the other sign are income, as their rows say.")
FEW = Because("Nearly all amounts of expenditure are of one sign.")
IN_TEXT = "The text “{text}” in {cell} says so."
LEDGER = Because("A ledger has both signs; the kind of each line tells what it is.")
NOT_KNOWN = Because("Nothing says which sign expenditure has.")

ASK_SIGN = (
    "Amounts of both signs stand among the expenditure, {negative} negative and {positive} "
    "positive, and nothing says which of them is expenditure. Say how expenditure is written."
)

# With fewer rows of the rarer sign than this share, it is they that are odd, not the table.
ODD = 0.2
_MINUS = r"(?:\(\s*[-−–]\s*\)|minus\w*|negativ\w*|\bmed\s*[-−–](?!\w))"
_SPENDING = r"(?:utgift\w*|kostnad\w*|investering(?:ar|en|ens)?\b|expenditures?|costs?)"
_INCOME = r"(?:inkomst\w*|intäkt\w*|bidrag\w*|income|grants?|revenues?)"
# Between the word and the sign no other of the two words may stand.
_SPENDING_NEGATIVE = re.compile(
    rf"{_SPENDING}(?:(?!{_INCOME}|positiv|plus|[.;]).){{0,40}}?{_MINUS}", re.IGNORECASE
)
_INCOME_NEGATIVE = re.compile(
    rf"{_INCOME}(?:(?!{_SPENDING}|positiv|plus|[.;]).){{0,40}}?{_MINUS}", re.IGNORECASE
)


def find_sign(
    region: Region,
    columns: tuple[Column, ...],
    shape: Shape,
    flow: Flow,
    vocabulary: Vocabulary,
    texts: Iterable[Cell],
    answers: Answers,
    ledger: Ledger,
) -> tuple[bool, Because]:
    """Whether expenditure is negative, and why. Asked when both signs stand without a reason."""
    said = answers.sign(region.sheet.title)
    if said is not None:
        return said == "negative", SAID
    worded = _worded(texts)
    spending = [
        c.index
        for c in columns
        if c.role in ("amount", "total") and c.flow in (None, "expenditure") and flow != "income"
    ] or [c.index for c in columns if c.role in ("amount", "total") and c.flow == "net"]
    if shape == "lines":
        return worded or (False, LEDGER)
    positive, negative, torn, odd = _counts(region, columns, spending, vocabulary)
    if worded is not None and (negative if worded[0] else True):
        return worded
    few = torn < 2 or torn < ODD * (negative + positive + torn)
    if negative and not positive and few:
        return True, BY_ROWS if odd else ALL_NEGATIVE
    if not negative and few:
        return False, BY_ROWS if odd else POSITIVE
    if few and (negative == 1 or negative < ODD * (negative + positive)):
        return False, FEW
    if few and positive < ODD * (negative + positive):
        return True, FEW
    cell = next((c.cell for c in columns if c.index in spending and c.cell), None)
    question = Question(f"--sign {region.sheet.title}={{choice}}", ("positive", "negative"))
    fields = {"negative": negative + torn, "positive": positive + torn}
    ledger.ask(region.sheet, cell, "ask_sign", ASK_SIGN, question, **fields)
    return False, NOT_KNOWN


def _worded(texts: Iterable[Cell]) -> tuple[bool, Because] | None:
    """What a text near the table says about signs."""
    for cell in texts:
        text = " ".join(cell.text.split())
        for pattern, flipped in ((_SPENDING_NEGATIVE, True), (_INCOME_NEGATIVE, False)):
            if pattern.search(text):
                shown = text if len(text) <= 80 else text[:79] + "…"
                return flipped, Because(IN_TEXT, {"text": shown, "cell": cell.ref})
    return None


def _counts(
    region: Region, columns: tuple[Column, ...], spending: list[int], vocabulary: Vocabulary
) -> tuple[int, int, int, bool]:
    """Rows of expenditure above zero, below zero and as much above as below; and whether rows
    named as income have the other sign."""
    wholes = []
    for cells in region.body.values():
        values = [value_of(cells[index]) for index in spending if index in cells]
        signs = [1 if value > 0 else -1 for value in values if value]
        if signs:
            wholes.append((sum(signs), cells))
    if all(whole > 0 for whole, _ in wholes):
        return len(wholes), 0, 0, False  # whatever the rows are called
    labels = [c.index for c in columns if c.role in ("name", "number", "department", "type")]
    words = (*vocabulary.incomes, *vocabulary.funding_words)
    income = re.compile(rf"(?:{_any_of(words)})(?!\w)")
    others = (*vocabulary.sums, *vocabulary.sums_without_number, *vocabulary.parts)
    passed = re.compile(rf"\W*(?:{_any_of(others)})(?!\w)")
    positive = negative = torn = 0
    named: list[int] = []
    for whole, cells in wholes:
        texts = [normal(cells[index].text) for index in labels if index in cells]
        if any(passed.match(text) for text in texts):
            continue
        if any(income.search(text) for text in texts):
            named.append(whole)
        elif whole > 0:
            positive += 1
        elif whole < 0:
            negative += 1
        else:
            torn += 1
    other = bool(named) and all((sign > 0) == (negative > positive) for sign in named if sign)
    return positive, negative, torn, other


def _any_of(words: Iterable[str]) -> str:
    return "|".join(re.escape(normal(word)) for word in words) or "(?!)"
