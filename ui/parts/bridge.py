"""From the whole need to what is new, in words and a table."""

from model.bridge import Bridge
from model.plan import Plan
from ui import format as write
from ui import frame
from ui.charts import bridge as charts
from ui.i18n import _, n_
from ui.parts.headline import Figure
from ui.parts.table import Link, Table


def title(found: Bridge) -> str:
    """What of the need is new, in one sentence."""
    if not said_anything(found):
        return _(
            "What of the need of {need} is new is not said", need=write.money(found.total("need"))
        )
    fields = {"new": write.money(found.total("new")), "need": write.money(found.total("need"))}
    if found.total("not_said"):
        return _(
            "{new} of the need of {need} is new money, and {unsaid} may be",
            unsaid=write.money(found.total("not_said")),
            **fields,
        )
    return _("{new} of the need of {need} is new money", **fields)


def said_anything(found: Bridge) -> bool:
    """Whether any measure with a need says what would have been invested anyway."""
    return bool(((found.need > 0) & ~found.unsaid).any())


def steps(found: Bridge) -> tuple[int, int, int, int]:
    """What the chart is drawn from, öre."""
    return tuple(found.total(step) for step in ("need", "anyway", "budgeted", "not_said"))


def meanings(found: Bridge) -> list:
    """What the chart's colours mean."""
    return [charts.NOT_SAID] if found.total("not_said") else []


def figures(found: Bridge) -> list[Figure]:
    """Climate in the need and in what is new; and the avoided investment beside."""
    marked = ((found.need > 0) & ~found.climate_unsaid).any()
    new = write.money(found.total("new_climate"))
    return [
        Figure(
            write.money(found.total("climate")) if marked else write.unknown(),
            _("Climate in the need"),
            _("{amount} of it new", amount=new) if marked and said_anything(found) else "",
        ),
        Figure(write.money(found.total("need")), _("Need, gross")),
        Figure(
            write.money(found.total("avoided"), zero=_("none is stated")), _("Avoided investment")
        ),
        Figure(write.money(found.net), _("Need, net of avoided")),
    ]


def not_known(found: Bridge) -> list[str]:
    """What nobody has said, counted."""
    said = []
    unsaid, climate = int(found.unsaid.sum()), int(found.climate_unsaid.sum())
    if unsaid:
        said.append(
            n_(
                "{count} measure does not say what would have been invested anyway: state its "
                "alternative investment, 0 where there is none, or its expenditure above business "
                "as usual.",
                "{count} measures do not say what would have been invested anyway: state their "
                "alternative investment, 0 where there is none, or their expenditure above "
                "business as usual.",
                unsaid,
            )
        )
    if climate:
        said.append(
            n_(
                "{count} measure does not say whether it is climate: it is in no climate figure.",
                "{count} measures do not say whether they are climate: they are in no climate "
                "figure.",
                climate,
            )
        )
    if found.unknown.any():
        said.append(
            n_(
                "{count} measure has no known expenditure and is in no step.",
                "{count} measures have no known expenditure and are in no step.",
                int(found.unknown.sum()),
            )
        )
    return said


def table(found: Bridge, plan: Plan) -> Table:
    """The bridge measure by measure, those with a need."""
    amounts = ("need", "anyway", "budgeted", "not_said", "new", "new_climate", "avoided")

    def cells(place: int) -> list[str]:
        shown = {step: write.mnkr(int(getattr(found, step)[place])) for step in amounts}
        if found.unsaid[place]:
            shown["anyway"] = shown["new"] = write.unknown()
        if found.climate_unsaid[place] or found.unsaid[place]:
            shown["new_climate"] = write.unknown()
        return list(shown.values())

    tags = plan.tags
    return Table(
        _("The municipal group's part, all years, MSEK"),
        (
            *(_("Measure"), _("Need"), _("Anyway"), _("In the budget")),
            *(_("Not said"), _("New"), _("New, climate"), _("Avoided, beside")),
        ),
        [
            (
                Link(
                    str(tags["name"][place]),
                    frame.href("atgarder", measure=str(tags["id"][place])),
                ),
                *cells(place),
            )
            for place in range(plan.size[1])
            if found.need[place] or found.avoided[place]
        ],
        total=(_("Sum"), *(write.mnkr(found.total(step)) for step in amounts)),
    )
