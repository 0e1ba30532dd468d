"""From a workbook to the council in five steps: for who has just begun, and what is done of it.

What is done is read from the plan itself, so it is the same for everybody who opens it. To look at
something leaves no trace in a plan: that step is never marked.
"""

from dataclasses import dataclass

import streamlit as st

from model.rows import PlanDocument
from ui import frame, safe
from ui.i18n import _


@dataclass(frozen=True)
class Step:
    """What to do, on which page, and whether the plan shows that it is done."""

    address: str
    do: str
    done: bool


def steps(document: PlanDocument) -> tuple[Step, ...]:
    """The five steps of a plan, in order."""
    return (
        Step(
            "underlag",
            _("Upload the investment budget that you already have"),
            bool(document.measures),
        ),
        Step("finansieringsgap", _("Look at which years and whose money is missing"), False),
        Step(
            "atgarder",
            _("Adjust the measures: owner, grants, what they do to emissions"),
            any(each.owner and (each.grants or each.effects) for each in document.measures),
        ),
        Step(
            "scenarier",
            _("Try what happens if, and save the scenario that is to be discussed"),
            bool(document.scenarios),
        ),
        Step(
            "workshop",
            _("Present it in a workshop, and take it along to the council as a report"),
            bool(document.workshops),
        ),
    )


def show(document: PlanDocument) -> None:
    """The steps as a numbered list with links, those that are done marked in words."""
    items = "".join(map(_item, steps(document)))
    st.html(f'<ol class="first-steps">{items}</ol>')


def _item(step: Step) -> str:
    done = f' <span class="tag">{safe.html(_("done"))}</span>' if step.done else ""
    where = safe.html(frame.href(step.address))
    title = safe.html(frame.title(step.address))
    return f'<li><a href="{where}">{title}</a>: {safe.html(step.do)}{done}</li>'
