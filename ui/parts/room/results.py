"""What the room answers, as it comes in, beside what the model answers."""

from dataclasses import dataclass, replace

import streamlit as st

from model import voting
from model.asking import Chosen, chosen, chosen_by_the_model, goal_of, goal_within
from model.poll import Poll, Ranking, Spread, Vote, rank, spread
from model.report import answers
from model.results import results
from model.scenario import SwitchOff, Where
from ui import format as write
from ui import frame
from ui import state as view
from ui.i18n import _, n_
from ui.parts import headline, listing
from ui.parts.headline import Figure
from ui.parts.room import bars, words
from ui.parts.room.bars import Bar
from ui.state import State

BINS = 8


@dataclass(frozen=True)
class Measured:
    """The choice of the room and the model's own, None where the solver found none."""

    room: Chosen
    model: Chosen | None


def show(poll_id: str) -> None:
    """Everything that has been answered so far."""
    poll, given = voting.votes(poll_id)
    seen = view.at(poll.seen)
    {"budget": _budget, "scenario": _scenario, "estimate": _estimate}[poll.kind](poll, given, seen)


def links(poll: Poll, given: list[Vote]) -> None:
    """What was chosen as scenarios, to be looked at on every page."""
    seen = view.at(poll.seen)
    # What was looked at then, in the language and the theme of now.
    here = view.current().view
    seen = replace(seen, view=replace(seen.view, language=here.language, theme=here.theme))
    if poll.kind == "budget" and given:
        found = measured(poll, rank(poll, given), seen)
        _link(_("See the room's choice as a scenario"), poll, found.room, seen)
        if found.model and found.model.ids != found.room.ids:
            _link(_("See the model's choice as a scenario"), poll, found.model, seen)
    if poll.kind == "scenario" and given:
        for option in rank(poll, given).within:
            if option.id in seen.scenarios:
                label = _("See {scenario}", scenario=words.called(option, poll))
                chosen_view = replace(seen.view, scenario=option.id, reading="")
                frame.link("scenarier", label, replace(seen, view=chosen_view))


def measured(poll: Poll, ranking: Ranking, seen: State) -> Measured:
    """What the room's choice takes and gives in the plan as it stands, and the best one."""
    result = results(poll.plan_id, seen.scenario)
    found = result.possible(goal_of(result.plan, seen.reading))
    answer = result.prioritised(goal_within(poll, found))
    room = chosen(poll, answer.problem, [option.id for option in ranking.within])
    return Measured(room, chosen_by_the_model(poll, answer))


def switched_off(poll: Poll, kept: frozenset[str], seen: State) -> tuple[SwitchOff, ...]:
    """What was asked about and is not chosen is not carried out."""
    there = set(results(poll.plan_id, seen.scenario).plan.tags["id"].tolist())
    off = tuple(o.id for o in poll.options if o.id not in kept and o.id in there)
    return (SwitchOff(where=Where(tags={"id": off})),) if off else ()  # type: ignore[arg-type]


def _link(label: str, poll: Poll, kept: Chosen, seen: State) -> None:
    toggles = switched_off(poll, kept.ids, seen)
    frame.link("scenarier", label, replace(seen, view=seen.view.toggled(*toggles)))


def _heading(poll: Poll, seen: State, answer: str, figures: list[Figure]) -> None:
    """The question while it is open, and then the answer."""
    plan_name = seen.plan.name if seen.plan else poll.plan_id
    question = words.question(poll, plan_name, seen.reading)
    example = seen.plan is not None and seen.plan.example
    headline.show(
        question if poll.open else answer,
        figures,
        tag=_("example") if example else "",
        notes=[] if poll.open else [question],
    )


def _count(given: list[Vote]) -> Figure:
    return Figure(write.number(len(given)), _("Answers"))


def _budget(poll: Poll, given: list[Vote], seen: State) -> None:
    ranking = rank(poll, given)
    found = measured(poll, ranking, seen)
    # The model answers when somebody else has: before that it would only lead the room.
    room, model = found.room, found.model if given else None
    fields = {"room": _tonnes(room), "cost": words.money(room.cost)}
    if not given:
        said = _("Nobody answered")
    elif model is None:
        said = _("The room's choice gives {room} CO2e a year for {cost}", **fields)
    else:
        said = _(
            "The room's choice gives {room} CO2e a year for {cost}; the model's gives {model}",
            **fields,
            model=_tonnes(model),
        )
    figures = [_count(given)]
    if given:
        figures.append(_choice(_("The room's choice"), room))
    if model is not None:
        figures.append(_choice(_("The model's choice"), model))
    _heading(poll, seen, said, figures)
    st.html(bars.html([_measure(each, model, len(given)) for each in ranking.ranked]))
    _notes(poll, ranking, found, seen)


def _tonnes(choice: Chosen) -> str:
    return write.tonnes(choice.tonnes)


def _choice(label: str, choice: Chosen) -> Figure:
    note = _("{cost} of our own money", cost=words.money(choice.cost))
    if choice.unknown:
        unknown = n_(
            "the effect of {count} measure is not known",
            "the effect of {count} measures is not known",
            choice.unknown,
        )
        note = f"{note}; {unknown}"
    return Figure(write.at_least(_tonnes(choice), choice.unknown > 0), label, note)


