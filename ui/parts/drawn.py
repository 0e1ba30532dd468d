"""What is drawn and what is not, and what the draws rest on, in words."""

from model.results import Result
from model.uncertainty import (
    CORRELATION,
    ENERGY_PATH,
    INTEREST,
    PRICE_PATH,
    Settings,
    Simulation,
)
from ui import format as write
from ui.i18n import _, language, mark, n_, note
from ui.parts import drawing, sourced
from ui.parts.listing import Term
from ui.parts.table import Table

HALFWAY = mark("where only low and high are stated, the likeliest is taken to be halfway")
# By whom: names and years are the same in every language.
POINTS_OF = {
    "sobol": "Sobol’ 1967; Owen 1995",
    "latin": "McKay, Beckman & Conover 1979, Technometrics 21(2)",
}


def certainty(found: Simulation, result: Result) -> list[str]:
    """What is drawn and what is not, in sentences."""
    stand = found.certainty
    said = [
        n_(
            "{count} of {all} measures has a cost with a range and is drawn.",
            "{count} of {all} measures have a cost with a range and are drawn.",
            len(stand.ranged),
            all=stand.measures,
        )
    ]
    if stand.certain:
        said.append(
            n_(
                "{count} has a cost without a range and is taken as certain as it stands.",
                "{count} have a cost without a range and are taken as certain as they stand.",
                len(stand.certain),
            )
        )
    if stand.lower_bounds:
        said.append(
            n_(
                "{count} is known only from below and stands at that bound: the gap is at least "
                "what is shown.",
                "{count} are known only from below and stand at that bound: the gap is at least "
                "what is shown.",
                len(stand.lower_bounds),
            )
        )
    if stand.unknown:
        said.append(
            n_(
                "{count} has no cost: it is unknown, not zero, and is in no outcome.",
                "{count} have no cost: they are unknown, not zero, and are in no outcome.",
                len(stand.unknown),
            )
        )
    if stand.drawn:
        said.append(
            n_(
                "{count} application succeeds or fails by its stated chance, by itself.",
                "{count} applications succeed or fail by their stated chances, each by itself.",
                stand.drawn,
            )
        )
    if stand.without_chance:
        said.append(
            n_(
                "{count} application has no stated chance and is not counted on.",
                "{count} applications have no stated chance and are not counted on.",
                stand.without_chance,
            )
        )
    if stand.left_out:
        said.append(
            n_(
                "{count} application is not counted in this reading.",
                "{count} applications are not counted in this reading.",
                stand.left_out,
            )
        )
    return said


def without_range(found: Simulation, result: Result) -> Table:
    """The measures that are not drawn, and why."""
    stand = found.certainty
    names = result.plan.tags["name"]
    cost = result.plan.need.mid.sum(axis=0)
    rows = [
        (str(names[measure]), why, write.mnkr(int(cost[measure])) if known else write.unknown())
        for why, measures, known in (
            (_("cost without a range"), stand.certain, True),
            (_("known only from below"), stand.lower_bounds, True),
            (_("cost unknown"), stand.unknown, False),
        )
        for measure in measures
    ]
    return Table(
        _("What has no range"),
        (_("Measure"), _("Why"), _("Investment need, MSEK")),
        rows,
        text=frozenset({1}),
    )


def assumed(settings: Settings, result: Result, stated: float) -> list[Term]:
    """What the draws rest on, with its source and status."""
    assumptions = result.assumptions()
    value = assumptions[CORRELATION].latest
    shared = (
        _("costs in the same sector")
        if settings.common == "sector"
        else _("all costs, whatever sector")
    )
    own = settings.correlation != stated
    rests_on = [
        Term(
            _name(result, CORRELATION),
            f"{write.number(settings.correlation, 1)}, {shared}",
            (
                _("chosen here; the assumption says {value}", value=write.number(stated, 1))
                if own
                else sourced.source(value),
                note(value),
            ),
            "" if own else sourced.mark(value),
        ),
        Term(_("Ranges"), _shape(settings)[0], (*_shape(settings)[1], _(HALFWAY))),
        Term(
            _("Draws"),
            _(
                "{count} evenly spread points ({kind}), seed {seed}: the same settings give the "
                "same digits",
                count=write.number(settings.draws),
                kind=_(drawing.SPREADS[settings.spread]),
                seed=str(settings.seed),
            ),
            (_(POINTS_OF[settings.spread]),),
        ),
        Term(
            _("Each outcome"),
            _("matched year by year by the rules of every other page, measure by measure"),
        ),
    ]
    for key, stated_path in (
        (PRICE_PATH, settings.price),
        (ENERGY_PATH, settings.energy),
        (INTEREST, settings.interest),
    ):
        if stated_path is not None:
            path = assumptions[key].latest
            rests_on.append(
                Term(
                    _name(result, key),
                    sourced.span(path, assumptions[key].unit),
                    (sourced.source(path), note(path)),
                    sourced.mark(path),
                )
            )
    return rests_on


def asked_for(result: Result, settings: Settings) -> list[str]:
    """What could be drawn if somebody said how uncertain it is."""
    missing = [
        _name(result, key)
        for key, stated in (
            (PRICE_PATH, settings.price),
            (ENERGY_PATH, settings.energy),
            (INTEREST, settings.interest),
        )
        if stated is None
    ]
    return [
        _(
            "{assumption}: nobody has stated a range, so it is held fixed. Enter low and high "
            "among the plan's own values under Measures.",
            assumption=each,
        )
        for each in missing
    ]


def effects_follow(settings: Settings, stated: float) -> str:
    """How effects move together."""
    if not settings.effect_correlation:
        return _(
            "Effects are drawn each by itself: how much they follow each other has nobody stated, "
            "and the more they do, the wider the range."
        )
    value = write.number(settings.effect_correlation, 1)
    if settings.effect_correlation != stated:
        return _("Effects follow each other with correlation {value}, chosen here.", value=value)
    return _("Effects follow each other with the stated correlation {value}.", value=value)


def held_fixed() -> list[str]:
    """What no draw changes."""
    return [
        _("Held fixed: appropriations as decided and planned, and grants that are granted."),
        _("Held fixed: when measures are carried out and taken in service, and whether they are."),
        _("Held fixed: the volumes behind changed running costs."),
        _(
            "Held fixed: emissions without the plan, and emission factors beyond the range of each "
            "effect."
        ),
        _(
            "Held fixed: carbon values and other unit values. They move benefits and "
            "profitability, neither of which is drawn here."
        ),
    ]


def _shape(settings: Settings) -> tuple[str, tuple[str, ...]]:
    """The range's distribution, and its formula with its source."""
    if settings.shape == "pert":
        return (
            _("PERT between low and high, likeliest at mid; all years of a measure together"),
            (
                _("mean = (low + 4 × likeliest + high) / 6"),
                _(
                    "beta distribution of 1 + 4 (likeliest − low) / (high − low) and "
                    "1 + 4 (high − likeliest) / (high − low)"
                ),
                "Malcolm, Roseboom, Clark & Fazar 1959, Operations Research 7(5)",
            ),
        )
    return (
        _("triangular between low and high, likeliest at mid; all years of a measure together"),
        (_("mean = (low + likeliest + high) / 3"),),
    )


def _name(result: Result, key: str) -> str:
    entry = result.assumptions()[key]
    return entry.name_en if language() == "en" else entry.name
