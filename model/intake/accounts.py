"""What an account says about a line of a ledger: whether money is used or comes in, and as what.

The charts of accounts are data, one file each in ``data/mappings/accounts``: groups of accounts by
their first digits, and of words by which their names are known. Which chart a ledger follows is
read from the names and the signs of its own lines; when they do not tell, a person is asked.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from functools import cache, cached_property, lru_cache
from typing import Literal

from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError

from model.datafile import read_yaml
from model.errors import InvalidData, Violation
from model.intake.mapping import FOLDER, normal
from model.rows import Vat

# Uses: an asset; a study or contribution; tax that comes back; instalments, lending, shares and
# funds, which cost money and meet no need.
Use = Literal["investment", "one_off_operating", "vat", "outlay"]
# Sources: from others; borrowed; the municipality's own; own or borrowed for the whole budget at
# once; a deficit that nobody has covered; and what the ledger does not name.
Source = Literal["grant", "loan", "own", "pooled", "shortfall", "unnamed"]
Kind = Use | Source
USES = frozenset(Use.__args__)

# So much of the money may stand on the side where its account does not belong (amounts that were
# taken back) before the account says nothing about the side.
AGREES = Decimal("0.8")

MOST_KEPT = 10_000

_BAD_CHART = "{file}: {key}: {problem}"


class _Frozen(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Group(_Frozen):
    """Accounts that begin alike, and what they are when money is used and when it comes in.

    With one side only, an amount of the other sign is taken back from that kind.
    """

    use: Use | None = None
    source: Source | None = None
    accounts: tuple[str, ...] = ()
    words: tuple[str, ...] = ()

    @cached_property
    def _words(self) -> re.Pattern:
        return re.compile("|".join(rf"(?<!\w){re.escape(word)}" for word in self.words) or r"(?!)")

    @property
    def is_use(self) -> bool | None:
        """True for uses, False for sources, None when the sign has to tell."""
        return None if self.use and self.source else self.use is not None

    def kind(self, amount: Decimal) -> Kind:
        """What an amount on these accounts is; ``amount`` is positive where money is used."""
        return (self.use or self.source) if amount >= 0 else (self.source or self.use)

    def named(self, name: str) -> int:
        """How much of a name is one of the group's words: 0 when none is in it."""
        return max((len(found[0]) for found in self._words.finditer(name)), default=0)


class Chart(_Frozen):
    """A chart of accounts, or of the words that stand in its place (``digits`` is then 0).

    ``digits`` is how long an account is at least; a spreadsheet drops zeros before it. A ledger in
    the chart is in ``currency``; ``vat`` is what its amounts are, when it keeps value added tax on
    accounts of its own.
    """

    kind: Literal["accounts"]
    name: str
    name_en: str
    headings: tuple[str, ...]
    digits: int
    currency: str = "SEK"
    vat: Vat = "unknown"
    groups: tuple[Group, ...]

    @cached_property
    def _by_digits(self) -> Mapping[str, Group]:
        return {digits: group for group in self.groups for digits in group.accounts}

    def group(self, account: str, name: str, about: str = "") -> Group | None:
        """The group of an account, or None. ``about`` is what else its line says in words.

        Words that have no accounts go first, then the account's digits, and its name where the
        chart knows no digits.
        """
        return self._found(account, name, about)

    def is_named(self, account: str, name: str) -> bool:
        """Whether the name of an account is one that its group goes by."""
        return self._named(account, name)

    # A ledger says the same accounts on thousands of lines.
    @cached_property
    def _found(self) -> Callable[[str, str, str], Group | None]:
        return lru_cache(MOST_KEPT)(self._find)

    @cached_property
    def _named(self) -> Callable[[str, str], bool]:
        return lru_cache(MOST_KEPT)(self._is_named)

    def _is_named(self, account: str, name: str) -> bool:
        group = self.group(account, name)
        return group is not None and group.named(normal(f"{account} {name}")) > 0

    def _find(self, account: str, name: str, about: str) -> Group | None:
        if not self.digits:
            name = normal(f"{account} {name}")
            group = max(self.groups, key=lambda group: group.named(name))
            return group if group.named(name) else None
        text = normal(f"{name} {about}")
        for group in self.groups:
            if not group.accounts and group.named(text):
                return group
        account = account.zfill(self.digits)
        lengths = range(len(account), 0, -1)
        found = (self._by_digits.get(account[:length]) for length in lengths)
        return next((group for group in found if group), None)


@cache
def charts() -> Mapping[str, Chart]:
    """The charts that the project knows, by the name of their file."""
    adapter = TypeAdapter(Chart)
    found = {}
    for path in sorted((FOLDER / "accounts").glob("*.yaml")):
        try:
            found[path.stem] = adapter.validate_python(read_yaml(path))
        except ValidationError as error:
            fault = error.errors(include_url=False)[0]
            fields = {
                "file": path.name,
                "key": ".".join(str(part) for part in fault["loc"]),
                "problem": fault["msg"],
            }
            violation = Violation("error", "invalid_mapping", path.name, _BAD_CHART, fields)
            raise InvalidData(_BAD_CHART, (violation,), **fields) from error
    return found


Written = tuple[str, str, Decimal]


def fitting(heading: str, lines: Iterable[Written], in_words: bool = False) -> list[Chart]:
    """The charts that the lines under a heading may follow: one, none, or several to ask about.

    A line is its account, the name of that account, and its amount as it is written. ``in_words``
    says that the column is one of types, whatever its heading. Charts that make the same of every
    line need not be told apart.
    """
    lines = list(lines)
    found: dict[tuple[Kind | None, ...], tuple[tuple[int, int, bool], Chart]] = {}
    for chart in charts().values():
        if normal(heading) not in chart.headings and not (in_words and not chart.digits):
            continue
        groups = [chart.group(account, name) for account, name, _amount in lines]
        against = _against(groups, lines)
        if not any(groups) or against > 1 - AGREES:
            continue
        named = sum(chart.is_named(account, name) for account, name, _amount in lines)
        kinds = tuple(
            group and group.kind(amount)
            for group, (_account, _name, amount) in zip(groups, lines, strict=True)
        )
        # Names tell more than signs; signs tell charts apart when none of them is contradicted.
        score = named, -groups.count(None), not against
        found.setdefault(kinds, (score, chart))
    best = max((score for score, _chart in found.values()), default=None)
    return [chart for score, chart in found.values() if score == best]


def _against(groups: list[Group | None], lines: list[Written]) -> Decimal:
    """The part of the money whose sign is another than that of most uses, or of most sources."""
    sums = {True: [Decimal(0), Decimal(0)], False: [Decimal(0), Decimal(0)]}
    for group, (_account, _name, amount) in zip(groups, lines, strict=True):
        if group is not None and group.is_use is not None:
            sums[group.is_use][amount < 0] += abs(amount)
    whole = sum(sum(parts) for parts in sums.values())
    return sum(min(parts) for parts in sums.values()) / whole if whole else Decimal(0)
