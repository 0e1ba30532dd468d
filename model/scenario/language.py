"""Reading scenarios as people write them: every fault with its file and line, all at once.

:func:`read` takes one file, :func:`resolve` several that may extend each other. A scenario comes
out filled in, so that it stands on its own: a probability that names an assumption has its value,
and what seeks a source's maximum has the source's rule.
"""

from collections.abc import Mapping

from model.datafile import locate_yaml
from model.errors import InvalidData
from model.scenario.adjustment_reading import read_adjustments
from model.scenario.compose import Scenario, combine
from model.scenario.form import CALLED, Form
from model.scenario.rule_reading import read_rules
from model.scenario.values import read_override
from model.scenario.written import Names, Written

__all__ = ["Names", "Written", "read", "resolve"]


def read(
    content: bytes, label: str, id: str, names: Names, called: Mapping[str, str] | None = None
) -> Written:
    """A scenario file. Never raises: what is wrong is in ``found``.

    ``called`` is name, note and author where they stand elsewhere, as a saved scenario's do.
    """
    written = Written(id, label, names)
    try:
        # A saved scenario that does nothing has no content at all.
        written.located = locate_yaml(content or b"{}", label)
    except InvalidData as error:
        written.found.extend(error.violations)
        return written
    for path, line in written.located.doubled:
        written.fault(
            path, "{at}: stands twice in the same place: keep one of them.", "doubled_key", on=line
        )
    content_ = {**written.located.content, **(called or {})}
    for name in content_:
        if name not in Form.model_fields:
            written.fault(
                (name,),
                "{at}: there is no such field; there are {known}.",
                known=", ".join(Form.model_fields),
            )
    said = {name: value for name, value in content_.items() if name in Form.model_fields}
    overrides = {
        path: read_override(path, value, names.known, written.fault)
        for path, value in written.fields("assumptions", said.get("assumptions")).items()
        if written.known(("assumptions", path), "assumptions", path)
    }
    adjustments = read_adjustments(written, said.get("adjustments"))
    rules = read_rules(written, said)
    listed = {name: said[name] for name in ("assumptions", "adjustments") if said.get(name)}
    plain = {name: said[name] for name in said if name not in (*rules, *_READ_APART)}
    whole = plain | ({} if written.found else listed | rules)
    written.form = written.validated(Form, whole, ())
    if written.form is not None and not written.found:
        form = written.form
        written.own = Scenario(
            id=id,
            **{name: getattr(form, name) for name in (*CALLED, "reading")},
            assumptions=tuple(filter(None, overrides.values())),
            adjustments=adjustments,
            exclude=form.exclude,
            require=tuple(form.require.items()),
            reinforce=form.reinforce,
        )
    return written


_READ_APART = ("assumptions", "adjustments")


def resolve(written: Mapping[str, Written], others: Mapping[str, Scenario]) -> dict[str, Scenario]:
    """The scenarios by id with what they extend: each other, or ``others``.

    Parents that do not exist, and those that extend each other in a ring, are added to what is
    wrong; such a scenario, and one that cannot be read, is left out.
    """
    done: dict[str, Scenario | None] = {}

    def whole(id: str, above: tuple[str, ...]) -> Scenario | None:
        if id in done:
            return done[id]
        each = written[id]
        parents = []
        for place, parent in enumerate(each.extends):
            if parent in (*above, id):
                ring = (*above, id)[(*above, id).index(parent) :]
                each.fault(
                    ("extends", place),
                    "{at}: these scenarios extend each other in a ring: {ring}. Take one out.",
                    ring=" → ".join((*ring, parent)),
                )
                parents.append(None)
            elif parent in written:
                parents.append(whole(parent, (*above, id)))
            elif parent in others:
                parents.append(others[parent])
            else:
                each.fault(
                    ("extends", place),
                    "{at}: there is no scenario {parent}; there are {known}.",
                    "unknown_scenario",
                    parent=parent,
                    known=", ".join(dict.fromkeys((*others, *written))),
                )
                parents.append(None)
        own = each.own
        done[id] = None
        if own is not None and None not in parents:
            called = {name: getattr(own, name) for name in ("id", *CALLED)}
            done[id] = combine(*parents, own).model_copy(update=called)
        return done[id]

    for id in written:
        whole(id, ())
    return {id: found for id, found in done.items() if found is not None}
