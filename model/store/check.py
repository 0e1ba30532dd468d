"""``check``: everything about a store that can be verified without asking a person.

The journal's chain, the watermark, the audits (queries in ``sql/audit`` that must return no rows),
the tables against the journal that tells how they came about, the plans' rows against the rules and
the reference data, the breakdowns against their totals, and the matching of money to need against a
second implementation in SQL.
"""

import numpy as np

from model.errors import StoreUnavailable, Violation
from model.plan import Plan
from model.readings import Outcome, read
from model.reference import reference
from model.rows import PlanDocument
from model.store import documents, journal, watermark
from model.store import read as stored
from model.store.breakdowns import BREAKDOWNS, relations
from model.store.connection import Store
from model.store.queries import SQL, query
from model.store.tables import PLAN_LISTS, Cursor
from model.validate import validate_document
from model.years import year_label

# The readings that the second implementation knows: those without chance.
MATCHED = ("secured", "planned")


def check(store: Store) -> list[Violation]:
    """Every finding, none when all is well. Reads one state of the store and changes nothing."""
    with store.read() as cursor:
        found = [*_watermark(cursor, store), *journal.violations(cursor), *_audits(cursor)]
        if found:
            # What rests on unsound tables would only repeat what is wrong with them.
            return found
        for plan_id in _plan_ids(cursor):
            document, _ = documents.read_document(cursor, plan_id)
            found += _against_journal(cursor, document)
            found += _errors(document)
            plan = stored.plan(cursor, plan_id)
            for reading in MATCHED:
                outcome = read(plan, reading)
                found += compare_matching(cursor, plan, reading, outcome)
                found += _breakdowns(cursor, plan, reading, outcome)
        return found


def gap_by_windows(cursor: Cursor) -> dict[str, np.ndarray]:
    """The gap by the second implementation: columns measure, year and gap (öre).

    It reads the relation ``money``, registered on the cursor, as ``sql/check/matching.sql`` says.
    """
    return cursor.execute(query("check/matching")).fetchnumpy()


def _watermark(cursor: Cursor, store: Store) -> list[Violation]:
    if store.path is None:
        return []
    try:
        watermark.verify(cursor, store.path)
    except StoreUnavailable as error:
        return [Violation("error", "watermark", str(store.path), error.template, error.fields)]
    return []


def _audits(cursor: Cursor) -> list[Violation]:
    """One violation per row that an audit returns; its file says the rule and the message."""
    found = []
    for file in sorted((SQL / "audit").glob("*.sql")):
        sql = query(f"audit/{file.stem}")
        template = says(sql)
        rows = cursor.execute(sql)
        names = [column[0] for column in rows.description]
        for row in rows.fetchall():
            fields = dict(zip(names, row, strict=True))
            found.append(Violation("error", file.stem, fields.pop("ref"), template, fields))
    return found


def says(sql: str) -> str:
    """The message template in an audit's comment."""
    (line,) = (line for line in sql.splitlines() if line.startswith("-- Says: "))
    return line.removeprefix("-- Says: ")


def _plan_ids(cursor: Cursor) -> list[str]:
    rows = cursor.execute("SELECT plan_id FROM plan ORDER BY position, plan_id").fetchall()
    return [plan_id for (plan_id,) in rows]


def _against_journal(cursor: Cursor, document: PlanDocument) -> list[Violation]:
    """The plan in the tables is the one that its journal entries make."""
    told = journal.told(journal.entries(cursor, document.plan.id))
    from_journal, from_tables = (_parts(each) for each in (told, document))
    return [
        Violation(
            "error",
            "differs_from_journal",
            f"{document.plan.id}/{part}",
            "This was changed outside Klimatinvest: the tables differ from what the journal tells.",
        )
        for part in sorted(from_journal | from_tables)
        if from_journal.get(part) != from_tables.get(part)
    ]


def _parts(document: PlanDocument) -> dict[str, object]:
    """What the journal tells of one by one. Its measures have no order."""
    parts: dict[str, object] = {measure.id: measure for measure in document.measures}
    lists = {f"({name})": getattr(document, name) for name in PLAN_LISTS}
    return parts | {"(plan)": document.plan} | lists


def _errors(document: PlanDocument) -> list[Violation]:
    found = validate_document(document, reference())
    return [violation for violation in found if violation.severity == "error"]


def compare_matching(cursor: Cursor, plan: Plan, reading: str, outcome: Outcome) -> list[Violation]:
    """The kernel's gap is that of the second implementation, to the öre."""
    bound = {"plan": plan.head.id, "reading": reading}
    cursor.register("money", cursor.execute(query("check/money"), bound).to_arrow_table())
    rows = gap_by_windows(cursor)
    cursor.unregister("money")
    second = {
        (measure, year): gap
        for measure, year, gap in zip(*(rows[name].tolist() for name in rows), strict=True)
        if gap
    }
    year, measure = np.nonzero(outcome.gap)
    places = zip(measure.tolist(), plan.years[year].tolist(), strict=True)
    first = dict(zip(places, outcome.gap[year, measure].tolist(), strict=True))
    differing = sorted(key for key in first | second if first.get(key) != second.get(key))
    if not differing:
        return []
    measure, year = differing[0]
    return [
        Violation(
            "error",
            "matching",
            f"{plan.head.id}/{plan.tags['id'][measure]}/{year_label(year)}",
            "In the reading {reading} the two ways to match money to need differ in {count} "
            "places: here the gap is {kernel} öre by the kernel and {windows} by the query.",
            {
                "reading": reading,
                "count": len(differing),
                "kernel": first.get((measure, year), 0),
                "windows": second.get((measure, year), 0),
            },
        )
    ]


def _breakdowns(cursor: Cursor, plan: Plan, reading: str, outcome: Outcome) -> list[Violation]:
    """Need = covered + gap, and every breakdown adds up to the same totals."""
    related = relations(plan, outcome)
    need, gap = int(outcome.need.sum()), int(outcome.gap.sum())
    found = []
    for by in BREAKDOWNS:
        rows = related.gap_rows(cursor, by)
        covers = related.cover_rows(cursor, by)
        sums = [sum(getattr(row, name) for row in rows) for name in ("need", "covered", "gap")]
        if sums != [need, need - gap, gap] or sum(row.amount for row in covers) != need - gap:
            found.append(
                Violation(
                    "error",
                    "breakdown",
                    f"{plan.head.id}/{by}",
                    "In the reading {reading} the breakdown does not add up to the plan's totals.",
                    {"reading": reading},
                )
            )
    return found
