"""Whether a report still says what was sealed, and whether the plan still says it too."""

import json
from dataclasses import dataclass
from typing import Literal

from model import commands, records
from model.errors import InvalidData, NotFound
from model.formatting import money
from model.language import DEFAULT, Language, translate, translate_plural
from model.report import answers, words
from model.report.seal import (
    Seal,
    from_texts,
    hash_of,
    package,
    parts_of,
    short_hash,
)
from model.results import Result, results
from model.store.connection import Store

DESCRIPTOR = "datapackage.json"
Journal = Literal["same", "different", "unknown"]
# What a part of each kind of report is called, with its name or number.
_PARTS = {
    "document": "chapter {part}",
    "slides": "slide {part}",
    "workbook": "sheet {part}",
    "tables": "sheet {part}",
    "package": "file {part}",
}
_SUMS = {"need": "Investment need", "covered": "Covered", "gap": "Missing"}


@dataclass(frozen=True)
class Moved:
    """One of the municipal group's sums in the report and in the plan now, whole öre."""

    name: str
    then: int
    now: int


@dataclass(frozen=True)
class Checked:
    """What a check found.

    ``changed`` are the parts of the file that are not as they were made. ``now`` is the plan's
    present version, None where it is not here. ``journal`` says whether the version that the report
    is of gives the sealed figures when it is worked out anew from the journal. ``moved`` are the
    sums that the present version has changed.
    """

    seal: Seal
    changed: tuple[str, ...]
    now: int | None
    journal: Journal
    moved: tuple[Moved, ...]

    @property
    def sound(self) -> bool:
        """Whether the file is as it was made, of figures that the plan had."""
        return not self.changed and self.journal == "same"


def check(content: bytes, store: Store | None = None) -> Checked:
    """Check a report's bytes. InvalidData when it carries no seal of ours, or cannot be read."""
    seal, parts = _read(content)
    names = dict.fromkeys([*seal.parts, *parts])
    changed = tuple(name for name in names if seal.parts.get(name) != parts.get(name))
    scenario = seal.as_scenario
    try:
        present = results(seal.plan, scenario, store)
    except NotFound:
        return Checked(seal, changed, None, "unknown", ())
    now = present.base.version
    if now == seal.version:
        return Checked(seal, changed, now, _compared(seal, present), ())
    sums = answers.figures(present, seal.reading)
    moved = tuple(
        Moved(name, getattr(seal, name), getattr(sums, name))
        for name in _SUMS
        if getattr(seal, name) != getattr(sums, name)
    )
    return Checked(seal, changed, now, _at_its_version(seal, store), moved)


def _read(content: bytes) -> tuple[Seal, dict[str, str]]:
    with package.opened(content) as opened:
        if DESCRIPTOR in opened.namelist():
            texts = _described(package.read_part(opened, DESCRIPTOR))
            parts = {
                name: short_hash(package.read_part(opened, name))
                for name in opened.namelist()
                if name != DESCRIPTOR
            }
        else:
            texts, parts = package.properties(opened), None
    if "figures" not in texts:
        raise InvalidData("The file carries no seal of Klimatinvest: it is not one of its reports.")
    return from_texts(texts), parts_of(content) if parts is None else parts


def _described(body: bytes) -> dict[str, str]:
    try:
        texts = json.loads(body).get("klimatinvest", {})
        return {str(key): str(value) for key, value in texts.items()}
    except (ValueError, AttributeError) as error:
        raise InvalidData(
            "The file is damaged: its part {part} cannot be read.", part=DESCRIPTOR
        ) from error


def _compared(seal: Seal, result: Result) -> Journal:
    if seal.reading not in words.READINGS:
        return "different"
    return "same" if hash_of(result, seal.reading) == seal.figures else "different"


def _at_its_version(seal: Seal, store: Store | None) -> Journal:
    """The figures of the version that was reported, worked out anew from the journal."""
    try:
        document = records.document_at(seal.plan, seal.version, store)
    except NotFound:
        return "unknown"
    aside = Store.open(None)
    try:
        commands.create_plan(document, "check-report", store=aside)
        return _compared(seal, results(seal.plan, seal.as_scenario, aside))
    finally:
        aside.close()


def sentences(found: Checked, language: Language = DEFAULT) -> list[str]:
    """The verdict first, then what it rests on."""

    def say(text: str, **fields: object) -> str:
        return translate(text, language, **fields)

    seal = found.seal
    version = {"plan": seal.plan, "version": seal.version}
    if found.changed:
        first = translate_plural(
            "Changed since it was made, in {count} place: {parts}",
            "Changed since it was made, in {count} places: {parts}",
            len(found.changed),
            language,
            parts=", ".join(say(_PARTS.get(seal.kind, "{part}"), part=p) for p in found.changed),
        )
    else:
        first = say("Unchanged figures of {plan}, version {version}", **version)
    journal = {
        "same": "",
        "different": "The plan's own version {version} does not give these figures: the seal has "
        "been changed, or the calculation has since",
        "unknown": "Nothing here tells what version {version} of {plan} was",
    }[found.journal]
    lines = [first, say(journal, **version) if journal else "", _now(found, language)]
    lines += [
        say(
            "{sum}: {then} in the report, {now} in the plan now",
            sum=say(_SUMS[each.name]),
            then=money(each.then, zero="0", language=language),
            now=money(each.now, zero="0", language=language),
        )
        for each in found.moved
    ]
    scenario = seal.as_scenario
    lines.append(
        say(
            "Made {made} in the reading {reading} under the scenario {scenario} ({hash})",
            made=seal.made[:16].replace("T", " "),
            reading=say(words.READINGS.get(seal.reading, seal.reading)).lower(),
            scenario=words.scenario(scenario, language),
            hash=seal.scenario_hash,
        )
    )
    return [line for line in lines if line]


def _now(found: Checked, language: Language) -> str:
    if found.now is None:
        return translate("The plan is not here", language)
    if found.now == found.seal.version:
        return translate("It is the plan's present version", language)
    text = translate("The plan is now version {version}", language, version=found.now)
    if not found.moved:
        text += translate(", with the same sums", language)
    return text


def answer(found: Checked, language: Language = "en") -> dict:
    """The check as data."""
    seal = found.seal
    return {
        "sound": found.sound,
        "kind": seal.kind,
        "plan": seal.plan,
        "version": seal.version,
        "now": found.now,
        "scenario": seal.as_scenario.id,
        "scenario_hash": seal.scenario_hash,
        "reading": seal.reading,
        "made": seal.made,
        "changed": list(found.changed),
        "journal": found.journal,
        "moved": [{"sum": m.name, "then": m.then, "now": m.now} for m in found.moved],
        "sentences": sentences(found, language),
    }
