"""How an OpenDocument shows a number, as a number format of Excel: ``#,##0.0 "tkr"``.

What a format adds in words (a unit, a percent sign) and what it hides (thousands) says what the
number is; colours and conditions do not.
"""

from xml.etree.ElementTree import Element

OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
NUMBER = "{urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0}"

_DATA_STYLES = {
    f"{NUMBER}{kind}-style" for kind in ("number", "currency", "percentage", "date", "time", "text")
}
_DATES = {
    **{"year": "yyyy", "month": "mm", "day": "dd"},
    **{"hours": "hh", "minutes": "mm", "seconds": "ss"},
}


class Styles:
    """Cell styles and number formats of a document, learnt element by element."""

    def __init__(self):
        # Style to (its number format, the style it builds on).
        self._cells: dict[str, tuple[str | None, str | None]] = {}
        self._formats: dict[str, str] = {}
        self._hidden_tables: set[str] = set()

    def learn(self, element: Element) -> None:
        """Take in an element that ends, if it is a style."""
        name = element.get(f"{STYLE}name", "")
        if element.tag in _DATA_STYLES:
            self._formats[name] = _code(element)
        elif element.tag == f"{STYLE}style":
            family = element.get(f"{STYLE}family")
            if family == "table-cell":
                shape = element.get(f"{STYLE}data-style-name")
                self._cells[name] = (shape, element.get(f"{STYLE}parent-style-name"))
            elif family == "table" and any(
                part.get(f"{TABLE}display") == "false" for part in element
            ):
                self._hidden_tables.add(name)

    def is_displayed(self, style: str | None) -> bool:
        """A table of this style can be seen."""
        return style not in self._hidden_tables

    def number_format(self, style: str | None) -> str:
        """The number format of a cell style, or of the one it builds on; empty when general."""
        for _step in range(20):  # a style that builds on itself ends somewhere too
            shape, parent = self._cells.get(style or "", (None, None))
            if shape is not None:
                return self._formats.get(shape, "")
            if parent is None:
                return ""
            style = parent
        return ""


def _code(style: Element) -> str:
    parts = [_part(part) for part in style]
    # A number with nothing to it but digits is shown as it is.
    code = "".join(parts)
    return "" if code in ("0", "General") and style.tag.endswith("}number-style") else code


def _part(part: Element) -> str:
    name = part.tag.removeprefix(NUMBER)
    if name in ("number", "scientific-number"):
        digits = "0" * max(int(part.get(f"{NUMBER}min-integer-digits", 1)), 1)
        if part.get(f"{NUMBER}grouping") == "true":
            digits = f"#,##{digits}"
        places = min(int(part.get(f"{NUMBER}decimal-places", 0)), 30)
        scale = int(float(part.get(f"{NUMBER}display-factor", 1)))
        return (
            digits
            + ("." + "0" * places if places else "")
            + ("E+00" if name == "scientific-number" else "")
            # Each comma shows the number divided by a thousand.
            + "," * (len(str(scale)) // 3 if scale > 1 else 0)
        )
    if name == "text":
        text = (part.text or "").replace('"', "")
        return text if text in ("%", "-", "/", ":", " ", "") else f'"{text}"'
    if name == "currency-symbol":
        return f"[${part.text or ''}]"
    return _DATES.get(name, "")
