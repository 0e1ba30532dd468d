"""The municipality's own look: colour, typeface and logo of its documents and slides.

``data/house_style.yaml`` holds a ``default`` and, by municipality code, what differs from it. Of
the colours only the accent is a municipality's own: what a colour means in a chart stays the same.
"""

import re
from functools import lru_cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError, field_validator

from model.datafile import read_yaml
from model.errors import InvalidData
from model.reference import DATA

FILE = "house_style.yaml"
# WCAG 2.1 AA for text on white.
LOWEST_CONTRAST = 4.5
_DEFAULT = "default"
_COLOUR = re.compile(r"#[0-9A-Fa-f]{6}")


class Licence(BaseModel):
    """Under what a data package may be used: its name in the SPDX list, and where it is written."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str
    title: str = ""
    path: str = ""


class HouseStyle(BaseModel):
    """How documents look. ``logo`` is a .png or .jpg under ``data/``, once read its whole path;
    empty: none.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    accent: str
    font: str
    logo: str = ""
    licence: Licence | None = None

    @field_validator("accent")
    @classmethod
    def _readable(cls, colour: str) -> str:
        if not _COLOUR.fullmatch(colour):
            raise ValueError(f"{colour!r} is no colour: expected #rrggbb")
        if contrast(colour) < LOWEST_CONTRAST:
            raise ValueError(
                f"{colour} has a contrast of {contrast(colour):.1f} to white: expected at least "
                f"{LOWEST_CONTRAST}, so that headings can be read"
            )
        return colour


def contrast(colour: str, other: str = "#FFFFFF") -> float:
    """The contrast between two colours as WCAG 2.1 defines it, 1 to 21."""
    light, dark = sorted((_luminance(colour), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@lru_cache(maxsize=16)
def house_style(municipality: str = "", folder: Path = DATA) -> HouseStyle:
    """The style of a municipality, by its code. InvalidData names the fault and its key."""
    written = read_yaml(folder / FILE, f"data/{FILE}")
    fields = {**(written.get(_DEFAULT) or {}), **(written.get(municipality) or {})}
    key = municipality if municipality in written else _DEFAULT
    try:
        style = HouseStyle.model_validate(fields)
    except ValidationError as error:
        fault = error.errors(include_url=False)[0]
        where = ".".join(str(part) for part in (key, *fault["loc"]))
        problem = fault["msg"].removeprefix("Value error, ")
        raise InvalidData(
            "{file}: {key}: {problem}", file=f"data/{FILE}", key=where, problem=problem
        ) from error
    return style.model_copy(update={"logo": _found(style.logo, key, folder)})


def logo_of(style: HouseStyle) -> Path | None:
    """Where the logo lies; None where there is none."""
    return Path(style.logo) if style.logo else None


def _found(logo: str, key: str, folder: Path) -> str:
    """The logo's whole path, empty where none is named. InvalidData when it is not there."""
    if not logo:
        return ""
    path = (folder / logo).resolve()
    inside = path.is_relative_to(folder.resolve()) and path.is_file()
    if not inside or path.suffix.lower() not in (".png", ".jpg", ".jpeg"):
        raise InvalidData(
            "{file}: {key}: {problem}",
            file=f"data/{FILE}",
            key=f"{key}.logo",
            problem=f"{logo} is no .png or .jpg under data/",
        )
    return str(path)


def _luminance(colour: str) -> float:
    parts = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (
        part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
