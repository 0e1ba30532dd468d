"""Prepared workshops: which there are, one as a file, and one from a file."""

from pathlib import Path

from model.command_line.view import Add, choose_plan
from model.errors import NotFound


def add(command: Add) -> None:
    """Add them."""
    workshop = command(
        "workshop", _workshop, _show, "the plan's workshops; one as YAML, or one from a file"
    )
    choose_plan(workshop)
    chosen = workshop.add_mutually_exclusive_group()
    chosen.add_argument("--id", help="write this one as YAML")
    chosen.add_argument("--read", type=Path, metavar="FILE", help="save the one in a YAML file")


def _workshop(asked) -> dict:
    from model import commands
    from model.reference import reference
    from model.results import results
    from model.workshops import as_yaml, from_yaml

    result = results(asked.plan)
    plan_id = result.base.head.id
    own = {each.id: each for each in result.document().workshops}
    if asked.read:
        read = from_yaml(asked.read.read_bytes(), asked.read.name)
        rows = (own | {read.id: read}).values()
        who = commands.who_am_i()
        version = commands.save_list(plan_id, "workshops", rows, result.base.version, who)
        return {"plan": plan_id, "saved": read.id, "version": version}
    shipped = {key: each.told() for key, each in reference().workshops.items()}
    known = shipped | own
    if asked.id:
        if asked.id not in known:
            raise NotFound(
                "The plan has no workshop {name}; there are {known}.",
                name=asked.id,
                known=", ".join(known),
            )
        return {"plan": plan_id, "id": asked.id, "yaml": as_yaml(known[asked.id])}
    return {
        "plan": plan_id,
        "workshops": [
            {
                "id": key,
                "name": each.name,
                "own": key in own,
                "steps": [step.shows for step in each.steps],
            }
            for key, each in known.items()
        ],
    }


def _show(answer: dict) -> str:
    if "yaml" in answer:
        return answer["yaml"].rstrip()
    if "saved" in answer:
        return f"{answer['saved']} is saved in {answer['plan']}, version {answer['version']}"
    return "\n".join(
        f"{each['id']:<28}{'own' if each['own'] else 'comes along':<13}{each['name']}: "
        f"{', '.join(each['steps'])}"
        for each in answer["workshops"]
    )
