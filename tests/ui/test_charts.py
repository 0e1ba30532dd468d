"""Charts are drawn from whole öre, say what they show, and take no markup from anybody."""

from xml.etree import ElementTree

import numpy as np
import pytest

from model.palette import COVER, MEANINGS
from tests.ui.chart_samples import MILLION, amounts
from ui.charts import (
    bridge,
    by_category,
    compare,
    cost_curve,
    difference,
    emissions,
    gap_change,
    need_and_cover,
    operating,
    share_bar,
    style,
    svg,
    waterfall,
)
from ui.charts.cost_curve import Bar
from ui.charts.stack import Stack
from ui.i18n import speaking

NB = "\u00a0"
HOSTILE = "<img src=x onerror=alert(1)> $x$ %{y}"


YEARS = Stack(
    keys=("0", "2026", "2027"),
    labels=("t.o.m. 2025", "2026", "2027"),
    cover={
        "idea": amounts(0, 0, 0),
        "planned": amounts(0, 0, 40),
        "granted": amounts(4, 36, 28),
    },
    gap=amounts(0, 110, 245),
)
BARS = [
    Bar(1, HOSTILE, 100.0, 3_000.0, 5 * MILLION),
    Bar(2, "Dyr", 900.0, 1_000.0, -2 * MILLION),
]
FIGURES = {
    "bridge": bridge.figure(10 * MILLION, 3 * MILLION, 2 * MILLION, 0),
    "cost_curve": cost_curve.curve(BARS),
    "ranking": cost_curve.ranking(BARS),
    "difference": difference.figure(
        "gap", ("A", 10 * MILLION), [(HOSTILE, 5 * MILLION), ("Ingen", 0), ("C", -8 * MILLION)], "B"
    ),
    "need_and_cover": need_and_cover.figure(YEARS),
    "by_category": by_category.figure(YEARS),
    "waterfall": waterfall.figure({"granted": 5 * MILLION}, MILLION),
    "compare": compare.figure(YEARS.labels, [compare.Panel("Planen", YEARS.need, YEARS.gap, True)]),
    "emissions": emissions.figure(
        [emissions.Line("Mål", "target", (2024, 2030), (100.0, None))], "t"
    ),
    "operating": operating.figure(
        (2026, 2027), {"depreciation": amounts(3, 3), "energy": amounts(0, -5)}
    ),
    "share_bar": share_bar.figure([share_bar.Shares("Planen", 20, 0, 80)]),
}


def test_a_bar_of_the_cost_curve_is_as_wide_as_its_tonnes():
    (bars,) = FIGURES["cost_curve"].data
    assert (list(bars.x), list(bars.width)) == ([0, 3_000], [3_000, 1_000])
    assert (list(bars.y), list(bars.text)) == ([100, 900], ["1", "2"])


def test_what_does_not_pay_is_told_by_more_than_its_side():
    pays, does_not = FIGURES["ranking"].data
    assert (list(pays.x), list(does_not.x)) == ([5], [-2])
    assert does_not.marker.line.width > pays.marker.line.width


def test_the_bridge_ends_in_what_is_left():
    steps = FIGURES["bridge"].data
    assert [list(step.x) + list(step.base) for step in steps] == [[10, 0], [3, 7], [2, 5], [5, 0]]


def test_the_steps_between_two_scenarios_go_up_and_down_with_their_signs():
    drawn = FIGURES["difference"]
    assert [list(step.x) + list(step.base) for step in drawn.data] == [
        [10, 0],
        [5, 10],
        [8, 7],
        [7, 0],
    ]
    texts = [note.text for note in drawn.layout.annotations]
    assert {"10,0", "+5,0", "\u22128,0"} <= set(texts)
    assert texts[-1].endswith(">7,0</b>")


def test_of_many_steps_the_smallest_are_drawn_together_and_the_end_is_the_same():
    changes = [(str(place), place * MILLION) for place in range(1, 13)]
    bars = difference.figure("gap", ("A", 0), changes, "B").data
    assert len(bars) == 1 + difference.MOST + 1
    assert bars[-2].x[0] == 1 + 2 + 3
    assert bars[-1].x[0] == sum(range(1, 13))


def test_steps_below_zero_keep_their_place():
    drawn = difference.figure("tonnes", ("A", 5.0), [("b", -8.0)], "B")
    assert [list(step.x) + list(step.base) for step in drawn.data] == [[5, 0], [8, -3], [3, -3]]
    assert drawn.layout.xaxis.range[0] == -3


def test_need_is_what_covers_it_and_the_gap():
    assert YEARS.need.tolist() == amounts(4, 146, 313).tolist()


def test_a_bar_is_stacked_in_the_order_of_certainty_with_the_gap_on_top():
    assert YEARS.parts == ["granted", "planned", "gap"]
    assert [trace.customdata[0][1] for trace in FIGURES["need_and_cover"].data] == YEARS.parts


