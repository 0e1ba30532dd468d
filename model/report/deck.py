"""A deck of slides with native, editable charts: one message a slide, and its source below it.

White ground, one accent, wide format. The charts are drawn by :mod:`model.palette`; their numbers
lie in the file and can be edited where the slide is shown.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO

from pptx import Presentation
from pptx.chart.data import CategoryChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_CHART_TYPE, XL_LABEL_POSITION, XL_LEGEND_POSITION, XL_TICK_MARK
from pptx.enum.dml import MSO_LINE_DASH_STYLE, MSO_PATTERN_TYPE
from pptx.enum.lang import MSO_LANGUAGE_ID
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.util import Emu, Inches, Pt

from model.palette import GAP, GRID, INK, MUTED, Meaning
from model.report.chart_parts import (
    axis_top,
    fix_plot,
    level_labels,
    numbers_sheet,
    raise_label,
    separate,
    without_lines,
)
from model.report.house_style import house_style, logo_of
from model.report.view import View

WIDE, HIGH = Inches(13.333), Inches(7.5)
LEFT, WIDTH = Inches(0.6), Inches(12.133)
CHART = (LEFT, Inches(1.95), WIDTH, Inches(4.2))
# A table's row, and how much wider than figures the names and other words are.
ROW, NAMES, WORDS = Inches(0.38), 5, 2
# The chart's own plotting area, as parts of it.
_PLOT = {"x": 0.06, "y": 0.03, "w": 0.93, "h": 0.85}
_BESIDE_LEGEND = 0.74
# With more categories than this their labels are smaller, to stand beside each other.
LARGE_LABELS = 6
_TITLE_ONLY = 5
_LANGUAGES = {"sv": MSO_LANGUAGE_ID.SWEDISH, "en": MSO_LANGUAGE_ID.ENGLISH_UK}
AMOUNT = "#,##0.0"
PERCENT = {"sv": "0\u00a0%", "en": "0%"}
# Excel's codes for how a language writes numbers; a program that ignores them uses the computer's.
_SIGNS = {"sv": "[$-41D]", "en": "[$-809]"}
# Nor has XML any U+FFFE and U+FFFF.
_CONTROL = re.compile(r"[\x00-\x1f\x7f\ufffe\uffff]+")
# Letters that a property of a file has room for.
_PROPERTY = 255
# A bar lower than this part of the axis has no room for its label inside.
_ROOM = 0.07


@dataclass(frozen=True)
class Series:
    """One series of a chart: a value per category, ``None`` where there is none."""

    meaning: Meaning
    values: Sequence[float | None]
    name: str


class Deck:
    """A presentation of one view."""

    def __init__(self, view: View, title: str):
        self.view = view
        self._style = house_style(view.plan.head.municipality)
        self._deck = Presentation()
        self._deck.slide_width, self._deck.slide_height = WIDE, HIGH
        properties = self._deck.core_properties
        properties.title, properties.author = property_of(title), "Klimatinvest"
        properties.language = view.language
        properties.created = properties.modified = datetime(*view.today.timetuple()[:3])
        self._layout = self._deck.slide_layouts[_TITLE_ONLY]
        heading = self._layout.placeholders[0]
        heading.left, heading.top = LEFT, Inches(0.48)
        heading.width, heading.height = WIDTH, Inches(0.94)

    def slide(self, title: str, subtitle: str, remarks: Iterable[str], notes: Iterable[str]):
        """A new slide with its answer as title, and ``remarks`` as lines under the chart."""
        slide = self._deck.slides.add_slide(self._layout)
        heading = slide.shapes.title.text_frame
        heading.vertical_anchor = MSO_ANCHOR.BOTTOM
        self._write(heading, title, 26, self._style.accent, bold=True)
        self._text(slide, subtitle, 13, MUTED, Inches(1.4), Inches(0.5))
        self._text(slide, "\n".join(filter(None, remarks)), 13, INK, Inches(6.2), Inches(0.6))
        source = self.view.plan.head.source or self.view.say("unknown")
        footer = " · ".join(
            [
                self.view.say("Source: {source}", source=source),
                self.view.scenario,
                self.view.today.isoformat(),
                "Klimatinvest",
            ]
        )
        self._text(slide, footer, 11, MUTED, Inches(6.92), Inches(0.35))
        self._logo(slide)
        if self.view.mark:
            self._mark(slide)
        slide.notes_slide.notes_text_frame.text = "\n".join(plain(note) for note in notes)
        return slide

    def columns(self, slide, categories: Sequence[str], series: Sequence[Series]):
        """Stacked columns in the order of the series; the gap, on top, says its amounts."""
        chart = self._chart(slide, XL_CHART_TYPE.COLUMN_STACKED, categories, series, AMOUNT)
        plot = chart.plots[0]
        plot.gap_width, plot.overlap = 45, 100
        stacked = zip(*(each.values for each in series), strict=True)
        top = axis_top(max(sum(filter(None, column)) for column in stacked))
        chart.value_axis.maximum_scale = top
        fix_plot(chart, _PLOT | ({"w": _BESIDE_LEGEND} if len(series) > 1 else {}))
        if series[-1].meaning is GAP:
            self._label_gap(plot.series[-1], series[-1].values, top)
        if len(series) > 1:
            chart.has_legend = True
            chart.legend.position = XL_LEGEND_POSITION.RIGHT
            chart.legend.include_in_layout = False
            self._font(chart.legend.font, 14)
        return chart

    def bars(
        self,
        slide,
        categories: Sequence[str],
        series: Sequence[Series],
        number_format: str = AMOUNT,
        colours: Sequence[Meaning] = (),
    ):
        """Horizontal bars from the top down, each with its number; series beside each other.

        ``colours`` gives the first series a meaning per category. Where there are more series, the
        labels of the later ones say their names.
        """
        chart = self._chart(slide, XL_CHART_TYPE.BAR_CLUSTERED, categories, series, number_format)
        plot = chart.plots[0]
        plot.gap_width, plot.overlap = 45, -5
        chart.category_axis.reverse_order = True
        chart.value_axis.visible = False
        chart.value_axis.has_major_gridlines = False
        known = [v for each in series for v in each.values if v is not None]
        chart.value_axis.maximum_scale = max(known, default=0) * 1.15 or 1
        for place, drawn in enumerate(plot.series):
            labels = drawn.data_labels
            labels.show_value, labels.number_format = True, self._format(number_format)
            labels.number_format_is_linked = False
            labels.position = XL_LABEL_POSITION.OUTSIDE_END
            self._font(labels.font, 16 if place == 0 else 14, bold=place == 0)
            if place:
                labels.show_series_name = True
                separate(labels, ": ")
        for place, meaning in enumerate(colours):
            fill(plot.series[0].points[place].format, meaning)
        return chart

    def table(
        self, slide, columns: Sequence[str], rows: Sequence[Sequence[str]], words: int
    ) -> None:
        """A native table where a chart would stand; the first ``words`` columns are words, and the
        last row is the sum.
        """
        left, top, width, _height = CHART
        frame = slide.shapes.add_table(len(rows) + 1, len(columns), left, top, width, ROW)
        frame._element.nvGraphicFramePr.cNvPr.set("descr", slide.shapes.title.text_frame.text)
        table = frame.table
        table.horz_banding = False
        parts = [NAMES, *[WORDS] * (words - 1), *[1] * (len(columns) - words)]
        for column, part in zip(table.columns, parts, strict=True):
            column.width = int(width * part / sum(parts))
        for number, row in enumerate([columns, *rows]):
            table.rows[number].height = ROW
            head, last = number == 0, number == len(rows)
            for place, text in enumerate(row):
                cell = table.cell(number, place)
                cell.fill.solid()
                cell.fill.fore_color.rgb = rgb(self._style.accent if head else "#FFFFFF")
                cell.vertical_anchor = MSO_ANCHOR.MIDDLE
                colour = "#FFFFFF" if head else INK
                self._write(cell.text_frame, text, 14, colour, bold=head or last)
                if place >= words:
                    cell.text_frame.paragraphs[0].alignment = PP_ALIGN.RIGHT

    def content(self) -> bytes:
        """The finished file."""
        buffer = BytesIO()
        self._deck.save(buffer)
        return buffer.getvalue()

    def _chart(self, slide, kind, categories, series, number_format: str):
        data = CategoryChartData(number_format=self._format(number_format))
        data.categories = [plain(category) for category in categories]
        for each in series:
            data.add_series(plain(each.name), each.values)
        frame = slide.shapes.add_chart(kind, *CHART, data)
        # What a screen reader says of the chart: the slide's answer.
        answer = slide.shapes.title.text_frame.text
        frame._element.nvGraphicFramePr.cNvPr.set("descr", answer)
        chart = frame.chart
        chart.part.chart_workbook.update_from_xlsx_blob(numbers_sheet(data))
        chart.has_legend = chart.has_title = False
        self._font(chart.font, 14)
        for drawn, each in zip(chart.plots[0].series, series, strict=True):
            fill(drawn.format, each.meaning)
            drawn.invert_if_negative = False
        axis = chart.category_axis
        axis.format.line.color.rgb = rgb(MUTED)
        axis.major_tick_mark = XL_TICK_MARK.NONE
        axis.has_major_gridlines = False
        self._font(axis.tick_labels.font, 14 if len(data.categories) <= LARGE_LABELS else 12)
        level_labels(axis)
        value = chart.value_axis
        value.minimum_scale = 0
        value.major_tick_mark = XL_TICK_MARK.NONE
        value.format.line.fill.background()
        value.major_gridlines.format.line.color.rgb = rgb(GRID)
        value.major_gridlines.format.line.width = Pt(0.5)
        value.tick_labels.number_format = self._format("#,##0")
        value.tick_labels.number_format_is_linked = False
        self._font(value.tick_labels.font, 12, MUTED)
        return chart

    def _label_gap(self, drawn, values: Sequence[float | None], top: float) -> None:
        """The amounts of the gap: in the bar where there is room, else above it."""
        labels = drawn.data_labels
        labels.show_value, labels.number_format = True, self._format(AMOUNT)
        labels.number_format_is_linked = False
        labels.position = XL_LABEL_POSITION.CENTER
        self._font(labels.font, 14, "#FFFFFF", bold=True)
        without_lines(labels)
        for place, value in enumerate(values):
            if value and value < _ROOM * top:
                label = drawn.points[place].data_label
                self._font(label.font, 14, GAP.colour, bold=True)
                label.position = XL_LABEL_POSITION.CENTER
                raise_label(label, value / top / 2 * _PLOT["h"] + 0.035)

    def _logo(self, slide) -> None:
        """The municipality's logo at the top, where its house style has one."""
        logo = logo_of(self._style)
        if logo is not None:
            picture = slide.shapes.add_picture(str(logo), LEFT, Inches(0.1), height=Inches(0.42))
            picture._element.nvPicPr.cNvPr.set("descr", self.view.say("Logo"))

    def _mark(self, slide) -> None:
        box = slide.shapes.add_textbox(
            LEFT + WIDTH - Inches(1.3), Inches(0.1), Inches(1.3), Inches(0.34)
        )
        box.line.color.rgb, box.line.width = rgb(GAP.colour), Pt(1.5)
        box.text_frame.vertical_anchor = MSO_ANCHOR.MIDDLE
        self._write(box.text_frame, self.view.mark, 14, GAP.colour, bold=True)
        box.text_frame.paragraphs[0].alignment = PP_ALIGN.CENTER

    def _text(self, slide, text: str, size: int, colour: str, top: Emu, height: Emu) -> None:
        if text:
            box = slide.shapes.add_textbox(LEFT, top, WIDTH, height)
            self._write(box.text_frame, text, size, colour)

    def _write(self, frame, text: str, size: int, colour: str, *, bold: bool = False) -> None:
        frame.word_wrap = True
        frame.margin_left = frame.margin_right = 0
        for place, line in enumerate(text.split("\n")):
            paragraph = frame.add_paragraph() if place else frame.paragraphs[0]
            paragraph.alignment = PP_ALIGN.LEFT
            run = paragraph.add_run()
            run.text = plain(line)
            run.font.language_id = _LANGUAGES[self.view.language]
            self._font(run.font, size, colour, bold=bold)

    def _format(self, code: str) -> str:
        return _SIGNS[self.view.language] + code

    def _font(self, font, size: int, colour: str = INK, *, bold: bool = False) -> None:
        font.name, font.size, font.bold = self._style.font, Pt(size), bold
        font.color.rgb = rgb(colour)


