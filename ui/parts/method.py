"""How the figures are made, as tables and lists: assumptions, sources of money, worked examples."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import accumulate

from model.entries import Assumption, DatedValue, EmissionScope, Funding, FundingShare
from model.formatting import ZERO, capitalise
from model.palette import COVER
from model.plan import Plan
from model.reference import reference
from model.report import words as report
from model.worked_examples import Example, matched
from ui import format as write
from ui.i18n import _, language, name, note
from ui.parts import chips, sourced
from ui.parts import targets as boundaries
from ui.parts.listing import Entry, Term
from ui.parts.table import Mark, Table


def groups() -> dict[str, str]:
    """The groups of assumptions by folder of ``data/assumptions``, in words."""
    known = {
        "economy": _("Economy"),
        "climate": _("Value of emissions"),
        "emission_factors": _("Emission factors"),
        "vehicles": _("Vehicles"),
        "fuel": _("Fuel"),
        "funding": _("Funding"),
        "state_aid": _("State aid"),
        "green_bonds": _("Green bonds"),
        "investment": _("Investment"),
        "lifetimes": _("Lifetimes"),
        "accounting": _("Accounting"),
        "appraisal_period": _("Appraisal periods"),
        "health": _("Health and safety"),
        "air": _("Air quality"),
        "noise": _("Noise"),
        "jobs": _("Jobs"),
        "emissions": _("Emissions"),
        "energy_prices": _("Energy prices"),
        "uncertainty": _("Uncertainty"),
        "plans": _("Plans"),
    }
    found = dict.fromkeys(group(assumption) for assumption in reference().assumptions.values())
    return {key: known.get(key, key) for key in sorted(found, key=lambda key: _place(key, known))}


def group(assumption: Assumption) -> str:
    """The folder that an assumption stands in."""
    return assumption.key.partition("/")[0]


def found(search: str, only_unverified: bool) -> list[Assumption]:
    """The assumptions that hold every word of the search, wherever in them it stands."""
    wanted = search.casefold().split()
    return [
        assumption
        for assumption in reference().assumptions.values()
        if not (only_unverified and assumption.latest.status == "verified")
        and all(word in _text(assumption) for word in wanted)
    ]


def assumptions(shown: Iterable[Assumption], caption: str) -> Table:
    """Every dated value of the assumptions, newest last."""
    return Table(
        caption,
        (
            *(_("Assumption"), _("From"), _("Unit"), _("Price level")),
            *(_("Low"), _("Central"), _("High"), _("Checked"), _("Source"), _("Note")),
        ),
        [_value(assumption, value) for assumption in shown for value in assumption.values],
        text=frozenset({1, 2, 3, 7, 8, 9}),
    )


def of_plan(plan: Plan, known: Mapping[str, Assumption]) -> list[Term]:
    """What the plan itself assumes: prices, years, boundary, and the rules it names."""
    head = plan.head
    settings = [
        Term(_("Price level"), report.price_level(plan, language())),
        Term(_("VAT"), report.vat(plan, language())),
        Term(_("Years"), f"{head.first_year}–{head.last_year}"),
        Term(_("Base year"), str(head.base_year)),
        Term(_("System boundary"), boundaries.boundary(head.system_boundary)),
        Term(
            _("Calculation rate"),
            sourced.amount(head.calculation_rate, "per year"),
            (_("Real and socio-economic, for discounting benefits and costs. It moves no gap."),),
        ),
    ]
    about = Term(_("About the plan"), head.note or write.unknown(), (head.source,))
    rules = [
        Term(name(rule), _said(rule.latest), (note(rule.latest),), sourced.mark(rule.latest))
        for rule in known.values()
        # A rule for one plan is named in that plan's note; the others hold for every plan.
        if group(rule) == "plans" and (rule.key in head.note or not _for_one_plan(rule))
    ]
    return [*settings, *rules, about]


def example(shown: Example) -> Table:
    """A worked example: what there is by year, and what the kernel makes of it."""
    result = matched(shown)
    given = [
        (_("Need"), shown.need),
        (report_word("granted"), shown.grants),
        (report_word("decided"), shown.appropriations),
        (_("Carry-over to the next year"), shown.carry_over),
    ]

    def kronor(ore: int) -> str:
        return write.number(ore / 100) if ore else ZERO

    rows = [
        (label, *(kronor(amounts.get(year, 0) * 100) for year in result.years))
        for label, amounts in given
        if amounts
    ]
    # What is only unmet need is the gap; what is more waits for money that will come.
    unmet = accumulate(result.gap)
    if any(balance > left for balance, left in zip(result.liquidity, unmet, strict=True)):
        rows.append((_("To bridge at the end of the year"), *map(kronor, result.liquidity)))
    left = [
        _("{amount} is surplus", amount=kronor(result.surplus)) if result.surplus else "",
        _("{amount} lapses", amount=kronor(result.lapsed)) if result.lapsed else "",
    ]
    caption = ". ".join(filter(None, [_(shown.title), *left]))
    return Table(
        caption,
        (_("Kronor"), *map(str, result.years)),
        rows,
        total=(_("Gap"), *map(kronor, result.gap)),
    )


def report_word(status: str) -> str:
    """What a status of cover is called."""
    return _(COVER[status].word)


def funding(closed: bool) -> list[Entry]:
    """The sources of money that are open, or those that are closed."""
    return [_funding(entry) for entry in reference().funding.values() if entry.closed == closed]


def sources() -> Table:
    """Every document that figures come from."""
    return Table(
        _("Sources of the figures"),
        (_("Title"), _("Publisher"), _("Year"), _("Address"), _("Note")),
        [
            (source.title, source.publisher, source.year, source.url, note(source))
            for source in reference().sources.values()
        ],
        text=frozenset({1, 2, 3, 4}),
    )


def readings() -> list[Term]:
    """What each reading counts as covered."""
    warnings = {
        "expected": _(
            "Up to ten applications of a measure are enumerated, more are drawn with a fixed seed. "
            "It is the mean of what is missing, never what is missing of the mean, and is not for "
            "decision papers."
        ),
        "best_case": _("A hope and no plan: for seeing what applications can do at the most."),
    }
    return [
        Term(reading.label, report_text(report.READING_MEANS[key]), (warnings.get(key, ""),))
        for key, reading in chips.readings().items()
    ]


def report_text(message: str) -> str:
    """A text of the reports, in the active language, as a sentence."""
    return f"{capitalise(_(message))}."


def scenarios() -> list[Term]:
    """The shipped scenarios and what they do."""
    return [
        Term(
            name(scenario),
            note(scenario) or _("The plan without adjustments."),
        )
        for scenario in reference().scenarios.values()
    ]


def _place(key: str, known: dict[str, str]) -> int:
    return list(known).index(key) if key in known else len(known)


def _text(assumption: Assumption) -> str:
    """Everything that an assumption says, for searching."""
    parts = [assumption.key, assumption.name, assumption.name_en, note(assumption)]
    parts.append(groups().get(group(assumption), ""))
    for value in assumption.values:
        parts += [note(value), value.text, value.text_en, sourced.title(value.source)]
    return " ".join(parts).casefold()


def _value(assumption: Assumption, value: DatedValue) -> list[str]:
    def cell(amount) -> str:
        if amount is None:
            return ""
        if assumption.unit in ("share", "per year"):
            return sourced.amount(amount, "share")
        return write.number(amount, sourced.decimals(amount))

    unknown = value.value is None and not value.text
    scope = _scope(assumption.emission) if assumption.emission else ""
    # What is said of the assumption as a whole stands at its newest value.
    about = note(assumption) if value is assumption.values[-1] else ""
    notes = [_said(value) if value.text else "", scope, note(value), about]
    return [
        name(assumption),
        str(value.since),
        name(reference().units[assumption.unit]),
        sourced.price_year(value.price_year),
        cell(value.low),
        Mark(write.unknown()) if unknown else cell(value.central),
        cell(value.high),
        sourced.status(value),
        sourced.source(value),
        " ".join(filter(None, notes)),
    ]


def _said(value: DatedValue) -> str:
    return (value.text_en if language() == "en" else value.text) or write.unknown()


def _scope(emission: EmissionScope) -> str:
    """What an emission factor counts."""
    boundary = {
        "ttw": _("At the tailpipe"),
        "wtw": _("From well to wheel"),
        "lca": _("Over the life cycle"),
        "unknown": _("Boundary unknown"),
    }[emission.boundary]
    method = {
        "fuel": "",
        "comparator": _("fossil comparator"),
        "supplier": _("a supplier's own figure"),
        "production": _("electricity produced"),
        "consumption": _("electricity consumed"),
        "residual": _("residual mix"),
        "marginal": _("marginal"),
        "green_bond": _("for green bonds"),
        "unknown": _("method unknown"),
    }[emission.method]
    gas = _("fossil carbon dioxide only") if emission.gas == "fossil_co2" else ""
    return ", ".join(filter(None, [boundary, method, gas])) + "."


def _for_one_plan(rule: Assumption) -> bool:
    """Whether a rule is named after a plan's municipality, as ``plans/helsingborg_spread`` is."""
    first = rule.key.partition("/")[2].partition("_")[0]
    known = {city.name.casefold() for city in reference().municipalities.values()}
    return first in known


