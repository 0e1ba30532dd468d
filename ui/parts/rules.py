"""Grants against the rules in words and tables: findings, what could be sought, the calendar."""

from collections.abc import Mapping, Sequence
from datetime import date

from model.entries import Assumption, Rule
from model.formatting import capitalise
from model.forms.choices import GRANT_STATUSES
from model.funding_findings import Cited, Finding
from model.funding_suggestions import Suggestion
from model.grant_calendar import Entry
from model.reference import reference
from ui import format as write
from ui import frame
from ui.charts.rules import PARTS, Source
from ui.i18n import _, language, message, n_, name
from ui.parts import listing, sourced
from ui.parts.table import Link, Mark, Table

# Findings of which the part above the maximum is an amount of its own.
_AMOUNTS = ("share_above_maximum", "amount_above_maximum", "more_than_cost", "aid_above_cap")


def source(key: str) -> str:
    """A source of money by its name; its key where the data does not know it."""
    found = reference().funding.get(key)
    return name(found) if found else key


def status(key: str) -> str:
    """How far a grant has come."""
    return _(GRANT_STATUSES[key])


def by_source(calendar: Sequence[Entry], findings: Sequence[Finding]) -> list[Source]:
    """The plan's grants by source, the largest first; what a rule does not allow set off.

    Above is the largest excess of any one rule, or the whole grant where it may not be had at all.
    """
    excess: dict[tuple[str, str], int] = {}
    for finding in findings:
        if not finding.breaks:
            continue
        key = (finding.measure, finding.grant)
        whole = next(e.amount for e in calendar if (e.measure, e.grant) == key)
        over = whole
        if finding.code in _AMOUNTS and finding.found and finding.maximum is not None:
            over = min(finding.found - finding.maximum, whole)
        excess[key] = max(excess.get(key, 0), over)
    sums: dict[str, dict[str, int]] = {}
    for entry in calendar:
        of = sums.setdefault(entry.source, dict.fromkeys(PARTS, 0))
        over = excess.get((entry.measure, entry.grant), 0)
        of[entry.status] += entry.amount - over
        of["above"] += over
    listed = [Source(key, source(key), **of) for key, of in sums.items()]
    return sorted(listed, key=lambda each: (-each.total, each.key))


def findings(found: Sequence[Finding]) -> Table:
    """Every finding with the rule behind it, what breaks a rule first."""
    ordered = sorted(found, key=lambda each: (not each.breaks, each.unknown))

    def cells(each: Finding) -> list[str]:
        return [
            _measure(each.measure, each.measure_name),
            _weight(each),
            message(each.violation),
            cited(each.rule),
            _("verified") if each.rule.verified else Mark(_("unverified")),
            source(each.source),
            status(each.status),
            "" if each.found is None else write.mnkr(each.found),
            "" if each.maximum is None else write.mnkr(each.maximum),
        ]

    return Table(
        _("Findings about grants, amounts in MSEK"),
        (
            *(_("Measure"), _("Weight"), _("What was found"), _("Rule"), _("Checked")),
            *(_("Source of money"), _("Status"), _("Found"), _("At most")),
        ),
        [cells(each) for each in ordered],
        text=frozenset(range(1, 7)),
    )


def cited(rule: Cited) -> str:
    """``7 §: Inte till åtgärder som har påbörjats före beslutet. (Förordning …)``, without who
    published it, which stands among the sources."""
    text = rule.text_en if language() == "en" else rule.text
    said = f"{capitalise(rule.paragraph)}: {text}" if rule.paragraph else text
    return f"{said} ({reference().sources[rule.source].title})"


