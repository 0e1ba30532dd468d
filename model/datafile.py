"""Reading the project's own YAML files: exact decimals, dates as text, no key twice.

``1.10`` becomes ``Decimal("1.10")`` and never a float, so that an amount in a file is the amount in
the model. ``2024-12-01`` stays text; the field that holds it says whether it is a date.
"""

import re
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
# libyaml composes what stands in each other on the C stack, and runs out of it without an error.
DEEPEST = 1000
_MARGIN = re.compile(r"^[\s?:-]+", re.MULTILINE)


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

    def construct_int(self, node):
        return self._scalar(node, super().construct_yaml_int)

    def construct_bool(self, node):
        return self._scalar(node, super().construct_yaml_bool)

    def _scalar(self, node, construct):
        # What is tagged as a number (!!int ten), or has more digits than Python reads, is none.
        try:
            return construct(node)
        except (ValueError, KeyError, IndexError):
            problem = f"{node.value[:40]!r} cannot stand here"
            raise yaml.constructor.ConstructorError(None, None, problem, node.start_mark) from None


_Loader.add_constructor("tag:yaml.org,2002:float", _Loader.construct_decimal)
_Loader.add_constructor("tag:yaml.org,2002:int", _Loader.construct_int)
_Loader.add_constructor("tag:yaml.org,2002:bool", _Loader.construct_bool)
for _kind in ("timestamp", "binary", "set", "omap", "pairs"):
    # A file holds words, numbers, lists and mappings: nothing else has a meaning here.
    _Loader.add_constructor(f"tag:yaml.org,2002:{_kind}", _Loader.construct_undefined)
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
    text = _text(content, label)
    try:
        content = yaml.load(text, Loader=_Loader)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 0
        raise _unreadable(label, f"line {line}: {error.problem}") from error
    except (RecursionError, yaml.YAMLError) as error:
        raise _unreadable(label, str(error)) from error
    if not isinstance(content, dict):
        raise _refused(label, "{file} cannot be read: expected keys and values.")
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

    text = _text(content, label)
    try:
        loader = _Loader(text)
        try:
            node = loader.get_single_node()
            walk(node, ())
            found = None if node is None else loader.construct_document(node)
        finally:
            loader.dispose()
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 0
        raise _unreadable(label, f"line {line}: {error.problem}") from error
    except (RecursionError, yaml.YAMLError) as error:
        raise _unreadable(label, str(error)) from error
    if not isinstance(found, dict):
        raise _refused(label, "{file} cannot be read: expected keys and values.")
    return Located(found, lines, tuple(doubled))


def _text(content: bytes, label: str) -> str:
    """A file's bytes as text; InvalidData for another encoding, and for what nests too deep."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise _refused(
            label,
            "{file} cannot be read: line {line} is not in UTF-8. Save the file anew in that "
            "encoding.",
            line=content[: error.start].count(b"\n") + 1,
        ) from error
    if _may_nest(text) > DEEPEST and _nests(text) > DEEPEST:
        raise _refused(
            label,
            "{file} cannot be read: more than {most} lists and mappings stand in each other.",
            most=DEEPEST,
        )
    return text


def _may_nest(text: str) -> int:
    """As deep as the text can possibly nest: by brackets, and by what stands before the words of a
    line (a list may begin in the column of its key, so a column can hold two)."""
    margin = max((len(found) for found in _MARGIN.findall(text)), default=0)
    return text.count("[") + text.count("{") + 2 * margin


def _nests(text: str) -> int:
    """As deep as the text nests; what is no YAML counts as far as it can be read."""
    depth = deepest = 0
    try:
        for event in yaml.parse(text, Loader=LOADER):
            if isinstance(event, yaml.CollectionStartEvent):
                depth += 1
                deepest = max(deepest, depth)
                if deepest > DEEPEST:
                    break
            elif isinstance(event, yaml.CollectionEndEvent):
                depth -= 1
    except yaml.YAMLError:
        pass
    return deepest


def _refused(label: str, template: str, **fields: object) -> InvalidData:
    said = {"file": label, **fields}
    found = Violation("error", "unreadable_file", label, template, said)
    return InvalidData(template, (found,), **said)


def _unreadable(label: str, problem: str) -> InvalidData:
    found = Violation(
        "error", "unreadable_file", label, "{file}: {problem}", {"file": label, "problem": problem}
    )
    return InvalidData("{file} cannot be read: {problem}", (found,), file=label, problem=problem)
