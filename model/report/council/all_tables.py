"""Every table of the council for one view, by key, made when it is asked for."""

from collections.abc import Callable
from functools import partial

from model import records
from model.language import DEFAULT, Language
from model.report.council.changes import changes_since
from model.report.council.decisions import decisions_and_money
from model.report.council.financing_table import financing_table
from model.report.council.grant_days import grant_days
from model.report.council.grid import Grid
from model.report.council.investment_plan import investment_plan
from model.report.council.not_prioritised import not_prioritised
from model.report.council.operating_impact import operating_impact
from model.report.council.readiness import decision_status
from model.results import Result


def all_tables(
    result: Result, reading: str, language: Language = DEFAULT, since: int | None = None
) -> dict[str, Callable[[], Grid]]:
    """The tables in the order in which they are shown.

    ``since`` is the version that changes are told from; the one before by default.
    """
    return {
        "plan": partial(investment_plan, result, reading, language),
        "decisions": partial(decisions_and_money, result, reading, language),
        "financing": lambda: financing_table(result.financing("municipality", reading), language),
        "operating": partial(operating_impact, result, reading, "municipality", language=language),
        "changes": partial(_changes, result, language, since),
        "below": partial(not_prioritised, result, language),
        "grants": partial(grant_days, result, language),
        "status": partial(decision_status, result, reading, language),
    }


def versions_before(result: Result) -> list[int]:
    """The versions that the plan has been at before the result's, the latest first."""
    history = records.history(result.base.head.id, store=result.store)
    return [entry.version for entry in history if entry.version < result.base.version]


def _changes(result: Result, language: Language, since: int | None) -> Grid:
    """What differs from an earlier version; nothing where there is none."""
    earlier = versions_before(result)
    if since is None:
        since = earlier[0] if earlier else result.base.version
    old = records.document_at(result.base.head.id, since, result.store)
    return changes_since({m.id: m for m in old.measures}, result.measures(), language)
