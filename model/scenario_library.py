"""Saving scenarios in a plan, and taking them out and in as files: what pages and commands share.

Every change is a change of the plan's list ``scenarios`` by the ordinary command: one version, one
entry in the journal.
"""

import re
import unicodedata

from model import commands
from model.errors import InvalidData, NotFound, Violation
from model.reference import reference
from model.results import results
from model.rows import SavedScenario
from model.saved_scenarios import Saved, resolved, row_of
from model.scenario import Scenario
from model.scenario.form import Form, write
from model.scenario.language import Names, read, resolve
from model.store.connection import Store


def saved(plan_id: str, store: Store | None = None) -> Saved:
    """The scenarios that are saved in a plan, with what no longer holds together in them."""
    result = results(plan_id, store=store)
    rows, loans = result.listed("scenarios"), [loan.id for loan in result.listed("loans")]
    return resolved(rows, reference(), result.base, loans=loans)


def check(
    content: bytes, label: str, id: str, plan_id: str = "", store: Store | None = None
) -> tuple[Form | None, Scenario | None, tuple[Violation, ...]]:
    """A scenario file against the reference data and, where one is named, a plan.

    Its form and what it becomes (None where it cannot be used), and every finding: also where the
    plan under it contradicts its own rules.
    """
    known, result, others = reference(), None, dict(reference().scenarios)
    loans = None
    if plan_id:
        result = results(plan_id, store=store)
        loans = [loan.id for loan in result.listed("loans")]
        others |= saved(plan_id, store).scenarios
        others.pop(id, None)
    plan = None if result is None else result.base
    each = read(content, label, id, Names.of(known, plan, loans=loans))
    scenario = resolve({id: each}, others).get(id)
    found = list(each.found)
    if scenario is not None and result is not None and not found:
        found += results(plan_id, scenario, store).broken_rules()
    return each.form, scenario, tuple(found)


def save(
    plan_id: str, id: str, form: Form, version: int, who: str, *, store: Store | None = None
) -> int:
    """Save a form under an id, over the one that stands there; returns the plan's new version.

    InvalidData with the findings where it does not hold together.
    """
    rows = results(plan_id, store=store).listed("scenarios")
    new = row_of(id, form)
    if any(row.id == id for row in rows):
        rows = tuple(new if row.id == id else row for row in rows)
    else:
        rows = (*rows, new)
    return commands.save_list(plan_id, "scenarios", rows, version, who, store=store)


def delete(plan_id: str, id: str, version: int, who: str, *, store: Store | None = None) -> int:
    """Take a saved scenario away; returns the plan's new version. NotFound for one that is not
    there; InvalidData where another extends it."""
    rows = results(plan_id, store=store).listed("scenarios")
    kept = tuple(row for row in rows if row.id != id)
    if len(kept) == len(rows):
        raise _not_saved(id, rows)
    return commands.save_list(plan_id, "scenarios", kept, version, who, store=store)


def take_in(
    plan_id: str,
    content: bytes,
    label: str,
    version: int,
    who: str,
    *,
    id: str = "",
    store: Store | None = None,
) -> tuple[str, int]:
    """Save a scenario file in a plan; returns its id and the plan's new version.

    ``id`` is made of the file's name where none is given. InvalidData with every finding, by file
    and line, where the file cannot be used; nothing is saved then.
    """
    id = id or slug(label.rsplit("/", 1)[-1].removesuffix(".yaml").removesuffix(".yml"))
    form, _, found = check(content, label, id, plan_id, store)
    if found or form is None:
        raise InvalidData(
            "{file} was not saved. Findings to mend first: {count}.",
            found,
            file=label,
            count=len(found),
        )
    return id, save(plan_id, id, form, version, who, store=store)


def export(id: str, plan_id: str = "", store: Store | None = None) -> str:
    """A scenario as YAML: one that is saved in the plan, or a shipped one. NotFound else."""
    forms = dict(saved(plan_id, store).forms) if plan_id else {}
    if id in forms:
        return write(forms[id])
    path = reference().folder / "scenarios" / f"{id}.yaml"
    if id not in reference().scenarios or not path.exists():
        raise _not_saved(id, [*forms, *reference().scenarios])
    form = read(path.read_bytes(), id, id, Names.of(reference())).form
    return write(form)


def slug(name: str) -> str:
    """An id made of a name: ``Hög energi`` becomes ``hog-energi``."""
    plain = unicodedata.normalize("NFKD", name.lower()).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:80] or "scenario"


def _not_saved(id: str, known) -> NotFound:
    return NotFound(
        "There is no scenario {scenario}; there are {known}.",
        scenario=id,
        known=", ".join(each.id if isinstance(each, SavedScenario) else each for each in known),
    )
