"""What rows of one table say about each other: shared effects, the same name, the same row twice.

An effect that another measure holds is put in that measure's group, which counts once. Two rows of
one name may be two measures; only where their figures are the same too does a person have to say.
"""

import re
from collections import defaultdict
from collections.abc import Sequence

from model.errors import Question
from model.intake.ledger import Ledger
from model.intake.mapping import normal
from model.intake.table import Table
from model.intake.text_effects import effect_of
from model.intake.worded import Worded

NO_HOLDER = (
    "The effect of {name} is part of another measure's, and no single measure here is called "
    "“{held}”: it has no figure of its own."
)
ASK_TWICE = (
    "{name} stands in row {first} and in row {second} with the same figures. Say whether the "
    "second is a measure of its own or is to be left out."
)
NEARLY_SAME = (
    "{name} in row {second} looks like {other} in row {first}: they are read as two measures."
)
# Words that tell no name apart from another.
_SMALL = frozenset(
    ["och", "i", "på", "av", "för", "till", "med", "hos", "om", "en", "ett", "den", "det", "de"]
) | frozenset(["and", "of", "the", "in", "for", "to", "a", "with"])
_REDUCTION = "co2e_reduction"


def relate(measures: Sequence[Worded], table: Table, ledger: Ledger) -> None:
    """Flag the measures of a table that share an effect or a name, and group shared effects."""
    _share_effects(measures, ledger)
    _find_same(measures, table, ledger)


def _share_effects(measures: Sequence[Worded], ledger: Ledger) -> None:
    groups: dict[str, list[Worded]] = defaultdict(list)
    for worded in measures:
        if not worded.held:
            continue
        holder = _holder(worded, measures)
        name = worded.held if holder is None else holder.draft.name
        if holder is None:
            fields = {"name": worded.draft.name, "held": worded.held}
            draft = worded.draft
            ledger.warn(draft.sheet, draft.cell, "no_holder", NO_HOLDER, **fields)
        elif holder not in groups[name]:
            groups[name].insert(0, holder)
        groups[name].append(worded)
    for name, group in groups.items():
        for worded in group:
            _join(worded, name)


def _holder(worded: Worded, measures: Sequence[Worded]) -> Worded | None:
    """The measure that a text names, by its number or by words in its name, when it is one."""
    others = [other for other in measures if other is not worded]
    number = re.fullmatch(r"nr (\d+)", worded.held)
    if number:
        found = [other for other in others if other.draft.number == number[1]]
    else:
        wanted = _words(worded.held)
        found = [o for o in others if wanted and wanted <= _words(o.draft.name) and not o.held]
    return found[0] if len(found) == 1 else None


def _join(worded: Worded, group: str) -> None:
    """Put the measure's reduction in a group; one that states none gets a line without figures."""
    effects = worded.draft.effects
    own = [place for place, effect in enumerate(effects) if effect.indicator == _REDUCTION]
    for place in own:
        effects[place] = effects[place].model_copy(update={"effect_group": group})
    if not own:
        note = worded.effect.text if worded.effect else ""
        effects.insert(0, effect_of(None, worded.draft.ref, group=group, note=note))


def _find_same(measures: Sequence[Worded], table: Table, ledger: Ledger) -> None:
    for place, second in enumerate(measures):
        for first in measures[:place]:
            same = normal(first.draft.name) == normal(second.draft.name)
            if same and _same_figures(first, second):
                _ask(first, second, table, ledger)
            elif same:
                first.flags.add("same_name")
                second.flags.add("same_name")
            elif _nearly_same(first, second):
                _nearly(first, second, ledger)


def _same_figures(first: Worded, second: Worded) -> bool:
    """Both state the same amount and the same tonnes, and at least one of them."""
    figures = [(one.once, one.yearly, one.tonnes) for one in (first, second)]
    return figures[0] == figures[1] and first.has_figures


def _ask(first: Worded, second: Worded, table: Table, ledger: Ledger) -> None:
    second.flags.add("duplicate")
    draft = second.draft
    fields = {"name": draft.name, "first": first.place, "second": second.place}
    question = Question(
        f"--row {table.sheet.title}!{second.place}={{choice}}", ("measure", "ignore")
    )
    if not second.said:
        ledger.ask(draft.sheet, draft.cell, "ask_row", ASK_TWICE, question, **fields)


def _nearly_same(first: Worded, second: Worded) -> bool:
    """One name has all that tells in the other, and the same people are behind both."""
    names = [_words(one.draft.name) for one in (first, second)]
    people = [
        (one.draft.values["responsible"], one.draft.values["stakeholders"])
        for one in (first, second)
    ]
    within = names[0] <= names[1] or names[1] <= names[0]
    return within and min(map(len, names)) > 1 and people[0] == people[1] and all(people[0])


def _nearly(first: Worded, second: Worded, ledger: Ledger) -> None:
    """Of two that are nearly the same, one that has no figures is the other once more."""
    for one, other in ((first, second), (second, first)):
        without = not one.has_figures and other.has_figures
        one.flags.add("duplicate" if without else "same_name")
    draft = second.draft
    fields = {
        "name": draft.name,
        "second": second.place,
        "other": first.draft.name,
        "first": first.place,
    }
    ledger.warn(draft.sheet, draft.cell, "nearly_same", NEARLY_SAME, **fields)


def _words(name: str) -> frozenset[str]:
    return frozenset(re.findall(r"\w+", name.casefold())) - _SMALL
