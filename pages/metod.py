"""Method and sources: how the figures are made, and what each of them rests on."""

import streamlit as st

from model.reference import reference
from model.results import results
from model.worked_examples import EXAMPLES
from ui import frame
from ui import state as view
from ui.i18n import _, n_
from ui.parts import about, headline, listing, method
from ui.parts import table as tables
from ui.parts.headline import Figure


def page() -> None:
    unverified = len(method.found("", only_unverified=True))
    known = reference()
    headline.show(
        n_(
            "{count} assumption is behind the figures; {unverified} are unverified",
            "{count} assumptions are behind the figures; {unverified} are unverified",
            len(known.assumptions),
            unverified=unverified,
        ),
        [
            Figure(
                str(unverified),
                _("unverified assumptions"),
                _("not found in their source, or without one"),
            ),
            Figure(str(len(known.assumptions)), _("assumptions")),
            Figure(
                str(sum(not entry.closed for entry in known.funding.values())),
                _("sources of money"),
                _("open to applications or always there"),
            ),
            Figure(str(len(known.sources)), _("documents behind")),
        ],
    )
    listing.contents((heading, anchor) for heading, anchor, _draw in sections())
    for heading, anchor, draw in sections():
        listing.heading(heading, anchor)
        draw()


def sections():
    shown = [
        (_("How the gap is computed"), "gap", gap),
        (_("The readings"), "readings", readings),
    ]
    if state.plan:
        shown.append((_("What this plan assumes"), "plan", plan))
    return [
        *shown,
        (_("Assumptions"), "assumptions", assumptions),
        (_("Sources of money"), "money", money),
        (_("Scenarios"), "scenarios", scenarios),
        (_("Documents"), "documents", documents),
        (_("Words"), "words", words),
        (_("About Klimatinvest"), "about", klimatinvest),
    ]


def gap() -> None:
    listing.points(
        _(
            "The need is the investment expenditure of a measure in the year in which it is paid. "
            "What is already paid is covered."
        ),
        _(
            "A grant pays the same year, is then saved for later years, and what is left pays back "
            "to the earliest year without cover. To wait for it is a liquidity need."
        ),
        _(
            "An appropriation pays its own year only, after the year's grants. What is unspent "
            "lapses, unless a decided carry-over moves it one year on."
        ),
        _(
            "A grant is the lower of the granted amount and its share of the actual eligible "
            "expenditure."
        ),
        _("What is left is the gap. Nothing is shared between measures."),
        _(
            "Loans and green bonds cover nothing at a measure: they are how the municipality "
            "borrows for what is decided."
        ),
        _(
            "The headline is the municipal group's gap. Other actors' need stands beside it, and "
            "what is shared without a known split stands apart."
        ),
        _("One-off operating expenditure is counted by itself, and has its own gap."),
        _(
            "What is not known is not zero: it is counted and shown as unknown. A total with a "
            "lower bound says at least."
        ),
        _("Kronor are nominal, in whole öre, and rounded once, half up, after a multiplication."),
    )
    st.caption(
        _("Worked examples, computed now by the same code as the plan. The year's gap is bold.")
    )
    first, second = st.columns(2, gap="large")
    for place, example in enumerate(EXAMPLES):
        with (first, second)[place % 2]:
            tables.show(method.example(example))


def readings() -> None:
    listing.terms(method.readings())


def plan() -> None:
    result = results(state.plan_id, state.scenario)
    listing.terms(method.of_plan(result.plan, result.assumptions()))


def assumptions() -> None:
    groups = method.groups()
    search, shown = st.columns([2, 1], gap="large")
    with search:
        st.text_input(
            _("Search among assumptions"),
            placeholder=_("A word, such as diesel or Klimatklivet"),
            **view.saying("search", " ".join(view.said("search"))),
        )
    with shown:
        choices = {"": _("All"), "unverified": _("Unverified")}
        said = "".join(view.said("show")[-1:])
        only = st.radio(
            _("Which"),
            list(choices),
            format_func=choices.get,
            horizontal=True,
            **view.saying("show", said if said in choices else ""),
        )
    wanted = " ".join(view.said("search"))
    found = method.found(wanted, only == "unverified")
    if wanted:
        if not found:
            st.caption(_("No assumption holds these words."))
            return
        caption = n_("{count} assumption found", "{count} assumptions found", len(found))
        tables.show(method.assumptions(found, caption))
        return
    for key, label in groups.items():
        of_group = [each for each in found if method.group(each) == key]
        if of_group:
            with st.expander(f"{label} ({len(of_group)})"):
                tables.show(method.assumptions(of_group, label))


def money() -> None:
    listing.text(
        _(
            "Only grants cover a measure's need. Loans, bonds and contracts are listed so that "
            "they are found, and cover nothing."
        )
    )
    listing.entries(method.funding(closed=False))
    listing.text(_("Closed to new applications:"))
    listing.entries(method.funding(closed=True))


def scenarios() -> None:
    listing.terms(method.scenarios())


def documents() -> None:
    with st.expander(_("Show the documents")):
        tables.show(method.sources())


def words() -> None:
    frame.link("ordlista", _("Glossary"))


def klimatinvest() -> None:
    said = [
        _(
            "Klimatinvest {version}, licence {licence}.",
            version=about.version(),
            licence=about.LICENCE,
        )
    ]
    if state.plan:
        said.append(
            _(
                "Shown: {plan}, version {version}, scenario {scenario}.",
                plan=state.plan.name,
                version=state.plan.version,
                scenario=f"{state.scenario.id} {state.scenario.hash}",
            )
        )
    listing.text(*said)


state = frame.require(plan=False)
page()
