"""The address of a view: plan, scenario, reading, language and toggles as a query string, and back.

The address is the state. What a user chooses is written here and read from here, so that a link
reproduces the view exactly and the browser's back button undoes a toggle.

===========  =========================================================================
``plan``     the plan's id
``scenario`` the id of a scenario, shipped or saved in the plan, which the toggles adjust further;
             it may stand several times, or hold several with + between, for them together
``reading``  secured, planned, expected or best_case
``lang``     sv or en
``theme``    contrast for high contrast
``off``      a measure not carried out, by its id
``delay``    years
``cost``     percent dearer; negative is cheaper
``without``  a funding source that gives nothing new
``success``  ``source:percent``, how often applications to the source succeed
``private``  percent of the need that is private
``rate``     percent, the calculation rate
``seek``     ``source:percent:percent``, so large a share of the investment is applied for there,
             and how often such applications succeed
``compare``  ids of up to five shipped scenarios to stand beside this one, with commas between;
             empty for none
``city``     the code of a municipality whose published figures are looked at
===========  =========================================================================

A toggle may stand several times. ``@tag:value,value`` after it keeps it to the measures with those
tags (``delay=2@sector:transport``); a bare ``@`` is every measure, where a toggle by itself means
only some.
"""

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from urllib.parse import quote, unquote

from model.language import DEFAULT, LANGUAGES, Language
from model.scenario import (
    AS_IS,
    TOGETHER,
    Adjustment,
    CalculationRate,
    CostFactor,
    Delay,
    PrivateShare,
    SeekMaximum,
    SourceOff,
    SuccessRate,
    SwitchOff,
    Where,
)

Query = Mapping[str, Sequence[str]]
COMPARED = 5
# Themes besides the ordinary one.
CONTRAST = "contrast"
THEMES = (CONTRAST,)


@dataclass(frozen=True)
class View:
    """What an address says. Empty: nothing was said, and the view is the usual one."""

    plan: str = ""
    scenario: str = AS_IS.id
    reading: str = ""
    language: Language = DEFAULT
    theme: str = ""
    toggles: tuple[Adjustment, ...] = ()
    compare: tuple[str, ...] | None = None
    city: str = ""

    def toggled(self, *toggles: Adjustment) -> "View":
        """With more toggles, each in the place of an earlier one about the same thing."""
        kept = self.without(*toggles).toggles
        return replace(self, toggles=tuple(sorted((*kept, *toggles), key=_place)))

    def without(self, *toggles: Adjustment) -> "View":
        """Without whatever toggles are about the same things as these, to whatever value."""
        gone = {_subject(toggle) for toggle in toggles}
        return replace(
            self, toggles=tuple(old for old in self.toggles if _subject(old) not in gone)
        )

    def about(self, toggle: Adjustment) -> Adjustment | None:
        """The toggle about the same thing as this one, if there is any."""
        same = (old for old in self.toggles if _subject(old) == _subject(toggle))
        return next(same, None)


@dataclass(frozen=True)
class Known:
    """The ids that an address may name. ``saved`` are the scenarios that a plan has besides;
    ``tagged`` says whether a plan has a measure so tagged, ``seekers`` what kinds of owner may seek
    a source."""

    plans: Collection[str]
    scenarios: Collection[str]
    readings: Collection[str]
    sources: Collection[str]
    cities: Collection[str] = ()
    saved: Callable[[str], Collection[str]] = lambda plan: ()
    tagged: Callable[[str, str, str], bool] = lambda plan, tag, value: True
    seekers: Callable[[str], tuple[str, ...]] = lambda source: ()


@dataclass(frozen=True)
class Unknown:
    """Something in an address that could not be understood, and was left out."""

    parameter: str
    value: str


