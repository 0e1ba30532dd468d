"""Every shared part and chart on one page, with names that a hostile person has chosen."""

import numpy as np
import streamlit as st

from model.errors import KlimatinvestError, Violation
from model.scenario import SwitchOff, Where
from tests.browser.browsing import HOSTILE
from ui import errors, safe, theme
from ui import state as view
from ui.charts import by_category, compare, emissions, need_and_cover, share_bar, waterfall
from ui.charts.stack import Stack
from ui.parts import chart, chips, empty, headline, table, toggles

st.set_page_config(layout="wide")
st.html(theme.style_sheet())
st.html('<p class="brand">Klimatinvest</p>')
st.html("<script>document.documentElement.lang = 'sv'</script>", unsafe_allow_javascript=True)

state = view.read()
MILLION = 100_000_000


def amounts(*millions: int) -> np.ndarray:
    return np.array(millions, dtype=np.int64) * MILLION


def words(title: str) -> chart.Words:
    return chart.Words(title, f"{HOSTILE}, mnkr", HOSTILE, f"{title} {HOSTILE}")


stack = Stack(
    keys=("2026", "2027", "2028"),
    labels=("2026", HOSTILE, "2028"),
    cover={
        name: amounts(10, 20, 5)
        for name in ("paid", "granted", "decided", "planned", "applied", "idea")
    },
    gap=amounts(110, 245, 0),
)
headline.show(
    f"{HOSTILE} saknar 1,9 miljarder",
    [headline.Figure("1,9 miljarder", HOSTILE, note=HOSTILE, meaning=stack.meanings[-1])],
    tag=HOSTILE,
)
st.markdown(safe.text(HOSTILE))
with st.container(key="clicked"):
    picked = chart.place(
        need_and_cover.figure(stack),
        words("Per år"),
        key="years",
        meanings=stack.meanings,
        table=table.Table(
            f"{HOSTILE}, mnkr",
            ("Status", *stack.labels, "Summa"),
            [(HOSTILE, "1,0", "2,0", "3,0", "6,0")] * 3,
            total=("Behov", "1,0", "2,0", "3,0", "6,0"),
        ),
        picks=dict(zip(stack.keys, stack.labels, strict=True)),
        downloads=[chart.Download("Ladda ned", "a.txt", lambda: b"kronor")],
    )
st.text(f"picked {picked}")
by = Stack(stack.keys, (HOSTILE, "Byggnader", "Industri"), stack.cover, stack.gap)
chart.place(by_category.figure(by), words("Per sektor"), key="by", meanings=by.meanings)
totals = {name: int(part.sum()) for name, part in stack.cover.items()}
chart.place(waterfall.figure(totals, 355 * MILLION), words("Steg"), key="steps")
panels = [
    compare.Panel(HOSTILE, stack.need, stack.gap, True),
    compare.Panel("B", stack.need, stack.gap),
]
chart.place(compare.figure(stack.labels, panels), words("Jämför"), key="compare")
lines = [
    emissions.Line(HOSTILE, "baseline", (2020, 2021, 2024), (500.0, None, 450.0)),
    emissions.Line("Mål 2030", "target", (2024, 2030), (450.0, 100.0)),
    emissions.Line(
        "Åtgärder", "measures", (2024, 2030), (450.0, 300.0), (450.0, 250.0), (450.0, 350.0)
    ),
]
chart.place(emissions.figure(lines, HOSTILE), words("Utsläpp"), key="emissions")
bars = [share_bar.Shares(HOSTILE, 33, 20, 82), share_bar.Shares("Umeå", 20, 0, 80)]
chart.place(share_bar.figure(bars), words("Vem"), key="share", meanings=list(share_bar.MEANINGS))
with st.container(horizontal=True):
    st.button(
        safe.text(chips.describe(SwitchOff(where=Where(tags={"department": (HOSTILE,)})), state))
    )
toggles.panel(state)
empty.show(HOSTILE, f"{HOSTILE} {'Länsväg' * 20}")
errors.show(
    KlimatinvestError(
        "{name} is no amount",
        (
            Violation(
                "error", "no_amount", f"{HOSTILE}!C7", "{name} is no amount", {"name": HOSTILE}
            ),
            Violation("warning", "odd", "a!C8", "{name} is odd", {"name": HOSTILE}),
        ),
        name=HOSTILE,
    )
)
with errors.guard():
    raise ZeroDivisionError(HOSTILE)
