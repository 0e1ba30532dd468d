"""The glossary: every word of the project in both languages, what it means and where it is used."""

import streamlit as st

from model.reference import reference
from ui import frame
from ui import state as view
from ui.i18n import _, n_
from ui.parts import empty, glossary, headline, listing


def page() -> None:
    headline.show(sentence())
    st.text_input(
        _("Search among words"),
        placeholder=_("A word, such as gap or avskrivning"),
        **view.saying("search", search),
    )
    if not found:
        empty.show(
            _("No word holds what you search for."),
            _("Search for a part of it, in Swedish or English, or empty the field."),
        )
        return
    listing.terms(glossary.terms(found))
    listing.text(
        _(
            "The explanations are the project's own, in plain language. They quote no law and no "
            "standard, and are no substitute for one. The list is data/glossary.yaml."
        )
    )


def sentence() -> str:
    whole = len(reference().glossary)
    if not search:
        return n_("{count} word, one for each thing", "{count} words, one for each thing", whole)
    return n_(
        "{count} of {whole} words holds “{search}”",
        "{count} of {whole} words hold “{search}”",
        len(found),
        whole=whole,
        search=search,
    )


state = frame.require(plan=False)
search = " ".join(view.said("search"))
found = glossary.found(search)
page()
