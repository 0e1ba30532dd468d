"""The first step: a workbook is chosen, and read."""

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from model.errors import InvalidData
from ui import errors, safe
from ui import format as write
from ui import state as view
from ui.i18n import _, message
from ui.parts.intake import walk as walks
from ui.parts.intake.walk import Walk

_LARGEST_MB = 500
_MEGABYTE = 1_000_000
_SHA_LENGTH = 12


def choose() -> Walk | None:
    """The field for a workbook, and the workbook that is under way."""
    file = st.file_uploader(
        _("Workbook with the investment budget, or the project's template filled in"),
        # The guard says in a sentence what is too large, so the field itself takes more.
        max_upload_size=_LARGEST_MB,
        **view.hearing(f"upload-{view.kept('upload-turn', 0)}", _changed),
    )
    walk = walks.current()
    if file is not None and (walk is None or walk.token != file.file_id):
        return _begin(file)
    if file is None and walk is not None:
        _found_again(walk)
    return walk


def finish() -> None:
    """Empty the field, and let go of the workbook."""
    walks.put_away()
    view.keep("upload-turn", view.kept("upload-turn", 0) + 1)


def about(walk: Walk) -> list[str]:
    """The file in a few words: its name, format, size and hash."""
    size = write.number(max(len(walk.content) / _MEGABYTE, 0.01), 2)
    return [
        walk.name,
        f".{walk.workbook.format}",
        _("{size} MB", size=size),
        f"SHA-256 {walk.sha256[:_SHA_LENGTH]}",
    ]


def _found_again(walk: Walk) -> None:
    """What was under way when another page was opened: the field no longer holds it."""
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.button(_("Put the file away"), key="put-away", on_click=walks.put_away)
        said = _("{file} is under way, with everything that you have said.", file=walk.name)
        st.html(f'<p class="imported">{safe.html(said)}</p>')


def _changed(file: UploadedFile | None) -> None:
    """Another file was chosen, or the one that was chosen put away."""
    walks.put_away()
    view.forget("refused-file")


def _begin(file: UploadedFile) -> Walk | None:
    """Read the file. What is refused is read once, and said until another is chosen."""
    before = view.kept("refused-file")
    if before is None or before[0] != file.file_id:
        try:
            return walks.begin(file.file_id, file.name, file.getvalue())
        except InvalidData as error:
            before = (file.file_id, error)
            view.keep("refused-file", before)
    errors.say(message(before[1]))
    return None
