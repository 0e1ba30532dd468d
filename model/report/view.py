"""What every document shows: one result, in one reading, in one language."""

from dataclasses import dataclass, field
from datetime import date

from model.formatting import capitalise, year
from model.language import DEFAULT, Language, translate, translate_plural
from model.palette import COVER
from model.plan import Plan
from model.report import answers, words
from model.results import Result


@dataclass(frozen=True, eq=False)
class View:
    """A result to be written down. ``today`` is the date on the document."""

    result: Result
    reading: str
    language: Language = DEFAULT
    today: date = field(default_factory=date.today)

    @property
    def plan(self) -> Plan:
        """The plan as the scenario would have it."""
        return self.result.plan

    def say(self, text: str, **fields: object) -> str:
        """An English msgid in the document's language."""
        return translate(text, self.language, **fields)

    def count(self, one: str, many: str, number: int) -> str:
        """``one`` or ``many`` with ``{count}``."""
        return translate_plural(one, many, number, self.language)

    def tag(self, by: str, key: str) -> str:
        """The word for a key of a breakdown."""
        return words.tag(by, key, self.language, self.plan)

    def year(self, value: int | str) -> str:
        """``2026``, ``T.o.m. 2025`` or ``Senare``."""
        return capitalise(year(int(value), self.plan.head.first_year, language=self.language))

    def status(self, status: str) -> str:
        """The word for a status of cover, and whether this reading counts it."""
        word = self.say(COVER[status].word)
        if status in answers.not_counted(self.reading):
            return self.say("{status} (not counted)", status=word)
        return word

    @property
    def scenario(self) -> str:
        """``scenario: Planen som den är``"""
        name = words.scenario(self.result.scenario, self.language)
        return self.say("scenario: {scenario}", scenario=name)

    @property
    def prices(self) -> str:
        """``löpande priser, exkl. moms``"""
        plan = self.plan
        return f"{words.price_level(plan, self.language)}, {words.vat(plan, self.language)}"

    @property
    def version(self) -> str:
        """``Helsingborg 2030, version 3``"""
        head = self.plan.head
        return self.say("{plan}, version {version}", plan=head.name, version=self.plan.version)

    @property
    def mark(self) -> str:
        """``EXEMPEL`` on what is invented, else empty."""
        return self.say("EXAMPLE") if self.plan.head.example else ""

    def marked(self, title: str) -> str:
        """The title with its mark before it."""
        return f"{self.mark}: {title}" if self.mark else title
