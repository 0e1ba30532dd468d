"""Prepared workshops: what their steps can show, the storylines that come along, and their files.

The storylines of ``data/workshops`` fit any plan and are in two languages; those of a plan
(:mod:`model.workshop_rows`) are in the one in which they were written.
"""

from collections.abc import Mapping
from types import MappingProxyType

import yaml
from pydantic import ValidationError

from model.datafile import parse_yaml
from model.entries import Entry, Named
from model.errors import InvalidData, Violation
from model.forms.problems import OTHER
from model.language import DEFAULT, Language
from model.workshop_rows import AS_IS, Toggle, Workshop, WorkshopStep

# What can be shown, and what it is called in a list (English msgids). What draws each of them is
# in ui/workshop.
SHOWS: Mapping[str, str] = MappingProxyType(
    {
        "need": "The need and what covers it, year by year",
        "gap_by_year": "Where it is missing: by year",
        "gap": "Where it is missing: by sector",
        "departments": "Where it is missing: by department and company",
        "payers": "Who must invest: the municipal group and others",
        "against_plan": "The scenario against the plan as it is",
        "benefits": "Multiple benefits",
        "emissions": "The path of emissions",
        "first": "What is done first: the best choice within a budget",
        "cost_curve": "What a tonne costs",
    }
)


class StorylineStep(Entry):
    """A step of a storyline in ``data/workshops``: as :class:`WorkshopStep`, in two languages."""

    shows: str
    scenario: str = AS_IS
    toggles: tuple[Toggle, ...] = ()
    reading: str = ""
    title: str = ""
    title_en: str = ""
    speaker: str = ""
    speaker_en: str = ""
    offers: tuple[Toggle, ...] = ()


class Storyline(Named):
    """A storyline that comes with the program and fits any plan."""

    note_en: str = ""
    order: int = 100
    steps: tuple[StorylineStep, ...]

    def told(self, language: Language = DEFAULT) -> Workshop:
        """The storyline in one language, as a plan would keep it."""
        suffix = "_en" if language == "en" else ""

        def step(each: StorylineStep) -> WorkshopStep:
            said = {name: getattr(each, name + suffix) for name in ("title", "speaker")}
            both = {"title", "title_en", "speaker", "speaker_en"}
            return WorkshopStep(**each.model_dump(exclude=both), **said)

        return Workshop(
            id=self.key, name=getattr(self, f"name{suffix}"), steps=tuple(map(step, self.steps))
        )


def as_yaml(workshop: Workshop) -> str:
    """The workshop as a file, with nothing in it that is as usual."""
    said = workshop.model_dump(mode="json", exclude_defaults=True)
    return yaml.safe_dump(said, allow_unicode=True, sort_keys=False, width=100)


def from_yaml(content: bytes, file: str) -> Workshop:
    """What :func:`as_yaml` wrote, or somebody by hand: without an id it gets one of its name.

    InvalidData that names ``file`` and every fault in it.
    """
    from model.scenario_library import slug  # which reads the reference data, as this is part of

    said = parse_yaml(content, file)
    if "id" not in said and isinstance(said.get("name"), str):
        said = {"id": slug(said["name"]), **said}
    try:
        return Workshop.model_validate(said)
    except ValidationError as error:
        found = tuple(
            Violation(
                "error",
                "invalid_entry",
                f"{file}: {'.'.join(map(str, fault['loc']))}",
                OTHER,
                {"problem": fault["msg"].removeprefix("Value error, ")},
            )
            for fault in error.errors(include_url=False)
        )
        raise InvalidData(
            "{file} is no workshop that can be read. Mend what was found ({count}) and upload the "
            "file again.",
            found,
            file=file,
            count=len(found),
        ) from error
