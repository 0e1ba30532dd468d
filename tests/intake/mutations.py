"""Workbooks of every format, damaged in ways that chance and malice find; the same for a seed."""

import io
import random
import re
import warnings
import zipfile
from collections.abc import Callable
from functools import cache

import xlsxwriter

from tests.intake.files import ods, ods_rows, xls, xlsb

ROWS = [
    ["Investeringsbudget, belopp i tkr"],
    ["Nämnd", "Nr", "Investeringsobjekt", "2026", "2027", "Totalt"],
    *(
        ["Tekniska nämnden" if row == 0 else None, 100 + row, f"Åtgärd {row}", 5.5 * row, row, 7]
        for row in range(12)
    ),
    [None, None, "Summa", 363, 66, 84],
]
# What a value or an attribute is replaced with.
HOSTILE = (
    *(
        "",
        "0",
        "-1",
        "1e400",
        "NaN",
        "-Infinity",
        "99999999999999999999",
        "4294967295",
        "0x7fffffff",
    ),
    *("A1:XFD1048576", "XFD1048576", "A0", "1048577", "true", "2026-13-45", "#REF!", "=1+1", "'"),
    *("../../etc/passwd", "&#0;", "&#x1F600;", "å" * 5000, "%s%n", "\u202e", "{0}", "9" * 400),
)
_CHUNKS = (b"\x00", b"\xff" * 8, b"<", b"PK\x03\x04", b"]]>", b'"', b"\r\n;;;\t", b"\xef\xbb\xbf")


def mutated(seed: int) -> tuple[str, bytes]:
    """A file's name and its bytes after one to three mutations."""
    chance = random.Random(seed)
    name, make, kinds = _FILES[seed % len(_FILES)]
    content = make()
    for _ in range(chance.randint(1, 3)):
        content = chance.choice(kinds)(chance, content)
    return name, content


@cache
def _xlsx() -> bytes:
    target = io.BytesIO()
    with xlsxwriter.Workbook(target) as book:
        page = book.add_worksheet("Budget")
        number = book.add_format({"num_format": '#,##0 "tkr"'})
        date = book.add_format({"num_format": "yyyy-mm-dd"})
        for row, values in enumerate(ROWS):
            for column, value in enumerate(values):
                if value is not None:
                    page.write(row, column, value, number if column == 4 else None)
        page.write(1, 6, 2026, date)
        page.write_formula("H5", "=D5*2", None, 11)
        page.write_comment("C4", "Preliminärt")
        page.merge_range("I2:J2", "Bidrag")
        page.set_row(6, None, None, {"hidden": True})
        book.add_worksheet("Gammal").hide()
    return target.getvalue()


@cache
def _ods() -> bytes:
    return ods(f'<table:table table:name="Budget">{ods_rows(*ROWS)}</table:table>')


@cache
def _xls() -> bytes:
    return xls(("Budget", ROWS), ("Gammal", [[1, "=A1*2"]]))


@cache
def _xlsb() -> bytes:
    return xlsb(("Budget", 0, ROWS), ("Gammal", 1, [[1]]))


@cache
def _csv() -> bytes:
    lines = (";".join("" if v is None else str(v).replace(".", ",") for v in row) for row in ROWS)
    return "\r\n".join(lines).encode("cp1252")


@cache
def _sie() -> bytes:
    lines = ["#FLAGGA 0", "#FORMAT PC8", "#SIETYP 4", '#FNAMN "Örebro"', "#RAR 0 20260101 20261231"]
    lines += ['#KONTO 1119 "Mark"', '#DIM 6 "Projekt"', '#OBJEKT 6 "P1" "Cykelväg"']
    lines += [f'#PBUDGET 0 2026{month:02} 1119 {{6 "P1"}} {month}000.50' for month in range(1, 13)]
    return "\r\n".join(lines).encode("cp437")


def _flip(chance: random.Random, content: bytes) -> bytes:
    """Some bytes are other bytes."""
    changed = bytearray(content)
    for _ in range(chance.randint(1, 30) if changed else 0):
        changed[chance.randrange(len(changed))] = chance.randrange(256)
    return bytes(changed)


def _cut(chance: random.Random, content: bytes) -> bytes:
    """The end or a piece is missing."""
    begin = chance.randrange(len(content) + 1)
    end = len(content) if chance.random() < 0.5 else min(begin + 200, len(content))
    return content[:begin] + content[end:]


def _insert(chance: random.Random, content: bytes) -> bytes:
    """Something stands where it does not belong, or twice."""
    place = chance.randrange(len(content) + 1)
    piece = chance.choice(_CHUNKS) * chance.choice((1, 1, 50, 5000))
    if chance.random() < 0.3:
        piece = content[place : place + 500]
    return content[:place] + piece + content[place:]


def _text_value(chance: random.Random, content: bytes) -> bytes:
    """A field of a text file is something else."""
    fields = list(re.finditer(rb"[^;\t\r\n ]+", content))
    if not fields:
        return content
    field = chance.choice(fields)
    value = chance.choice(HOSTILE).encode("utf-8", "replace")
    return content[: field.start()] + value + content[field.end() :]


def _encoding(chance: random.Random, content: bytes) -> bytes:
    """Written in another encoding than the rest says."""
    text = content.decode("cp1252", "replace")
    return text.encode(
        chance.choice(("utf-8", "utf-8-sig", "utf-16", "utf-16-be", "cp437")), "replace"
    )


