"""Whose the investment need is: public, shared and private, beside what Umeå has published."""

from typing import TYPE_CHECKING

from model.language import Language
from model.palette import OWNER_KINDS
from model.reference import reference
from model.report import answers
from model.report.answers import UMEA
from model.results import Result
from ui.i18n import _, name
from ui.parts import sourced
from ui.parts.chart import Words

if TYPE_CHECKING:
    from ui.charts.style import Drawing

MEANINGS = tuple(OWNER_KINDS.values())


def drawn(result: Result, reading: str, language: Language) -> "tuple[Drawing, Words]":
    """The chart and its words."""
    from ui.charts import share_bar

    head = result.plan.head
    need = {row.key: row.need for row in result.by("owner_kind", reading)}
    bars = [share_bar.Shares(head.name, **need)] if any(need.values()) else []
    umea = reference().municipalities[UMEA]
    public, private = (umea.figure(key) for key in ("public_share", "private_share"))
    bars.append(
        share_bar.Shares(
            _("{city}, as published", city=name(umea)),
            public=int(public.value * 100),
            private=int(private.value * 100),
        )
    )
    words = Words(
        answers.owners_title(result, reading, language),
        answers.subtitle(
            result,
            reading,
            language,
            "Share of all actors' investment need by kind of owner",
            unit="per cent",
        ),
        "; ".join(filter(None, [head.source, sourced.source(private)])),
        share_bar.describe(bars),
    )
    return share_bar.figure(bars), words
