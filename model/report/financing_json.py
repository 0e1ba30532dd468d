"""The financing of a plan for machines: amounts are kronor as text, null where not known."""

from decimal import Decimal
from fractions import Fraction

from model.financing import Line, capacity_lines, lines
from model.loans import ladder
from model.money import kronor_text
from model.report import financing as words
from model.results import Result

Amount = int | None


def document(result: Result, reading: str, level: str, basis: str, shift: Decimal) -> dict:
    """Finansieringsanalys, capacity, targets, loans, the group's eliminations, fee economies and
    other actors, of one level and reading."""
    analysis = result.financing(level, reading, basis, shift)
    whole = result.financing(level, reading, "need", shift)
    years = [year.year for year in analysis.years]
    return {
        "plan": result.plan.head.id,
        "scenario": result.scenario.id,
        "reading": reading,
        "level": level,
        "basis": basis,
        "interest_shift": str(shift),
        "unit": "SEK",
        "years": years,
        "answer": words.answer(analysis, "en"),
        "rows": [_line(line, years) for line in lines(analysis)],
        "capacity": [_line(line, years) for line in capacity_lines(whole)],
        "interest": {str(year.year): _kronor(year.interest) for year in analysis.years},
        "targets": [
            {
                "kind": each.target.kind,
                "limit": str(each.target.limit),
                "broken_from": each.breach.year if each.breach else None,
                "off": _off(each.target.kind, each.breach.off) if each.breach else None,
                "unknown": list(each.unknown),
            }
            for each in result.financial_targets(level, reading, basis, shift)
        ],
        "loans": [{"id": plan.loan.id, "missing": list(plan.missing)} for plan in result.loans()],
        "maturities": [
            {
                "year": each.year,
                "opening": _kronor(each.opening),
                "amortisation": _kronor(each.amortisation),
                "due": _kronor(each.due),
                "refinanced": _kronor(each.refinanced),
                "interest": _kronor(each.interest),
            }
            for each in ladder(result.loans(), years)
        ],
        "eliminated": [
            {"year": each.year}
            | {
                kind: _kronor(getattr(each, kind))
                for kind in ("lending", "contribution", "rent", "interest")
            }
            for each in result.eliminated()
        ],
        "fees": [_economy(each) for each in result.fees(reading)],
        "other_actors": _others(result, reading),
    }


def _line(line: Line, years: list[int]) -> dict:
    def text(value: int | Fraction | None) -> str | None:
        if isinstance(value, Fraction):
            return f"{words.decimal(value):.6f}"
        return _kronor(value)

    values = {str(year): text(value) for year, value in zip(years, line.values, strict=True)}
    return {"key": line.key, "sign": line.sign, "values": values, "total": _kronor(line.total)}


def _economy(economy) -> dict:
    return {
        "form": economy.form,
        "per_customer_full_year": _kronor(economy.per_customer),
        "incomplete": len(economy.incomplete),
        "years": [
            {
                "year": year.year,
                "customers": year.customers,
                "measures": _kronor(year.measures.total),
                "per_customer": _kronor(year.per_customer),
                "closing_surplus": _kronor(year.closing_surplus),
                "tax_effect": _kronor(year.tax_effect),
            }
            for year in economy.years
        ],
    }


def _others(result: Result, reading: str) -> dict:
    found = result.other_actors(reading)
    share = found.share
    return {
        "owners": [
            {
                "owner": each.owner,
                "need": _kronor(each.need),
                "support": _kronor(each.support),
                "profitability_gap": _kronor(each.gap),
                "unknown": each.unknown,
            }
            for each in found.owners
        ],
        "flows": [
            {
                "owner": flow.owner,
                "payer": flow.payer,
                "beneficiaries": list(flow.beneficiaries),
                "amount": _kronor(flow.amount),
            }
            for flow in found.flows
        ],
        "private_share": {
            "low": None if share.low is None else f"{words.decimal(share.low):.6f}",
            "high": None if share.high is None else f"{words.decimal(share.high):.6f}",
        },
    }


def _off(kind: str, off: Fraction) -> str:
    shown = off / 100 if kind in ("debt", "debt_per_resident") else off
    return f"{words.decimal(shown):.6f}"


def _kronor(amount: Amount) -> str | None:
    return None if amount is None else kronor_text(amount)
