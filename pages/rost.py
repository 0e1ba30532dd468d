"""Answer: a participant's page, reached by the code on the screen and shown without the frame."""

from ui import frame
from ui.parts.room import ballot

frame.require(plan=False)
ballot.show()
