"""The goal of a choice as the address says it, and the fields in which it is said."""

from dataclasses import dataclass
from decimal import Decimal

import streamlit as st

from model.forms.kinds import Amount, Quantity, Unreadable
from model.money import to_ore
from model.optimise.goal import AIMS, OF, Goal, SourceLimit, over, same_but
from model.optimise.options import usual_reach, usual_total
from model.reference import reference
from model.report import words as terms
from model.report.prioritised import AIMS as AIM_WORDS
from model.report.prioritised import OF as OF_WORDS
from model.results import Result
from ui import safe
from ui import state as view
from ui.address import Unknown
from ui.i18n import _, language
from ui.parts import conditions, listing
from ui.parts.conditions import Condition
from ui.parts.intake import ask, typed

UNIT = "mnkr"
REACHES = ("least_cost", "smallest_gap")
SEEKING = ("expected", "best_case")


@dataclass(frozen=True)
class Asked:
    """A goal, which of its amounts nobody has said (they were taken as usual ones), what else it
    must keep to, and the measures that the address names and the plan does not have."""

    goal: Goal
    usual: frozenset[str]
    conditions: tuple[Condition, ...] = ()
    unknown: tuple[Unknown, ...] = ()


def of_the_address(result: Result, reading: str) -> Asked:
    """The goal that the address says. What cannot be read there is as if it had not been said."""
    aim, of = _one("aim", AIMS), _one("of", OF)
    own = [int(year) for year in over(result.plan).years]
    first, last = _year("from", own, own[0]), _year("to", own, own[-1])
    ids = set(result.plan.tags["id"].tolist())
    must = tuple(each for each in view.said("must") if each in ids)
    goal = over(
        result.plan,
        first=min(first, last),
        last=max(first, last),
        aim=aim,
        of=of,
        reading=reading,
        unclear=_on("unclear"),
        committed=not _on("free"),
        debt_ceiling=_on("ceiling"),
        must=must,
        never=tuple(each for each in view.said("never") if each in ids and each not in must),
        sources=_sources() if reading in SEEKING and aim != "smallest_gap" else (),
    )
    total, most, least = _amount("total"), _amount("yearly"), _quantity("least")
    usual = set()
    # Whatever is demanded: what cannot be met is said where the goal is asked.
    free = same_but(goal, aim="most", must=())
    if aim in REACHES and least is None:
        usual.add("least")
        least = usual_reach(result.possible(free))
    if aim == "most" and total is None and most is None:
        usual.add("total")
        total = usual_total(result.possible(free))
    asked = same_but(
        goal,
        total=total,
        budget=() if most is None else tuple((year, most) for year in goal.years),
        at_least=least,
    )
    asked, standing = conditions.of_the_address(asked, result)
    unknown = (
        Unknown(name, each)
        for name in ("must", "never")
        for each in dict.fromkeys(view.said(name))
        if each not in ids
    )
    return Asked(asked, frozenset(usual), standing, tuple(unknown))


def fields(asked: Asked, result: Result) -> None:
    """What can be wanted, each showing what the address says."""
    goal = asked.goal
    st.selectbox(
        _("What is wanted"),
        AIMS,
        format_func=lambda aim: _(AIM_WORDS[aim]),
        **view.saying("aim", goal.aim),
    )
    st.selectbox(
        _("What counts"),
        OF,
        format_func=lambda of: _(OF_WORDS[of]),
        **view.saying("of", goal.of),
    )
    years = list(over(result.plan).years)
    from_, to = st.columns(2)
    with from_:
        _choose_year(_("From"), "from", years, goal.first)
    with to:
        _choose_year(_("To"), "to", years, goal.last)
    _field(_("Our own money in all, MSEK"), "total", Amount(UNIT), goal.total)
    _field(
        _("Our own money at most a year, MSEK"),
        "yearly",
        Amount(UNIT),
        goal.budget[0][1] if goal.budget else None,
    )
    unit = "" if goal.of == "benefit" else _("tonnes")
    if goal.of != "benefit":
        _field(_("At least, {unit}", unit=unit), "least", Quantity(), goal.at_least, money=False)
    if "total" in asked.usual:
        listing.text(
            _(
                "Nobody has said the amount yet: it begins with what has begun and half of the "
                "rest that can be chosen. Write your own."
            )
        )
    if "least" in asked.usual:
        listing.text(
            _(
                "Nobody has said what to reach yet: it begins with half of what can be chosen "
                "gives. Write your own."
            )
        )
    if goal.of != "benefit":
        _switch(_("Count effects that may come once or every year"), "unclear", goal.unclear)
    conditions.show(goal, asked.conditions, result, lambda: _standing(goal, result))
    _seeking(goal)


