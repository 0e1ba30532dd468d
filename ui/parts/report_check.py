"""A report that somebody has at hand: whether its figures are as made, and the plan's still."""

import streamlit as st

from model.errors import KlimatinvestError
from model.intake.guard import MAX_BYTES
from model.report.seal.check import check, sentences
from ui import errors
from ui.i18n import _, language
from ui.parts import listing


def show() -> None:
    """The heading, the file to choose, and what a check of it found."""
    listing.heading(_("Check a report"))
    listing.text(
        _(
            "Every report carries plan, version, scenario, reading, time and a checksum of its "
            "figures. Choose a file that was made here: the check says whether a figure has been "
            "changed, and whether the plan still says the same. It guards against mistakes; it is "
            "no signature."
        )
    )
    file = st.file_uploader(
        _("Report to check"),
        type=["docx", "pptx", "xlsx", "zip"],
        key="report-to-check",
        max_upload_size=MAX_BYTES // 2**20,
    )
    if file is None:
        return
    try:
        found = check(file.getvalue())
    except KlimatinvestError as error:
        errors.show(error)
        return
    first, *rest = sentences(found, language())
    if found.changed or found.journal == "different":
        errors.say(f"{first}.", severity="warning")
    else:
        listing.text(f"{first}.")
    listing.points(*(f"{line}." for line in rest))