def _record(chance: random.Random, content: bytes) -> bytes:
    """A record of a binary workbook says that it is longer, or something else."""
    place = chance.randrange(512, max(len(content) - 4, 513))
    value = chance.choice((0, 1, 0xFF, 0xFFFF, 0x0006, 0x0203, 0x0809, 0x000A, 0x7FFFFFFF))
    size = chance.choice((1, 2, 4))
    new = (value & (256**size - 1)).to_bytes(size, "little")
    return content[:place] + new + content[place + size :]


def _parts(content: bytes) -> dict[str, bytes]:
    """The parts of an archive, as far as they can be had; none when it is none any more."""
    parts = {}
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for name in archive.namelist():
                parts[name] = archive.read(name)
    except Exception:  # what an earlier mutation broke stays broken
        return {}
    return parts


def _archive(parts: list[tuple[str, bytes]], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    target = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(target, "w", method) as archive:
        warnings.simplefilter("ignore")  # a part that is there twice is meant
        for name, content in parts:
            archive.writestr(name, content)
    return target.getvalue()


def _structure(chance: random.Random, content: bytes) -> bytes:
    """A part is missing, there twice, called something else, another's, empty or huge."""
    parts = list(_parts(content).items())
    if not parts:
        return _flip(chance, content)
    place = chance.randrange(len(parts))
    name, text = parts[place]
    other = chance.choice(parts)[1]
    parts[place : place + 1] = chance.choice(
        (
            [],
            [(name, text), (name, other)],
            [(name.upper(), text)],
            [(f"../{name}", text)],
            [(name, other)],
            [(name, b"")],
            [(name, text + b" " * 30_000_000)],
            [(name, text), *((f"xl/media/{number}.bin", b"x") for number in range(300))],
        )
    )
    return _archive(parts, chance.choice((zipfile.ZIP_DEFLATED, zipfile.ZIP_STORED)))


def _in_part(change: Callable[[random.Random, bytes], bytes]):
    def mutate(chance: random.Random, content: bytes) -> bytes:
        parts = _parts(content)
        if not parts:
            return _flip(chance, content)
        # Where the cells are is where most can go wrong.
        sheets = [name for name in parts if "sheet" in name or name == "content.xml"]
        names = sheets if sheets and chance.random() < 0.6 else list(parts)
        name = chance.choice(names)
        parts[name] = change(chance, parts[name])
        return _archive(list(parts.items()))

    mutate.__doc__ = change.__doc__
    return mutate


def _element(chance: random.Random, text: bytes) -> bytes:
    """A tag is missing, there twice or many times, or another's."""
    tags = list(re.finditer(rb"<[^>]+>", text))
    if not tags:
        return text
    tag, other = chance.choice(tags), chance.choice(tags)
    new = chance.choice(
        (b"", tag[0] * 2, other[0], tag[0] * 2000, b"<a>" * 20_000, b"<![CDATA[" + tag[0] + b"]]>")
    )
    return text[: tag.start()] + new + text[tag.end() :]


def _attribute(chance: random.Random, text: bytes) -> bytes:
    """An attribute says something else."""
    found = list(re.finditer(rb'="([^"]*)"', text))
    return _put(chance, text, found)


def _value(chance: random.Random, text: bytes) -> bytes:
    """A value between two tags is something else."""
    found = list(re.finditer(rb">([^<>]+)<", text))
    return _put(chance, text, found)


def _put(chance: random.Random, text: bytes, found: list[re.Match]) -> bytes:
    if not found:
        return text
    match = chance.choice(found)
    value = chance.choice(HOSTILE).encode("utf-8", "replace")
    return text[: match.start(1)] + value + text[match.end(1) :]


def _entities(chance: random.Random, text: bytes) -> bytes:
    """Entities that grow when they are read, or that name a file."""
    levels = chance.randint(2, 9)
    lines = "".join(
        f'<!ENTITY e{level} "{f"&e{level - 1};" * 10}">' for level in range(1, levels + 1)
    )
    declared = f'<!DOCTYPE x [<!ENTITY e0 "lol">{lines}<!ENTITY f SYSTEM "file:///etc/passwd">]>'
    entity = chance.choice((f"&e{levels};", "&f;", "&e0;"))
    text = re.sub(rb"(<\?xml[^>]*\?>)?", rb"\g<0>" + declared.encode(), text, count=1)
    found = list(re.finditer(rb">([^<>]+)<", text))
    if not found:
        return text
    match = chance.choice(found)
    return text[: match.start(1)] + entity.encode() + text[match.end(1) :]


_BYTES = (_flip, _cut, _insert)
_ZIPPED = (
    *_BYTES,
    _structure,
    *(_in_part(change) for change in (_element, _attribute, _attribute, _value, _value, _entities)),
)
_FILES = (
    ("budget.xlsx", _xlsx, _ZIPPED),
    ("budget.ods", _ods, _ZIPPED),
    ("budget.xls", _xls, (*_BYTES, _record, _record)),
    ("budget.csv", _csv, (*_BYTES, _text_value, _text_value, _encoding)),
    ("budget.xlsx", _xlsx, _ZIPPED),
    ("budget.xlsb", _xlsb, (*_BYTES, _structure, _in_part(_flip), _in_part(_record))),
    ("budget.se", _sie, (*_BYTES, _text_value, _encoding)),
)
