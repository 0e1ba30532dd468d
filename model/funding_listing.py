"""The rules of funding as a program reads them: findings, suggestions and the grant calendar."""

from datetime import date

from model.errors import Violation
from model.funding_findings import Finding
from model.funding_suggestions import Suggestion
from model.grant_calendar import Entry
from model.money import kronor_text
from model.results import Result


def listed(result: Result, today: date | None = None) -> dict:
    """Everything as plain values; amounts in kronor as text, None where not known."""
    findings = result.rule_findings()
    return {
        "plan": result.plan.head.id,
        "scenario": result.scenario.id,
        "unit": "SEK",
        "grants": len(result.plan.grants.id),
        "breaking": len({(each.measure, each.grant) for each in findings if each.breaks}),
        "findings": [_finding(each) for each in findings],
        "suggestions": [_suggestion(each) for each in result.suggestions(today)],
        "calendar": [_entry(each) for each in result.grant_calendar(today)],
    }


def _finding(found: Finding) -> dict:
    rule = found.rule
    return {
        **_violation(found.violation),
        "measure": found.measure,
        "grant": found.grant,
        "source": found.source,
        "status": found.status,
        "found": _amount(found.found),
        "maximum": _amount(found.maximum),
        "rule": {
            "paragraph": rule.paragraph,
            "text": rule.text,
            "text_en": rule.text_en,
            "source": rule.source,
            "source_ref": rule.source_ref,
            "verified": rule.verified,
        },
    }


def _suggestion(each: Suggestion) -> dict:
    return {
        "measure": each.measure,
        "source": each.source,
        "amount": _amount(each.amount),
        "uncovered": kronor_text(each.uncovered),
        "share": None if each.share is None else str(each.share),
        "base": each.base,
        "capped_by_state_aid": each.capped,
        "verified": each.verified,
        "kg_per_krona": None if each.kg_per_krona is None else str(each.kg_per_krona),
        "conditions": [rule.text for rule in each.conditions],
    }


def _entry(each: Entry) -> dict:
    return {
        "measure": each.measure,
        "grant": each.grant,
        "source": each.source,
        "status": each.status,
        "amount": kronor_text(each.amount),
        "apply_by": each.apply_by,
        "applied_on": each.applied_on,
        "decided_on": each.decided_on,
        "last_claim": each.last_claim,
        "final_report": each.final_report,
        "risks": [_violation(risk) for risk in each.risks],
    }


def _violation(found: Violation) -> dict:
    return {
        "severity": found.severity,
        "code": found.code,
        "ref": found.ref,
        "message": found.message,
    }


def _amount(ore: int | None) -> str | None:
    return None if ore is None else kronor_text(ore)
