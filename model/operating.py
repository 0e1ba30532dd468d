"""What measures do to the operating budget, in books that never share an interest krona.

============ =====================================================================================
department   depreciation, internal interest, changed running cost, less dissolved grants, and the
             write-off of what is replaced; a saving counts only when the frame is adjusted
municipality the same with internal interest taken out and external interest put in
group        and the municipal companies and fee-financed operations; internal rent taken out
fee          water, waste and district heating: closed economies, never paid by tax
============ =====================================================================================

Everything is whole öre, (years, entries), positive where it costs. An entry is the part of a
measure that one owner in the municipal group has, in the department that bears it: a saving in
another department is an entry of its own. What is paid after a measure is taken in service is in
service from the same month of its own year.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np

from model.depreciation import Pieces, interest, schedule
from model.entries import Funding
from model.money import scale, split
from model.operating_parts import FEES, Holdings, capital, holdings, received
from model.plan import Plan, calendar_years
from model.rates import Rates, as_column, column

SECTIONS = ("tax", "development", "company", *FEES)
BOOKS: dict[str, tuple[str, ...]] = {
    "department": ("tax", "development"),
    "municipality": ("tax", "development"),
    "group": SECTIONS,
    "fee": FEES,
}
# In the order in which they are shown. Of the two kinds of interest a book has one.
POSTS = (
    "depreciation",
    "internal_interest",
    "external_interest",
    "operation",
    "rent",
    "internal_rent",
    "income",
    "one_off",
    "energy",
    "dissolved",
    "compensation",
    "write_off",
)
# What is missing where the capital cost of an entry is not known.
CAPITAL = frozenset({"investment", "in_service", "lifetime", "later"})
_POST_OF = {"energy": "energy", "rent": "rent", "lease": "rent", "income": "income"}


@dataclass(frozen=True)
class Policy:
    """How a municipality keeps its books.

    Internal interest is on book value ``net`` of undissolved grants or ``gross``. ``debt_share``
    and ``fee_debt_share`` are the parts of book value net of grants that are borrowed, of
    everything and of fee-financed operations, 0 to 1.
    """

    interest_base: Literal["net", "gross"] = "net"
    debt_share: float = 1.0
    fee_debt_share: float = 1.0


AS_USUAL = Policy()


@dataclass(frozen=True, eq=False)
class Operating:
    """The operating impact of a plan. Amounts are öre of (years, entries) unless said otherwise.

    ``years`` runs on past the plan's own (``in_plan``) to the last full year. ``posts`` are those
    of ``POSTS``. ``uncounted`` are savings that are in no frame, ``book`` the book value as a year
    ends. ``base`` is what interest is reckoned on before grants, and ``undissolved`` the grants to
    take from it, both in öre times months (``Schedule.base``). ``pieces`` are what is depreciated,
    ``piece_entry`` whose they are and ``piece_component`` which component of the plan, or -1.

    ``missing`` says by entry what is not known: ``investment``, ``in_service``, ``lifetime``,
    ``later`` (paid in no known year), ``running``, ``replaced``, ``grants`` (how they are income).
    ``rates`` are what interest was reckoned with; where one is missing, ``internal_known`` (years,)
    and ``external_known`` say so and the post is 0. ``split_unknown`` counts the measures of
    several owners that are in no entry because nobody has split them.
    """

    years: np.ndarray
    in_plan: np.ndarray
    measure: np.ndarray
    owner: np.ndarray
    section: np.ndarray
    department: np.ndarray
    posts: Mapping[str, np.ndarray]
    uncounted: np.ndarray
    book: np.ndarray
    base: np.ndarray
    undissolved: np.ndarray
    reinvestment: np.ndarray
    pieces: Pieces
    piece_entry: np.ndarray
    piece_component: np.ndarray
    missing: tuple[tuple[str, ...], ...]
    in_frame: np.ndarray
    in_service: np.ndarray
    full_year: np.ndarray
    internal_known: np.ndarray
    external_known: np.ndarray
    rates: Rates
    policy: Policy
    split_unknown: int

    def within(self, book: str) -> np.ndarray:
        """Mask of the entries in one of ``BOOKS``. KeyError else."""
        return np.isin(self.section, BOOKS[book])

    def amounts(self, book: str) -> dict[str, np.ndarray]:
        """The posts of a book, by entry; nothing of entries that are not in it."""
        out = {"external_interest"} if book == "department" else {"internal_interest"}
        if book == "group":
            out.add("internal_rent")
        mask = self.within(book)
        return {post: self.posts[post] * mask for post in POSTS if post not in out}

    def effect(self, book: str) -> np.ndarray:
        """(years, entries): what the book's result is worse by, by entry."""
        return sum(self.amounts(book).values())

    def total(self, book: str) -> np.ndarray:
        """(years,): what the book's result is worse by."""
        return self.effect(book).sum(axis=1)

    def interest_known(self, book: str) -> np.ndarray:
        """(years, entries): whether the rate is known that the book reckons with."""
        if book == "department":
            return np.broadcast_to(self.internal_known[:, None], self.external_known.shape)
        return self.external_known

    def unknown(self, book: str) -> np.ndarray:
        """Mask of the book's entries whose capital cost is not known: no sum holds it."""
        lacking = [bool({*missing} & CAPITAL) for missing in self.missing]
        return self.within(book) & np.array(lacking, dtype=bool)


