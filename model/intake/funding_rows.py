"""Money from others in a budget sheet: columns of income, rows beneath a project, sources named.

A source is a key of the funding registry by one of its names; what the registry does not know is
another actor's commitment, with the sheet's words as a note. How far the money has come is what the
sheet says; where it does not, it is read as applied for, and that is said. Own money, loans and
contracts are no grants: they stand in the reading and cover nothing.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from model.intake.amounts import written
from model.intake.choices import funding_key, funding_within
from model.intake.draft import Draft
from model.intake.ledger import Ledger
from model.intake.mapping import Vocabulary, normal
from model.intake.reader import Cell, Sheet
from model.intake.row_words import Words
from model.intake.slugs import slug
from model.reference import reference
from model.rows import Grant, GrantStatus, Payment
from model.years import is_calendar_year

# The registry's entry for money of others that it does not know by name.
OTHERS = "other_actor"

OWN_MONEY = "{source} is no grant: it is own or borrowed money, and covers no measure"
NO_YEAR = "income whose year is not known: it is noted and covers nothing"

FUNDING_WITHOUT_AMOUNT = (
    "The sheet names {source} as financing of {name} without an amount. "
    "No grant is entered; the gap stands until the amount is known."
)
FUNDING_WITHOUT_YEAR = (
    "The {amount} kronor from {source} to {name} have no year, so no grant is entered. Give the "
    "income a column for each year, or say in which year it comes."
)
STATUS_NOT_STATED = (
    "The sheet does not say whether {source} to {name} is granted. It is read as applied for."
)
SOURCE_NOT_STATED = (
    "The sheet does not say who pays {amount} kronor to {name}. It is read as the commitment of "
    "another actor."
)
NO_GRANT = "{source} pays {amount} kronor of {name}, and is no grant: it covers no measure."


@dataclass(frozen=True)
class Source:
    """Who pays and how far it has come. ``key`` is of the registry, ``words`` are the sheet's."""

    key: str
    words: str
    status: GrantStatus | None

    @property
    def pays_for_others(self) -> bool:
        """The registry knows it as somebody else's money."""
        return bool(self.key) and reference().funding[self.key].kind in ("grant", "private")

    @property
    def said(self) -> str:
        """What the source is called: a key, or the words."""
        return self.key or self.words


@dataclass
class Income:
    """Amounts of one source: year of the plan (None: not known), kronor, and the cell."""

    cell: Cell
    source: Source
    lines: list[tuple[int | None, Decimal, Cell]] = field(default_factory=list)


def source_of(text: str, words: Words) -> Source:
    """The source that a text names, and the word that says how far it has come."""
    vocabulary = words.vocabulary
    rest, status = with_status(text, vocabulary)
    named = _named(rest, words)
    return Source(funding_key(named) or funding_within(rest), named, status)


def with_status(text: str, vocabulary: Vocabulary) -> tuple[str, GrantStatus | None]:
    """A text without the word that says how far the money has come, and that status.

    The word stands last, in brackets or after a comma: *Klimatklivet (beviljat)*.
    """
    found = re.fullmatch(r"(.*\S)\s*[(,;–-]\s*([^(),;]+?)\s*\)?", text) or re.fullmatch(
        r"(.*\S)\s+(\S+)", text
    )
    if found:
        status = status_of(found[2], vocabulary)
        if status is not None:
            return found[1].strip(), status
    return text, None


def status_of(text: str, vocabulary: Vocabulary) -> GrantStatus | None:
    """The status of a word such as *beviljat*, or None."""
    said = normal(text)
    return next((key for key, known in vocabulary.statuses.items() if said in known), None)


def _named(text: str, words: Words) -> str:
    """The name of the source in a text such as *varav bidrag från Klimatklivet*."""
    rest = re.sub(r"^[\W_]+", "", " ".join(text.split()))
    for pattern in (words.parts, words.incomes):
        found = pattern.match(rest.casefold())
        if found:
            rest = re.sub(r"^[\s:,–-]+", "", rest[found.end() :])
    rest = re.sub(r"^(?:bidrag|stöd|från|av|from|of)\b[\s:]*", "", rest, flags=re.IGNORECASE)
    rest = re.sub(r"^(?:från|av|from|of)\b[\s:]*", "", rest, flags=re.IGNORECASE)
    bracketed = re.fullmatch(r"\(([^()]*)\)", rest.strip())
    return (bracketed[1] if bracketed else rest).strip() or text.strip()


