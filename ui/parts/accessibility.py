"""The accessibility statement in words and tables."""

from collections.abc import Iterable, Iterator

from model.accessibility import Accessibility, Shortcoming, Statement
from model.formatting import capitalise
from model.reference import reference
from ui import format as write
from ui.i18n import _, language, name, note
from ui.parts.listing import Term
from ui.parts.table import Link, Table

GUIDELINES = "WCAG 2.1"


def compliance(found: Accessibility) -> str:
    """How far the service meets the law, in the law's three steps."""
    service = {"service": found.service}
    return {
        "fully": _("{service} complies fully with the law's requirements", **service),
        "partly": _("{service} complies partly with the law's requirements", **service),
        "not": _("{service} does not comply with the law's requirements", **service),
    }[found.compliance]


def said(statements: Iterable[Statement]) -> list[str]:
    """Sentences in the active language."""
    return [each.says_en if language() == "en" else each.says for each in statements]


def shortcomings(found: Accessibility) -> Table:
    """What is not accessible, why, and what there is instead."""
    return Table(
        _("Known shortcomings"),
        (
            _("Where"),
            _("What does not work"),
            _("Requirement, {guidelines}", guidelines=GUIDELINES),
            _("Why"),
            _("What you can do instead"),
        ),
        [_row(each) for each in found.shortcomings],
        text=frozenset({1, 2, 3, 4}),
    )


def _row(each: Shortcoming) -> tuple[str, ...]:
    english = language() == "en"
    where, what, why, instead = (
        getattr(each, f"{field}_en" if english else field)
        for field in ("where", "what", "why", "instead")
    )
    criterion = _("{criterion}, level {level}", criterion=each.criterion, level=each.level)
    return where, what, criterion, why, instead or _("nothing yet")


def contact(found: Accessibility) -> Iterator[Term]:
    """Who answers for the service and how to reach them; *okänt* where nobody has stated it."""
    for label, value, leads in (
        (_("Who answers for the service"), found.actor, ""),
        (_("Where it is run"), found.address, ""),
        (_("E-mail"), found.email, f"mailto:{found.email}"),
        (_("Telephone"), found.phone, ""),
        (_("Form"), found.form, found.form),
    ):
        if value and leads:
            yield Term(label, "", links=[Link(value, leads)])
        else:
            yield Term(label, value or write.unknown())


def supervisor(found: Accessibility) -> Term:
    """Who supervises, with what is not certain of it, and where to report."""
    says = found.supervisor
    return Term(
        capitalise(name(says)),
        note(says),
        tag=_("unverified") if says.status == "unverified" else "",
        links=[Link(_("Report insufficient accessibility"), says.report)],
    )


def rests_on(found: Accessibility) -> Iterator[Term]:
    """The documents that the statement follows, each with whether it was read."""
    sources = reference().sources
    for each in (found.law, found.guidance, found.supervisor):
        source = sources[each.source]
        shown = source.title if not each.source_ref else f"{source.title}, {each.source_ref}"
        yield Term(
            source.publisher,
            shown,
            [source.url],
            tag=_("unverified") if each.status == "unverified" else "",
        )
