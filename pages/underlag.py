"""Source data."""

from ui import frame
from ui.i18n import _
from ui.parts import headline

state = frame.require()
headline.show(_("Source data"))
