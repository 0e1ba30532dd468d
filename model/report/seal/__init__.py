"""The seal of a report: what it was made from, and what its figures were when it was made.

It lies among the file's own properties, where Office and LibreOffice leave it when somebody saves
the file anew, and is read by :mod:`model.report.seal.check`. It guards against mistakes (an old
copy, a figure that was overwritten), not against somebody who wants to deceive: it is no signature.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime

from model.errors import InvalidData
from model.report import answers
from model.report.seal import package
from model.report.seal.figures import figures_in
from model.report.view import View
from model.results import Result
from model.scenario import Scenario

# Enough of a hash for a part of a file that nobody tries to forge.
_SHORT = 12


@dataclass(frozen=True)
class Seal:
    """What a report says of itself.

    ``scenario`` is the whole scenario as JSON and ``scenario_hash`` what it does; ``figures`` is a
    hash over need, cover and gap of every measure and year in ``reading``; ``need``, ``covered``
    and ``gap`` are the municipal group's, whole öre; ``parts`` are the parts of the file (sheets,
    slides, chapters, tables) with a hash over what stands in each.
    """

    kind: str
    plan: str
    version: int
    scenario: str
    scenario_hash: str
    reading: str
    made: str
    figures: str
    need: int
    covered: int
    gap: int
    parts: Mapping[str, str]

    @property
    def as_scenario(self) -> Scenario:
        """The scenario, to apply anew. InvalidData when it is none."""
        try:
            return Scenario.model_validate_json(self.scenario)
        except ValueError as error:
            raise InvalidData(_BROKEN) from error

    def to_texts(self) -> dict[str, str]:
        """Every field as text, by name."""
        return {
            name: json.dumps(value, ensure_ascii=False) if name == "parts" else str(value)
            for name, value in asdict(self).items()
        }


_BROKEN = "The seal of this file cannot be read: somebody has changed it."


def seal_of(
    result: Result, reading: str, kind: str, parts: Mapping[str, str], made: datetime | None = None
) -> Seal:
    """The seal of a report of ``kind`` over parts that are already hashed."""
    sums = answers.figures(result, reading)
    return Seal(
        kind=kind,
        plan=result.plan.head.id,
        version=result.plan.version,
        scenario=result.scenario.model_dump_json(),
        scenario_hash=result.scenario.hash,
        reading=reading,
        made=(made or datetime.now(UTC)).isoformat(timespec="seconds"),
        figures=hash_of(result, reading),
        need=sums.need,
        covered=sums.covered,
        gap=sums.gap,
        parts=parts,
    )


def sealed(content: bytes, view: View, kind: str) -> bytes:
    """A finished ``.docx``, ``.pptx`` or ``.xlsx`` with its seal among its properties."""
    seal = seal_of(view.result, view.reading, kind, parts_of(content))
    return package.with_properties(content, seal.to_texts())


def parts_of(content: bytes) -> dict[str, str]:
    """A hash over the figures of every part of a file. InvalidData when it cannot be read."""
    return {name: short_hash("\n".join(said)) for name, said in figures_in(content).items()}


def short_hash(text: str | bytes) -> str:
    """What a part's content is known by."""
    content = text if isinstance(text, bytes) else text.encode()
    return hashlib.sha256(content).hexdigest()[:_SHORT]


def hash_of(result: Result, reading: str) -> str:
    """A hash over what every measure needs, has and lacks in every year, exact to the öre."""
    plan, outcome = result.plan, result.outcome(reading)
    cover = outcome.cover
    covered = sorted(
        zip(
            cover.measure.tolist(),
            cover.year.tolist(),
            map(str, cover.status),
            map(str, cover.source),
            cover.amount.tolist(),
            strict=True,
        )
    )
    tables = (outcome.need, outcome.gap, outcome.one_off, outcome.one_off_gap)
    said = {
        "measures": plan.tags["id"].tolist(),
        "years": plan.years.tolist(),
        "known": plan.known.tolist(),
        "tables": [table.tolist() for table in tables],
        "cover": covered,
    }
    return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()


def from_texts(texts: Mapping[str, str]) -> Seal:
    """The seal that some texts are. InvalidData when they are none."""
    try:
        fields = {name: texts[name] for name in Seal.__dataclass_fields__}
        numbers = {name: int(fields[name]) for name in ("version", "need", "covered", "gap")}
        parts = json.loads(fields["parts"])
        if not isinstance(parts, dict):
            raise InvalidData(_BROKEN)
    except (KeyError, ValueError) as error:
        raise InvalidData(_BROKEN) from error
    return Seal(**{**fields, **numbers, "parts": parts})