def read(query: Query, known: Known) -> tuple[View, tuple[Unknown, ...]]:
    """The view that a query string describes, and what in it is unknown. Never raises."""
    unknown: list[Unknown] = []

    def one_of(parameter: str, choices: Collection[str], otherwise: str) -> str:
        said = query.get(parameter, ())[-1:]
        if not said or said[0] in choices:
            return said[0] if said else otherwise
        unknown.append(Unknown(parameter, said[0]))
        return otherwise

    usual = View()
    plan = one_of("plan", known.plans, usual.plan)
    scenarios = frozenset({*known.scenarios, *known.saved(plan)})
    view = View(
        plan=plan,
        scenario=_together(query, scenarios, unknown),
        reading=one_of("reading", known.readings, usual.reading),
        language=one_of("lang", LANGUAGES, usual.language),  # type: ignore[arg-type]
        theme=one_of("theme", THEMES, usual.theme),
        compare=_compared(query, scenarios, unknown),
        city=one_of("city", known.cities, usual.city),
    )
    for toggle in _TOGGLES:
        for said in query.get(toggle.parameter, ()):
            try:
                adjustment = toggle.read(said, known)
                if not _reaches(adjustment, view.plan, known):
                    raise ValueError(said)
                view = view.toggled(adjustment)
            except (ValueError, ArithmeticError):
                unknown.append(Unknown(toggle.parameter, said))
    return view, tuple(unknown)


def write(view: View) -> dict[str, str | list[str]]:
    """The query of a view: only what differs from the usual, and always its plan."""
    usual = View()
    query: dict[str, str | list[str]] = {}
    for parameter, said, otherwise in (
        ("plan", view.plan, usual.plan),
        ("scenario", view.scenario, usual.scenario),
        ("reading", view.reading, usual.reading),
        ("lang", view.language, usual.language),
        ("theme", view.theme, usual.theme),
        ("city", view.city, usual.city),
    ):
        if said != otherwise:
            several = said.split(TOGETHER) if parameter == "scenario" else [said]
            query[parameter] = several if len(several) > 1 else said
    for adjustment in view.toggles:
        toggle = _TOGGLE_OF[adjustment.do]
        query.setdefault(toggle.parameter, []).append(toggle.write(adjustment))  # type: ignore
    if view.compare is not None:
        query["compare"] = ",".join(view.compare)
    return query


def sayable(toggles: Sequence[Adjustment], known: Known) -> bool:
    """Whether an address can say these toggles: what it writes of them is read as the same."""
    if not all(toggle.do in _TOGGLE_OF for toggle in toggles):
        return False
    view = View().toggled(*toggles)
    query = {name: [said] if isinstance(said, str) else said for name, said in write(view).items()}
    return set(toggles) == set(view.toggles) and read(query, known) == (view, ())


def _reaches(adjustment: Adjustment, plan: str, known: Known) -> bool:
    """Whether the plan has measures with every tag that the adjustment names."""
    where = getattr(adjustment, "where", None)
    if where is None or where == _usual_where(type(adjustment)):
        return True
    return all(known.tagged(plan, tag, value) for tag, values in where.tags for value in values)


def _together(query: Query, scenarios: Collection[str], unknown: list[Unknown]) -> str:
    """The scenarios that hold together, each once; what is unknown is said and left out."""
    chosen: list[str] = []
    for said in query.get("scenario", ()):
        # A plus that nobody has escaped arrives as a space.
        for key in filter(None, re.split(r"[+ ]", said)):
            if key not in scenarios:
                unknown.append(Unknown("scenario", key))
            elif key not in chosen and key != AS_IS.id:
                chosen.append(key)
    return TOGETHER.join(chosen) or AS_IS.id


def _compared(
    query: Query, scenarios: Collection[str], unknown: list[Unknown]
) -> tuple[str, ...] | None:
    """The scenarios to compare with, each once; what is unknown or too many is said."""
    said = query.get("compare", ())[-1:]
    if not said:
        return None
    chosen: list[str] = []
    for scenario in filter(None, said[0].split(",")):
        if scenario not in scenarios or len(chosen) == COMPARED:
            unknown.append(Unknown("compare", scenario))
        elif scenario not in chosen:
            chosen.append(scenario)
    return tuple(chosen)


@dataclass(frozen=True)
class _Toggle:
    """How one kind of adjustment is written: ``value`` to text and back, and whether by tag."""

    parameter: str
    kind: type
    value: Callable[[Adjustment], str]
    parse: Callable[[str, Known], dict]
    by_tag: bool = True

    def read(self, said: str, known: Known) -> Adjustment:
        """ValueError when it says nothing that the adjustment allows."""
        value, at, where = said.partition("@")
        fields = self.parse(value, known)
        if at:
            if not self.by_tag or "where" in fields:
                raise ValueError(said)
            fields["where"] = _read_where(where)
        elif not value:
            raise ValueError(said)
        return self.kind(**fields)

    def write(self, adjustment: Adjustment) -> str:
        value = self.value(adjustment)
        where = getattr(adjustment, "where", None)
        if where is None or where == _usual_where(self.kind) or value == _measure(where):
            return value
        return f"{value}@{_write_where(where)}"


