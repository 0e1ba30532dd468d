"""One scenario on its way from a file: what could be read of it, and what is wrong where."""

from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pydantic import BaseModel, TypeAdapter, ValidationError

from model.datafile import Located
from model.errors import Violation
from model.plan import Plan
from model.scenario.compose import Scenario
from model.scenario.form import Form

if TYPE_CHECKING:
    from model.reference import Reference

# The tags whose values the reference data knows, and where; and those that have few values.
REGISTRY_OF = {
    "sector": "sectors",
    "owner": "owners",
    "readiness": "readiness",
    "green_category": "green_categories",
    "green_framework": "green_frameworks",
}
_VALUES_OF = {
    "owner_kind": ("public", "private", "mixed"),
    "actor_group": ("municipal_group", "other", "shared"),
}


@dataclass(frozen=True)
class Names:
    """What a scenario may name: ``keys`` by registry of the reference data ``known``; and, where a
    plan is given, its measures, its loans and the values of its tags."""

    known: "Reference"
    keys: Mapping[str, Container[str]]
    plan: Plan | None = None
    measures: Container[str] | None = None
    loans: Container[str] | None = None

    @classmethod
    def of(
        cls,
        known: "Reference",
        plan: Plan | None = None,
        measures: Iterable[str] | None = None,
        loans: Iterable[str] | None = None,
    ) -> "Names":
        """The names of the reference data, and of a plan as far as it is given."""
        registries = (*REGISTRY_OF.values(), "funding", "assumptions", "indicators")
        keys = {name: getattr(known, name) for name in registries}
        if measures is None and plan is not None:
            measures = plan.tags["id"].tolist()
        return cls(
            known,
            keys,
            plan,
            None if measures is None else frozenset(measures),
            None if loans is None else frozenset(loans),
        )


@dataclass
class Written:
    """A scenario as it stands in a file. ``own`` is what the file itself says, before what it
    extends; None when it cannot be used. ``found`` is what is wrong.
    """

    id: str
    label: str
    names: Names
    found: list[Violation] = field(default_factory=list)
    located: Located | None = None
    form: Form | None = None
    own: Scenario | None = None

    @property
    def extends(self) -> tuple[str, ...]:
        """What the file begins with, also where something else in it is wrong."""
        if self.form is not None:
            return self.form.extends
        said = self.located.content.get("extends") if self.located else None
        return (
            tuple(each for each in said if isinstance(each, str)) if isinstance(said, list) else ()
        )

    def fault(
        self,
        path: tuple,
        template: str,
        code: str = "invalid_scenario",
        *,
        on: int | None = None,
        **fields: object,
    ) -> None:
        """Something wrong at a path of the file (or ``on`` a line of it). ``template`` begins with
        ``{at}``, which becomes file, line and path."""
        where = ".".join(str(part) for part in path)
        line = on or (self.located.line(path) if self.located else 1)
        ref = f"{self.label}: {where}" if where else self.label
        at = f"{self.label}:{line}: {where}" if where else f"{self.label}:{line}"
        self.found.append(Violation("error", code, ref, template, {"at": at, **fields}))

    def items(self, name: str, said: object) -> list:
        """A list, empty where nothing is said."""
        if said is None or isinstance(said, list):
            return said or []
        self.fault((name,), "{at}: expected a list, one item to a line after a dash.")
        return []

    def fields(self, name: str, said: object) -> dict:
        """Keys with values, none where nothing is said."""
        if said is None or isinstance(said, dict):
            return said or {}
        self.fault((name,), "{at}: expected keys with values.")
        return {}

    def validated(self, type_: type[BaseModel] | TypeAdapter, value: object, path: tuple):
        """The value as its type, or None with every fault of it told."""
        check = type_.validate_python if isinstance(type_, TypeAdapter) else type_.model_validate
        try:
            return check(value)
        except ValidationError as error:
            for each in error.errors(include_url=False):
                self._tell(each, path)
            return None

    def _tell(self, each: Mapping, path: tuple) -> None:
        # An adjustment's own kind, and the one field of ``where``, stand in no file.
        kind = self.located.content if self.located else {}
        for part in path:
            kind = kind[part] if isinstance(kind, dict | list) else {}
        kind = kind.get("do") if isinstance(kind, dict) else None
        at = (*path, *(part for part in each["loc"] if part not in (kind, "tags")))
        if each["type"] == "missing":
            self.fault(at, "{at}: is missing.")
        elif each["type"] == "extra_forbidden":
            self.fault(at, "{at}: there is no such field here.")
        else:
            problem = each["msg"].removeprefix("Value error, ")
            self.fault(at, "{at}: cannot stand here: {problem}.", problem=problem)

    def known(self, path: tuple, registry: str, key: object) -> bool:
        """Whether a key stands in a registry of the reference data."""
        if isinstance(key, str) and key in self.names.keys[registry]:
            return True
        template = "{at}: {key} is not in data/{registry}"
        self.fault(path, template, "unknown_key", key=repr(key), registry=registry)
        return False

    def measure(self, path: tuple, measure: object) -> None:
        """A measure that the plan has, where one is given."""
        if self.names.measures is not None and measure not in self.names.measures:
            self.fault(
                path,
                "{at}: the plan has no measure {measure}.",
                "unknown_measure",
                measure=measure,
            )

    def loan(self, path: tuple, loan: str) -> None:
        """A loan that the plan has, where one is given."""
        if self.names.loans is not None and loan not in self.names.loans:
            self.fault(path, "{at}: the plan has no loan {loan}.", "unknown_loan", loan=loan)

    def tag(self, path: tuple, tag: str, value: str) -> None:
        """A value that a tag can have: in the reference data, or in the plan where one is given."""
        plan = self.names.plan
        if tag == "id":
            self.measure(path, value)
        elif tag in REGISTRY_OF:
            self.known(path, REGISTRY_OF[tag], value)
        elif tag in _VALUES_OF:
            if value not in _VALUES_OF[tag]:
                self.fault(
                    path,
                    "{at}: {value} is none of {known}.",
                    "unknown_tag",
                    value=value,
                    known=", ".join(_VALUES_OF[tag]),
                )
        elif plan is not None and not (plan.tags[tag] == value).any():
            self.fault(
                path,
                "{at}: no measure of the plan has {tag} {value}.",
                "unknown_tag",
                tag=tag,
                value=value,
            )
