"""A file that becomes one of the plan's lists: uploaded, read, and saved whole by one command."""

from collections.abc import Callable, Sequence

import streamlit as st

from model import commands
from model.errors import KlimatinvestError
from model.rows import Row
from ui import errors
from ui import state as view
from ui.i18n import _
from ui.state import State


def uploaded(label: str, key: str, read: Callable, largest_mb: int, reading: str):
    """What ``read(content, name)`` makes of an uploaded file, with its findings shown; None where
    there is no file or it is refused. ``reading`` stands there meanwhile."""
    file = st.file_uploader(
        label, key=f"{key}-{view.kept(f'{key}-turn', 0)}", max_upload_size=largest_mb
    )
    if file is None:
        return None
    try:
        with st.spinner(reading):
            found = read(file.getvalue(), file.name)
    except KlimatinvestError as error:
        errors.show(error)
        return None
    errors.violations(found.violations)
    return found


def put_away(key: str) -> None:
    """The next run begins without the file that was uploaded under ``key``."""
    view.keep(f"{key}-turn", view.kept(f"{key}-turn", 0) + 1)


def save(name: str, rows: Sequence[Row], version: int, state: State, key: str = "") -> None:
    """Save the list as one change of the plan's ``version``, put the file away and run anew. What
    is refused says why, and nothing is saved then."""
    try:
        now = commands.save_list(state.plan_id, name, rows, version, state.who)
    except KlimatinvestError as error:
        errors.show(error)
        return
    if key:
        put_away(key)
    view.keep("notice", _("Saved as version {version} of the plan.", version=now))
    st.rerun()
