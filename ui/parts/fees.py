"""Fee-financed operations on screen: what measures cost those who pay the fee."""

from model.fees import Economy
from model.plan import Plan
from model.report import words
from ui import format as write
from ui.i18n import _, language, n_
from ui.parts.listing import Entry
from ui.parts.table import Table


def title(economy: Economy) -> str:
    """``Va-avgifter: 120 kronor per kund och helt år``."""
    form = words.tag("financing_form", economy.form, language()).capitalize()
    cost = economy.per_customer
    if cost is None:
        return _("{form}: cost per customer unknown", form=form)
    return _("{form}: {amount} per customer in a full year", form=form, amount=write.kronor(cost))


def table(economy: Economy) -> Table:
    """The operation year by year, and a full year of all its measures."""
    full = economy.full_year

    def row(label: str, values, whole: int | str | None = "") -> list[str]:
        last = whole if isinstance(whole, str) else write.mnkr(whole)
        return [label, *map(write.mnkr, values), last]

    years = economy.years
    measures = [year.measures for year in years]
    return Table(
        _("A closed economy, MSEK"),
        ("", *(str(year.year) for year in years), _("Full year")),
        [
            row(
                "+ " + _("Depreciation"),
                [each.depreciation for each in measures],
                full.depreciation,
            ),
            row(
                "+ " + _("Interest on borrowed capital"),
                [e.interest for e in measures],
                full.interest,
            ),
            row(
                "± " + _("Change of running cost"),
                [each.running_cost for each in measures],
                full.running_cost,
            ),
            row("− " + _("Dissolved grants"), [each.grants for each in measures], full.grants),
            row("= " + _("Cost of the measures"), [each.total for each in measures], full.total),
            [
                _("Customers"),
                *(write.number(year.customers) for year in years),
                write.number(economy.customers),
            ],
            [
                _("Cost per customer, SEK"),
                *(write.kronor(year.per_customer) for year in years),
                write.kronor(economy.per_customer),
            ],
            row(_("Fees and other income"), [year.income for year in years]),
            row(_("Costs before the measures"), [year.cost for year in years]),
            row(_("Result at the fees that stand"), [year.result for year in years]),
            row(_("Surplus carried on"), [year.closing_surplus for year in years]),
            row(_("Effect on what taxes pay for"), [year.tax_effect for year in years], 0),
        ],
    )


def notes(economy: Economy, plan: Plan) -> list[str]:
    """What is not in the sums, and what a surplus is."""
    said = [
        _(
            "A surplus is given back, or a deficit charged, within the years of the law; it pays "
            "for nothing else. What a measure has cost less its grants and what is written off is "
            "taken to be borrowed."
        )
    ]
    if economy.incomplete:
        names = ", ".join(str(plan.tags["name"][measure]) for measure in economy.incomplete)
        said.append(
            n_(
                "{count} measure lacks lifetime or start, and its capital cost is in no sum: "
                "{names}.",
                "{count} measures lack lifetime or start, and their capital cost is in no sum: "
                "{names}.",
                len(economy.incomplete),
                names=names,
            )
        )
    return said


def formula(economy: Economy) -> Entry:
    """The full year's cost for a customer, in words and numbers."""
    full = economy.full_year
    terms = (full.depreciation, full.interest, full.running_cost, full.grants)
    a, b, c, d = map(write.mnkr, terms)
    return Entry(
        _("How the cost per customer is worked out"),
        (
            _(
                "(depreciation + interest on borrowed capital + change of running cost − dissolved "
                "grants) / customers"
            ),
            f"({a} + {b} + {c} − {d}) / {write.number(economy.customers)}"
            f" = {write.kronor(economy.per_customer)}",
            _("Amounts in MSEK; the interest is the operation's own, of the last year stated."),
        ),
    )