def test_a_status_that_covers_nothing_is_not_drawn():
    assert "idea" not in YEARS.parts


def test_a_click_on_a_bar_says_its_year_and_status():
    assert [tuple(part) for part in FIGURES["need_and_cover"].data[-1].customdata] == [
        ("0", "gap"),
        ("2026", "gap"),
        ("2027", "gap"),
    ]


def test_the_gap_carries_its_amount_in_its_colour():
    gap = FIGURES["need_and_cover"].data[-1]
    assert list(gap.text) == ["", "<b>110,0</b>", "<b>245,0</b>"]
    assert gap.textfont.color == gap.marker.color == MEANINGS["gap"].colour


def test_a_lower_bound_is_said_in_the_chart():
    bound = Stack(("a",), ("A",), {}, amounts(75), np.array([True]))
    assert need_and_cover.figure(bound).data[0].text[0] == "<b>minst 75,0</b>"


def test_categories_are_sorted_by_need_and_equal_ones_keep_their_order():
    sorted_ = Stack(("a", "b", "c"), ("A", "B", "C"), {}, amounts(1, 3, 1)).largest_first()
    assert sorted_.keys == ("b", "a", "c")


def test_an_order_of_its_own_is_kept():
    drawn = by_category.figure(YEARS, sort=False)
    assert [key for key, _status in drawn.data[0].customdata] == list(YEARS.keys)


def test_a_waterfall_ends_at_the_gap():
    drawn = waterfall.figure({"granted": 3 * MILLION, "decided": 2 * MILLION}, 5 * MILLION)
    assert [trace.customdata[0][1] for trace in drawn.data] == ["need", "granted", "decided", "gap"]
    assert [(trace.base[0], trace.x[0]) for trace in drawn.data] == [
        (0.0, 10.0),
        (7.0, 3.0),
        (5.0, 2.0),
        (0.0, 5.0),
    ]


def test_compared_scenarios_share_one_scale():
    small, large = YEARS.need // 2, YEARS.need
    drawn = compare.figure(
        YEARS.labels, [compare.Panel("A", small, small), compare.Panel("B", large, large)]
    )
    assert drawn.layout.yaxis.range == drawn.layout.yaxis2.range


def test_only_the_selected_scenario_is_in_full_strength():
    panels = [compare.Panel("A", YEARS.need, YEARS.gap, True), compare.Panel("B", *[YEARS.gap] * 2)]
    colours = [trace.marker.color for trace in compare.figure(YEARS.labels, panels).data[1::2]]
    assert colours == [MEANINGS["gap"].colour, style.MUTED]


@pytest.mark.parametrize("count", [0, 7])
def test_one_to_six_scenarios_are_compared(count):
    with pytest.raises(ValueError, match="expected 1 to 6"):
        compare.figure(YEARS.labels, [compare.Panel("A", YEARS.need, YEARS.gap)] * count)


def test_shares_of_nothing_are_nothing():
    assert share_bar.Shares("Tom").parts == {"public": 0.0, "mixed": 0.0, "private": 0.0}


def test_a_stack_of_uneven_columns_is_refused():
    with pytest.raises(ValueError, match="expected 1, as keys"):
        Stack(("a",), ("A",), {"granted": amounts(1, 2)}, amounts(1))


def test_a_stack_knows_only_the_statuses_of_the_model():
    with pytest.raises(ValueError, match="no statuses"):
        Stack(("a",), ("A",), {"maybe": amounts(1)}, amounts(1))


@pytest.mark.parametrize("drawn", FIGURES.values(), ids=FIGURES)
def test_every_figure_stands_on_white_moves_not_and_begins_at_zero(drawn):
    assert drawn.layout.paper_bgcolor == drawn.layout.plot_bgcolor == "#FFFFFF"
    assert drawn.layout.transition.duration == 0
    assert drawn.layout.dragmode is False
    assert drawn.layout.showlegend is False
    for axis in drawn.select_yaxes():
        assert axis.fixedrange is True


@pytest.mark.parametrize("drawn", FIGURES.values(), ids=FIGURES)
def test_a_figure_is_light(drawn):
    assert len(drawn.data) <= 8
    assert len(drawn.to_json()) < 12_000


def test_a_figure_writes_numbers_in_the_language_of_the_page():
    assert style.figure(100).layout.separators == ",\u202f"
    with speaking("en"):
        assert style.figure(100).layout.separators == ".,"


def test_names_are_never_markup():
    drawn = [
        need_and_cover.figure(Stack(("a",), (HOSTILE,), {}, amounts(1))),
        by_category.figure(Stack(("a",), (HOSTILE,), {}, amounts(1))),
        compare.figure((HOSTILE,), [compare.Panel(HOSTILE, amounts(1), amounts(1))]),
        emissions.figure([emissions.Line(HOSTILE, "target", (2030,), (1.0,))], HOSTILE),
        share_bar.figure([share_bar.Shares(HOSTILE, 1)]),
    ]
    for figure in drawn:
        text = figure.to_json().replace("\\u003c", "<").replace("\\u003e", ">")
        assert "<img" not in text
        assert "$x$" not in text
        assert "%{y}" not in text


