"""What a municipality plans: projects, their expenditure by year, their grants.

Amounts are kronor. Years are calendar years, or BEFORE and LATER for what lies outside the plan.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal
from itertools import accumulate

from hypothesis import strategies as st

BEFORE = 0
LATER = 9999

# Names with every letter, and names that a careless reader takes for a sum, a heading or a year.
NAMES = (
    "Ängsparkens förskola, tillbyggnad",
    "Summanäs skola",
    "Totalentreprenad sporthall",
    "Skola 2030",
    "Budgetverktyg, licenser",
    "Varavägen, gång- och cykelväg",
    "Plan 4 i stadshuset, ombyggnad",
    "Nettoområdet, gatukök",
    "Delsjöns badplats",
    "Bidragsgatan 3, fönsterbyte",
    "Utfallsdiket, dagvatten",
    "Öresundsvägens belysning (LED)",
    "Ånäs återvinningscentral",
    "Laddstolpar, etapp 2",
    "Därsjö vattenverk",
    "Senareds äldreboende",
    "Totala stationen, laddning",
    "Värmepumpar i sim- och ishall",
    "Bro över Årån",
    "Inkomstvägen 7, solceller",
    "T.o.m. torget, upprustning",
    "Nämndhuset, ventilation",
    "1177-mottagning, ombyggnad",
    "Hissar 2026, utbyte",
    "Projektering & utredning Östra",
)
DEPARTMENTS = (
    "Tekniska nämnden",
    "Kommunstyrelsen",
    "Barn- och utbildningsnämnden",
    "Kultur- och fritidsnämnden",
    "Miljö- och byggnadsnämnden",
    "Socialnämnden",
    "Ånäs Energi AB",
    "Räddningstjänsten",
    "Vård och omsorg",
)
# Sources as a sheet names them, with the keys that the reference data has for them.
SOURCES = {
    "Klimatklivet": "klimatklivet",
    "Stadsmiljöavtal": "stadsmiljoavtal",
    "LIFE": "life",
    "Industriklivet": "industriklivet",
}
STATUSES = ("granted", "applied", "idea")


@dataclass(frozen=True)
class Grant:
    """Money from one source to one project; kronor by year. ``source`` is as a sheet names it."""

    source: str
    status: str
    amounts: dict[int, Decimal]


@dataclass(frozen=True)
class Project:
    """One project. ``amounts`` are kronor of expenditure by year; a year not in it is not known."""

    name: str
    number: str
    department: str
    amounts: dict[int, Decimal]
    grants: tuple[Grant, ...] = ()
    green: bool = False
    decided_total: Decimal | None = None
    carry_over: Decimal | None = None

    def total(self, years: Iterable[int]) -> Decimal:
        """Kronor over some years."""
        return sum((self.amounts.get(year, Decimal(0)) for year in years), Decimal(0))

    def granted(self, year: int) -> Decimal | None:
        """Kronor of all grants in a year, or None when there is none."""
        found = [grant.amounts[year] for grant in self.grants if year in grant.amounts]
        return sum(found, Decimal(0)) if found else None

    def each_amount(self, change: Callable[[Decimal], Decimal]) -> "Project":
        """The project with each of its amounts changed."""
        return replace(
            self,
            amounts={year: change(amount) for year, amount in self.amounts.items()},
            grants=tuple(
                replace(grant, amounts={year: change(a) for year, a in grant.amounts.items()})
                for grant in self.grants
            ),
            decided_total=None if self.decided_total is None else change(self.decided_total),
            carry_over=None if self.carry_over is None else change(self.carry_over),
        )


@dataclass(frozen=True)
class Truth:
    """What is planned: projects in order of department, and the calendar years of the plan."""

    first_year: int
    last_year: int
    projects: tuple[Project, ...]

    @property
    def years(self) -> range:
        """The calendar years."""
        return range(self.first_year, self.last_year + 1)

    @property
    def departments(self) -> tuple[str, ...]:
        """The departments in order, each once."""
        return tuple(dict.fromkeys(project.department for project in self.projects))

    def of(self, department: str) -> tuple[Project, ...]:
        """The projects of a department."""
        return tuple(project for project in self.projects if project.department == department)

    def each(self, change: Callable[[Project], Project]) -> "Truth":
        """The truth with each project changed."""
        return replace(self, projects=tuple(change(project) for project in self.projects))

    def in_steps_of(self, step: Decimal) -> "Truth":
        """The same with amounts rounded to whole steps, what is not nothing to at least one."""

        def rounded(amount: Decimal) -> Decimal:
            steps = (amount / step).to_integral_value(ROUND_HALF_UP)
            return max(steps, Decimal(1 if amount else 0)) * step

        return self.each(lambda project: project.each_amount(rounded))


def _kronor() -> st.SearchStrategy[Decimal]:
    """Round amounts, odd ones, and ones with öre; sometimes a stated zero."""
    return st.one_of(
        st.integers(1, 250).map(lambda n: Decimal(n) * 1_000_000),
        st.integers(1, 9_999).map(lambda n: Decimal(n) * 100_000),
        st.integers(1, 99_999).map(lambda n: Decimal(n) * 1000),
        st.integers(10_000, 9_999_999_999).map(lambda n: Decimal(n) / 100),
        st.just(Decimal(0)),
    )


@st.composite
def _grants(draw, amounts: dict[int, Decimal]) -> tuple[Grant, ...]:
    """One grant or two, each a part of what the project costs in some of its years."""
    years = [year for year, amount in amounts.items() if amount and year not in (BEFORE, LATER)]
    grants = []
    for source in draw(st.lists(st.sampled_from(sorted(SOURCES)), max_size=2, unique=True)):
        if not years:
            break
        chosen = draw(st.lists(st.sampled_from(years), min_size=1, unique=True).map(sorted))
        share = Decimal(draw(st.sampled_from((10, 25, 30, 45)))) / 100
        parts = {year: amounts[year] * share for year in chosen}
        grants.append(Grant(source, draw(st.sampled_from(STATUSES)), parts))
    return tuple(grants)


@st.composite
def _projects(draw, name: str, number: int, department: str, years: range) -> Project:
    amounts = {
        year: draw(_kronor())
        for year in (BEFORE, *years, LATER)
        if draw(st.integers(0, 9)) > (2 if year in years else 5)
    }
    if not any(amounts.get(year) for year in years):
        amounts[years[0]] = Decimal(draw(st.integers(1, 9_999))) * 100_000
    total = sum(amounts.values())
    return Project(
        name,
        str(number),
        department,
        dict(sorted(amounts.items())),
        draw(_grants(amounts)),
        draw(st.booleans()),
        total + Decimal(draw(st.integers(1, 9))) * 100_000 if draw(st.booleans()) else None,
        Decimal(draw(st.integers(1, 90))) * 100_000 if draw(st.booleans()) else None,
    )


@st.composite
def truths(draw) -> Truth:
    """Two to four departments with one to four projects each, over three to five years."""
    first = draw(st.sampled_from((2026, 2025, 2027)))
    years = range(first, first + draw(st.integers(3, 5)))
    departments = draw(st.lists(st.sampled_from(DEPARTMENTS), min_size=2, max_size=4, unique=True))
    names = iter(draw(st.permutations(NAMES)))
    number = draw(st.integers(101, 9_000))
    projects = []
    for department in departments:
        for _ in range(draw(st.integers(1, 4))):
            number += draw(st.integers(1, 40))
            projects.append(draw(_projects(next(names), number, department, years)))
    return Truth(years[0], years[-1], tuple(projects))


def is_plain(truth: Truth) -> bool:
    """No project happens to be as large as those right above it together.

    Such a row may be their sum, and a person would look twice as well.
    """
    rows = [tuple(p.amounts.get(year, Decimal(0)) for year in truth.years) for p in truth.projects]
    for place, row in enumerate(rows):
        above = accumulate(
            reversed(rows[:place]), lambda one, two: tuple(map(sum, zip(one, two, strict=True)))
        )
        if row in above:
            return False
        below = accumulate(
            rows[place + 1 :], lambda one, two: tuple(map(sum, zip(one, two, strict=True)))
        )
        if row in below:
            return False
    return True


def _example() -> Truth:
    tkr = Decimal(1000)

    def project(number, name, department, before, *amounts, later=None, **rest) -> Project:
        years = (BEFORE, 2026, 2027, 2028, 2029, LATER)
        by_year = dict(zip(years, (before, *amounts, later), strict=True))
        known = {year: amount * tkr for year, amount in by_year.items() if amount is not None}
        return Project(name, str(number), department, known, **rest)

    def grant(source, status, **amounts) -> Grant:
        return Grant(source, status, {int(year[1:]): a * tkr for year, a in amounts.items()})

    technical, board, children = (
        "Tekniska nämnden",
        "Kommunstyrelsen",
        "Barn- och utbildningsnämnden",
    )
    return Truth(
        2026,
        2029,
        (
            project(
                2041,
                "Bro över Årån",
                technical,
                12_400,
                30_000,
                41_500,
                8_250,
                None,
                grants=(grant("Stadsmiljöavtal", "granted", y2026=7_500, y2027=10_400),),
                decided_total=Decimal(95_000_000),
            ),
            project(
                2044,
                "Laddstolpar, etapp 2",
                technical,
                None,
                2_600,
                2_400,
                2_500,
                1_000,
                grants=(
                    grant("Klimatklivet", "applied", y2026=1_100, y2028=900),
                    grant("LIFE", "idea", y2027=300),
                ),
                green=True,
                carry_over=Decimal(700_000),
            ),
            project(
                2050, "Totalentreprenad sporthall", technical, None, None, 64_000, 71_300, 5_000
            ),
            project(3011, "Skola 2030", children, 1_850, 15_000, 120_700, 96_000, 0, later=44_000),
            project(
                3012,
                "Ängsparkens förskola, tillbyggnad",
                children,
                None,
                9_900,
                20_100,
                None,
                None,
                green=True,
                decided_total=Decimal(30_000_000),
            ),
            project(4002, "Budgetverktyg, licenser", board, 300, 850, 450, 450, 475),
            project(
                4007,
                "Summanäs, solceller",
                board,
                None,
                3_333,
                None,
                1_250,
                None,
                grants=(grant("Klimatklivet", "granted", y2026=1_500),),
                green=True,
            ),
        ),
    )


EXAMPLE = _example()
"""One truth written out by hand, which every named layout is tried on."""
