"""Uncertainty as data: what ``python -m model simulate --json`` answers, and its lines of text.

Amounts are exact kronor as text; shares and tonnes are numbers.
"""

from math import isnan

import numpy as np

from model.money import kronor_text
from model.quantiles import FAN
from model.report.emissions import shown_until
from model.results import Result
from model.uncertainty import Settings, Simulation, Tell
from model.worlds import Input
from model.years import year_label


def answer(
    result: Result,
    settings: Settings,
    limit: int,
    book: str = "municipality",
    tell: Tell | None = None,
) -> dict:
    """Everything of :meth:`Result.uncertainty`, with emissions and a book's operating impact.

    ``limit`` is the gap in öre, or below 0 for the central one, within which the share of the draws
    is told.
    """
    found = result.uncertainty(settings, tell)
    central, swings = result.swings(settings)
    limit = central if limit < 0 else limit
    stand = found.certainty
    ids = result.plan.tags["id"].tolist()
    return {
        "plan": result.plan.head.id,
        "scenario": result.scenario.id,
        "reading": settings.reading,
        "actor_group": settings.actor_group,
        "unit": "SEK",
        "draws": settings.draws,
        "seed": settings.seed,
        "correlation": settings.correlation,
        "common": settings.common,
        "effect_correlation": settings.effect_correlation,
        "shape": settings.shape,
        "points": settings.spread,
        "price_path": settings.price and settings.price._asdict(),
        "energy_price_path": settings.energy and settings.energy._asdict(),
        "interest": settings.interest and settings.interest._asdict(),
        "gap": {
            **_quantiles(found.of_total()),
            "mean_over_draws": kronor_text(found.mean),
            "central_case": kronor_text(central),
            "gap_of_expected_money": kronor_text(found.of_expected_money.sum()),
        },
        "within": {"limit": kronor_text(limit), "share": found.share_within(limit)},
        "years": [
            {
                "year": year_label(int(year)),
                **_quantiles(found.fan()[:, place]),
                "central_case": kronor_text(found.central[place]),
            }
            for place, year in enumerate(found.years)
        ],
        "emissions": _emissions(result, settings),
        "operating": _operating(result, settings, book),
        "swings": [
            {**named(result, swing.input), "low": kronor_text(swing.low)}
            | {"high": kronor_text(swing.high)}
            for swing in swings
        ],
        "variance_shares": [
            {**named(result, each.input), "share": each.share}
            for each in result.variance_shares(found)
        ],
        "convergence": _convergence(found),
        "measures": {
            "ranged": [ids[m] for m in stand.ranged],
            "certain_as_stated": [ids[m] for m in stand.certain],
            "only_lower_bound": [ids[m] for m in stand.lower_bounds],
            "unknown": [ids[m] for m in stand.unknown],
        },
        "applications": {
            "drawn": stand.drawn,
            "without_chance": stand.without_chance,
            "not_in_reading": stand.left_out,
        },
    }


def _emissions(result: Result, settings: Settings) -> dict | None:
    """What is left to emit, t a year, and how often targets are met; None without an inventory."""
    found, tonnes = result.emissions(), result.uncertain_tonnes(settings)
    if tonnes is None:
        return None
    path, until = found.path, found.path.at(shown_until(found)) + 1
    left = np.array([*tonnes.left(path.usual.total), path.planned()])
    names = (*_names(), "central_case")
    return {
        "gas": path.inventory.gas,
        "boundary": path.inventory.boundary,
        "unit": "t a year",
        "ranged": tonnes.ranged,
        "years": [
            {"year": int(path.years[row])}
            | {
                name: None if np.isnan(amount) else float(amount)
                for name, amount in zip(names, left[:, row], strict=True)
            }
            for row in range(until)
        ],
        "targets_met": [
            {
                "year": each.aim.year,
                "level": each.distance.level,
                "share": tonnes.share_meeting(path, each),
            }
            for each in found.comparable
        ],
    }


def _operating(result: Result, settings: Settings, book: str) -> dict:
    """What the measures make a book's result worse by, in kronor a year."""
    found = result.uncertain_operating(settings, book)
    return {
        "book": book,
        "draws": found.effect.shape[1],
        "years": [
            {
                "year": int(year),
                **_quantiles(found.fan()[:, place]),
                "central_case": kronor_text(found.central[place]),
            }
            for place, year in enumerate(found.years)
        ],
    }


def named(result: Result, each: Input) -> dict:
    """An input by its keys: kind, and measure, grant and sector where it has them."""
    plan = result.plan
    return {
        "input": each.kind,
        **({"measure": str(plan.tags["id"][each.measure])} if each.measure >= 0 else {}),
        **({"grant": str(plan.grants.id[each.line])} if each.line >= 0 else {}),
        **({"sector": each.group} if each.group else {}),
    }


def lines(found: dict) -> str:
    """The answer to be read in a terminal."""
    gap = found["gap"]
    head = [
        f"{found['plan']}, scenario {found['scenario']}, reading {found['reading']}, SEK",
        f"{found['draws']} draws ({found['points']}, {found['shape']}), seed {found['seed']}, "
        f"correlation {found['correlation']} ({found['common']}), "
        f"of effects {found['effect_correlation']}",
        f"gap in eight cases of ten {gap['p10']} to {gap['p90']}, median {gap['p50']}",
        f"mean over draws {gap['mean_over_draws']}, central case {gap['central_case']}, "
        f"gap of expected money {gap['gap_of_expected_money']}",
        f"at most {found['within']['limit']} in {found['within']['share']:.1%} of the draws",
    ]
    rows = [("", "p10", "p50", "p90", "central case")]
    rows += [
        (row["year"], row["p10"], row["p50"], row["p90"], row["central_case"])
        for row in found["years"]
    ]
    table = [f"{row[0]:8}" + "".join(f"{cell:>18}" for cell in row[1:]) for row in rows]
    aims = found["emissions"]["targets_met"] if found["emissions"] else []
    table += [f"target for {aim['year']} met in {aim['share']:.1%} of the draws" for aim in aims]
    last = found["operating"]["years"][-1:]
    table += [
        f"operating impact ({found['operating']['book']}) in {row['year']}: "
        f"{row['p10']} to {row['p90']}, median {row['p50']}"
        for row in last
    ]
    widest = [
        f"{_label(swing)}: {swing['low']} to {swing['high']}" for swing in found["swings"][:10]
    ]
    widest += [
        f"{_label(each)} explains {each['share']:.0%} of the variance by itself"
        for each in found["variance_shares"][:5]
    ]
    counts = {name: len(ids) for name, ids in found["measures"].items()}
    return "\n".join(
        [*head, *table, *widest, ", ".join(f"{n} {name}" for name, n in counts.items())]
    )


def _label(named_input: dict) -> str:
    keys = ("input", "measure", "grant", "sector")
    return " ".join(named_input[key] for key in keys if key in named_input)


def _names() -> list[str]:
    return [f"p{round(quantile * 100)}" for quantile in FAN]


def _quantiles(ore) -> dict[str, str]:
    return dict(zip(_names(), map(kronor_text, ore), strict=True))


def _convergence(found: Simulation) -> list[dict]:
    def told(amount: float, error: float) -> dict:
        # The error of few draws is not known.
        return {
            "amount": round(amount / 100, 2),
            "error": None if isnan(error) else round(error / 100, 2),
        }

    return [
        {"draws": each.draws, "mean": told(each.mean, each.mean_error)}
        | {
            name: told(*pair)
            for name, pair in zip(
                _names(), zip(each.fan, each.fan_errors, strict=True), strict=True
            )
        }
        for each in found.convergence()
    ]