def test_each_meaning_of_money_has_a_form_of_its_own():
    forms = [str(style.marker(meaning)) for meaning in [*COVER.values(), MEANINGS["gap"]]]
    assert len(set(forms)) == len(forms)


def test_a_chart_can_be_told():
    assert need_and_cover.describe(YEARS) == (
        f"Staplar per år: av behovet på 463,0{NB}mnkr saknas 355,0{NB}mnkr, "
        f"mest 2027: 245,0{NB}mnkr."
    )
    covered = Stack(("a",), ("A",), {"granted": amounts(2)}, amounts(0))
    assert need_and_cover.describe(covered) == (
        f"Staplar per år: hela behovet på 2,0{NB}mnkr är täckt."
    )
    assert need_and_cover.describe(Stack((), (), {}, amounts())) == (
        "Inget investeringsbehov är känt för något år."
    )
    assert waterfall.describe({"granted": 5 * MILLION}, MILLION) == (
        f"Steg från behovet på 6,0{NB}mnkr: beviljat bidrag 5,0{NB}mnkr, saknas 1,0{NB}mnkr."
    )
    assert share_bar.describe([share_bar.Shares("Umeå", 20, 0, 80)]) == (
        f"Andelar av behovet. Umeå: offentlig 20{NB}%, privat 80{NB}%."
    )


def test_operating_cost_rises_above_zero_and_what_lowers_it_below_with_the_sum_on_top():
    columns = {"depreciation": amounts(3, 3), "energy": amounts(0, -5), "dissolved": amounts(0, 0)}
    drawn = operating.figure((2026, 2027), columns)
    assert operating.parts(columns) == ["depreciation", "energy"]
    assert [trace.type for trace in drawn.data] == ["bar", "bar", "scatter", "scatter"]
    assert list(drawn.data[-1].text) == ["<b>3,0</b>", "<b>\u22122,0</b>"]
    assert operating.describe((2026, 2027), columns) == (
        "Staplar per år, kostnader uppåt och det som sänker dem nedåt. "
        f"2026: 3,0{NB}mnkr; 2027: \u22122,0{NB}mnkr."
    )


def parsed(picture: svg.Picture, title: str = "Titel") -> ElementTree.Element:
    """The chart as a browser reads it; ParseError where it is not well formed."""
    return ElementTree.fromstring(picture.markup("c", title, "Beskrivning"))


def drawn_bars(picture: svg.Picture) -> list[tuple[int, float]]:
    """(öre, height) of every bar."""
    bars = parsed(picture).iter("rect")
    return [(int(bar.get("data-ore")), float(bar.get("height"))) for bar in bars]


def test_a_drawn_bar_is_as_high_as_its_amount_and_says_it_to_the_ore():
    years, gap = ("2026", "2027", "2028"), np.array([0, 50_00, 100 * MILLION], dtype=np.int64)
    picture = gap_change.picture(years, gap, gap, "Planen")
    assert picture.ore == gap.sum()
    room = svg.HEIGHT - svg.ABOVE - svg.BELOW
    assert drawn_bars(picture) == [(0, 0), (50_00, 0), (100 * MILLION, room)]


def test_the_plan_stands_behind_where_it_differs():
    years, plan = ("2026", "2027"), amounts(40, 10)
    picture = gap_change.picture(years, plan, amounts(20, 0), "Två år senare")
    assert [ore for ore, _height in drawn_bars(picture)] == [*plan.tolist(), 20 * MILLION, 0]


@pytest.mark.parametrize(
    ("largest", "step", "lines"),
    [(0, 0.1, 1), (1, 0.25, 4), (9, 2.5, 4), (150, 50, 3), (2_100, 1_000, 3)],
)
def test_a_scale_has_at_most_five_round_lines_and_room_for_the_largest(largest, step, lines):
    scale = svg.Scale(largest * MILLION)
    assert (scale.step, scale.lines) == (step, lines)


def test_what_is_drawn_takes_no_markup():
    picture = gap_change.picture((HOSTILE, "2027"), amounts(1, 2), amounts(2, 2), HOSTILE)
    assert "<img" not in picture.markup("c", HOSTILE, HOSTILE)
    assert HOSTILE in parsed(picture, HOSTILE).find("svg/title").text


def test_of_many_years_some_have_no_name_and_the_largest_amount_is_said():
    years = tuple(str(year) for year in range(2025, 2051))
    gap = amounts(*range(26))
    texts = [each.text for each in parsed(gap_change.picture(years, gap, gap, "P")).iter("text")]
    assert {"25,0", "2025"} <= set(texts)
    assert "24,0" not in texts
