"""A prepared workshop as a plan keeps it: a storyline of charts, and what is said to each.

A step says which chart (a key of ``model.workshops.SHOWS``), under which scenario and reading, with
which toggles on, and which toggles are offered beside it. A toggle is written as an address writes
it, one parameter and its value (``delay=2``), so that a step is a view like any other.
"""

from typing import Annotated

from pydantic import Field

from model.row import Name, Row, Slug, Text

# The id of the scenario that changes nothing (model.scenario.AS_IS).
AS_IS = "plan"
Toggle = Annotated[str, Field(pattern=r"^[a-z]+=.+$", max_length=500)]


class WorkshopStep(Row):
    """One chart of a workshop. Empty ``title``: the answer that the chart itself gives. Empty
    ``reading``: the scenario's own. ``toggles`` are on when it opens, ``offers`` are beside it.
    """

    shows: str
    scenario: str = AS_IS
    toggles: tuple[Toggle, ...] = ()
    reading: str = ""
    title: Text = ""
    speaker: Text = ""
    offers: tuple[Toggle, ...] = ()


class Workshop(Row):
    """A storyline that a plan keeps. ``id`` is unique in its plan."""

    id: Slug
    name: Name
    steps: Annotated[tuple[WorkshopStep, ...], Field(min_length=1, max_length=60)]
