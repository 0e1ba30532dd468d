"""Scenarios that are saved in a plan: rows to scenarios and back. Pure."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pydantic import ValidationError

from model.datafile import parse_yaml
from model.errors import InvalidData, Violation
from model.municipal_rows import SavedScenario
from model.plan import Plan
from model.scenario import Scenario
from model.scenario.form import CALLED, Form, content
from model.scenario.language import Names, Written, read, resolve

if TYPE_CHECKING:
    from model.reference import Reference


@dataclass(frozen=True)
class Saved:
    """A plan's saved scenarios: those that hold together by id, the forms that could be read, and
    what is wrong with the rest."""

    scenarios: Mapping[str, Scenario]
    forms: Mapping[str, Form]
    found: tuple[Violation, ...] = ()


def resolved(
    rows: Iterable[SavedScenario],
    known: "Reference",
    plan: Plan | None = None,
    *,
    plan_id: str = "",
    loans: Iterable[str] | None = None,
) -> Saved:
    """The saved scenarios, which may extend each other and the shipped ones.

    With a ``plan`` (and the ids of its ``loans``) what they name must be in it.
    """
    names = Names.of(known, plan, loans=loans)
    written: dict[str, Written] = {}
    found: list[Violation] = []
    for row in rows:
        at = f"{plan_id or (plan.head.id if plan else '')}/scenarios/{row.id}".lstrip("/")
        each = read(row.content.encode(), at, row.id, names, _called(row))
        if row.id in known.scenarios or row.id in written:
            each.fault((), "{at}: there is another scenario {id}: give it another id.", id=row.id)
        else:
            written[row.id] = each
        found += each.found if row.id not in written else []
    scenarios = resolve(written, known.scenarios)
    found += [fault for each in written.values() for fault in each.found]
    forms = {key: each.form for key, each in written.items() if each.form is not None}
    return Saved(scenarios, forms, tuple(found))


def row_of(id: str, form: Form) -> SavedScenario:
    """A form as the row that keeps it. InvalidData where it cannot be kept under that id."""
    called = {name: getattr(form, name) for name in CALLED}
    try:
        return SavedScenario(id=id, **called, content=content(form))
    except ValidationError as error:
        if any(each["loc"] == ("id",) for each in error.errors()):
            raise InvalidData(
                "{id} cannot be the id of a scenario: expected small letters a to z, digits and "
                "hyphens, such as higher-interest.",
                id=repr(id),
            ) from error
        raise InvalidData(
            "{scenario} is too long to be saved: say it in fewer adjustments.", scenario=id
        ) from error


def named_in(row: SavedScenario) -> set[str]:
    """The ids of measures that a saved scenario names itself; none where it cannot be read."""
    try:
        said = parse_yaml(row.content.encode() or b"{}", row.id)
    except InvalidData:
        return set()
    found = [said.get("exclude"), list((said.get("require") or {}).items())]
    found += [rule.get("measures") for rule in said.get("reinforce") or ()]
    for adjustment in said.get("adjustments") or ():
        where = adjustment.get("where") or {}
        found.append(where.get("tags", where).get("id"))
    return set(_texts(found))


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list | tuple):
        for each in value:
            yield from _texts(each)


def _called(row: SavedScenario) -> dict[str, str]:
    return {name: getattr(row, name) for name in CALLED}
