"""The accessibility statement: what is not accessible and why, how that is known, whom to tell."""

from model.reference import reference
from ui import frame
from ui.i18n import _, n_
from ui.parts import accessibility as words
from ui.parts import headline, listing
from ui.parts import table as tables


def page() -> None:
    headline.show(
        n_(
            "{compliance}: {count} known shortcoming",
            "{compliance}: {count} known shortcomings",
            len(found.shortcomings),
            compliance=words.compliance(found),
        )
        if found.shortcomings
        else words.compliance(found)
    )
    listing.text(
        _(
            "This is the accessibility statement that the act (2018:1937) on accessibility to "
            "digital public services asks for. Public bodies' services are to be usable by "
            "everybody. Here stands what is not, why, and what to do about it."
        )
    )
    report()
    not_accessible()
    tested()
    listing.heading(_("By keyboard"), "keyboard")
    listing.points(*words.said(found.keyboard))
    listing.heading(_("What the statement rests on"), "sources")
    listing.terms(words.rests_on(found))


def report() -> None:
    listing.heading(_("Tell of a shortcoming, or ask for another form"), "report")
    if not found.contacts:
        listing.text(
            _(
                "The municipality that runs the service has not stated how to reach it yet. It "
                "does so where the service is set up; until then nothing is invented here."
            )
        )
    listing.terms(words.contact(found))
    listing.text(
        _(
            "Tell what you could not do, on which page, and with which aids. Ask there also for "
            "content in a form that you can use."
        )
    )
    listing.heading(_("Supervision"), "supervision")
    listing.text(_("If you are not content with the answer, you can report it to who supervises."))
    listing.terms([words.supervisor(found)])


def not_accessible() -> None:
    listing.heading(_("What is not accessible"), "shortcomings")
    if found.shortcomings:
        tables.show(words.shortcomings(found))
    listing.text(
        _(
            "No exception for a disproportionate burden (12 §) is claimed. No content is known "
            "that the act does not cover (9 §)."
        )
    )


def tested() -> None:
    listing.heading(_("How it was tested"), "tested")
    listing.text(
        _(
            "By who makes the tool itself (self-assessment), against {guidelines} level AA, which "
            "the standard EN 301 549 refers to. Assessed {assessed}, the statement last changed "
            "{updated}.",
            guidelines=words.GUIDELINES,
            assessed=found.assessed_on.isoformat(),
            updated=found.updated_on.isoformat(),
        )
    )
    listing.points(*words.said(found.tested))
    listing.text(_("Not tested, so shortcomings may be there that nobody knows of:"))
    listing.points(*words.said(found.not_tested))


state = frame.require(plan=False)
found = reference().accessibility
page()
