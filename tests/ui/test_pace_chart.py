"""The climate budget's chart: years keep their places, and the line is named."""

from ui.charts.pace import KINDS, Years, describe, figure, meanings

SHOWN = Years(
    (2026, 2027),
    {"funded": (0.0, 5.0), "unfunded": (1.0, 1.0), "cost_unknown": (0.0, 0.0), "undecided": (0, 2)},
    (3.0, 6.0),
)


def test_only_the_kinds_that_are_anything_are_drawn_and_explained():
    drawn = figure(SHOWN).checked
    assert [trace.type for trace in drawn.data] == ["bar", "bar", "bar", "scatter"]
    assert meanings(SHOWN) == [KINDS[kind] for kind in ("funded", "unfunded", "undecided")]
    assert drawn.data[0].y == (None, 5.0)


def test_the_line_is_named_above_the_years():
    named = figure(SHOWN).checked.layout.annotations[1]
    assert (named.xref, named.x) == ("paper", 1)
    assert "To be reduced" in named.text or "Ska bort" in named.text


def test_what_is_not_known_has_no_line():
    unknown = Years(SHOWN.years, SHOWN.tonnes, None)
    assert "scatter" not in [trace.type for trace in figure(unknown).checked.data]
    assert "2027" in describe(unknown)
