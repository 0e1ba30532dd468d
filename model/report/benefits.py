"""Benefits as data: what ``python -m model benefits --json`` answers, and its lines of text.

Amounts are real kronor, numbers to compare by and nothing that is booked; what is not known is
``null`` with what is asked for.
"""

from model.benefits import Benefits, ValuedBenefit
from model.emissions import Span
from model.money import kronor_text
from model.results import Result

FIGURES = ("yearly", "present", "undiscounted")


def answer(result: Result, preferred: tuple[str, ...] = (), *, together: bool = False) -> dict:
    """Everything of :meth:`Result.benefits`, costs against benefits, and who pays and gains."""
    found = result.benefits(preferred)
    ids = result.plan.tags["id"].tolist()
    balance = result.benefit_balance(preferred)
    cash = result.cash()
    return {
        "plan": result.plan.head.id,
        "scenario": result.scenario.id,
        "unit": "SEK",
        "rate": found.rate,
        "base_year": result.plan.head.base_year,
        "years": found.years.tolist(),
        "range": "together" if together else "independent",
        "benefits": [_benefit(each, found, ids) for each in found],
        "society": _sums(found, found.of(kind="society"), together),
        "cash": {
            "priced": _sums(found, found.of(kind="cash"), together),
            "running_cost": None
            if cash is None
            else {"year": cash.year, "amount": kronor_text(cash.amount)},
        },
        "by_beneficiary": {
            who: _sums(found, found.of(beneficiary=who), together)
            for who in dict.fromkeys(each.benefit.beneficiary for each in found.added)
        },
        "drivers": [
            {"kind": each.kind, "key": each.key, "low": each.low, "high": each.high}
            for each in found.drivers(found.of(kind="society"))
        ],
        "balance": {
            "investment": balance.investment,
            "running": balance.running,
            "benefits": dict(balance.benefits),
            "net": balance.net,
            "measures": balance.measures,
            "all_measures": balance.all_measures,
        },
        "payers": [
            {
                "owner": each.owner,
                "invests": each.invests,
                "gains": dict(each.gains),
                "measures_without_cost": each.without_cost,
            }
            for each in result.payers(preferred)
        ],
        "asked": {
            key: [each.benefit.key for each in waiting] for key, waiting in found.asked().items()
        },
        "without_year": [ids[place] for place in found.without_year],
        "without_lifetime": [ids[place] for place in found.without_life],
    }


def lines(said: dict) -> str:
    """The answer for a reader at a terminal."""
    rows = [
        f"{said['plan']}, scenario {said['scenario']}, rate {said['rate']:.4f}, SEK, "
        f"range {said['range']}",
        f"{'':32}{'a year':>16}{'low':>16}{'present value':>16}{'high':>16}  state",
    ]
    for each in said["benefits"]:
        counted = each["counted"]
        cells = (
            [f"{counted['yearly']['mid']:>16.0f}"]
            + [f"{counted['present'][level]:>16.0f}" for level in ("low", "mid", "high")]
            if counted
            else [f"{'unknown':>16}"] * 4
        )
        price = f", {each['price_year']} prices" if each["price_year"] else ""
        asked = f", asks for {', '.join(each['asked'])}" if each["asked"] else ""
        state = each["state"] + (", not added" if counted and not each["added"] else "")
        rows.append(f"{each['key']:32}{''.join(cells)}  {state}{price}{asked}")
    whole = said["society"]
    rows.append(
        f"{'value to society':32}{whole['yearly']['mid']:>16.0f}"
        + "".join(f"{whole['present'][level]:>16.0f}" for level in ("low", "mid", "high"))
    )
    rows += [
        "",
        *(
            f"{each['key']:32}{each['low']:>16.0f} to {each['high']:.0f}"
            for each in said["drivers"]
        ),
    ]
    rows += [
        "",
        f"{'investment':32}{said['balance']['investment']:>16.0f}",
        f"{'running cost':32}{said['balance']['running']:>16.0f}",
        *(f"{key:32}{value:>16.0f}" for key, value in said["balance"]["benefits"].items()),
        f"{'net':32}{said['balance']['net']:>16.0f}  {said['balance']['measures']} of "
        f"{said['balance']['all_measures']} measures",
    ]
    return "\n".join(rows)


def _benefit(each: ValuedBenefit, found: Benefits, ids: list[str]) -> dict:
    price = each.price
    return {
        "key": each.benefit.key,
        "state": each.state,
        "added": each.adds,
        "kind": each.benefit.kind,
        "beneficiary": each.benefit.beneficiary,
        "method": each.benefit.method,
        "indicator": each.benefit.indicator,
        "assumptions": dict(each.benefit.assumptions),
        "price": None
        if price is None or price.levels is None
        else dict(zip(("low", "mid", "high"), price.levels[:, found.last].tolist(), strict=True)),
        "price_year": price.price_year if price else None,
        "converted": bool(price and price.converted),
        "asked": list(price.asked) if price else [],
        "worth": _worths(each, each.worth),
        "counted": _worths(each, each.counted),
        "by_year": None if each.counted is None else each.counted.by_year[1].tolist(),
        "measures": [
            {"id": ids[place], "present": present} for place, present in found.measures(each)
        ],
        "reason": each.benefit.reason,
        "source": each.benefit.source,
        "status": each.benefit.status,
    }


def _worths(each: ValuedBenefit, worth) -> dict | None:
    return worth and {name: _span(each.span(name, worth)) for name in FIGURES}


def _sums(found: Benefits, chosen, together: bool) -> dict:
    return {name: _span(found.total(chosen, name, together=together)) for name in FIGURES}


def _span(span: Span) -> dict:
    return {"low": span.low, "mid": span.mid, "high": span.high, "from_below": span.from_below}
