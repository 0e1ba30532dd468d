"""The robust choice and the trade-off in words, figures and tables."""

from collections.abc import Sequence

import numpy as np

from model.optimise.answer import Answer
from model.optimise.frontier import Frontier
from model.optimise.robust import Part, Robust
from model.report import prioritised as terms
from model.report import robust as words
from model.scenario import SwitchOff, Where
from ui import format as write
from ui import frame
from ui.charts import robust as bars
from ui.charts import trade_off
from ui.i18n import _, language, n_
from ui.parts.headline import Figure
from ui.parts.table import Link, Table

# So many measures stand in the chart; the table holds all of them.
IN_CHART = 20
# So many names in a cell of the table; then how many more.
NAMED = 4


def title(found: Robust) -> str:
    """How many measures are good however it turns out, and what they cost."""
    if not found.met.any():
        return _("In no draw does anything keep to the goal")
    free = _free(found)
    sure = [part for part in free if part.kind == "no_regret"]
    if not sure:
        return _("No measure is among the best in nearly every draw")
    return n_(
        "{count} of {all} measures to choose between is good however it turns out, for {cost}",
        "{count} of {all} measures to choose between are good however it turns out, for {cost}",
        len(sure),
        all=write.number(len(free)),
        cost=write.money(sum(_own(found, part) for part in sure), zero="0"),
    )


def figures(found: Robust) -> list[Figure]:
    """What is sure, what hangs on something, what is rarely chosen, and what may come of it."""
    free = _free(found)

    def count(*kinds: str) -> str:
        return write.number(sum(part.kind in kinds for part in free))

    low, _mid, high = words.spread(found.value[found.met])
    goal = found.goal
    return [
        Figure(count("no_regret"), _("No-regret measures"), _("in at least nine draws of ten")),
        Figure(count("hangs", "several"), _("Hang on what is drawn"), _("grants, costs, effects")),
        Figure(count("rarely", "never"), _("Rarely or never chosen"), _("at most one in ten")),
        Figure(
            f"{terms.amount(low, goal, language())}–{terms.amount(high, goal, language())}",
            _("What the best choice gives"),
            _("P10 to P90 of the draws"),
        ),
    ]


def most_often(found: Robust) -> str:
    """What is chosen most often of what is to choose between."""
    part = _free(found)[0]
    return _(
        "{measure} is chosen most often: in {share} of the draws",
        measure=str(found.options.plan.tags["name"][part.place]),
        share=write.percent(part.share),
    )


def drawn(found: Robust) -> list[bars.Bar]:
    """The chart's rows: what is to choose between, the most often chosen first."""
    names = found.options.plan.tags["name"]
    meaning = {"no_regret": bars.NO_REGRET, "rarely": bars.RARELY, "never": bars.RARELY}
    return [
        bars.Bar(str(names[part.place]), part.share, meaning.get(part.kind, bars.HANGS))
        for part in _free(found)[:IN_CHART]
    ]


def table(found: Robust, answer: Answer) -> Table:
    """Every measure with its share, whether it is in the choice now, and what it hangs on."""
    plan = found.options.plan
    now = set()
    if answer.choice is not None:
        now = set(answer.options.measure[answer.choice.chosen].tolist())
    return Table(
        _("How often each measure is in the best choice; own money as planned, in MSEK"),
        (
            _("Measure"),
            _("Share of the draws"),
            _("Our own money"),
            _("In the choice now"),
            _("What it hangs on"),
        ),
        [
            (
                _link(plan, part.place),
                write.percent(part.share),
                write.mnkr(_own(found, part)),
                _("yes") if part.place in now else _("no"),
                words.why(part, plan, language()),
            )
            for part in found.parts
        ],
        text=frozenset({3, 4}),
    )


def without_regret(found: Robust) -> tuple[SwitchOff, ...]:
    """The no-regret measures and what has begun as a scenario: our other measures left out."""
    options = found.options
    kept = [part.place for part in found.parts if part.kind in ("held", "no_regret")]
    out = ~options.untouched
    out[kept] = False
    ids = tuple(str(key) for key in options.plan.tags["id"][out])
    return (SwitchOff(where=Where(tags={"id": ids})),) if ids else ()  # type: ignore[arg-type]


def notes(found: Robust) -> list[str]:
    """What the draws are, and what they leave out."""
    kinds = [driver.kind for driver in found.drivers]
    said = [
        _(
            "In each of {draws} draws costs and effects lie somewhere between their low and high, "
            "and applications succeed or not; the best choice of each is found by itself, within "
            "the same limits. Drawn here: {costs} costs, {effects} effects, {grants} applications.",
            draws=write.number(found.settings.draws),
            costs=write.number(kinds.count("cost")),
            effects=write.number(kinds.count("effect")),
            grants=write.number(kinds.count("application")),
        ),
        _(
            "A measure hangs on the one thing that best tells the draws in which it is chosen from "
            "the others: high and low are above and below the middle of the draws."
        ),
    ]
    missed = int((~found.met).sum())
    if missed:
        said.append(
            n_(
                "In {count} draw nothing keeps to the goal: the shares are of the others.",
                "In {count} draws nothing keeps to the goal: the shares are of the others.",
                missed,
            )
        )
    if found.unproven:
        said.append(
            n_(
                "In {count} draw the choice is the best found in the time there was.",
                "In {count} draws the choice is the best found in the time there was.",
                found.unproven,
            )
        )
    return said


