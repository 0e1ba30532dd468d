"""Prioritise: which measures first, and when, for the most climate benefit of our own money."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace

import streamlit as st

from model.errors import InvalidData
from model.optimise.explain import explain
from model.optimise.robust import DRAWS
from model.report import answers
from model.report import prioritised as words
from model.report.largest import most_by_year
from model.results import results
from model.uncertainty import Tell
from ui import errors, frame
from ui import format as write
from ui import state as view
from ui.charts import prioritised as charts
from ui.charts import robust as bars
from ui.charts import trade_off
from ui.i18n import _, mark, message
from ui.parts import chart, empty, headline, listing, robust
from ui.parts import goal as goals
from ui.parts import prioritised as shown
from ui.parts import table as tables
from ui.parts.chart import Words
from ui.parts.headline import Figure

SHOWS = mark("Our own money of what is chosen, by year")
SHOWS_SHARES = mark("Share of the draws in which each measure is in the best choice")
SHOWS_CURVE = mark("The least own money for ever more, other conditions kept")
PER_CENT = mark("per cent")
WORLDS = (50, DRAWS, 500)

# Longer addresses are cut off on the way.
LONGEST = 6000

state = frame.require()
reading, language = state.reading, state.language
result = results(state.plan_id, state.scenario)
head = result.plan.head


def main() -> None:
    if not result.plan.size[1]:
        headline.show(_("There is nothing to prioritise"))
        empty.no_measures(in_scenario=bool(result.base.size[1]))
        return
    asked = goals.of_the_address(result, reading)
    frame.say_unknown(asked.unknown)
    try:
        with st.spinner(_("Choosing …"), show_time=True):
            answer = result.prioritised(asked.goal)
            said = explain(answer)
    except InvalidData as error:
        headline.show(_("The goal cannot be asked like this"))
        errors.say(message(error), severity="warning")
        goals.fields(asked, result)
        return
    top = st.container()
    drawn, beside = st.columns([2, 1], gap="large")
    with beside:
        goals.fields(asked, result)
    with drawn:
        _name, draw, tell, lead = SEEN[choose_what()]
        found = draw(answer)
    # What is looked at is what the page answers; what is not drawn yet has no answer of its own.
    sentence, figures = best_lead(answer, said) if found is None else lead(answer, found)
    with top:
        headline.show(
            answers.under_scenario(result, sentence, language),
            figures,
            tag=_("example") if head.example else "",
            notes=answers.caveats(result, reading, language),
        )
    if found is not None:
        tell(answer, found)
    listing.heading(_("How the choice is made"))
    listing.points(*method(answer), *shown.untouched(answer))


def best_lead(answer, said) -> tuple[str, list[Figure]]:
    figures = shown.figures(answer, said) if answer.choice is not None else []
    return shown.sentence(answer, said), figures


def robust_lead(_answer, found) -> tuple[str, list[Figure]]:
    return robust.title(found), robust.figures(found) if robust.drawn(found) else []


def curve_lead(_answer, found) -> tuple[str, list[Figure]]:
    return robust.curve_title(found), robust.curve_figures(found)


def choose_what() -> str:
    """Which of the three is looked at: the choice, how it stands the draws, the curve."""
    said = "".join(view.said("show")[-1:])
    return st.segmented_control(
        _("Look at"),
        list(SEEN),
        format_func=lambda each: _(SEEN[each][0]),
        required=True,
        **view.saying("show", said if said in SEEN else "best"),
    )


def the_best(answer):
    if answer.choice is None:
        no_choice(answer)
        return None
    by_year(answer)
    as_scenario(answer.adjustments, _("See the choice as a scenario, on every page"))
    return explain(answer)


def the_robust(answer):
    """Drawn when it is asked for: it takes a while. Another goal is another question."""
    count = draws()
    asked = str((state.plan_id, result.plan.version, result.scenario.hash, count, answer.goal))
    if view.kept("robust-asked") != asked:
        ask_for_worlds(count, asked)
        return None
    with underway(_("Choosing in each world"), view.forget, "robust-asked") as tell:
        found = result.robust(answer.goal, count, tell=tell)
    rows = robust.drawn(found)
    if not rows:
        return found
    chart.place(
        bars.figure(rows),
        Words(
            robust.most_often(found),
            answers.subtitle(result, reading, language, SHOWS_SHARES, PER_CENT),
            head.source or head.name,
            bars.describe(rows),
        ),
        key="robust",
        meanings=[each for each in bars.MEANINGS if any(row.meaning == each for row in rows)],
    )
    only = robust.without_regret(found)
    as_scenario(only, _("See only what is good however it turns out, as a scenario"))
    return found


@contextmanager
def underway(what: str, cancel: Callable[..., None], *args: str, **said: str) -> Iterator[Tell]:
    """How far something has come that takes a while, and a button and a key that cancel it."""
    place = st.empty()
    with place.container():
        bar = st.progress(0.0, what)
        st.button(f"{_('Cancel')} (Esc)", key="cancel", on_click=cancel, args=args, kwargs=said)
        st.html('<kbd hidden data-keys="Escape" data-press="cancel"></kbd>')

    def tell(done: int, of: int) -> bool:
        bar.progress(done / of, what)
        return False

    yield tell
    place.empty()


def ask_for_worlds(count: int, asked: str) -> None:
    listing.text(
        _(
            "The same question in many worlds: costs and effects somewhere within their ranges, "
            "applications that succeed or not. What is chosen in nearly all of them is good "
            "however it turns out."
        )
    )
    st.button(
        _("Draw {count} worlds and choose in each", count=write.number(count)),
        key="draw-worlds",
        on_click=view.keep,
        args=("robust-asked", asked),
    )
    if reading != "expected" and (result.plan.grants.status == "applied").any():
        st.button(
            _("Draw the outcome of applications: reading Expected"),
            on_click=view.change,
            args=(lambda seen: replace(seen, reading="expected"),),
        )


def tell_robust(answer, found) -> None:
    if found.parts:
        tables.show(robust.table(found, answer))
    listing.points(*robust.notes(found))


def draws() -> int:
    said = "".join(view.said("worlds")[-1:])
    chosen = int(said) if said in map(str, WORLDS) else DRAWS
    return st.segmented_control(
        _("Number of draws"),
        WORLDS,
        format_func=write.number,
        required=True,
        **view.holding("said-worlds", chosen, lambda count: view.say(worlds=str(count))),
    )


def the_curve(answer):
    with underway(_("Looking for the cheapest choices"), view.say, show="best") as tell:
        found = result.frontier(answer.goal, tell=tell)
    if not found.points:
        return found
    steps, choice = robust.steps(found), robust.choice_of(found, answer)
    chart.place(
        trade_off.figure(steps, choice, robust.unit(found)),
        Words(
            robust.everything(found),
            answers.subtitle(result, reading, language, SHOWS_CURVE),
            head.source or head.name,
            trade_off.describe(steps),
        ),
        key="curve",
        meanings=[trade_off.CURVE, *([trade_off.CHOICE] if choice else [])],
    )
    return found


def tell_curve(answer, found) -> None:
    if not found.points:
        return
    tables.show(robust.curve_table(found))
    listing.points(*robust.curve_notes(found))


def no_choice(answer) -> None:
    if answer.relaxations:
        listing.text(
            _("Any one of these by itself is enough:")
            if answer.relaxations[0].alone
            else _("All of this must move together:")
        )
        listing.points(*shown.relaxations(answer))
    elif answer.contradiction:
        empty.show(
            _("What must be carried out cannot be carried out together."),
            _("Take something out of what must, or must not, be carried out."),
        )
    else:
        empty.show(
            _("The search ended before anything was found."),
            _("Ask for fewer years or limits, or use the command line with more seconds."),
        )


def by_year(answer) -> None:
    years, held, besides, budget = shown.by_year(answer)
    meanings = [charts.HELD, charts.CHOSEN]
    if any(most is not None for most in budget):
        meanings.append(charts.BUDGET)
    whole = held + besides
    chart.place(
        charts.figure(years, held, besides, budget),
        Words(
            most_by_year(
                years,
                whole.tolist(),
                mark("Most of our own money is needed {when}: {part} of {whole}"),
                mark("Most of our own money is needed {when}: {part} a year, of {whole}"),
                mark("As much of our own money every year {years}: {part} a year, {whole} in all"),
                language,
                whole=write.money(int(whole.sum())),
            )
            if whole.any()
            else _("The choice takes none of our own money"),
            answers.subtitle(result, reading, language, SHOWS),
            head.source or head.name,
            charts.describe(years, held, besides),
        ),
        key="own-money",
        meanings=meanings,
        table=shown.years_table(answer),
    )


def as_scenario(adjustments, label: str) -> None:
    """A choice is a scenario like any other: to be looked at on every page, by its address."""
    if not adjustments:
        listing.text(_("The choice is the plan as it is: everything is carried out as planned."))
        return
    seen = replace(state, view=state.view.toggled(*adjustments))
    if len(str(seen.query)) > LONGEST:
        listing.text(
            _(
                "The choice is about too many measures for a link. The command line gives it as "
                "adjustments: python -m model optimise --json."
            )
        )
        return
    frame.link("scenarier", label, seen)


def chosen(answer, said) -> None:
    tables.show(shown.chosen_table(answer, said))
    if said.left_out:
        listing.heading(_("Not prioritised"))
        tables.show(shown.left_out_table(answer, said))
    sought = shown.sought(answer)
    if sought:
        listing.heading(_("New applications"))
        listing.points(*sought)
    if said.uses:
        listing.heading(_("What binds, and what a million more does"))
        listing.points(*shown.margins(result.margins(answer.goal), answer))
        tables.show(shown.limits_table(said, answer))


def method(answer) -> list[str]:
    return [
        _(
            "Of {ways} ways to carry out {measures} measures, each as planned or so many years "
            "later, the solver HiGHS looks for the best. {surely}.",
            ways=write.number(len(answer.options.measure)),
            measures=write.number(len(set(answer.options.measure.tolist()))),
            surely=words.surely(answer, language)
            if answer.choice is not None
            else _("None keeps to everything"),
        ),
        _(
            "Our own money is the municipal group's part of investment and one-off operating "
            "expenditure that is not yet paid, less the grants of the reading. Every figure here "
            "is the model's own for the plan with this choice."
        ),
        _(
            "A measure without stated expenditure or effect is never taken to cost or give "
            "nothing: it is listed under what is not prioritised. A joint effect counts once."
        ),
    ]


SEEN = {
    "best": (mark("The best choice"), the_best, chosen, best_lead),
    "robust": (mark("Robust choice"), the_robust, tell_robust, robust_lead),
    "curve": (mark("Cost against effect"), the_curve, tell_curve, curve_lead),
}
main()