def _measure(each, model: Chosen | None, answers_: int) -> Bar:
    tags = []
    within = each.within and answers_ > 0
    if within:
        tags.append(_("the room"))
    if model is not None and each.option.id in model.ids:
        tags.append(_("the model"))
    cost = words.money(each.option.cost)
    if not answers_:
        says = _("Nobody has answered yet · costs {cost}", cost=cost)
        return Bar(each.option.name, 0, says, tuple(tags), within)
    says = _(
        "{place}. Chosen by {count} of {all} · {share} of the money · costs {cost}",
        place=each.place,
        count=each.choosers,
        all=answers_,
        share=write.percent(each.share),
        cost=cost,
    )
    return Bar(each.option.name, each.choosers, says, tuple(tags), within)


def _notes(poll: Poll, ranking: Ranking, found: Measured, seen: State) -> None:
    said = [
        _(
            "From the top, each measure is within as long as it fits in what is left of {budget}; "
            "one that does not fit is passed over. Of those with as many choosers the cheapest "
            "comes first.",
            budget=words.money(poll.budget),
        ),
        _(
            "Tonnes are those of what is chosen and of what is carried out anyway. The model "
            "looks for the most tonnes a year within the same budget, among the same measures, "
            "and chooses none whose effect is not known."
        ),
    ]
    if ranking.tied:
        names = ", ".join(option.name for option in ranking.tied)
        said.insert(
            0, _("As many chose these, and the line goes between them: {names}.", names=names)
        )
    version = results(poll.plan_id, seen.scenario).plan.version
    if version != poll.plan_version:
        said.append(
            _(
                "The plan has changed since the question was asked (version {asked}, now {now}): "
                "the costs of the bars are those of then, the choices' tonnes and kronor of now.",
                asked=poll.plan_version,
                now=version,
            )
        )
    listing.points(*said)


def _scenario(poll: Poll, given: list[Vote], seen: State) -> None:
    ranking = rank(poll, given)
    names = [words.called(option, poll) for option in ranking.within]
    if not given:
        said = _("Nobody answered")
    elif len(names) > 1:
        said = _("As many votes for each: {names}", names=", ".join(names))
    else:
        said = _(
            "{scenario} has most votes: {count} of {all}",
            scenario=names[0],
            count=ranking.ranked[0].choosers,
            all=len(given),
        )
    _heading(poll, seen, said, [_count(given)])
    listed = []
    for each in ranking.ranked:
        label, tags = words.called(each.option, poll), (_("the room"),) if each.within else ()
        says = _(
            "{count} of {all} votes · {model}",
            count=each.choosers,
            all=len(given),
            model=_by_the_model(each.option.id, poll, seen),
        )
        listed.append(Bar(label, each.choosers, says, tags, each.within))
    st.html(bars.html(listed))


def _by_the_model(scenario_id: str, poll: Poll, seen: State) -> str:
    """What the model says of a scenario."""
    base = seen.scenarios.get(scenario_id)
    if base is None:
        return write.unknown()
    found = results(poll.plan_id, base.then(*seen.view.toggles))
    if not found.plan.size[1]:
        return _("no measure is carried out")
    effect = found.effect()
    return _(
        "{gap} is missing · {tonnes} CO2e a year by all measures",
        gap=write.money(answers.figures(found, seen.reading).gap, zero="0"),
        tonnes=write.tonnes(effect.yearly.mid if effect.stated else None),
    )


def _estimate(poll: Poll, given: list[Vote], seen: State) -> None:
    found = spread(poll, given)
    answer = words.guess(poll, poll.answer)
    if found is None:
        _heading(
            poll, seen, _("Nobody guessed; the answer is {answer}", answer=answer), [_count(given)]
        )
        return
    said = _(
        "The room guesses {median}; the answer is {answer}",
        median=words.guess(poll, found.median, 1),
        answer=answer,
    )
    figures = [
        _count(given),
        Figure(words.guess(poll, found.median, 1), _("Median"), _half(poll, found)),
    ]
    if not poll.open:
        near = n_(
            "{count} guess within a tenth of it", "{count} guesses within a tenth of it", found.near
        )
        figures.append(Figure(answer, _("The answer"), near))
    _heading(poll, seen, said, figures)
    st.html(bars.html(_guesses(poll, given, found)))


def _half(poll: Poll, found: Spread) -> str:
    return _(
        "half of the guesses between {lower} and {upper}",
        lower=words.guess(poll, found.lower, 1),
        upper=words.guess(poll, found.upper, 1),
    )


def _guesses(poll: Poll, given: list[Vote], found: Spread) -> list[Bar]:
    """The guesses by equally wide steps from the lowest to the highest; the answer, when it is
    told, in the step where it lies."""
    ends = [found.lowest, found.highest]
    if not poll.open:
        ends.append(poll.answer)
    low, high = min(ends), max(ends)
    width = (high - low) / BINS
    if not width:
        return [Bar(words.guess(poll, low), found.votes, write.number(found.votes))]

    def step(value) -> int:
        return min(int((value - low) / width), BINS - 1)

    steps = [step(vote.estimate) for vote in given]
    listed = []
    for place in range(BINS):
        first, last = low + width * place, low + width * (place + 1)
        edges = f"{words.figure(first, 1)}–{words.guess(poll, last, 1)}"
        tags = () if poll.open or step(poll.answer) != place else (_("the answer"),)
        count = steps.count(place)
        listed.append(Bar(edges, count, write.number(count), tags))
    return listed
