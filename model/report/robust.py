"""The robust choice and the trade-off in words and as JSON.

English stands here and Swedish in ``data/locale``.
"""

import numpy as np

from model.formatting import percent
from model.language import DEFAULT, Language, translate
from model.money import kronor_text
from model.optimise.frontier import Frontier
from model.optimise.robust import Driver, Hangs, Part, Robust
from model.plan import Plan
from model.quantiles import quantiles_of
from model.report import words
from model.report.prioritised import goal_json

KINDS = {
    "held": "Has begun or must be carried out",
    "no_regret": "No-regret: good however it turns out",
    "hangs": "Hangs on one thing",
    "several": "Hangs on several things together",
    "rarely": "Rarely among the best",
    "never": "Never among the best",
}
# What it is that a measure hangs on, its own and another's, and what high and low of it are called.
DRIVERS = {
    "price": ("how prices rise", "how prices rise"),
    "cost": ("its own cost", "the cost of {measure}"),
    "effect": ("its own effect", "the effect of {measure}"),
    "application": ("its grant from {source}", "the grant from {source} to {measure}"),
}
ENDS = {
    "application": "{high} of the draws with it, {low} without",
    "price": "{high} of the draws if they rise more, {low} if less",
    "cost": "{high} of the draws if it is high, {low} if low",
    "effect": "{high} of the draws if it is high, {low} if low",
}
QUANTILES, ENDS_OF = (0.1, 0.5, 0.9), ("p10", "p50", "p90")


def driver(of: Driver, plan: Plan, place: int = -1, language: Language = DEFAULT) -> str:
    """Something that is drawn, as a phrase; as its own where it is about the measure ``place``."""
    own, others = DRIVERS[of.kind]
    names = plan.tags["name"]
    source = ""
    if of.kind == "application":
        source = words.tag("source", str(plan.grants.source[of.line]), language)
    return translate(
        own if of.measure == place else others,
        language,
        measure=str(names[of.measure]) if of.measure >= 0 else "",
        source=source,
    )


def hangs_on(of: Hangs, plan: Plan, place: int, language: Language = DEFAULT) -> str:
    """``bidraget från Klimatklivet till X: 98 % av utfallen med det, 12 % utan``."""
    ends = translate(
        ENDS[of.driver.kind],
        language,
        high=percent(of.high, language=language),
        low=percent(of.low, language=language),
    )
    return f"{driver(of.driver, plan, place, language)}: {ends}"


def why(part: Part, plan: Plan, language: Language = DEFAULT) -> str:
    """What a measure's part of the good choices hangs on."""
    if part.hangs is None:
        return translate(KINDS[part.kind], language)
    said = hangs_on(part.hangs, plan, part.place, language)
    return said[:1].upper() + said[1:]


def spread(values: np.ndarray) -> tuple[float, float, float]:
    """P10, P50 and P90."""
    low, mid, high = quantiles_of(values, QUANTILES)
    return low, mid, high


def document(found: Robust) -> dict:
    """The robust choice as JSON: amounts as decimal strings in kronor, ``share`` of the draws in
    which something keeps to the goal."""
    plan, met = found.options.plan, found.met
    ids = plan.tags["id"]
    value = spread(found.value[met]) if met.any() else ()
    cost = spread(found.cost[met]) if met.any() else ()
    return {
        "goal": goal_json(found.goal),
        "unit": "SEK",
        "draws": found.settings.draws,
        "seed": found.settings.seed,
        "met": int(met.sum()),
        "unproven": found.unproven,
        "value": dict(zip(ENDS_OF, (round(float(v), 6) for v in value), strict=False)),
        "own_money": dict(zip(ENDS_OF, (kronor_text(int(v)) for v in cost), strict=False)),
        "measures": [
            {
                "measure": str(ids[part.place]),
                "share": round(part.share, 6),
                "kind": part.kind,
                "hangs_on": part.hangs and _driver_json(part.hangs, plan),
                "said": why(part, plan, "en"),
            }
            for part in found.parts
        ],
    }


def lines(answer: dict) -> str:
    """That to be read on a screen."""
    goal = answer["goal"]
    said = [
        f"{goal['aim']} of {goal['of']}, {goal['first']}-{goal['last']}, in {answer['draws']} "
        f"draws; {answer['met']} of them keep to the goal"
    ]
    if answer["unproven"]:
        said.append(f"in {answer['unproven']} the best found in time")
    if answer["met"]:
        value, own = answer["value"], answer["own_money"]
        said.append(f"P10 {value['p10']:g}, P50 {value['p50']:g}, P90 {value['p90']:g}")
        said.append(f"own money P10 {own['p10']}, P50 {own['p50']}, P90 {own['p90']} SEK")
    said += [
        f"  {each['share']:>6.1%}  {each['measure']:<32}{each['said']}"
        for each in answer["measures"]
    ]
    return "\n".join(said)


def curve(found: Frontier) -> dict:
    """The trade-off as JSON: every point with its measures, and what the step to it adds."""
    ids = found.options.plan.tags["id"]
    points = [
        {
            "value": round(point.value, 6),
            "own_money": kronor_text(point.cost),
            "proven": point.proven,
            "chosen": ids[point.carried].tolist(),
            "added": ids[found.added(place)].tolist(),
            "dropped": ids[found.dropped(place)].tolist(),
        }
        for place, point in enumerate(found.points)
    ]
    return {"goal": goal_json(found.goal), "unit": "SEK", "points": points}


def curve_lines(answer: dict) -> str:
    """That to be read on a screen."""
    goal = answer["goal"]
    said = [f"the least own money for ever more {goal['of']}, {goal['first']}-{goal['last']}, SEK"]
    if not answer["points"]:
        said.append("nothing keeps to the other limits")
    for point in answer["points"]:
        sure = "" if point["proven"] else "  best found in time"
        change = [f"+{key}" for key in point["added"]] + [f"-{key}" for key in point["dropped"]]
        said.append(
            f"  {point['value']:>14g}{point['own_money']:>20}{sure}  {' '.join(change)}".rstrip()
        )
    return "\n".join(said)


def _driver_json(of: Hangs, plan: Plan) -> dict:
    driver_ = of.driver
    return {
        "kind": driver_.kind,
        "measure": None if driver_.measure < 0 else str(plan.tags["id"][driver_.measure]),
        "source": None if driver_.line < 0 else str(plan.grants.source[driver_.line]),
        "share_high": round(of.high, 6),
        "share_low": round(of.low, 6),
    }