def _percent(share: float) -> str:
    """A share as percent, without float dust."""
    return f"{round(Decimal(repr(share)) * 100, 2).normalize():f}"


def _number(said: str) -> Decimal:
    """A number as a link writes it: plain digits and at most two decimals."""
    if not re.fullmatch(r"-?[0-9]{1,4}(\.[0-9]{1,2})?", said):
        raise ValueError(said)
    return Decimal(said)


def _share(percent: str) -> float:
    return float(_number(percent) / 100)


def _source(value: str, known: Known) -> str:
    if value not in known.sources:
        raise ValueError(value)
    return value


def _success(value: str, known: Known) -> dict:
    source, _, percent = value.rpartition(":")
    return {"source": _source(source, known), "probability": _share(percent)}


def _sought(adjustment: SeekMaximum) -> str:
    """To millionths, which is how exactly a share is kept."""
    share = f"{round(Decimal(repr(adjustment.share)) * 100, 4).normalize():f}"
    return f"{adjustment.source}:{share}:{_percent(adjustment.probability)}"


def _seek(value: str, known: Known) -> dict:
    source, share, chance = value.split(":")
    if not re.fullmatch(r"[0-9]{1,3}(\.[0-9]{1,4})?", share):
        raise ValueError(value)
    return {
        "source": _source(source, known),
        "share": float(Decimal(share) / 100),
        "probability": _share(chance),
        "owners": known.seekers(source),
    }


def _off(measure: str, known: Known) -> dict:
    return {"where": Where(tags={"id": (measure,)})} if measure else {}  # type: ignore[arg-type]


_TOGGLES = (
    _Toggle("off", SwitchOff, lambda a: _measure(a.where) or "", _off),
    _Toggle("delay", Delay, lambda a: str(a.years), lambda v, _: {"years": int(_number(v))}),
    _Toggle(
        "cost",
        CostFactor,
        lambda a: _percent(a.factor - 1),
        lambda v, _: {"factor": float(1 + _number(v) / 100)},
    ),
    _Toggle(
        "without",
        SourceOff,
        lambda a: a.source,
        lambda v, known: {"source": _source(v, known)},
        by_tag=False,
    ),
    _Toggle(
        "success",
        SuccessRate,
        lambda a: f"{a.source}:{_percent(a.probability)}",
        _success,
    ),
    _Toggle(
        "private", PrivateShare, lambda a: _percent(a.share), lambda v, _: {"share": _share(v)}
    ),
    _Toggle(
        "rate",
        CalculationRate,
        lambda a: _percent(a.rate),
        lambda v, _: {"rate": _share(v)},
        by_tag=False,
    ),
    # Last, as what is sought is a share of what a measure costs when all else is said.
    _Toggle("seek", SeekMaximum, _sought, _seek),
)
_TOGGLE_OF = {toggle.kind.model_fields["do"].default: toggle for toggle in _TOGGLES}
TOGGLES = tuple(toggle.parameter for toggle in _TOGGLES)
PARAMETERS = (
    *("plan", "scenario", "reading", "lang", "theme", "compare", "city"),
    *TOGGLES,
)


def _usual_where(kind: type) -> Where:
    return kind.model_fields["where"].default_factory()


def _measure(where: Where) -> str | None:
    """The id of the one measure that ``where`` means, if that is what it means."""
    match where.tags:
        case (("id", (measure,)),):
            return measure
    return None


def _read_where(text: str) -> Where:
    tags = {}
    for part in filter(None, text.split("@")):
        tag, colon, values = part.partition(":")
        if not colon:
            raise ValueError(text)
        tags[tag] = tuple(unquote(value) for value in values.split(","))
    return Where(tags=tags)  # type: ignore[arg-type]


def _write_where(where: Where) -> str:
    return "@".join(
        f"{tag}:{','.join(quote(value, safe='') for value in values)}" for tag, values in where.tags
    )


def _place(adjustment: Adjustment) -> int:
    return list(_TOGGLE_OF).index(adjustment.do)


def _subject(adjustment: Adjustment) -> tuple:
    """What a toggle is about: two with the same subject contradict each other."""
    return (
        adjustment.do,
        getattr(adjustment, "source", None),
        getattr(adjustment, "where", None),
    )