def operating(
    plan: Plan,
    rates: Rates,
    funding: Mapping[str, Funding],
    reading: str = "secured",
    policy: Policy = AS_USUAL,
    until: int | None = None,
) -> Operating:
    """The operating impact of the municipal group's part of a plan.

    Grants are those that the reading counts, applications weighed by their chance; ``funding``
    says how each is income. Years run from the plan's first to its last, to the latest first full
    year of a measure, or to ``until`` where that is later.
    """
    calendar = plan.years[calendar_years(plan.years)]
    own = holdings(plan)
    full_year = _full_year(plan, own)
    last = max([int(calendar[-1]), *full_year.tolist(), until or 0])
    years = np.arange(int(calendar[0]), last + 1)
    shape = (len(years), len(own.measure))
    owned = capital(plan, own)
    cost, piece_entry = owned.pieces, owned.entry
    money = received(plan, own, reading, funding)
    dissolving = Pieces(
        _shared_out(money.dissolved, piece_entry, cost.cost),
        cost.lifetime,
        cost.year,
        cost.month,
        np.zeros(len(piece_entry), dtype=bool),
    )

    def by_entry(table: np.ndarray) -> np.ndarray:
        total = np.zeros((len(table), shape[1]), dtype=np.int64)
        np.add.at(total.T, piece_entry, table.T)
        return total

    assets, grants = schedule(cost, years), schedule(dissolving, years)
    base, granted = by_entry(assets.base), by_entry(grants.base)
    posts = {post: np.zeros(shape, dtype=np.int64) for post in POSTS}
    posts["depreciation"] = by_entry(assets.depreciation)
    posts["dissolved"] = -by_entry(grants.depreciation)
    inside = np.isin(own.section, BOOKS["department"])
    internal = column(rates.internal, years)
    net = np.maximum(base - granted, 0)
    posts["internal_interest"] = inside * interest(
        net if policy.interest_base == "net" else base, internal[:, None]
    )
    external = _external_rates(rates, years, own.section)
    fee = np.isin(own.section, FEES)
    borrowed = scale(net, np.where(fee, policy.fee_debt_share, policy.debt_share))
    posts["external_interest"] = interest(borrowed, external)
    _in_service_year(posts, years, plan, own, money.compensation)
    rows = calendar_years(plan.years)
    one_off = own.of(plan.one_off.mid)
    posts["one_off"][: len(calendar)] = (one_off - split(money.one_off, one_off))[rows]
    uncounted, in_frame = _running(posts, plan, own, rows)
    return Operating(
        years=years,
        in_plan=years <= calendar[-1],
        measure=own.measure,
        owner=own.owner,
        section=own.section,
        department=own.department,
        posts=posts,
        uncounted=uncounted,
        book=by_entry(assets.closing),
        base=base,
        undissolved=granted,
        reinvestment=by_entry(assets.reinvested),
        pieces=cost,
        piece_entry=piece_entry,
        piece_component=owned.component,
        missing=_with_unsaid(owned.missing, plan, own, money.unsaid),
        in_frame=in_frame,
        in_service=plan.in_service[own.measure],
        full_year=full_year,
        internal_known=~np.isnan(internal),
        external_known=~np.isnan(external),
        rates=rates,
        policy=policy,
        split_unknown=own.split_unknown,
    )


def tax_ore(effect: int, tax_krona: int | None) -> float | None:
    """How many öre of tax an effect is; None where nobody has said what a tax krona yields.

    Both in öre: one öre of tax yields a hundredth of what one krona does.
    """
    return None if not tax_krona else effect / (tax_krona / 100)