def _standing(goal: Goal, result: Result) -> None:
    _measures(goal, result)
    _switch(_("What has begun may be left out"), "free", not goal.committed)
    _switch(_("Keep under the debt ceiling"), "ceiling", goal.debt_ceiling)


def _measures(goal: Goal, result: Result) -> None:
    tags = result.plan.tags
    titles = dict(zip(tags["id"].tolist(), tags["name"].tolist(), strict=True))
    for label, name, chosen in (
        (_("Must be carried out"), "must", goal.must),
        (_("Must not be carried out"), "never", goal.never),
    ):
        st.multiselect(
            label,
            [key for key in titles if key in chosen or key not in (*goal.must, *goal.never)],
            format_func=lambda key: safe.line(titles[key]),
            placeholder=_("None"),
            **view.saying(name, list(chosen)),
        )


def _seeking(goal: Goal) -> None:
    known = reference().funding
    if goal.reading not in SEEKING or goal.aim == "smallest_gap":
        listing.text(
            _(
                "New applications can be chosen too in the readings Expected and Best case, but "
                "not for the smallest gap."
            )
        )
        return
    st.multiselect(
        _("Seek more from"),
        [key for key, each in known.items() if each.kind == "grant"],
        format_func=lambda key: safe.line(terms.tag("source", key, language())),
        placeholder=_("None"),
        **view.saying("seeking", [each.source for each in goal.sources]),
    )
    if goal.sources:
        most = goal.sources[0].total
        _field(_("At most from each source, MSEK"), "sought", Amount(UNIT), most)


def _sources() -> tuple[SourceLimit, ...]:
    known = reference()
    chance = float(known.assumptions["funding/application_success"].latest.value)
    most = _amount("sought")
    return tuple(
        SourceLimit(key, most, seek=True, probability=chance)
        for key in dict.fromkeys(view.said("seeking"))
        if key in known.funding and known.funding[key].kind == "grant"
    )


def _field(label: str, name: str, kind, standing, *, money: bool = True) -> None:
    """A field for a figure, with what it was read as."""

    def take(text: str) -> None:
        kind.read(text)
        view.say(**{name: text})

    said = "".join(view.said(name)[-1:])
    shown = Decimal(int(standing)) / 100 if money and standing is not None else standing
    ask.text(label, f"goal-{name}", said or kind.write(shown), take)
    if said:
        st.html(
            f'<p class="echo">{safe.html(typed.echo(said, UNIT if money else _("tonnes")))}</p>'
        )


def _switch(label: str, name: str, on: bool) -> None:
    st.toggle(
        label, **view.holding(f"said-{name}", on, lambda on: view.say(**{name: "1" if on else ""}))
    )


def _choose_year(label: str, name: str, years: list[int], year: int) -> None:
    st.selectbox(
        label, years, **view.holding(f"said-{name}", year, lambda y: view.say(**{name: str(y)}))
    )


def _one(name: str, choices: tuple[str, ...]) -> str:
    said = "".join(view.said(name)[-1:])
    return said if said in choices else choices[0]


def _year(name: str, years: list[int], usual: int) -> int:
    said = "".join(view.said(name)[-1:])
    return int(said) if said.isascii() and said.isdigit() and int(said) in years else usual


def _on(name: str) -> bool:
    return view.said(name)[-1:] == ("1",)


def _amount(name: str) -> int | None:
    value = _read(Amount(UNIT), name)
    return None if value is None else to_ore(value)


def _quantity(name: str) -> float | None:
    value = _read(Quantity(), name)
    return None if value is None or value < 0 else float(value)


def _read(kind, name: str):
    try:
        value = kind.read("".join(view.said(name)[-1:]))
    except Unreadable:
        return None
    return value if isinstance(value, Decimal) else None
