"""The words of the project, one per thing: what each is called in both languages, and means."""

from model.entries import Word
from model.formatting import capitalise
from model.reference import reference
from ui import frame
from ui.i18n import language, name
from ui.parts.listing import Term
from ui.parts.table import Link

# Where a letter stands in the Swedish alphabet, after z.
_AFTER_Z = str.maketrans({"å": "{", "ä": "|", "ö": "}"})


def found(search: str = "") -> list[Word]:
    """The words that hold every part of the search in either language, or in what they mean; in
    alphabetical order."""
    wanted = search.casefold().split()
    held = [
        word
        for word in reference().glossary.values()
        if all(part in _text(word) for part in wanted)
    ]
    return sorted(held, key=lambda word: name(word).casefold().translate(_AFTER_Z))


def terms(words: list[Word]) -> list[Term]:
    """Words with what they mean, what the other language calls them, and the pages they are on."""
    english = language() == "en"
    return [
        Term(
            capitalise(name(word)),
            word.means_en if english else word.means,
            also=("sv", word.name) if english else ("en", word.name_en),
            links=[Link(frame.title(each), frame.href(each)) for each in word.pages],
            anchor=word.key,
        )
        for word in words
    ]


def explain(key: str) -> str:
    """What a word means, for the help beside a field. KeyError where there is none."""
    word = reference().glossary[key]
    return word.means_en if language() == "en" else word.means


def address(key: str) -> str:
    """The address of a word in the glossary, with the view kept. KeyError where there is none."""
    return frame.href("ordlista", search=name(reference().glossary[key]))


def _text(word: Word) -> str:
    return " ".join((word.name, word.name_en, word.means, word.means_en)).casefold()