def per_customer(effect: int, customers: int | None) -> int | None:
    """Öre for each customer of a fee-financed operation, half up; None where nobody counts them."""
    if not customers:
        return None
    sign = -1 if effect < 0 else 1
    return sign * ((2 * abs(effect) + customers) // (2 * customers))


def _full_year(plan: Plan, own: Holdings) -> np.ndarray:
    """(entries,): the first whole year in service; 0 where in service is not said."""
    year, month = plan.in_service, plan.assets.service_month
    return np.where(year > 0, year + (month > 1), 0)[own.measure]


def _external_rates(rates: Rates, years: np.ndarray, section: np.ndarray) -> np.ndarray:
    """(years, entries): the loan interest of whoever borrows."""
    of_section = {
        "company": column(rates.group, years),
        **{form: as_column([rates.fee(form, int(year)) for year in years]) for form in FEES},
    }
    municipality = column(rates.municipality, years)
    found = np.empty((len(years), len(section)))
    for entry, name in enumerate(section):
        found[:, entry] = of_section.get(name, municipality)
    return found


def _in_service_year(
    posts: dict[str, np.ndarray],
    years: np.ndarray,
    plan: Plan,
    own: Holdings,
    compensation: np.ndarray,
) -> None:
    """What falls in the year a measure is in service: the replaced asset is written off, and what
    those who develop land pay is income.
    """
    replaced = own.of(np.maximum(plan.assets.replaced, 0))
    year = plan.in_service[own.measure]
    entry = np.flatnonzero((year >= years[0]) & (year <= years[-1]))
    row = year[entry] - years[0]
    posts["write_off"][row, entry] = replaced[entry]
    posts["compensation"][row, entry] = -compensation[entry]


def _running(posts: dict[str, np.ndarray], plan: Plan, own: Holdings, rows: np.ndarray):
    """Add changed running cost to ``posts``; returns savings in no frame and, (entries,), whether
    the entry's changes are in the frame: 1, 0, 2 partly, -1 not said, -2 nothing to say it of.
    """
    lines = plan.running_costs
    shape = posts["operation"].shape
    uncounted = np.zeros(shape, dtype=np.int64)
    said: list[set[int]] = [set() for _ in range(shape[1])]
    planned = slice(0, int(rows.sum()))
    for line, entry, landlord, every in own.lines(plan):
        amounts = every[rows]
        said[entry].add(int(lines.in_frame[line]))
        if own.section[entry] in BOOKS["department"] and lines.in_frame[line] != 1:
            uncounted[planned, entry] += np.minimum(amounts, 0)
            counted = np.maximum(amounts, 0)
        else:
            counted = amounts
        post = _POST_OF.get(lines.item[line], "operation")
        posts[post if landlord < 0 else "internal_rent"][planned, entry] += counted
        if landlord >= 0:
            posts["internal_rent"][planned, landlord] -= amounts
    in_frame = [-2 if not flags else flags.pop() if len(flags) == 1 else 2 for flags in said]
    return uncounted, np.array(in_frame, dtype=np.int64)


def _shared_out(total: np.ndarray, entry: np.ndarray, cost: np.ndarray) -> np.ndarray:
    """``total`` (entries,) over the entries' pieces, pro rata to their cost, whole to the öre.

    Pieces of one entry stand together.
    """
    shared = np.zeros(len(cost), dtype=np.int64)
    whole = np.zeros(len(total), dtype=np.int64)
    np.add.at(whole, entry, cost)
    reached = dict.fromkeys(entry.tolist(), (0, 0))
    for piece, (of, amount) in enumerate(zip(entry.tolist(), cost.tolist(), strict=True)):
        paid, given = reached[of]
        if whole[of]:
            # Python's own integers: the product does not fit 64 bits.
            until = int(total[of]) * (paid + amount) // int(whole[of])
            shared[piece] = until - given
            reached[of] = paid + amount, until
    return shared


def _with_unsaid(missing: list[set[str]], plan: Plan, own: Holdings, unsaid: np.ndarray) -> tuple:
    """By entry what is not known, with what is not said of running cost, of what is replaced, and
    of how grants are income."""
    stated = np.zeros(plan.size[1], dtype=bool)
    stated[plan.running_costs.measure] = True
    invests = plan.need.mid.any(axis=0) | ~plan.known
    renews = (plan.tags["investment_type"] == "reinvestment") & (plan.assets.replaced < 0)
    for entry, measure in enumerate(own.measure[: own.parts]):
        for what, lacks in (
            ("running", invests[measure] and not stated[measure]),
            ("replaced", renews[measure]),
            ("grants", unsaid[entry] > 0),
        ):
            if lacks:
                missing[entry].add(what)
    return tuple(tuple(sorted(each)) for each in missing)
