"""The national emissions database's download on screen: read, shown, and saved when agreed to."""

import streamlit as st

from model.forms.emissions import GASES
from model.intake.ned import NedFile, merged, read_ned
from model.inventory import stated
from model.reference import reference
from model.results import Result
from ui.i18n import _, n_, name
from ui.parts import emission_tables as shown
from ui.parts import list_file, listing
from ui.parts import table as tables
from ui.state import State

_LARGEST_MB = 100


def show(result: Result, state: State) -> None:
    """The way in for emissions."""
    listing.heading(_("Read in emissions from the national database"), "ned")
    listing.text(
        _(
            "Open nationellaemissionsdatabasen.smhi.se, choose the substance Växthusgaser totalt "
            "(for a carbon budget also Koldioxid), all main sectors and your municipality, and "
            "download as Excel. The file is read as it is."
        )
    )
    known = reference().municipalities.get(result.base.head.municipality)
    municipality = st.text_input(
        _("Municipality, as the database writes it"), name(known) if known else "", key="ned-of"
    )
    read = list_file.uploaded(
        _("The Excel file from the national emissions database"),
        "ned",
        lambda content, file: read_ned(content, file, municipality),
        _LARGEST_MB,
        _("Reading the file …"),
    )
    if read is not None:
        _offer(read, result, state)


def _offer(read: NedFile, result: Result, state: State) -> None:
    """What would change, and the button that does it."""
    if read.errors:
        listing.text(_("Nothing is saved until the file is mended."))
        return
    rows, new, changed, gone = merged(result.listed("baseline"), read.rows)
    listing.text(
        _(
            "{gas}, {municipality}, {first}–{last}: {new} figures are new, {changed} change and "
            "{gone} are taken away.",
            gas=_(GASES[read.gas]),
            municipality=read.municipality,
            first=read.years[0],
            last=read.years[-1],
            new=new,
            changed=changed,
            gone=gone,
        ),
        n_(
            "{count} cell has no figure and is not read as zero.",
            "{count} cells have no figure and are not read as zero.",
            read.missing,
        )
        if read.missing
        else "",
    )
    (found,) = stated(read.rows)
    if found.years:
        tables.show(shown.by_sector(found))
    if st.button(_("Save the emissions in the plan"), key="save-ned", type="primary"):
        list_file.save("baseline", rows, result.base.version, state, "ned")
