"""Every chart is drawn in the house style: what can be told of a figure without looking at it."""

import importlib
import inspect
import itertools
import pkgutil
import re
from functools import cache

import numpy as np
import pytest

import ui.charts
from model import palette
from tests.ui.chart_samples import SAMPLES, Sample
from ui.charts import style, svg
from ui.charts.style import Drawing
from ui.i18n import speaking

# What draws no chart of its own: how charts look, and how a finished one is looked at.
NO_CHARTS = {"style", "viewing", "svg", "key"}
COLOUR = re.compile(r"#[0-9A-Fa-f]{6}\b")
RGBA = re.compile(r"rgba\((\d+), ?(\d+), ?(\d+), ?[\d.]+\)")
UNITS = re.compile(
    r"\b(mnkr|t|ton|tonnes?|kr(onor)?|MSEK|SEK|procent|percent|andel|share|figures|siffror"
    r"|åtgärder)\b",
    re.IGNORECASE,
)
# Between two colours that stand for different things, as the eye measures it (CIE 1976). Less
# is taken for the same at a glance.
APART = 9
# Machado, Oliveira & Fernandes 2009: how colours look to who does not see red, and green.
BLIND = {
    "protanopia": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "deuteranopia": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
}


def builders() -> set[str]:
    """Every public function of ``ui/charts`` that returns a chart."""
    found = set()
    for module in pkgutil.iter_modules(ui.charts.__path__):
        if module.name in NO_CHARTS:
            continue
        of = importlib.import_module(f"ui.charts.{module.name}")
        for name, function in inspect.getmembers(of, inspect.isfunction):
            returns = inspect.signature(function).return_annotation
            own = function.__module__ == of.__name__ and not name.startswith("_")
            if own and returns in (Drawing, svg.Picture):
                found.add(f"{module.name}.{name}")
    return found


@cache
def sample(name: str) -> Sample:
    return SAMPLES[name]()


def drawings() -> list[str]:
    return [name for name in sorted(SAMPLES) if not name.endswith(".picture")]


def texts(drawn: Drawing | svg.Picture) -> list[str]:
    """Everything that is written in a chart."""
    if isinstance(drawn, svg.Picture):
        return re.findall(r">([^<>]+)<", drawn.drawn)

    def walked(value, name=""):
        if isinstance(value, dict):
            return [text for key, each in value.items() for text in walked(each, key)]
        if isinstance(value, list | tuple):
            return [text for each in value for text in walked(each, name)]
        return [value] if isinstance(value, str) and name in ("text", "hovertext") else []

    return [re.sub(r"<[^>]+>", " ", text) for text in walked(drawn.drawn)]


def written(drawn: Drawing | svg.Picture) -> str:
    """The chart as it goes to the browser, without what every figure carries."""
    if isinstance(drawn, svg.Picture):
        return drawn.drawn
    layout = {k: v for k, v in drawn.drawn["layout"].items() if k != "colorway"}
    return repr({**drawn.drawn, "layout": layout})


def meanings() -> list[palette.Meaning]:
    """Every meaning that the palette names."""
    named = [
        each
        for value in vars(palette).values()
        for each in (value.values() if isinstance(value, dict) else [value])
    ]
    return [each for each in named if isinstance(each, palette.Meaning)]


# What is solid, light inside an outline, and what a chart stands on.
SOLID = {
    *(each.colour.upper() for each in meanings()),
    *(colour.upper() for colour in (*palette.TONES, *palette.ORDINAL, palette.ACCENT)),
}
LIGHT = {each.light.upper() for each in meanings()} | {
    palette.Meaning("", palette.ACCENT, "outlined").light
}
GROUND = {*(palette.INK, palette.MUTED, palette.GRID, palette.REST, style.WHITE)}


def test_every_chart_has_a_sample_here():
    assert builders() == set(SAMPLES)


@pytest.mark.parametrize("name", sorted(SAMPLES))
def test_a_chart_has_no_colour_without_a_meaning(name):
    drawn = written(sample(name).drawn)
    used = {colour.upper() for colour in COLOUR.findall(drawn)}
    used |= {"#{:02X}{:02X}{:02X}".format(*map(int, parts)) for parts in RGBA.findall(drawn)}
    assert used - {"#000000"} <= SOLID | LIGHT | GROUND


