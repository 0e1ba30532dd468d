"""The words of the vocabulary as the rows of a table are compared with them."""

import re
from dataclasses import dataclass
from functools import cached_property

from model.intake.mapping import Vocabulary, normal

LONGEST_DEPARTMENT = 6
# So long a word heads a section also when more words follow it.
HEADS_ALONE = 8


def beginning_with(words: tuple[str, ...]) -> re.Pattern:
    """Matches a label that begins with one of the words; nothing when there are none."""
    longest = sorted(words, key=len, reverse=True)
    return re.compile(rf"(?:{'|'.join(map(re.escape, longest)) or '(?!)'})(?!\w)")


@dataclass(frozen=True)
class Words:
    """The vocabulary as the rows of a table are compared with it."""

    vocabulary: Vocabulary

    @cached_property
    def sums(self) -> re.Pattern:
        return beginning_with(self.vocabulary.sums)

    @cached_property
    def sum_within(self) -> re.Pattern:
        return re.compile(rf"(?<!\w){self.sums.pattern}")

    @cached_property
    def sums_without_number(self) -> re.Pattern:
        return beginning_with(self.vocabulary.sums_without_number)

    @cached_property
    def sum_at_end(self) -> re.Pattern:
        """*Tekniska nämnden total*: what may begin a name, and ends as a sum does."""
        words = "|".join(map(re.escape, self.vocabulary.sums_without_number)) or "(?!)"
        return re.compile(rf"(?<!\w)(?:{words})$")

    @cached_property
    def parts(self) -> re.Pattern:
        return beginning_with(self.vocabulary.parts)

    @cached_property
    def incomes(self) -> re.Pattern:
        return beginning_with(self.vocabulary.incomes)

    @cached_property
    def funding(self) -> re.Pattern:
        """Words anywhere in a name that say that it is money from somebody else."""
        words = "|".join(map(re.escape, self.vocabulary.funding_words)) or "(?!)"
        return re.compile(rf"(?<!\w)(?:{words})(?!\w)")

    def names_funding(self, label: str) -> bool:
        """Whether a part of a project (*varav bidrag*) is money from somebody else."""
        rest = self.parts.sub("", label, 1)
        return bool(self.funding.search(rest) or self.incomes.search(rest))

    @cached_property
    def nets(self) -> re.Pattern:
        """A row of gross or net amounts is a sum of those above."""
        flows = self.vocabulary.flows
        return beginning_with((*flows.get("net", ()), "brutto", "bruttoinvesteringar"))

    @cached_property
    def sections(self) -> dict[str, str]:
        """Words that head a section to its financing form."""
        return {
            normal(word): form for form, words in self.vocabulary.sections.items() for word in words
        }

    @cached_property
    def financing_rows(self) -> frozenset[str]:
        """What rows are called that say how the whole is paid for."""
        return frozenset(map(normal, self.vocabulary.financing_rows))

    @cached_property
    def departments(self) -> re.Pattern:
        endings = "|".join(map(re.escape, self.vocabulary.departments)) or "(?!)"
        return re.compile(rf"(?:{endings})(?:\s*\(publ\))?$")

    def is_department(self, text: str) -> bool:
        """Whether a text is the name of a department by its ending."""
        said = normal(text)
        few = len(said.split()) <= LONGEST_DEPARTMENT
        return said in self._named_departments or (few and bool(self.departments.search(said)))

    @cached_property
    def _named_departments(self) -> frozenset[str]:
        return frozenset(name for rule in self.vocabulary.owners for name in rule.departments)

    def section(self, text: str) -> str:
        """The financing form of the section that a text heads, or nothing."""
        said = normal(text)
        if said in self.sections:
            return self.sections[said]
        longer = self._sections_alone.match(said)
        return self.sections[longer[0]] if longer else ""

    @cached_property
    def _sections_alone(self) -> re.Pattern:
        return beginning_with(tuple(word for word in self.sections if len(word) >= HEADS_ALONE))

    def without_sum(self, label: str) -> str:
        """What a sum is the sum of, as it says: *Summa Tekniska nämnden* is of that nämnd."""
        rest = self.sums.sub("", label) if self.sums.match(label) else label
        rest = self.sum_at_end.sub("", self.sums_without_number.sub("", rest, 1))
        return normal(self.sum_within.sub("", rest)).strip(" :-–,.")
