"""Reading the project's own YAML files: exact decimals, dates as text, no key twice.

``1.10`` becomes ``Decimal("1.10")`` and never a float, so that an amount in a file is the amount in
the model. ``2024-12-01`` stays text; the field that holds it says whether it is a date.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path

import yaml

from model.errors import InvalidData, Violation

# libyaml is ten times faster; the pure Python loader is there where it was not built.
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


# What refers to itself in a few lines can unfold to more than any memory holds.
MOST_LINES = 50_000


class _Loader(LOADER):
    def construct_mapping(self, node, deep=False):
        seen = set()
        for key, _ in node.value:
            if not isinstance(key, yaml.ScalarNode):
                problem = "a key is a word or a number, and this one is a list or a mapping"
                raise yaml.constructor.ConstructorError(None, None, problem, key.start_mark)
            if key.value in seen:
                problem = f"the key {key.value!r} stands twice"
                raise yaml.constructor.ConstructorError(None, None, problem, key.start_mark)
            seen.add(key.value)
        return super().construct_mapping(node, deep)

    def construct_decimal(self, node):
        text = self.construct_scalar(node)
        try:
            return Decimal(text.replace("_", ""))
        except InvalidOperation:
            problem = f"{text!r} is no number"
            raise yaml.constructor.ConstructorError(None, None, problem, node.start_mark) from None


_Loader.add_constructor("tag:yaml.org,2002:float", _Loader.construct_decimal)
_Loader.yaml_implicit_resolvers = {
    first: [rule for rule in rules if rule[0] != "tag:yaml.org,2002:timestamp"]
    for first, rules in _Loader.yaml_implicit_resolvers.items()
}


def read_yaml(path: Path, label: str = "") -> dict:
    """The mapping in a file. InvalidData, naming ``label`` and line, when there is none."""
    label = label or path.name
    try:
        return parse_yaml(path.read_bytes(), label)
    except FileNotFoundError as error:
        missing = "{file} does not exist."
        found = Violation("error", "unreadable_file", label, missing, {"file": label})
        raise InvalidData(missing, (found,), file=label) from error
    except OSError as error:
        raise _unreadable(label, error.strerror or type(error).__name__) from error


def parse_yaml(content: bytes, label: str) -> dict:
    """The mapping in a file's bytes, as :func:`read_yaml`."""
    try:
        content = yaml.load(content.decode("utf-8-sig"), Loader=_Loader)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 0
        raise _unreadable(label, f"line {line}: {error.problem}") from error
    except (UnicodeDecodeError, RecursionError, yaml.YAMLError) as error:
        raise _unreadable(label, str(error)) from error
    if not isinstance(content, dict):
        raise _unreadable(label, "expected keys and values")
    return content


@dataclass(frozen=True)
class Located:
    """A file's content and where in it everything stands.

    ``lines`` gives the line of every key and every item of a list, by its path (keys and places as
    text: ``("adjustments", "0", "do")``). ``doubled`` are (path, line) of keys that stand again;
    ``content`` has the first of each.
    """

    content: dict
    lines: Mapping[tuple[str, ...], int]
    doubled: tuple[tuple[tuple[str, ...], int], ...]

    def line(self, path: Iterable[object]) -> int:
        """The line of a path, or of what it stands in."""
        at = tuple(str(part) for part in path)
        while at and at not in self.lines:
            at = at[:-1]
        return self.lines.get(at, 1)


def locate_yaml(content: bytes, label: str) -> Located:
    """The mapping in a file's bytes with its lines: keys that stand twice are told, not refused.

    InvalidData as :func:`parse_yaml` for what is no YAML at all.
    """
    lines: dict[tuple[str, ...], int] = {}
    doubled: list[tuple[tuple[str, ...], int]] = []

    def walk(node, path: tuple[str, ...]) -> None:
        if len(lines) > MOST_LINES:
            raise yaml.YAMLError(f"it holds more than {MOST_LINES} keys and values")
        if isinstance(node, yaml.SequenceNode):
            for place, item in enumerate(node.value):
                lines[*path, str(place)] = item.start_mark.line + 1
                walk(item, (*path, str(place)))
        elif isinstance(node, yaml.MappingNode):
            kept = []
            for key, value in node.value:
                if not isinstance(key, yaml.ScalarNode):
                    kept.append((key, value))
                    continue
                at, line = (*path, key.value), key.start_mark.line + 1
                if at in lines:
                    doubled.append((at, line))
                    continue
                lines[at] = line
                kept.append((key, value))
                walk(value, at)
            node.value = kept

    try:
        loader = _Loader(content.decode("utf-8-sig"))
        try:
            node = loader.get_single_node()
            walk(node, ())
            found = None if node is None else loader.construct_document(node)
        finally:
            loader.dispose()
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 0
        raise _unreadable(label, f"line {line}: {error.problem}") from error
    except (UnicodeDecodeError, RecursionError, yaml.YAMLError) as error:
        raise _unreadable(label, str(error)) from error
    if not isinstance(found, dict):
        raise _unreadable(label, "expected keys and values")
    return Located(found, lines, tuple(doubled))


def _unreadable(label: str, problem: str) -> InvalidData:
    found = Violation(
        "error", "unreadable_file", label, "{file}: {problem}", {"file": label, "problem": problem}
    )
    return InvalidData("{file} cannot be read: {problem}", (found,), file=label, problem=problem)
