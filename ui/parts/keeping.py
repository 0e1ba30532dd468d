"""Keeping the data safe: a verified copy out and in, and everything checked."""

import tempfile
from datetime import date
from pathlib import Path

import streamlit as st

from model import commands, records
from model.errors import KlimatinvestError
from model.intake.guard import base_name
from ui import errors, safe
from ui import state as view
from ui.i18n import _, n_
from ui.parts import listing

_LARGEST_MB = 2000


def show() -> None:
    """Three columns: copy, restore, check."""
    copy, restore, check = st.columns(3, gap="large")
    with copy:
        _copy()
    with restore:
        _restore()
    with check:
        _check()


def _copy() -> None:
    listing.text(_("A copy of everything: all plans, the journal and the files read in."))
    if st.button(_("Make a backup"), key="make-backup"):
        try:
            with st.spinner(_("Copying and checking the copy …")):
                view.keep("backup", _backup())
        except KlimatinvestError as error:
            errors.show(error)
    content = view.kept("backup")
    if content:
        st.download_button(
            _("Download the backup"),
            content,
            file_name=f"klimatinvest-{date.today().isoformat()}.duckdb",
            mime="application/octet-stream",
            key="download-backup",
            on_click="ignore",
        )


def _backup() -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "klimatinvest.duckdb"
        commands.backup(target)
        return target.read_bytes()


def _restore() -> None:
    file = st.file_uploader(
        _("Restore a backup (.duckdb)"),
        key=f"restore-{view.kept('restore-turn', 0)}",
        max_upload_size=_LARGEST_MB,
    )
    if file is None:
        return
    name = base_name(file.name)
    try:
        _examine(file.file_id, name, file.getvalue())
    except KlimatinvestError as error:
        _show(error, name)
        return
    errors.say(
        _(
            "Everything here is replaced by {file}: plans, journal and files. What stands now "
            "is put aside beside the database.",
            file=name,
        ),
        severity="warning",
    )
    if not st.button(_("Yes, replace everything"), key="restore", type="primary"):
        return
    try:
        with st.spinner(_("Checking the backup and restoring it …")):
            aside = _take_back(name, file.getvalue())
    except KlimatinvestError as error:
        _show(error, name)
        return
    view.keep("restore-turn", view.kept("restore-turn", 0) + 1)
    view.forget("backup")
    said = _("The backup {file} is restored.", file=name)
    if aside:
        said += " " + _("What stood before lies in {aside}.", aside=aside.name)
    view.keep("restored", said)
    st.rerun()


def _examine(upload: str, name: str, content: bytes) -> None:
    """Look into an uploaded file once, before anybody is asked to replace anything by it."""
    if view.kept("restore-sound") == upload:
        return
    with st.spinner(_("Checking the backup …")), tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / name
        source.write_bytes(content)
        commands.examine_backup(source)
    view.keep("restore-sound", upload)


def _show(error: KlimatinvestError, name: str) -> None:
    """A refusal that names what the user knows: the uploaded file, not the copy that was tried."""
    error.fields |= {key: name for key in ("source", "path") if key in error.fields}
    errors.show(error)


def _take_back(name: str, content: bytes) -> Path | None:
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / name
        source.write_bytes(content)
        return commands.restore(source)


def say_restored() -> None:
    """Say once that a backup was restored."""
    said = view.kept("restored")
    if said:
        view.forget("restored")
        st.success(safe.text(said))


def _check() -> None:
    listing.text(
        _("Sums against their parts, the journal's chain, and the gap worked out in a second way.")
    )
    if not st.button(_("Check everything"), key="check"):
        return
    try:
        with st.spinner(_("Checking …")):
            found = records.check()
    except KlimatinvestError as error:
        errors.show(error)
        return
    if found:
        errors.say(n_("{count} check failed.", "{count} checks failed.", len(found)))
        errors.violations(found)
    else:
        st.success(_("All checks passed."))
