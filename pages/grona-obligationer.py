"""Green finance: what of the plan could be financed green, and what green loans and bonds do."""

from model.reference import reference
from model.results import results
from ui import frame
from ui.i18n import _
from ui.parts import editor, empty, headline, listing
from ui.parts import table as tables
from ui.parts.green import lending, screening, terms, words


def page() -> None:
    editor.notice()
    mode = terms.chosen()
    if mode == terms.SCREENING and not result.plan.size[1]:
        headline.show(_("There is nothing to try as green yet"))
        empty.no_measures(in_scenario=bool(result.base.size[1]))
        terms.switch()
        return
    if mode == terms.SCREENING:
        screening.answer(result, state)
        terms.switch()
        screening.show(result, state)
    else:
        found = result.green_finance(terms.of_the_address(mode, result))
        lending.answer(result, found)
        terms.switch()
        lending.show(result, found, state)
    listing.heading(_("Frameworks and their versions"))
    rows = result.green_pool(state.reading)
    versions = reference().green_frameworks.values()
    listing.terms(
        [words.framework(each, rows) for each in versions if mode in (terms.SCREENING, each.mode)]
    )
    if mode == terms.SCREENING:
        listing.heading(_("What the frameworks call the categories"))
        tables.show(words.mapping())
        listing.points(*words.mapping_notes())


state = frame.require()
result = results(state.plan_id, state.scenario)
page()