def knee(found: Frontier) -> int | None:
    """The point after which more costs most more: the one farthest from the straight line between
    the ends. None where there is none between them."""
    if len(found.points) < 3:
        return None
    value = np.array([point.value for point in found.points])
    cost = np.array([float(point.cost) for point in found.points])
    rise = (value - value[0]) / (value[-1] - value[0]) - (cost - cost[0]) / (cost[-1] - cost[0])
    most = int(rise.argmax())
    return most if 0 < most < len(found.points) - 1 else None


def curve_title(found: Frontier) -> str:
    """What comes cheaply, and what the rest costs."""
    if not found.points:
        return _("Nothing keeps to the conditions, whatever it may cost")
    last, bend = found.points[-1], knee(found)
    if bend is None:
        return everything(found)
    point = found.points[bend]
    return _(
        "{cost} gives {gives}; the last {rest} take {more} more",
        gives=_gives(point.value, found),
        cost=write.money(point.cost, zero="0"),
        rest=_gives(last.value - point.value, found),
        more=write.money(last.cost - point.cost, zero="0"),
    )


def everything(found: Frontier) -> str:
    """What the end of the curve gives and takes."""
    last = found.points[-1]
    return _(
        "Everything gives {gives} and takes {cost}",
        gives=_gives(last.value, found),
        cost=write.money(last.cost, zero="0"),
    )


def curve_figures(found: Frontier) -> list[Figure]:
    """The ends of the curve and, where it has one, its bend: what each gives, and takes."""
    if not found.points:
        return []
    bend, last = knee(found), len(found.points) - 1
    marked = {_("Where it begins to cost more"): bend, _("Everything"): last}
    if last:
        marked = {_("Cheapest"): 0, **marked}
    return [
        Figure(
            _gives(found.points[place].value, found),
            label,
            _("for {cost}", cost=write.money(found.points[place].cost, zero="0")),
        )
        for label, place in marked.items()
        if place is not None
    ]


def steps(found: Frontier) -> list[trade_off.Step]:
    """The points of the chart."""
    return [_step(point.cost, point.value, found) for point in found.points]


def choice_of(found: Frontier, answer: Answer) -> trade_off.Step | None:
    """Where the choice of the goal as it is lies."""
    if answer.choice is None:
        return None
    return _step(answer.figures.cost, answer.figures.value, found)


def unit(found: Frontier) -> str:
    """The unit of the value axis."""
    return {
        "tonnes_a_year": _("t CO2e a year"),
        "tonnes": _("t CO2e"),
        "benefit": _("Benefit, MSEK"),
    }[found.goal.of]


def curve_table(found: Frontier) -> Table:
    """Every point: what it gives and takes, what the step to it costs, and what it changes."""
    rows = []
    for place, point in enumerate(found.points):
        more, cost = found.step(place) if place else (0.0, 0)
        rate = cost / 100 / more if place and more > 0 else None
        rows.append(
            (
                _cell(point.value, found),
                write.mnkr(point.cost),
                "" if rate is None else write.number(rate, 0 if abs(rate) >= 9.95 else 2),
                _names(found, found.added(place)),
                _names(found, found.dropped(place)),
            )
        )
    per = {
        "tonnes_a_year": _("Step, SEK per tonne and year"),
        "tonnes": _("Step, SEK per tonne"),
        "benefit": _("Step, SEK per krona"),
    }[found.goal.of]
    return Table(
        _("The least own money for ever more, in MSEK, and what each step changes"),
        (unit(found), _("Our own money"), per, _("Comes in"), _("Goes out")),
        rows,
        text=frozenset({3, 4}),
    )


def curve_notes(found: Frontier) -> list[str]:
    """How the curve is made."""
    proof = (
        _("Every point is the cheapest there is: proven.")
        if found.proven
        else _("Some points are the best found in the time there was.")
    )
    return [
        _(
            "Each point is solved by itself: the least own money for at least so much. What the "
            "goal says of own money and of what to reach is left out here, for that is what is "
            "weighed; the conditions hold."
        ),
        proof,
    ]


def _free(found: Robust) -> Sequence[Part]:
    return [part for part in found.parts if part.kind != "held"]


def _own(found: Robust, part: Part) -> int:
    """Own money as planned, or at the earliest start that is permitted, öre."""
    return int(found.options.cost[found.options.of(part.place)[0]])


def _gives(value: float, found: Frontier) -> str:
    text = terms.amount(value, found.goal, language())
    if found.goal.of == "tonnes_a_year":
        return _("{tonnes} CO2e a year", tonnes=text)
    return text


def _cell(value: float, found: Frontier) -> str:
    if found.goal.of == "benefit":
        return write.mnkr(round(value * 100))
    return write.number(value, 0 if abs(value) >= 9.95 or value == 0 else 1)


def _step(cost: int, value: float, found: Frontier) -> trade_off.Step:
    drawn_ = value / 1e6 if found.goal.of == "benefit" else value
    return trade_off.Step(cost, drawn_, _gives(value, found))


def _link(plan, place: int) -> Link:
    measure = str(plan.tags["id"][place])
    return Link(str(plan.tags["name"][place]), frame.href("atgarder", measure=measure))


def _names(found: Frontier, which: np.ndarray) -> str:
    names = [str(name) for name in found.options.plan.tags["name"][which]]
    more = len(names) - NAMED
    if more <= 1:
        return "; ".join(names)
    return _("{names} and {count} more", names="; ".join(names[:NAMED]), count=more)
