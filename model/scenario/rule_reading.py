"""Reading the rules between measures of a scenario, each in its one shape."""

from model.scenario.compose import Reinforce
from model.scenario.rules import EMISSIONS
from model.scenario.written import Written


def read_rules(written: Written, said: dict) -> dict:
    """``exclude``, ``require`` and ``reinforce`` as a form has them; every fault is told.

    ``exclude: [a, b]`` is one group, ``[[a, b], [c, d]]`` are two; ``require: {a: b}`` needs one.
    """
    exclude, require = _exclude(written, said.get("exclude")), _require(written, said)
    for key, needed in require.items():
        for group in exclude:
            if key in group and set(needed) & set(group):
                written.fault(
                    ("require", key),
                    "{at}: requires a measure that exclude says it excludes: keep one of the two.",
                    "contradiction",
                )
    return {
        "exclude": exclude,
        "require": require,
        "reinforce": _reinforce(written, said.get("reinforce")),
    }


def _exclude(written: Written, said: object) -> list[list]:
    groups = written.items("exclude", said)
    if groups and not any(isinstance(each, list) for each in groups):
        groups = [groups]
    for place, group in enumerate(groups):
        members = group if isinstance(group, list) else [group]
        for measure in members:
            _named(written, ("exclude", place), measure)
        if len(set(map(str, members))) < 2:
            written.fault(("exclude", place), "{at}: name at least two measures.")
    return [group for group in groups if isinstance(group, list)]


def _require(written: Written, said: dict) -> dict[str, list]:
    needs = written.fields("require", said.get("require"))
    found = {key: each if isinstance(each, list) else [each] for key, each in needs.items()}
    for key, needed in found.items():
        for measure in (key, *needed):
            _named(written, ("require", key), measure)
    return found


def _named(written: Written, at: tuple, measure: object) -> None:
    if isinstance(measure, list | dict):
        written.fault(at, "{at}: expected the id of a measure, not a list or keys with values.")
    else:
        written.measure(at, measure)


def _reinforce(written: Written, said: object) -> list[Reinforce]:
    found = []
    for place, each in enumerate(written.items("reinforce", said)):
        at = ("reinforce", place)
        rule = written.validated(Reinforce, each, at)
        if rule is None:
            continue
        found.append(rule)
        for measure in rule.measures:
            written.measure((*at, "measures"), measure)
        if rule.effect not in ("", EMISSIONS):
            written.known((*at, "effect"), "indicators", rule.effect)
    return found
