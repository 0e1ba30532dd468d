"""What the journal tells: who changed what, and when."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from model.forms.compare import differences
from model.forms.form import Form
from model.forms.lists import LISTS
from model.forms.measure import measure_form
from model.forms.plan import HEAD
from model.forms.told import told
from model.records import Entry
from model.rows import Measure, PlanHead, Row
from ui.i18n import _, language, n_
from ui.parts import listing

_SHOWN = 40


def show(entries: Iterable[Entry], head: PlanHead) -> None:
    """Entries of the journal, newest first, each opening to what was changed from what."""
    listing.entries(
        listing.Entry(
            " · ".join([moment(entry.changed_at), entry.who, _what(entry)]),
            lines=[_("Version {version} of the plan", version=entry.version), *_source(entry)],
            points=list(_points(entry, head)),
        )
        for entry in entries
    )


def moment(when: datetime) -> str:
    """``2026-11-21 14:03``, in the time of this computer."""
    return f"{when.astimezone():%Y-%m-%d %H:%M}"


def _source(entry: Entry) -> list[str]:
    return [_("Source: {source}", source=entry.source)] if entry.source else []


def _what(entry: Entry) -> str:
    """What was done, in a few words."""
    old, new = _measures(entry.old), _measures(entry.new)
    names = [(new.get(key) or old.get(key) or {}).get("name", key) for key in {**old, **new}]
    listed = LISTS.get(entry.command.removeprefix("save_"))
    if listed:
        return _(listed.changed)
    match entry.command:
        case "create_plan":
            return _("made the plan")
        case "delete_plan":
            return _("deleted the plan")
        case "save_plan_head":
            return _("changed what the plan says of itself")
        case "delete_measure":
            return _("deleted {measure}", measure=", ".join(names))
        case "import_measures":
            return n_("read in {count} measure", "read in {count} measures", len(names))
        case "save_scenarios":
            return _("changed the saved scenarios")
        case "save_spend":
            return _("changed the purchases")
        case "save_workshops":
            return _("changed the workshops")
        case "save_intensities":
            return _("changed the factors of purchases")
        case "undo_import":
            return n_(
                "took back the import of {count} measure",
                "took back the import of {count} measures",
                len(names),
            )
    if not any(old.values()):
        return _("added {measure}", measure=", ".join(names))
    return _("changed {measure}", measure=", ".join(names))


def _points(entry: Entry, head: PlanHead) -> Iterator[str]:
    """What was changed from what; of something new or gone as a whole, nothing more."""
    old, new = _measures(entry.old), _measures(entry.new)
    several = len({**old, **new}) > 1
    points = []
    for key in {**old, **new}:
        before, after = (
            None if side.get(key) is None else Measure.model_validate(side[key])
            for side in (old, new)
        )
        if before is None or after is None:
            if several:
                points.append((after or before).name)
            continue
        name = f"{after.name}: " if several else ""
        points += [name + line for line in _lines(measure_form(head, after), before, after)]
    if entry.command != "create_plan":
        for form, before, after in _rest(entry):
            points += _lines(form, before, after)
    yield from points[:_SHOWN]
    if len(points) > _SHOWN:
        yield n_("{count} more", "{count} more", len(points) - _SHOWN)


def _rest(entry: Entry) -> Iterator[tuple[Form, Row, Row]]:
    """What else than measures an entry is about: its form, and both sides."""
    old, new = entry.old or {}, entry.new or {}
    if "plan" in old and "plan" in new:
        yield HEAD, PlanHead.model_validate(old["plan"]), PlanHead.model_validate(new["plan"])
    for name, listed in LISTS.items():
        if name in old and name in new:
            yield listed.form("tkr", None), listed.whole(old[name]), listed.whole(new[name])


def _lines(form: Form, before: Row, after: Row) -> Iterator[str]:
    for each in told(form, differences(before, after), language()):
        fields = {"what": each.what, "old": each.old, "new": each.new}
        if each.old and each.new:
            yield _("{what}: {old} became {new}", **fields)
        elif each.new:
            yield _("{what}: {new} was added", **fields)
        else:
            yield _("{what}: {old} was taken out", **fields)


def _measures(side: dict | None) -> dict[str, dict | None]:
    return (side or {}).get("measures", {})
