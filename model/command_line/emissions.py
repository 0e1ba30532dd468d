"""What a climate strategist asks: the path of emissions, its targets, and carbon budgets."""

from model.command_line.view import Add, choose_plan, choose_scenario, result_of


def add(command: Add) -> None:
    """Add them."""
    path = command(
        "emissions", _emissions, _show_emissions, "the path of emissions against the targets"
    )
    _choose(path)
    path.add_argument("--gas", choices=("co2e", "fossil_co2"), default="")
    path.add_argument(
        "--boundary",
        choices=("territorial", "consumption", "organisation", "municipal_group"),
        default="",
    )
    path.add_argument(
        "--usual",
        choices=("own", "trend", "level"),
        default="own",
        help="how emissions go on without the plan: as it says, by trend, or as now",
    )
    path.add_argument(
        "--stage", default="", help="readiness from which measures count, such as total_decision"
    )
    budgets = command(
        "budget", _budget, _show_budget, "carbon budgets by four methods, and when they run out"
    )
    _choose(budgets)


def _choose(parser) -> None:
    choose_plan(parser)
    choose_scenario(parser)


def _emissions(asked) -> dict:
    from model.emission_result import Choice
    from model.errors import NotFound
    from model.reference import reference
    from model.report.emissions import emissions_json

    stages = reference().readiness
    if asked.stage and asked.stage not in stages:
        raise NotFound(
            "There is no readiness {stage}; there are {known}.",
            stage=asked.stage,
            known=", ".join(stages),
        )
    found = result_of(asked)
    return emissions_json(
        found, found.emissions(Choice(asked.gas, asked.boundary, asked.usual, asked.stage))
    )


def _show_emissions(answer: dict) -> str:
    lines = [f"{answer['plan']}, scenario {answer['scenario']}"]
    if answer["gas"] is None:
        return "\n".join([*lines, "no emissions to begin from: read in the database's download"])
    lines.append(f"{answer['gas']}, {answer['boundary']}, t a year; from {answer['source']}")
    lines += [
        f"{row['year']}  without the plan {_t(row['business_as_usual'])}  measures "
        f"{_t(row['measures'])}  left {_t(row['planned'])}"
        for row in answer["years"]
    ]
    for target in answer["targets"]:
        said = (
            f"not compared ({target['obstacle']})"
            if target["missing"] is None
            else f"{_t(target['missing'])} missing, {target['more_measures'] or '?'} more measures"
        )
        lines.append(f"target {target['year']} {target['name']}: {said}")
    lines += [
        f"apart: {row['measure']} {row['indicator']} {_t(row['tonnes'])} ({row['reason']})"
        for row in answer["apart"]
    ]
    return "\n".join(lines)


def _budget(asked) -> dict:
    from model.report.emissions import budgets_json

    found = result_of(asked)
    return {
        "plan": found.plan.head.id,
        "scenario": found.scenario.id,
        "budgets": budgets_json(found.emissions()),
    }


def _show_budget(answer: dict) -> str:
    lines = [f"{answer['plan']}, scenario {answer['scenario']}"]
    if not answer["budgets"]:
        lines.append("no carbon budget")
    for each in answer["budgets"]:
        lines.append(
            f"{each['gas']}, {each['boundary']}: {_t(each['remaining'])} from {each['from_year']}"
        )
        for method in each["methods"]:
            fall = (
                f"{100 * method['yearly_reduction']:.1f} % a year"
                if method["yearly_reduction"] is not None
                else f"{_t(method['yearly_tonnes'])} a year"
            )
            ends = f", to {method['ends']}" if method["ends"] else ""
            lines.append(f"  {method['method']}: {fall}{ends}")
        for path, out in (("without the plan", "usual"), ("with the measures", "plan")):
            lines.append(f"  runs out {path}: {each['runs_out'][out] or 'not known'}")
    return "\n".join(lines)


def _t(tonnes: float | None) -> str:
    return "unknown" if tonnes is None else f"{tonnes:,.0f} t".replace(",", " ")
