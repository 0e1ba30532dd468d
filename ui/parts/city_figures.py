"""What is published about a municipality: its targets, its residents and its figures."""

from model.entries import Figure, Municipality
from model.inventory import published
from model.targets import distance
from model.targets import published as aim
from ui import format as write
from ui.i18n import _, language, name, note
from ui.parts import listing, sourced
from ui.parts import targets as words
from ui.parts.listing import Term

TOPICS = ("emissions", "investment", "benefit", "funding", "governance")


def targets(city: Municipality) -> None:
    """Its targets against its own latest emissions."""
    inventory = published(city.baseline)
    listing.terms(_target(target, inventory) for target in city.targets)


def show(city: Municipality) -> None:
    """Residents, and figures as published."""
    population = city.population
    ordered = sorted(city.figures, key=lambda figure: TOPICS.index(figure.topic))
    residents = Term(
        _("Residents"),
        write.number(population.value),
        (population.at, sourced.source(population), note(population)),
        sourced.mark(population),
    )
    listing.terms([residents, *map(_as_published, ordered)])


def _target(target, inventory) -> Term:
    found = distance(aim(target), inventory)
    says = (
        words.not_compared(found)
        if found.level is None
        else _(
            "{left} a year remain from {year}.",
            left=write.tonnes(found.left),
            year=found.latest_year,
        )
    )
    about = ", ".join((words.decision(target.decision), words.boundary(target.boundary)))
    return Term(name(target), says, (about, sourced.source(target)), sourced.mark(target))


def _as_published(figure: Figure) -> Term:
    value = sourced.span(figure, figure.unit) if figure.value is not None else ""
    said = figure.text_en if language() == "en" else figure.text
    years = "–".join(str(year) for year in (figure.year, figure.last_year) if year)
    about = [years, words.boundary(figure.boundary), sourced.price_year(figure.price_year)]
    return Term(
        name(figure),
        ". ".join(filter(None, [value, said])),
        (", ".join(filter(None, about)), sourced.source(figure), figure.note),
        sourced.mark(figure),
    )
