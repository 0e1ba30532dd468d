"""What python-pptx has no words for in a chart: places of labels, and its worksheet as text."""

from io import BytesIO
from math import ceil, floor, log10

from lxml import etree
from pptx.chart.data import CategoryChartData
from pptx.oxml.ns import qn
from xlsxwriter import Workbook

# Where charts keep what the first version of their format had no place for.
_CHARTS_2012 = "http://schemas.microsoft.com/office/drawing/2012/chart"
_EXTENSION = "{CE6537A1-D6FC-4f65-9D91-7224C49458BB}"


def numbers_sheet(data: CategoryChartData) -> bytes:
    """The chart's own worksheet. Names go in as text, which python-pptx itself does not see to."""
    buffer = BytesIO()
    book = Workbook(
        buffer, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    sheet = book.add_worksheet("Sheet1")
    amount = book.add_format({"num_format": data.number_format})
    for row, category in enumerate(data.categories, 1):
        sheet.write_string(row, 0, category.label)
    for column, series in enumerate(data, 1):
        sheet.write_string(0, column, series.name)
        for row, value in enumerate(series.values, 1):
            if value is not None:
                sheet.write_number(row, column, value, amount)
    book.close()
    return buffer.getvalue()


def axis_top(highest: float) -> float:
    """A round number a little above the highest column, at most ten gridlines away from zero."""
    if highest <= 0:
        return 1.0
    magnitude = 10 ** floor(log10(highest * 1.08))
    step = next(
        part * magnitude
        for part in (0.1, 0.2, 0.25, 0.5, 1)
        if highest * 1.08 <= 10 * part * magnitude
    )
    return ceil(highest * 1.08 / step) * step


def fix_plot(chart, place: dict[str, float]) -> None:
    """Say where the plotting area itself stands, so that labels can be placed against it."""
    area = chart._chartSpace.chart.plotArea
    layout = area.find(qn("c:layout"))
    if layout is None:
        layout = etree.Element(qn("c:layout"))
        area.insert(0, layout)
    layout.clear()
    manual = etree.SubElement(layout, qn("c:manualLayout"))
    words = {"layoutTarget": "inner", "xMode": "edge", "yMode": "edge"}
    for tag, value in (words | place).items():
        etree.SubElement(manual, qn(f"c:{tag}")).set("val", str(value))


def level_labels(axis) -> None:
    """Labels that stand level and break between words, where a program would turn or cut them."""
    body = axis._element.find(qn("c:txPr")).find(qn("a:bodyPr"))
    body.set("rot", "0")
    body.set("vert", "horz")


def raise_label(label, by: float) -> None:
    """Move a data label up by a part of the chart's height."""
    element = label._dLbl
    layout = etree.Element(qn("c:layout"))
    manual = etree.SubElement(layout, qn("c:manualLayout"))
    for tag, value in (("x", 0), ("y", -by)):
        etree.SubElement(manual, qn(f"c:{tag}")).set("val", f"{value:.4f}")
    element.insert(1, layout)


def separate(labels, text: str) -> None:
    """What stands between a label's series name and its value."""
    separator = etree.Element(qn("c:separator"))
    separator.text = text
    labels._element.find(qn("c:showBubbleSize")).addnext(separator)


def without_lines(labels) -> None:
    """No line from a label that was moved to the bar that it belongs to."""
    extensions = etree.SubElement(labels._element, qn("c:extLst"))
    extension = etree.SubElement(
        extensions, qn("c:ext"), uri=_EXTENSION, nsmap={"c15": _CHARTS_2012}
    )
    etree.SubElement(extension, f"{{{_CHARTS_2012}}}showLeaderLines", val="0")
