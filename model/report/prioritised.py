"""A choice of measures in words and as JSON: what is chosen, what is not and why, what more gives.

English stands here and Swedish in ``data/locale``.
"""

from collections.abc import Callable

from model.formatting import money, number, tonnes
from model.language import DEFAULT, Language, translate, translate_plural
from model.money import kronor_text
from model.optimise.answer import Answer
from model.optimise.explain import Explained, Out, explain
from model.optimise.goal import Goal
from model.optimise.margin import Margin, margins
from model.optimise.problem import Limit
from model.optimise.relax import Relaxation
from model.report import words

AIMS = {
    "most": "The most within a budget",
    "least_cost": "The least own money for what is to be reached",
    "smallest_gap": "The smallest gap for what is to be reached",
    "per_krona": "The most per krona of our own",
}
OF = {
    "tonnes_a_year": "Tonnes a year when all is done",
    "tonnes": "Tonnes until the last year",
    "benefit": "Benefit to society",
}
REASONS = {
    "no_cost": "No expenditure is stated",
    "no_effect": "No effect on emissions is stated",
    "once_only": "Its effect comes once, not every year",
    "unclear_effect": "Whether its effect comes every year is not said",
    "no_benefit": "Its benefit to society cannot be worked out yet",
    "never": "The goal leaves it out",
    "outside_years": "It pays outside the goal's years",
    "excluded": "{other} is chosen, which excludes it",
    "needs": "It needs {other}, which is not chosen",
    "no_room": "No room in {limits}",
    "nothing_more": "It gives nothing besides what is chosen",
    "not_needed": "The goal is reached without it",
    "less_per_krona": "It gives less per krona than the whole",
    "displaced": "It has room; the search ended before it was proven",
    "not_ours": "Other actors pay it",
    "split_unknown": "Nobody has said who pays what",
}
LIMITS = {
    "budget": "the budget of {year}",
    "total": "the budget of all years",
    "source": "what {key} gives",
    "source_year": "what {key} gives in {year}",
    "debt_ceiling": "the debt ceiling of {year}",
    "self_financing": "the self-financing of {year}",
    "capacity": "the capacity of {key}",
    "capacity_year": "the capacity of {key} in {year}",
    "minimum": "the least for {key}",
    "minimum_year": "the least for {key} in {year}",
    "reach": "what is to be reached",
}


def limit(of: Limit, language: Language = DEFAULT, plan=None) -> str:
    """A limit as a phrase: *2027 års budget*."""
    key = f"{of.kind}_year" if f"{of.kind}_year" in LIMITS and of.year else of.kind
    about = of.key
    if of.kind == "source":
        about = words.tag("source", of.key, language)
    elif of.tag:
        about = words.tag(of.tag, of.key, language, plan)
    return translate(LIMITS[key], language, year=of.year, key=about)


def reason(out: Out, answer: Answer, language: Language = DEFAULT) -> str:
    """Why a measure is not carried out."""
    plan = answer.options.plan
    names = dict(zip(plan.tags["id"].tolist(), plan.tags["name"].tolist(), strict=True))
    limits = ", ".join(dict.fromkeys(limit(each, language, plan) for each in out.limits))
    return translate(
        REASONS[out.reason], language, other=names.get(out.other, out.other), limits=limits
    )


def amount(value: float | None, goal: Goal, language: Language = DEFAULT) -> str:
    """So much of what the goal counts: tonnes, tonnes a year, or kronor of benefit."""
    if goal.of == "benefit":
        return money(None if value is None else round(value * 100), language=language)
    return tonnes(value, language=language)


def limited(of: Limit, value: float, goal: Goal, language: Language = DEFAULT) -> str:
    """So much of what a limit is about: money, measures, or what the goal counts."""
    if of.money:
        return money(round(value), zero="0", language=language)
    if of.counted == "measures":
        return translate_plural("{count} measure", "{count} measures", round(value), language)
    return amount(value, goal, language)