def add_income(draft: Draft, income: Income, ledger: Ledger, sheet: Sheet) -> None:
    """Enter income as a grant of the project; what cannot be one is said and left out."""
    source = income.source
    dated = [line for line in income.lines if line[0] is not None]
    for _, amount, cell in (line for line in income.lines if line[0] is None):
        _without_year(draft, source, amount, cell, ledger, sheet)
    total = sum((amount for _, amount, _ in dated), Decimal(0))
    kind = reference().funding[source.key].kind if source.key else "grant"
    if kind in ("own", "loan", "contract"):
        fields = {"source": source.words, "name": draft.name, "amount": written(total)}
        ledger.warn(sheet, income.cell, "no_grant", NO_GRANT, **fields)
        for year, amount, cell in dated:
            ledger.leave(sheet, [cell], OWN_MONEY, source=source.words)
            draft.funding.append((source.key, source.status, ledger.ref(sheet, cell), year, amount))
        return
    refs = [ledger.cite(sheet, cell) for _, _, cell in dated]
    if not total:
        return
    payments: dict[int, Decimal] = {}
    for year, amount, _ in dated:
        if amount:
            payments[year] = payments.get(year, Decimal(0)) + amount
    if not source.said:
        fields = {"name": draft.name, "amount": written(total)}
        ledger.warn(sheet, income.cell, "source_not_stated", SOURCE_NOT_STATED, **fields)
    if source.status is None:
        fields = {"source": source.words or "bidrag", "name": draft.name}
        ledger.warn(sheet, income.cell, "status_not_stated", STATUS_NOT_STATED, **fields)
    draft.grants.append(
        Grant(
            id=_free(slug(source.key or OTHERS), draft),
            source=source.key or OTHERS,
            status=source.status or "applied",
            payments=tuple(Payment(year=year, amount=payments[year]) for year in sorted(payments)),
            note="" if source.key else words_of(source),
            source_ref="; ".join(refs),
        )
    )


def _without_year(
    draft: Draft, source: Source, amount: Decimal, cell: Cell, ledger: Ledger, sheet: Sheet
) -> None:
    ledger.leave(sheet, [cell], NO_YEAR)
    if not amount:
        return
    fields = {"source": source.said or "–", "name": draft.name, "amount": written(amount)}
    ledger.warn(sheet, cell, "funding_without_year", FUNDING_WITHOUT_YEAR, **fields)
    draft.funding.append((source.said, source.status, ledger.ref(sheet, cell), None, amount))
    note(draft, f"{words_of(source)}: {written(amount)} kr utan år")


def add_named(draft: Draft, source: Source, cell: Cell, ledger: Ledger, sheet: Sheet) -> None:
    """Note a source that the sheet names without an amount."""
    draft.funding.append((source.said, source.status, ledger.cite(sheet, cell)))
    note(draft, f"Finansiering enligt arket: {cell.text}")
    fields = {"source": source.words, "name": draft.name}
    ledger.warn(sheet, cell, "funding_without_amount", FUNDING_WITHOUT_AMOUNT, **fields)


def words_of(source: Source) -> str:
    """What a note calls a source."""
    return f"Bidrag enligt arket: {source.words}" if source.words else "Bidrag enligt arket"


def note(draft: Draft, text: str) -> None:
    """Add a line to the measure's note."""
    before = draft.values.get("note", "")
    draft.values["note"] = f"{before}\n{text}" if before else text


def _free(wanted: str, draft: Draft) -> str:
    taken = {grant.id for grant in draft.grants}
    made, number = wanted, 2
    while made in taken:
        made, number = f"{wanted}-{number}", number + 1
    return made


def single_year(period: tuple[int, int] | None, years: Mapping[int, object]) -> int | None:
    """The year of income that has none: the only one a person named, or the project's only one."""
    if period is not None:
        return period[0] if period[0] == period[1] else None
    own = [year for year in years if is_calendar_year(year)]
    return own[0] if len(own) == 1 and len(years) == 1 else None
