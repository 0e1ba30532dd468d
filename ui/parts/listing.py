"""Lists to look things up in: entries that open, and words with what they mean."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import streamlit as st

from ui import safe
from ui.parts.table import Link


@dataclass(frozen=True)
class Entry:
    """Something that opens: its ``title`` with a ``tag`` after it, then lines, then a list.

    Texts may hold what a person typed.
    """

    title: str
    lines: Sequence[str] = ()
    points: Sequence[str] = ()
    tag: str = ""


@dataclass(frozen=True)
class Term:
    """A word or a name with what it says, a ``tag`` after that, and notes in smaller type under it.

    ``also`` is (language, what the word is called in it), ``links`` lead on from it, and ``anchor``
    is what a link to it ends in. Texts may hold what a person typed.
    """

    word: str
    says: str
    notes: Sequence[str] = ()
    tag: str = ""
    also: tuple[str, str] | None = None
    links: Sequence[Link] = ()
    anchor: str = ""


def entries(listed: Iterable[Entry]) -> None:
    """Entries under each other, all closed."""
    st.html("".join(map(_entry, listed)))


def terms(listed: Iterable[Term], *, narrow: bool = False) -> None:
    """Names with what they say beside them; ``narrow``: under them."""
    kind = "terms narrow" if narrow else "terms"
    st.html(f'<dl class="{kind}">{"".join(map(_term, listed))}</dl>')


def heading(text: str, anchor: str = "") -> None:
    """A heading inside a page. ``anchor`` is what a link to it ends in."""
    place = f' id="{safe.html(anchor)}"' if anchor else ""
    st.html(f'<h2 class="section"{place}>{safe.html(text)}</h2>')


def text(*paragraphs: str) -> None:
    """Running text."""
    said = "".join(f"<p>{safe.html(paragraph)}</p>" for paragraph in paragraphs if paragraph)
    st.html(f'<div class="prose">{said}</div>')


def points(*said: str) -> None:
    """Short statements, one per point."""
    listed = "".join(f"<li>{safe.html(each)}</li>" for each in said if each)
    st.html(f'<ul class="points">{listed}</ul>')


def contents(links: Iterable[tuple[str, str]]) -> None:
    """Links to the headings of this page: (text, anchor)."""
    listed = "".join(
        f'<li><a href="#{safe.html(anchor)}">{safe.html(text)}</a></li>' for text, anchor in links
    )
    st.html(f'<ul class="contents">{listed}</ul>')


def _entry(entry: Entry) -> str:
    lines = "".join(f"<p>{safe.html(line)}</p>" for line in entry.lines if line)
    points = "".join(f"<li>{safe.html(point)}</li>" for point in entry.points)
    listed = f"<ul>{points}</ul>" if points else ""
    summary = f"<summary>{safe.html(entry.title)}{_tag(entry.tag)}</summary>"
    return f'<details class="entry">{summary}{lines}{listed}</details>'


def _term(term: Term) -> str:
    notes = "".join(f'<span class="note">{safe.html(note)}</span>' for note in term.notes if note)
    if term.also:
        language, word = term.also
        notes = f'<span class="note" lang="{language}">{safe.html(word)}</span>{notes}'
    if term.links:
        listed = " · ".join(
            f'<a href="{safe.html(link.address)}">{safe.html(link)}</a>' for link in term.links
        )
        notes += f'<span class="note">{listed}</span>'
    place = f' id="{safe.html(term.anchor)}"' if term.anchor else ""
    return (
        f"<div{place}><dt>{safe.html(term.word)}</dt>"
        f"<dd>{safe.html(term.says)}{_tag(term.tag)}{notes}</dd></div>"
    )


def _tag(text: str) -> str:
    return f' <span class="tag">{safe.html(text)}</span>' if text else ""
