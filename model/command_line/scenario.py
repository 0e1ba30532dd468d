"""Scenarios: which there are, what they do, and their way in and out as files."""

from pathlib import Path

from model.command_line.view import Add, choose_plan
from model.errors import InvalidData

ACTIONS = ("list", "show", "check", "import", "export", "combine", "delete")


def add(command: Add) -> None:
    """Add it."""
    added = command("scenario", _run, _show, "list, show, check, import and export scenarios")
    added.add_argument(
        "action",
        choices=ACTIONS,
        help="show ID, check FILE, import FILE, export ID, combine ID ID …, delete ID",
    )
    added.add_argument("named", nargs="*", metavar="ID or FILE", help="what it is about")
    choose_plan(added)
    added.add_argument("--id", default="", help="id to import under; made of the file's name else")
    added.add_argument("--who", help="who makes the change; the computer's user by default")


def _run(asked) -> dict:
    from model.results import results

    asked.plan = asked.plan or results().base.head.id
    wanted = {"list": 0, "combine": 2}.get(asked.action, 1)
    if len(asked.named) < wanted or (len(asked.named) > wanted and asked.action != "combine"):
        raise InvalidData(
            "scenario {action} is about {wanted} named things, and {found} are named.",
            action=asked.action,
            wanted=wanted,
            found=len(asked.named),
        )
    return {"action": asked.action, **_ACTIONS[asked.action](asked)}


def _list(asked) -> dict:
    from model.reference import reference
    from model.results import scenarios

    shipped = reference().scenarios
    return {
        "plan": asked.plan,
        "scenarios": [
            {"saved": each.id not in shipped, **_told(each, asked.plan)}
            for each in scenarios(asked.plan).values()
        ],
    }


def _told(scenario, plan_id: str) -> dict:
    from model.report import words
    from model.results import results

    plan = results(plan_id).base
    return {
        "id": scenario.id,
        "name": scenario.name,
        "name_en": scenario.name_en,
        "note": scenario.note,
        "author": scenario.author,
        "reading": scenario.reading,
        "hash": scenario.hash,
        "does": list(words.adjustments(scenario, "en", plan)),
    }


def _show_one(asked) -> dict:
    from model.results import results, scenario_of

    scenario = scenario_of(asked.named[0], asked.plan)
    return _with_rules(scenario, asked.plan, results(asked.plan, scenario).broken_rules())


def _with_rules(scenario, plan_id: str, broken) -> dict:
    return {
        **_told(scenario, plan_id),
        "content": scenario.model_dump(mode="json"),
        "broken_rules": [violation.message for violation in broken],
    }


def _check(asked) -> dict:
    from model import scenario_library as library

    path = Path(asked.named[0])
    id = asked.id or library.slug(path.stem)
    _form, scenario, found = library.check(path.read_bytes(), path.name, id, asked.plan)
    if found or scenario is None:
        raise InvalidData(
            "{file} cannot be used. Findings: {count}.", found, file=path.name, count=len(found)
        )
    return _with_rules(scenario, asked.plan, ())


def _import(asked) -> dict:
    from model import scenario_library as library
    from model.commands import who_am_i
    from model.results import results

    path = Path(asked.named[0])
    id, version = library.take_in(
        asked.plan,
        path.read_bytes(),
        path.name,
        results(asked.plan).base.version,
        asked.who or who_am_i(),
        id=asked.id,
    )
    return {"plan": asked.plan, "id": id, "version": version}


def _export(asked) -> dict:
    from model import scenario_library as library

    return {"id": asked.named[0], "yaml": library.export(asked.named[0], asked.plan)}


def _combine(asked) -> dict:
    from model.scenario import TOGETHER

    asked.named = [TOGETHER.join(asked.named)]
    return _show_one(asked)


def _delete(asked) -> dict:
    from model import scenario_library as library
    from model.commands import who_am_i
    from model.results import results

    version = library.delete(
        asked.plan,
        asked.named[0],
        results(asked.plan).base.version,
        asked.who or who_am_i(),
    )
    return {"plan": asked.plan, "id": asked.named[0], "version": version}


_ACTIONS = {
    "list": _list,
    "show": _show_one,
    "check": _check,
    "import": _import,
    "export": _export,
    "combine": _combine,
    "delete": _delete,
}


def _show(answer: dict) -> str:
    match answer["action"]:
        case "list":
            return "\n".join(
                f"{each['id']}  {each['name']}{'  (saved)' if each['saved'] else ''}"
                for each in answer["scenarios"]
            )
        case "export":
            return answer["yaml"].rstrip("\n")
        case "import" | "delete":
            done = "saved" if answer["action"] == "import" else "deleted"
            return f"{answer['id']} {done}: {answer['plan']} is at version {answer['version']}"
    lines = [f"{answer['id']}  {answer['name']}", *(f"  {each}" for each in answer["does"])]
    return "\n".join([*lines, *(f"  ! {each}" for each in answer["broken_rules"])])
