"""Workshop: a storyline of charts on a projector, and the desk at which it is prepared."""

from model.results import results
from ui import errors, frame
from ui import state as view
from ui.i18n import _
from ui.workshop import prepare, stage
from ui.workshop.storylines import available

state = frame.require()
result = results(state.plan_id)
known = available(result)
asked = "".join(view.said("workshop")[-1:])
chosen = known.get(asked, next(iter(known.values())))
if asked and asked not in known:
    errors.say(_("The plan has no workshop {name}: another one is shown.", name=asked))
if view.said(stage.SHOWING):
    stage.show(chosen, state)
else:
    prepare.show(known, chosen, result, state)
