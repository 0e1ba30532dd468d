"""Finansieringsanalys as a council's table: its rows down, the years across."""

from model.financing import Analysis, lines
from model.language import DEFAULT, Language, translate
from model.report import financing as words
from model.report.council.grid import Builder, Column, Grid, Value

_LEVELS = {
    "municipality": "Financing analysis, municipality",
    "group": "Financing analysis, group",
}


def financing_table(analysis: Analysis, language: Language = DEFAULT) -> Grid:
    """The analysis of one level; a share stands as text, amounts in öre."""
    builder = Builder(
        translate(_LEVELS[analysis.level], language),
        (
            Column("", "text"),
            *(Column(str(year.year), adds=False) for year in analysis.years),
            Column(translate("Sum", language), adds=False),
        ),
    )
    for line in lines(analysis):
        name = words.label(line, language)
        if line.kind == "ratio":
            values: list[Value] = list(words.cells(line, analysis, language))
        else:
            total: Value = "" if line.kind == "stock" else line.total
            values = [*line.values, total]
        builder.row([name, *values])
    return builder.grid()