def _funding(entry: Funding) -> Entry:
    kinds = {
        "grant": _("grant"),
        "own": _("own money"),
        "loan": _("loan"),
        "contract": _("contract"),
        "private": _("private money"),
    }
    pays = {
        "investment": _("pays for investment"),
        "project": _("pays for projects"),
        "preparation": _("pays for preparation"),
        "households": _("to households"),
        "anything": _("pays for anything"),
    }
    owners = _listed(name(reference().owners[key]) for key in entry.owners)
    sectors = _listed(name(reference().sectors[key]) for key in entry.sectors)
    return Entry(
        ", ".join([name(entry), kinds[entry.kind], entry.provider]),
        (
            ". ".join(filter(None, [pays[entry.pays_for].capitalize(), _open(entry)])) + ".",
            _("To: {owners}", owners=owners) if owners else "",
            _("Sectors: {sectors}", sectors=sectors) if sectors else "",
            _("Only in: {areas}", areas=_listed(entry.areas)) if entry.areas else "",
            _("At least {count} residents", count=write.number(entry.minimum_population))
            if entry.minimum_population
            else "",
            *(_share(share, entry) for share in entry.shares),
            note(entry),
            _("Source: {source}", source=sourced.source(entry)),
        ),
        [
            ": ".join(
                filter(None, [rule.paragraph, rule.text_en if language() == "en" else rule.text])
            )
            for rule in entry.rules
        ],
        tag=sourced.mark(entry),
    )


