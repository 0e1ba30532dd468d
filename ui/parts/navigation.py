"""The navigation as plain links: groups of pages on one line, under it the pages of this group."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from ui import safe
from ui.i18n import _


@dataclass(frozen=True)
class Page:
    """A page: ``address`` is the path in the address bar and the file in ``pages/``. While the
    address says what ``bare`` names, the page stands without the frame round it.
    """

    address: str
    title: str
    bare: str = ""


@dataclass(frozen=True)
class Group:
    """Pages that answer one kind of question; the first of them is where the group leads."""

    title: str
    pages: tuple[Page, ...]


def html(groups: Sequence[Group], current: Page, href: Callable[[str], str]) -> str:
    """All of it, for one ``st.html``: one element, because the frame is drawn in every run.

    ``href`` makes the link of an address. Where there is no room for lines there is a menu with
    every page; the style sheet shows the one or the other.
    """

    def link(address: str, title: str, here: str = "") -> str:
        lit = f' aria-current="{here}"' if here else ""
        return f'<li><a href="{safe.html(href(address))}"{lit}>{safe.html(_(title))}</a></li>'

    def pages(group: Group) -> str:
        links = (link(page.address, page.title, "page" * (page == current)) for page in group.pages)
        return f"<ul>{''.join(links)}</ul>"

    chosen = next(group for group in groups if current in group.pages)
    leads = (
        link(group.pages[0].address, group.title, "true" * (group == chosen)) for group in groups
    )
    parts = (f"<li><p>{safe.html(_(group.title))}</p>{pages(group)}</li>" for group in groups)
    return (
        '<p class="brand">Klimatinvest</p>'
        f'<nav class="lines" aria-label="{safe.html(_("Pages"))}">'
        f'<ul class="groups">{"".join(leads)}</ul>{pages(chosen)}</nav>'
        f'<details class="menu"><summary>{safe.html(_("Menu"))}: {safe.html(_(current.title))}'
        f'</summary><nav aria-label="{safe.html(_("All pages"))}"><ul>{"".join(parts)}</ul></nav>'
        "</details>"
    )