def margin(of: Margin, answer: Answer, language: Language = DEFAULT) -> str:
    """``En miljon till 2027 ger 410 t mer.``"""
    goal = answer.goal

    def say(text: str, **fields: object) -> str:
        return translate(text, language, **fields)

    def gained(value: float) -> str:
        if goal.aim == "most":
            return say("gives {amount} more", amount=amount(value, goal, language))
        return say("saves {amount}", amount=money(round(value), language=language))

    if of.limit.kind == "reach":
        step = amount(of.step, goal, language)
        return say("{amount} less to reach {gains}.", amount=step, gains=gained(of.gain))
    where = limit(of.limit, language, answer.options.plan)
    if of.limit.kind == "minimum":
        return _less(of, where, gained, answer, language)
    step = money(round(of.step), language=language)
    fields = {"amount": step, "limit": where}
    if of.rough:
        return say("{amount} more in {limit} {gains}, roughly.", **fields, gains=gained(of.gain))
    if of.gain:
        return say("{amount} more in {limit} {gains}.", **fields, gains=gained(of.gain))
    if of.next_step is None:
        return say("{amount} more in {limit} changes nothing.", **fields)
    return say(
        "{amount} more in {limit} changes nothing; {first} more {gains}.",
        **fields,
        first=money(-int(-of.next_step // 1), language=language),
        gains=gained(of.next_gain),
    )


def _less(
    of: Margin, where: str, gained: Callable[[float], str], answer: Answer, language: Language
) -> str:
    """``Med 1,0 mnkr lägre krav i det minsta för Centrum fås 410 t mer.``"""

    def say(text: str, **fields: object) -> str:
        return translate(text, language, limit=where, **fields)

    def measured(value: float) -> str:
        return limited(of.limit, value, answer.goal, language)

    step = measured(of.step)
    if of.rough:
        text = say("{amount} less in {limit} {gains}, roughly.", amount=step, gains=gained(of.gain))
    elif of.gain:
        text = say("{amount} less in {limit} {gains}.", amount=step, gains=gained(of.gain))
    elif of.next_step is None:
        text = say("{amount} less in {limit} changes nothing.", amount=step)
    else:
        text = say(
            "{amount} less in {limit} changes nothing; {first} less {gains}.",
            amount=step,
            first=measured(of.next_step),
            gains=gained(of.next_gain),
        )
    return text


def relaxation(of: Relaxation, answer: Answer, language: Language = DEFAULT) -> str:
    """One way out: what must be moved, from what to what."""
    goal, plan = answer.goal, answer.options.plan

    said = [
        translate(
            "{limit}: {wanted} becomes {needed}",
            language,
            limit=limit(each, language, plan),
            wanted=limited(each, wanted, goal, language),
            needed=limited(each, needed, goal, language),
        )
        for each, wanted, needed in of.moved
    ]
    text = "; ".join(said)
    return text[:1].upper() + text[1:]


def surely(answer: Answer, language: Language = DEFAULT) -> str:
    """How sure it is that nothing is better."""
    if answer.proven and answer.distance == 0 and len(answer.options.measure) <= 400:
        return translate("No choice is better: that is proven", language)
    if answer.distance != answer.distance or answer.distance > 10:
        return translate("The best found in the time there was", language)
    share = number(max(answer.distance, 1e-4) * 100, 2, language=language)
    if answer.proven:
        return translate("No choice is more than {share}% better: proven", language, share=share)
    return translate(
        "The best found in the time there was; none is more than {share}% better",
        language,
        share=share,
    )


def document(answer: Answer, more: tuple[Margin, ...] | None = None) -> dict:
    """The whole answer as JSON: amounts as decimal strings in kronor."""
    said = explain(answer)
    more = margins(answer) if more is None else more
    ids = answer.options.plan.tags["id"]
    found = answer.figures
    return {
        "goal": goal_json(answer.goal),
        "unit": "SEK",
        "met": answer.choice is not None,
        "proven": answer.proven,
        "distance": None if answer.distance != answer.distance else answer.distance,
        "seconds": round(answer.seconds, 3),
        "value": None if found is None else round(found.value, 6),
        "own_money": None if found is None else kronor_text(found.cost),
        "by_year": [] if found is None else _by_year(answer),
        "chosen": [
            {
                "measure": str(ids[each.place]),
                "delay": each.delay,
                "starts": each.starts or None,
                "own_money": kronor_text(each.own),
                "gives": each.gives,
                "held": each.held,
                "needed_for": [_limit_json(of) for of in each.needed_for],
            }
            for each in said.chosen
        ],
        "not_prioritised": [_out(each, answer) for each in said.left_out],
        "limits": _uses(said),
        "margins": [
            {
                "limit": each.limit.kind,
                "tag": each.limit.tag,
                "key": each.limit.key,
                "year": each.limit.year or None,
                "step": each.step,
                "gain": each.gain,
                "next_step": each.next_step,
                "next_gain": each.next_gain,
                "rough": each.rough,
                "said": margin(each, answer, "en"),
            }
            for each in more
        ],
        "list": {
            "value": round(answer.list_figures.value, 6),
            "own_money": kronor_text(answer.list_figures.cost),
            "keeps_to_the_goal": answer.list_keeps,
        },
        "relaxations": [relaxation(each, answer, "en") for each in answer.relaxations],
        "contradiction": answer.contradiction,
        "adjustments": [each.model_dump(mode="json") for each in answer.adjustments],
    }


def goal_json(goal: Goal) -> dict:
    """What was asked."""
    return {
        "aim": goal.aim,
        "of": goal.of,
        "first": goal.first,
        "last": goal.last,
        "at_least": goal.at_least,
        "budget": {str(year): kronor_text(most) for year, most in goal.budget},
        "total": None if goal.total is None else kronor_text(goal.total),
        "level": goal.level,
        "reading": goal.reading,
        "unclear": goal.unclear,
    }


def lines(answer: dict) -> str:
    """The JSON answer to be read on a screen."""
    goal = answer["goal"]
    said = [f"{goal['aim']} of {goal['of']}, {goal['first']}-{goal['last']}, SEK"]
    if not answer["met"]:
        said.append("nothing keeps to all of it")
        if answer["contradiction"]:
            said.append("what it demands contradicts itself")
        said += [f"  {each}" for each in answer["relaxations"]]
        return "\n".join(said)
    proof = "proven best" if answer["proven"] else "best found in time"
    said.append(f"{answer['value']:g} for {answer['own_money']} of own money, {proof}")
    for each in answer["chosen"]:
        gives = "unknown" if each["gives"] is None else f"{each['gives']:g}"
        late = f", {each['delay']} years later" if each["delay"] else ""
        said.append(f"  + {each['measure']:<32}{each['own_money']:>20}{gives:>12}{late}")
    for each in answer["not_prioritised"]:
        lost = "unknown" if each["lost"] is None else f"{each['lost']:g}"
        own = each["own_money"] or "unknown"
        said.append(f"  - {each['measure']:<32}{own:>20}{lost:>12}  {each['said']}")
    said += [each["said"] for each in answer["margins"]]
    listed = answer["list"]
    said.append(f"a sorted list gives {listed['value']:g} for {listed['own_money']}")
    return "\n".join(said)


def _by_year(answer: Answer) -> list[dict]:
    return [
        {"year": int(year), "own_money": kronor_text(own), "gap": kronor_text(gap)}
        for year, own, gap in zip(
            answer.options.years, answer.figures.own, answer.figures.gap, strict=True
        )
    ]


def _out(each: Out, answer: Answer) -> dict:
    return {
        "measure": str(answer.options.plan.tags["id"][each.place]),
        "need": None if each.need is None else kronor_text(each.need),
        "own_money": None if each.own is None else kronor_text(each.own),
        "lost": each.lost,
        "reason": each.reason,
        "other": each.other,
        "limits": [_limit_json(of) for of in each.limits],
        "said": reason(each, answer, "en"),
    }


def _limit_json(of: Limit) -> dict:
    return {"kind": of.kind, "tag": of.tag, "key": of.key, "year": of.year or None}


def _uses(said: Explained) -> list[dict]:
    def figure(of: Limit, value: float):
        if value in (float("inf"), float("-inf")):
            return None
        return kronor_text(round(value)) if of.money else round(float(value), 6)

    return [
        {
            **_limit_json(use.limit),
            "counted": "SEK" if use.limit.money else use.limit.counted,
            "used": figure(use.limit, use.used),
            "least": figure(use.limit, use.limit.least),
            "most": figure(use.limit, use.limit.most),
            "binds": use.binds,
        }
        for use in said.uses
    ]