def _open(entry: Funding) -> str:
    return ", ".join(
        filter(
            None,
            [
                _("closed to applications") if entry.closed else "",
                _("opened {date}", date=entry.opens) if entry.opens else "",
                _("closes {date}", date=entry.closes)
                if entry.closes and not entry.closed
                else _("last day {date}", date=entry.closes)
                if entry.closes
                else "",
            ],
        )
    )


def _share(share: FundingShare, entry: Funding) -> str:
    base = {
        "investment": _("of the investment"),
        "eligible_cost": _("of the eligible cost"),
        "project": _("of the project"),
        "preparation": _("of the preparation"),
        "labour_and_material": _("of labour and material"),
    }[share.base]
    owners = _listed(name(reference().owners[key]) for key in share.owners)
    capped = reference().assumptions.get(share.capped_by or "")
    currency = share.currency
    parts = [
        _("At most {share} {base}", share=write.percent(share.share), base=base),
        _("to {owners}", owners=owners) if owners else "",
        share.purpose,
        _("and never more than {cap}", cap=name(capped)) if capped else "",
        _("at most {amount}", amount=sourced.amount(share.maximum_amount, currency))
        if share.maximum_amount
        else "",
        _("from {since}", since=share.since) if share.since else "",
        _("until and with {until}", until=share.until) if share.until else "",
        sourced.mark(share),
        share.source_ref if share.source == entry.source else sourced.source(share),
    ]
    return ", ".join(filter(None, parts))


def _listed(words: Iterable[str] | Sequence[str]) -> str:
    return ", ".join(words)
