"""Drawing worlds: what is chosen of it in the address, how far it has come, and its stop button."""

from dataclasses import replace

import streamlit as st

from model.results import Result
from model.uncertainty import Drawing, Settings, Simulation, Tell
from model.worlds import BATCH
from ui import format as write
from ui import safe
from ui import state as view
from ui.i18n import _, mark

SHAPES = {"triangular": mark("triangular"), "pert": mark("PERT")}
SPREADS = {"sobol": mark("Sobol"), "latin": mark("Latin hypercube")}
CORRELATIONS = ("0", "0.3", "0.6", "0.9")
# So many entries (draws, years, measures) take long enough to tell how far they are.
LONG = 20_000_000


def chosen(usual: Settings, reading: str, counts: tuple[int, ...]) -> Settings:
    """The settings of the address; what it does not say, or says without meaning, as ``usual``."""
    return replace(
        usual,
        draws=int(_number("draws", usual.draws, BATCH, counts[-1])),
        reading=reading,
        correlation=_number("correlation", usual.correlation, 0, 1),
        effect_correlation=_number("effects", usual.effect_correlation, 0, 1),
        common=_one_of("common", "sector", "all"),
        shape=_one_of("shape", *SHAPES),
        spread=_one_of("points", *SPREADS),
    )


def choices(settings: Settings, usual: Settings, counts: tuple[int, ...]) -> None:
    """What can be chosen of how the gap is drawn: how many draws, and folded away, for who knows
    what it is, the rest with what it usually is."""
    st.segmented_control(
        _("Number of draws"),
        sorted({*counts, settings.draws}),
        format_func=write.number,
        required=True,
        **view.holding("said-draws", settings.draws, lambda count: view.say(draws=str(count))),
    )
    # Open where something else than usual is chosen, so that a link shows what it rests on.
    other = replace(settings, draws=usual.draws, reading=usual.reading) != usual
    with st.expander(_("For experts: how the draws are made"), expanded=other):
        experts(settings, usual)


def experts(settings: Settings, usual: Settings) -> None:
    """Shape, points and what follows each other, and what is usual of each."""
    common = {"sector": _("in the same sector"), "all": _("all")}
    st.html(
        '<p class="echo">'
        + safe.html(
            _(
                "Unless you choose otherwise: the shape is {shape}, the points {points}, and costs "
                "follow each other by {correlation} ({common}).",
                shape=_(SHAPES[usual.shape]),
                points=_(SPREADS[usual.spread]),
                correlation=write.number(usual.correlation, 1),
                common=common[usual.common],
            )
        )
        + "</p>"
    )
    st.segmented_control(
        _("Shape of the ranges"),
        tuple(SHAPES),
        format_func=lambda shape: _(SHAPES[shape]),
        required=True,
        **view.saying("shape", settings.shape),
    )
    st.segmented_control(
        _("Points"),
        tuple(SPREADS),
        format_func=lambda spread: _(SPREADS[spread]),
        required=True,
        **view.saying("points", settings.spread),
    )
    correlations(
        "correlation",
        _("How much costs follow each other"),
        settings.correlation,
        usual.correlation,
    )
    st.segmented_control(
        _("Costs that follow each other"),
        tuple(common),
        format_func=common.get,
        required=True,
        **view.saying("common", settings.common),
    )


def correlations(name: str, label: str, value: float, stated: float) -> None:
    """How much something follows each other, 0 to 1, said as ``name``."""
    offered = {*CORRELATIONS, f"{stated:g}", f"{value:g}"}
    st.segmented_control(
        label,
        sorted(offered, key=float),
        format_func=lambda each: write.number(float(each), 1),
        required=True,
        **view.saying(name, f"{value:g}"),
    )


def worked_out(result: Result, settings: Settings) -> Simulation:
    """The draws, with how far they are where that takes a while. What is drawn is kept when the
    drawing is stopped, by its button or by another choice, and shown or gone on with."""
    drawing = result.drawing(settings)
    left = settings.draws - drawing.done
    if result.plan.size[0] * result.plan.size[1] * left < LONG:
        return result.uncertainty(settings)
    place = st.empty()
    with place.container():
        st.html(f'<p class="echo">{safe.html(_("What is drawn so far is kept if you stop."))}</p>')
        bar = st.container()
        st.button(_("Stop and show what is drawn"), on_click=stop, args=(drawing,))
    simulation = result.uncertainty(settings, telling(bar))
    place.empty()
    return simulation


def telling(place) -> Tell:
    """Tells how far the draws are."""
    bar = place.progress(0.0, _("Drawing outcomes"))

    def tell(done: int, of: int) -> bool:
        said = _("{done} of {of} draws", done=write.number(done), of=write.number(of))
        bar.progress(done / of, said)
        return False

    return tell


def stop(drawing: Drawing) -> None:
    """Ask for as many draws as there are: the same address shows the same figures."""
    view.say(draws=str(max(drawing.done, BATCH)))


def _number(name: str, otherwise: float, least: float, most: float) -> float:
    """A number of the address, or the usual one where it says nothing that can be used."""
    try:
        value = float("".join(view.said(name)[-1:]))
    except ValueError:
        return otherwise
    return value if least <= value <= most else otherwise


def _one_of(name: str, *options: str) -> str:
    """What the address says where it is one of these, else the first."""
    chosen = "".join(view.said(name)[-1:])
    return chosen if chosen in options else options[0]