def fill(shape_format, meaning: Meaning) -> None:
    """A bar of this meaning: solid, outlined, hatched or dotted."""
    area, line = shape_format.fill, shape_format.line
    if meaning.fill == "hatched":
        area.patterned()
        area.pattern = MSO_PATTERN_TYPE.WIDE_UPWARD_DIAGONAL
        area.fore_color.rgb, area.back_color.rgb = rgb(meaning.colour), rgb("#FFFFFF")
    elif meaning.fill == "dotted":
        area.background()
        line.dash_style = MSO_LINE_DASH_STYLE.ROUND_DOT
    else:
        area.solid()
        area.fore_color.rgb = rgb(meaning.light if meaning.fill == "outlined" else meaning.colour)
    line.color.rgb = rgb("#FFFFFF" if meaning.fill == "solid" else meaning.colour)
    line.width = Pt(0.75 if meaning.fill == "solid" else 1.5)


def rgb(colour: str) -> RGBColor:
    """``#00527a`` as python-pptx wants it."""
    return RGBColor.from_string(colour.removeprefix("#").upper())


def plain(text: str) -> str:
    """One line without the control characters that a slide cannot hold."""
    return _CONTROL.sub(" ", text)


def property_of(title: str) -> str:
    """A title among the properties of a file, cut where it is too long for one."""
    line = plain(title)
    return line if len(line) <= _PROPERTY else f"{line[: _PROPERTY - 1]}…"
