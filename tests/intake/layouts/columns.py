"""The columns of a table: what each is for, and the headings over it."""

from dataclasses import dataclass
from datetime import date
from random import Random

from tests.intake.layouts import words
from tests.intake.layouts.layout import Layout
from tests.intake.layouts.truth import Truth

# What a column is for: a role, and for amounts by year its year and flow.
Key = tuple
TEXTS = ("department", "number", "name")


@dataclass(frozen=True)
class Column:
    """A column. ``heading`` is its lowest heading, ``over`` what stands above it, from the top.

    The same words over neighbours are one merged cell.
    """

    key: Key
    heading: object
    over: tuple[object, ...] = ()


def columns(layout: Layout, truth: Truth, order: int) -> list[Column]:
    """The columns of a table from left to right; those that belong together stay together."""
    made = _Columns(layout, truth)
    groups = [[made.plain(role)] for role in made.texts()]
    groups += made.amounts()
    groups += [[made.plain(role)] for role in (*made.marks(), *sorted(layout.extras))]
    if order:
        Random(order).shuffle(groups)
    if not layout.spacers:
        return [column for group in groups for column in group]
    # An empty column after every third group or so, as between the texts and the amounts.
    spaced = []
    for place, group in enumerate(groups):
        if place and (place + layout.words) % 3 == 0:
            spaced.append(Column(("spacer", place), None))
        spaced += group
    return spaced


class _Columns:
    def __init__(self, layout: Layout, truth: Truth):
        self.layout, self.truth = layout, truth
        self.places = {
            "before": truth.first_year - 1,
            "first": truth.first_year,
            "second": truth.first_year + 1,
            "last": truth.last_year,
            "after": truth.last_year + 1,
            "end": truth.last_year + 5,
        }

    def texts(self) -> list[str]:
        """The columns that say which project it is."""
        has = {
            "department": self.layout.department in ("column", "fill down", "merged"),
            "number": self.layout.number != "none",
            "name": True,
        }
        return [role for role in TEXTS if has[role]]

    def marks(self) -> list[str]:
        """The columns beside the amounts that say something about them."""
        marks = []
        if self.layout.has_grant_columns:
            marks.append("source")
        if self.layout.grants == "columns":
            marks.append("status")
        if self.layout.green != "none":
            marks.append("green")
        return marks

    def amounts(self) -> list[list[Column]]:
        """The groups of columns with money."""
        layout = self.layout
        groups = []
        if layout.decided:
            groups.append([self.money("decided")])
        before = [self.money("prior")] if layout.prior != "none" else []
        if layout.before:
            before.insert(0, self.money("before"))
        if before:
            groups.append(before)
        if layout.carry_over:
            groups.append([self.money("carry_over")])
        groups += self.years()
        if layout.total != "none":
            groups.append([self.money("total")])
        return groups

    def years(self) -> list[list[Column]]:
        """The columns of amounts by year, with what comes later."""
        flows = ("expenditure",)
        later = [self.money("later")] if self.layout.later else []
        if self.layout.header in ("flow under year", "three rows"):
            flows = ("expenditure", "income", "net")
            return [
                [self.flow(year, flow) for year in self.years_in_order for flow in flows] + later
            ]
        if self.layout.header == "flow over years":
            flows = ("expenditure", "income", "net")
            over = [[self.flow(year, flow) for year in self.years_in_order] for flow in flows]
            return [[column for group in over for column in group] + later]
        groups = [[self.year(year) for year in self.years_in_order] + later]
        if self.layout.has_grant_columns:
            groups.append([self.income(year) for year in self.years_in_order])
        return groups

    @property
    def years_in_order(self) -> list[int]:
        """The calendar years from left to right."""
        return sorted(self.truth.years, reverse=self.layout.descending)

    def plain(self, role: str) -> Column:
        """A column with one heading and no unit, but where the corner of the table has it."""
        if role == "name" and self.layout.unit_place == "corner":
            return Column((role,), self.unit())
        return Column((role,), self.word(role))

    def money(self, role: str) -> Column:
        """A column of money that is not of a single year."""
        key, word = role, role
        if role == "prior":
            word = self.layout.prior
        if role == "total" and self.layout.total == "years":
            word = "total_years"
        if word == "bare":
            return Column((key,), f"{self.places['before']}{self.suffix()}")
        return Column((key,), self.word(word) + self.suffix())

    def year(self, year: int) -> Column:
        """A column of expenditure."""
        if self.layout.header == "stage over years":
            stage = self.stage(year) + self.suffix()
            return Column(("amount", year, "expenditure"), self.year_heading(year, ""), (stage,))
        heading = self.year_heading(year, self.suffix())
        over = ()
        if self.layout.header == "unit over years":
            over = (self.unit(),)
        if self.layout.header == "unit under years":
            over, heading = (heading,), self.short_unit()
        return Column(("amount", year, "expenditure"), heading, over)

    def income(self, year: int) -> Column:
        """A column of grants, named with its year."""
        heading = f"{self.word('income')} {year}{self.suffix()}"
        return Column(("amount", year, "income"), heading)

    def flow(self, year: int, flow: str) -> Column:
        """Utgift, Bidrag or Netto under its year."""
        over = (self.year_heading(year, ""),)
        suffix = self.suffix()
        if self.layout.header == "flow over years":
            return Column(("amount", year, flow), over[0], (self.word(flow) + suffix,))
        if self.layout.header == "three rows":
            over, suffix = (self.unit(), *over), ""
        return Column(("amount", year, flow), self.word(flow) + suffix, over)

    def word(self, role: str) -> str:
        """What a column is called in this layout."""
        options = words.HEADINGS[self.layout.language][role]
        return self.layout.choice(role, options).format(**self.places)

    def unit(self) -> str:
        """The unit in words."""
        options = words.UNITS[self.layout.language][self.layout.unit]
        return self.layout.choice("unit", options)

    def short_unit(self) -> str:
        """The unit in brief."""
        return self.layout.choice("unit", words.SHORT_UNITS[self.layout.unit])

    def suffix(self) -> str:
        """The unit in the heading of a column of money, where it stands there."""
        if self.layout.unit_place != "headings" or self.layout.header in (
            "unit over years",
            "unit under years",
            "three rows",
        ):
            return ""
        unit = self.short_unit()
        return self.layout.choice(
            "suffix", (" ({unit})", ", {unit}", " {unit}", "\n({unit})")
        ).format(unit=unit)

    def stage(self, year: int) -> str:
        """Budget or plan, in one of their words."""
        options = words.BUDGET if year == self.truth.first_year else words.PLAN
        return self.layout.choice("stage", options[self.layout.language])

    def year_heading(self, year: int, suffix: str) -> object:
        """A year as this layout writes it: a number, a date, or a text."""
        style = self.layout.years
        stage = self.stage(year)
        if style == "number":
            return year
        if style == "serial":
            return ("serial", year)
        if style == "date":
            return self.layout.choice("date", (date(year, 12, 31), date(year, 1, 1)))
        year_word = "År" if self.layout.language == "sv" else "Year"
        short = self.layout.choice(
            "short", ("{letter}{short}", "{letter} {short}", "{letter}{year}")
        )
        return {
            "text": f"{year}",
            "år": f"{year_word} {year}",
            "budget": f"{stage}{self.layout.choice('gap', (' ', ' ', chr(10), ' år '))}{year}",
            "stage after": f"{year} {stage.lower()}",
            "short": short.format(letter=stage[0], short=f"{year % 100:02}", year=year),
        }[style] + suffix
