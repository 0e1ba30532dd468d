"""The way to a question from a phone: an address, and the same as a code to read."""

from urllib.parse import urlencode, urlsplit

import segno
import streamlit as st

from model.forms.kinds import Unreadable
from model.poll import Poll
from ui import errors, safe
from ui import state as view
from ui.i18n import _, language, mark
from ui.parts import listing
from ui.parts.intake import ask

NOT_AN_ADDRESS = mark(
    "“{found}” is no address of a server. Write one such as http://192.168.1.7:8501."
)
_OWN = ("localhost", "127.0.0.1", "::1")


def show(poll: Poll) -> None:
    """The code, the address in letters, and the field in which the server can be called else."""
    server = view.kept("server") or view.server()
    if server:
        address = address_of(poll, server)
        st.html(
            f'<img class="code" src="{safe.html(picture(address))}"'
            f' alt="{safe.html(_("QR code with the address"))}">'
            f'<p class="code-address">{safe.html(address)}</p>'
        )
    else:
        listing.text(_("Write the address that phones reach this server by."))
    if server and urlsplit(server).hostname in _OWN:
        errors.say(
            _(
                "Only this computer reaches that address. Start the app with --server.address "
                "0.0.0.0 and write the computer's address in the network below."
            ),
            severity="warning",
        )
    ask.text(_("The server's address, as phones reach it"), "room-server", server, _take)


def address_of(poll: Poll, server: str) -> str:
    """Where a question is answered, in the language of the screen."""
    query = {"poll": poll.id} | ({"lang": "en"} if language() == "en" else {})
    return f"{server}/rost?{urlencode(query)}"


def picture(address: str) -> str:
    """The address as a QR code: an SVG in a data URI. It is read with a sixth of it hidden."""
    drawn = segno.make(address, error="m", micro=False)
    return drawn.svg_data_uri(omitsize=True, border=4, light="#fff")


def _take(text: str) -> None:
    parts = urlsplit(text)
    if text and (parts.scheme not in ("http", "https") or not parts.netloc or parts.query):
        raise Unreadable(NOT_AN_ADDRESS, found=text)
    view.keep("server", text.rstrip("/"))
