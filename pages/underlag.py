"""Source data: workbooks in, a new plan, what was read in before, the journal, and backups."""

from io import BytesIO

import streamlit as st

from model import records
from model.intake.template import write_template
from ui import frame, safe
from ui import state as view
from ui.i18n import _, n_
from ui.parts import editor, first_steps, headline, history, keeping, listing, new_plan
from ui.parts.intake import agree, choose, steps

SHOWN = 50
BEGUN = "begin-an-empty-plan"
SHA_LENGTH = 12

state = frame.require(plan=False)


def main() -> None:
    editor.notice()
    keeping.say_restored()
    files = records.imported(state.plan_id) if state.plan else []
    headline.show(sentence(files))
    walk = choose.choose()
    template()
    if walk is None:
        agree.say_imported(state)
    else:
        steps.show(state, walk)
    # Open as it was left: what is typed there outlives a look at another page.
    opened = view.kept(BEGUN, state.plan is None)
    with st.expander(
        _("Begin an empty plan"), expanded=opened, key=BEGUN, on_change="rerun"
    ) as folded:
        view.keep(BEGUN, folded.open)
        new_plan.empty(state)
    if state.plan:
        with st.expander(_("Five steps from the workbook to the council")):
            first_steps.show(records.document(state.plan_id)[0])
    if files:
        imported(files)
    if state.plan:
        journal()
    listing.heading(_("Backup and check"))
    keeping.show()


def sentence(files: list[records.ImportedFile]) -> str:
    """What the plan is made of."""
    if not state.plan:
        return _("Read in the investment budget that you already have, or begin an empty plan")
    if not files:
        return _("No workbook has been read into {plan} yet", plan=state.plan.name)
    return n_(
        "{count} workbook has been read into {plan}, the latest on {day}",
        "{count} workbooks have been read into {plan}, the latest on {day}",
        len(files),
        plan=state.plan.name,
        day=f"{files[0].imported_at.astimezone():%Y-%m-%d}",
    )


def template() -> None:
    """The project's own workbook, empty, from the plan's first year."""
    first = records.document(state.plan_id)[0].plan.first_year if state.plan else 2026
    st.download_button(
        _("Download the template (.xlsx)"),
        lambda: written(first),
        file_name="klimatinvest-mall.xlsx",
        key="template",
        on_click="ignore",
    )


def written(first_year: int) -> bytes:
    buffer = BytesIO()
    write_template(buffer, first_year)
    return buffer.getvalue()


def imported(files: list[records.ImportedFile]) -> None:
    """The workbooks that were read in, each as it came."""
    listing.heading(_("Workbooks read in"))
    agree.undo(state)
    for number, file in enumerate(files):
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.download_button(
                _("Download"),
                lambda file=file: records.imported_content(file),
                file_name=file.name,
                key=f"imported-{number}",
                on_click="ignore",
                help=_("The workbook as it came"),
            )
            parts = [
                file.name,
                history.moment(file.imported_at),
                file.who,
                _("version {version}", version=file.version),
                f"SHA-256 {file.sha256[:SHA_LENGTH]}",
            ]
            st.html(f'<p class="imported">{safe.html(" · ".join(parts))}</p>')


def journal() -> None:
    """Who changed what in the plan, the latest first."""
    listing.heading(_("Journal"))
    document, _version = records.document(state.plan_id)
    history.show(records.history(state.plan_id, limit=SHOWN), document.plan)


main()