@pytest.mark.parametrize("name", drawings())
def test_a_chart_is_made_of_bars_and_lines_and_never_of_slices(name):
    assert {trace["type"] for trace in sample(name).drawn.drawn["data"]} <= {
        "bar",
        "scatter",
    }


@pytest.mark.parametrize("name", sorted(set(SAMPLES) - {"share_bar.figure"}))
def test_a_chart_says_its_unit(name):
    """Shares carry their percent sign in every part."""
    assert any(UNITS.search(text) for text in texts(sample(name).drawn))


@pytest.mark.parametrize("name", drawings())
def test_bars_begin_at_zero(name):
    layout = sample(name).drawn.drawn["layout"]
    for trace in sample(name).drawn.drawn["data"]:
        if trace["type"] != "bar" or "base" in trace:
            continue  # a step begins where the one before it ended
        across = trace.get("orientation") == "h"
        axis = layout[trace.get("xaxis" if across else "yaxis", "x" if across else "y").replace(
            "x" if across else "y", "xaxis" if across else "yaxis"
        )]  # fmt: skip
        least, most = axis.get("range") or (0, 0)
        assert axis.get("rangemode") == "tozero" or axis.get("range")
        assert least <= 0 <= most


@pytest.mark.parametrize("name", sorted(SAMPLES))
def test_a_chart_says_in_words_what_it_shows(name):
    alt = sample(name).alt
    assert re.search(r"\d|okänt", alt)
    assert alt.endswith(".")
    assert not re.search(r"<[a-z/]", alt)


@pytest.mark.parametrize("name", sorted(SAMPLES))
@pytest.mark.parametrize(("language", "decimal"), [("sv", ","), ("en", ".")])
def test_figures_are_written_in_the_language(name, language, decimal):
    with speaking(language):
        said = [*texts(SAMPLES[name]().drawn), SAMPLES[name]().alt]
    wrong = "." if decimal == "," else ","
    for text in said:
        assert not re.search(rf"\d\{wrong}\d(?!\d\d)", text), text
        assert not re.search(r"(?<![\w-])-\d", text), text


@pytest.mark.parametrize("name", drawings())
def test_what_is_different_looks_different_to_who_does_not_see_red_and_green(name):
    colours = {
        str(trace["marker"]["color"]).upper()
        for trace in sample(name).drawn.drawn["data"]
        if trace["type"] == "bar"
    }
    # What has an order is one hue in small steps, with an outline and a name to each.
    colours = sorted((colours & SOLID) - {*palette.ORDINAL})
    for sight in BLIND:
        for one, other in itertools.combinations(colours, 2):
            assert apart(one, other, sight) > APART, (sight, one, other)
            stronger = palette.strong(one), palette.strong(other)
            assert apart(*stronger, sight) > APART, (sight, *stronger)


@pytest.mark.parametrize("name", drawings())
def test_two_parts_of_a_chart_never_look_the_same(name):
    looks = {}
    for trace in sample(name).drawn.drawn["data"]:
        if trace["type"] == "bar":
            said = re.search(r"<br>([^:]+): ", str(trace.get("hovertext", [""])[0]))
            looks.setdefault(str(trace["marker"]), set()).add(said[1] if said else "")
    assert all(len(said) == 1 for said in looks.values())


@pytest.mark.parametrize("name", drawings())
def test_a_chart_fits_on_a_phone(name):
    """A name takes at most two lines of what fits beside an amount on 390 pixels."""
    for note in sample(name).drawn.drawn["layout"].get("annotations", []):
        lines = re.sub(r"</?\w+[^>]*>(?<!<br>)", "", note["text"]).split("<br>")
        assert max(map(len, lines)) <= 48, lines


def apart(one: str, other: str, sight: str) -> float:
    return float(np.linalg.norm(_lab(one, sight) - _lab(other, sight)))


def _lab(colour: str, sight: str) -> np.ndarray:
    """CIE L*a*b* (D65) of a colour as it is seen."""
    srgb = np.array([int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)])
    light = np.where(srgb <= 0.04045, srgb / 12.92, ((srgb + 0.055) / 1.055) ** 2.4)
    seen = np.clip(np.array(BLIND[sight]) @ light, 0, 1)
    to_xyz = np.array(
        [[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]]
    )
    xyz = to_xyz @ seen / np.array([0.9505, 1, 1.089])
    f = np.where(xyz > 216 / 24389, np.cbrt(xyz), (24389 / 27 * xyz + 16) / 116)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])