def suggested(
    found: Sequence[Suggestion], known: Mapping[str, Assumption], *, rest: bool = False
) -> Table:
    """What measures could seek, the largest amount first; ``rest``: after another table."""

    def cells(each: Suggestion) -> list[str]:
        amount = Mark(write.unknown()) if each.amount is None else write.mnkr(each.amount)
        return [
            _measure(each.measure, each.measure_name),
            source(each.source),
            amount,
            write.mnkr(each.uncovered),
            _why(each, known),
            _("verified") if each.verified else Mark(_("unverified")),
        ]

    return Table(
        _("The rest of what measures could seek, at most, MSEK")
        if rest
        else _("What measures could seek, at most, MSEK"),
        (
            *(_("Measure"), _("Source of money"), _("Could be sought")),
            *(_("Not covered"), _("Why"), _("Checked")),
        ),
        [cells(each) for each in found],
        text=frozenset({1, 4, 5}),
    )


def conditions(found: Sequence[Suggestion]) -> list[listing.Entry]:
    """What only a reader can judge, once per source."""
    by_key: dict[str, tuple[Rule, ...]] = {each.source: each.conditions for each in found}
    return [
        listing.Entry(
            n_(
                "{source}: {count} condition to judge yourself",
                "{source}: {count} conditions to judge yourself",
                len(rules),
                source=source(key),
            ),
            points=[
                ": ".join(
                    filter(
                        None, [rule.paragraph, rule.text_en if language() == "en" else rule.text]
                    )
                )
                for rule in rules
            ],
            tag=sourced.mark(reference().funding[key]),
        )
        for key, rules in by_key.items()
        if rules
    ]


def calendar(entries: Sequence[Entry], today: date) -> Table:
    """Every grant with its days and what may have to be paid back."""

    def cells(each: Entry) -> list[str]:
        return [
            _measure(each.measure, each.measure_name),
            source(each.source),
            status(each.status),
            write.mnkr(each.amount),
            _day(each.apply_by, today, each.status == "idea"),
            each.decided_on or _unsaid(each.status == "granted"),
            _day(each.last_claim, today, each.status == "granted"),
            _day(each.final_report, today, each.status == "granted"),
            " ".join(map(message, each.risks)) or _("none known"),
        ]

    return Table(
        _("Grant calendar, amounts in MSEK"),
        (
            *(_("Measure"), _("Source of money"), _("Status"), _("Amount")),
            *(_("Last day to apply"), _("Decision"), _("Claim"), _("Final report")),
            _("Risk of repayment"),
        ),
        [cells(each) for each in entries],
        text=frozenset({1, 2, 4, 5, 6, 7, 8}),
    )


def day_word(field: str) -> str:
    """What a day of the calendar is called."""
    return {
        "apply_by": _("last day to apply"),
        "last_claim": _("last claim"),
        "final_report": _("final report"),
    }[field]


def _why(each: Suggestion, known: Mapping[str, Assumption]) -> str:
    if each.share is None:
        return _("the source states no share that fits: read the call")
    bases = {
        "investment": _("of the investment"),
        "eligible_cost": _("of the eligible cost"),
        "project": _("of the project"),
        "preparation": _("of the preparation"),
        "labour_and_material": _("of labour and material"),
    }
    said = [f"{write.percent(each.share)} {bases[each.base]}"]
    if each.capped:
        said.append(_("the cap on state aid decides"))
    if each.asks_yield:
        least = known["funding/klimatklivet_yield"].latest.value
        had = write.unknown() if each.kg_per_krona is None else write.number(each.kg_per_krona, 2)
        said.append(
            _(
                "{kg} kg CO2e per krona, guideline {least}",
                kg=had,
                least=write.number(least, 2),
            )
        )
    return "; ".join(said)


def _measure(key: str, called: str) -> Link:
    return Link(called, frame.href("atgarder", measure=key))


def _weight(each: Finding) -> str:
    if each.breaks:
        return Mark(_("breaks a rule"))
    return _("cannot be judged") if each.unknown else _("to look at")


def _day(text: str, today: date, awaited: bool) -> str:
    if text and awaited and text < today.isoformat():
        return _("{day}, has passed", day=text)
    return text or _unsaid(awaited)


def _unsaid(awaited: bool) -> str:
    return write.unknown() if awaited else ""
