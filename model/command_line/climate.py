"""What a climate strategist asks: what purchases emit, and whether the budget keeps pace."""

from model.command_line.view import Add, choose_plan, choose_view, result_of


def add(command: Add) -> None:
    """Add them."""
    spend = command("spend", _spend, _show_spend, "what purchases emit, and what has no factor")
    choose_plan(spend)
    spend.add_argument("--year", type=int, help="the year; the latest with a factor by default")
    budget = command(
        "climate-budget", _budget, _show_budget, "measures against departments' emission budgets"
    )
    choose_view(budget)
    for added in (spend, budget):
        added.add_argument("--gas", choices=("co2e", "fossil_co2"), default="co2e")
        added.add_argument(
            "--boundary",
            choices=("territorial", "consumption", "organisation"),
            help="how emissions are counted; as the plan's first by default",
        )
    budget.add_argument(
        "--trend", action="store_true", help="emissions follow the trend of purchases"
    )


def _spend(asked) -> dict:
    from model.money import kronor_text
    from model.results import results
    from model.spend_emissions import series_of

    result = results(asked.plan)
    series = _series(asked, series_of(result.listed("intensities")))
    found = result.spend_emissions(series)
    known = [int(each.key) for each in found.by("year") if each.moved_covered]
    year = asked.year or max(known or found.years, default=None)
    of_year = found.of(year=year)

    def said(each) -> dict:
        return {
            "spend": kronor_text(each.ore),
            "credited": kronor_text(each.credited),
            "coverage": each.coverage,
            "tonnes": each.tonnes if each.moved_covered else None,
        }

    trend = found.usual
    return {
        "plan": result.plan.head.id,
        "series": found.series and found.series._asdict(),
        "year": year,
        **said(of_year.total),
        "by_department": [{"key": s.key, **said(s)} for s in of_year.by("department")],
        "by_category": [{"key": s.key, **said(s)} for s in of_year.by("category")],
        "by_year": [{"key": s.key, **said(s)} for s in found.by("year")],
        "missing": [
            {"key": s.key, "spend": kronor_text(s.ore), "reason": s.reason} for s in of_year.missing
        ],
        "vat_differs": kronor_text(of_year.vat_differs),
        "business_as_usual": {
            "basis": trend.basis,
            "uneven": trend.uneven,
            "tonnes": dict(zip(map(str, trend.years), trend.tonnes, strict=True)),
        },
    }


def _show_spend(answer: dict) -> str:
    counted = answer["series"]
    head = f"{answer['plan']}, purchases {answer['year']}, " + (
        f"{counted['gas']} by {counted['boundary']}" if counted else "no factors"
    )
    lines = [head, f"{'':40}{'SEK':>20}{'covered':>10}{'t':>14}"]
    rows = [*answer["by_department"], {**answer, "key": "sum"}]
    for row in rows:
        covered = "" if row["coverage"] is None else f"{row['coverage']:.1%}"
        tonnes = "unknown" if row["tonnes"] is None else f"{row['tonnes']:.1f}"
        name = row["key"] or "no department"
        lines.append(f"{name:40}{row['spend']:>20}{covered:>10}{tonnes:>14}")
    lines += [
        f"not counted: {each['key'] or 'unknown'} {each['spend']} ({each['reason']})"
        for each in answer["missing"]
    ]
    return "\n".join(lines)


def _budget(asked) -> dict:
    from model.climate_budget import KINDS, series_of
    from model.errors import NotFound

    result = result_of(asked)
    series = _series(asked, series_of(result.listed("department_budgets")))
    if series is None:
        raise NotFound("{plan} has no emission budget of a department.", plan=result.plan.head.id)
    found = result.climate_budget(series, asked.reading, trend=asked.trend)

    def listed(values) -> list | None:
        return None if values is None else [round(float(value), 6) for value in values]

    def said(pace) -> dict:
        return {
            "department": pace.department,
            "base_tonnes": pace.base,
            "allowed": listed(pace.allowed),
            "needed": listed(pace.needed),
            **{kind: listed(pace.tonnes(kind)) for kind in KINDS},
            "not_counted": {
                str(result.plan.tags["id"][each.measure]): each.reason
                for each in pace.measures
                if each.reason
            },
        }

    return {
        "plan": result.plan.head.id,
        "scenario": result.scenario.id,
        "reading": found.reading,
        "series": series._asdict(),
        "basis": found.basis,
        "years": list(found.years),
        "departments": [said(pace) for pace in found.departments],
        "without_budget": [said(pace) for pace in found.without_budget],
        "measures_without_department": len(found.nobodys),
        "decided_measures_lack": listed(found.missing),
    }


def _show_budget(answer: dict) -> str:
    counted, last = answer["series"], answer["years"][-1]
    columns = ("needed", "funded", "unfunded", "cost_unknown", "undecided")
    lines = [
        f"{answer['plan']}, scenario {answer['scenario']}, reading {answer['reading']}, "
        f"{counted['gas']} by {counted['boundary']}, t in {last}",
        f"{'':40}" + "".join(f"{name:>14}" for name in columns),
    ]
    for row in answer["departments"]:
        values = ["unknown" if row[name] is None else f"{row[name][-1]:.1f}" for name in columns]
        lines.append(f"{row['department']:40}" + "".join(f"{value:>14}" for value in values))
    return "\n".join([*lines, f"decided measures lack {answer['decided_measures_lack'][-1]:.1f}"])


def _series(asked, listed):
    """The series that is asked for, or the first that the plan has."""
    from model.spend_emissions import Series

    if asked.boundary:
        return Series(asked.gas, asked.boundary)
    return next((each for each in listed if each.gas == asked.gas), None)
