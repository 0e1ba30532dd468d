"""What a colour means, in every chart, table, slide and document. One meaning, one form, one word.

Changed here, it changes everywhere. Planned is outlined, uncertain is hatched, and no meaning
rests on colour alone; contrast against white is at least 3:1 for every line and fill that is
solid.
"""

from dataclasses import dataclass
from typing import Literal

ACCENT = "#00527a"
INK = "#111827"
MUTED = "#6B7280"
GRID = "#D1D5DB"

# The same meanings for high contrast: at least 7:1 against white. What is light keeps its outline.
_STRONG = {
    ACCENT.upper(): "#003A57",
    MUTED: "#374151",
    "#0072B2": "#004A75",
    "#00694C": "#004D38",
    "#B84E00": "#7A3300",
    "#A0457E": "#742759",
    "#5B4A8A": "#43336B",
    "#7A6A00": "#544900",
}

Fill = Literal["solid", "outlined", "hatched", "dotted"]


@dataclass(frozen=True)
class Meaning:
    """How one meaning is drawn. ``word`` is an English msgid; ``light`` fills what is outlined."""

    word: str
    colour: str
    fill: Fill = "solid"

    @property
    def light(self) -> str:
        """The colour at 15 % on white, for the inside of what is outlined."""
        parts = (int(self.colour[i : i + 2], 16) for i in (1, 3, 5))
        return "#" + "".join(f"{round(255 - 0.15 * (255 - part)):02X}" for part in parts)


# The statuses of model.readings, in the order in which a bar is stacked; the gap stands on top.
COVER = {
    "paid": Meaning("Already paid", "#1F2937"),
    "granted": Meaning("Grant, granted", "#0072B2"),
    "decided": Meaning("Decided appropriation", "#00694C"),
    "planned": Meaning("Planned appropriation", "#00694C", "outlined"),
    "applied": Meaning("Grant, applied for", "#0072B2", "hatched"),
    "idea": Meaning("Idea", MUTED, "dotted"),
}
GAP = Meaning("Missing", "#B84E00")
OTHER_ACTORS = Meaning("Other actors", "#A0457E")
LOAN = Meaning("Loan, green loan", "#1F2937")
BASELINE = Meaning("Baseline, target", "#1F2937")
SHARED = Meaning("Shared, split unknown", MUTED, "hatched")
MESSY_MIDDLE = Meaning("Between pilot and implementation: “the messy middle”", MUTED, "outlined")
OWNER_KINDS = {
    # Own money's: the accent looks like the private purple to who does not see red.
    "public": Meaning("Public", "#00694C"),
    "mixed": SHARED,
    "private": Meaning("Private", OTHER_ACTORS.colour),
}
# What an operating budget bears, in the order of the bar: costs upward, then what lowers them.
OPERATING = {
    "depreciation": Meaning("Depreciation of the year", "#5B4A8A"),
    "interest": Meaning("Interest", "#5B4A8A", "outlined"),
    "operation": Meaning("Operation/maintenance", MUTED),
    "write_off": Meaning("Written off", INK, "hatched"),
    "energy": Meaning("Energy saving", "#7A6A00"),
    "dissolved": Meaning("Dissolved grants", "#0072B2"),
}
# Parts that have no meaning of their own, where a chart must tell them apart: five, and the rest.
# Okabe and Ito's tones, each with a dark outline.
TONES = ("#56B4E9", "#E69F00", "#009E73", "#F0E442", "#CC79A7")
REST = "#D1D5DB"

# What has an order and no meaning of its own, such as stages: one hue, the further the darker, each
# with a dark outline. Text on the first five is INK, on the last three white.
ORDINAL = (
    *("#EAF4FA", "#CBE3F1", "#A5CFE6", "#7AB6D8", "#4C99C3"),
    *("#216F9A", "#0A5480", "#00344F"),
)
ORDINAL_DARK = 5

# Whether a published figure agrees with what it is recomputed to.
VERDICTS = {
    "agrees": Meaning("Agrees", ACCENT),
    "differs": Meaning("Does not agree", "#B84E00", "hatched"),
    "cannot": Meaning("Cannot be recomputed", MUTED, "dotted"),
}

MEANINGS = {**COVER, "gap": GAP, "other_actors": OTHER_ACTORS, "loan": LOAN, "baseline": BASELINE}


def strong(colour: str) -> str:
    """A colour (``#RRGGBB``) in high contrast; what is dark or light enough stays as it is."""
    return _STRONG.get(colour.upper(), colour)
