"""What a finance officer asks: rules, operating impact, financing, profitability, green finance."""

from datetime import date

from model.command_line.view import Add, choose_plan, choose_scenario, choose_view, result_of


def add(command: Add) -> None:
    """Add them."""
    rules = command(
        "rules", _rules, _show_rules, "grants against the rules of their sources, and what to seek"
    )
    choose_plan(rules)
    choose_scenario(rules)
    books = command("operating", _operating, _show_operating, "what a plan does to the books")
    choose_view(books)
    books.add_argument(
        "--book",
        choices=("department", "municipality", "group", "fee"),
        default="municipality",
        help="whose result: a department pays internal interest, the others that of loans",
    )
    books.add_argument(
        "--interest-base",
        choices=("net", "gross"),
        default="net",
        help="internal interest on book value net of undissolved grants, or gross",
    )
    financing = command(
        "financing", _financing, _show_financing, "whether a plan's investments have money"
    )
    choose_view(financing)
    financing.add_argument(
        "--level",
        choices=("municipality", "group"),
        default="municipality",
        help="the municipality alone, or the group with its companies",
    )
    financing.add_argument(
        "--basis",
        choices=("decided", "need"),
        default="decided",
        help="expenditure that money of the reading covers, or the whole need",
    )
    financing.add_argument(
        "--interest",
        choices=("0", "1", "2"),
        default="0",
        help="percentage points more on what is not bound",
    )
    economics = command("economics", _economics, _show_economics, "whether the measures pay")
    choose_view(economics)
    economics.add_argument(
        "--view",
        choices=("municipality", "owner", "society"),
        default="society",
        help="whose money: the municipal group's, the owner's, or what society gains",
    )
    economics.add_argument(
        "--tax-factor", action="store_true", help="society: add what taxes cost to what they pay"
    )
    green = command("green", _green, _show_green, "green loans and bonds: pool, reports, rest")
    choose_plan(green)
    green.add_argument(
        "--mode",
        choices=("approved_projects", "own_programme"),
        default="approved_projects",
        help="a lender's approved projects (Kommuninvest), or bonds of one's own",
    )
    green.add_argument("--on", type=date.fromisoformat, help="the day, YYYY-MM-DD; or today")
    green.add_argument("--framework", default="", help="a version of a framework, by its key")
    green.add_argument("--look-back", type=int, metavar="MONTHS", help="if the framework is silent")
    green.add_argument("--denominator", choices=("gross", "net_of_grants"))
    green.add_argument(
        "--grid-factor", default="", metavar="KEY", help="such as emission_factors/electricity_…"
    )


def _rules(asked) -> dict:
    from model.funding_listing import listed

    return listed(result_of(asked))


def _show_rules(answer: dict) -> str:
    lines = [f"{answer['plan']}, scenario {answer['scenario']}, SEK"]
    lines += [
        f"{found['severity']} {found['code']} {found['ref']}: {found['message']}"
        f" [{found['rule']['paragraph'] or found['rule']['source']}"
        f"{'' if found['rule']['verified'] else ', unverified'}]"
        for found in answer["findings"]
    ]
    lines += [
        f"could seek {each['amount'] or 'an unknown amount'} from {each['source']}"
        f" for {each['measure']}"
        for each in answer["suggestions"]
    ]
    lines += [
        f"{each['source']} {each['grant']}: "
        + ("; ".join(risk["message"] for risk in each["risks"]) or "no known risk")
        for each in answer["calendar"]
    ]
    return "\n".join(lines)


def _operating(asked) -> dict:
    from model.operating import Policy
    from model.operating_table import to_json

    result = result_of(asked)
    found = result.operating(asked.reading, Policy(interest_base=asked.interest_base))
    tags = result.plan.tags
    return {
        "plan": result.plan.head.id,
        "scenario": result.scenario.id,
        "reading": asked.reading,
        **to_json(found, asked.book, tags["id"], tags["name"]),
    }


def _show_operating(answer: dict) -> str:
    lines = [
        f"{answer['plan']}, scenario {answer['scenario']}, book {answer['book']}, SEK, "
        "positive where it costs",
        f"{answer['measures_with_unknown_capital_cost']} measures have no capital cost that is "
        "known",
    ]
    for year in answer["years"]:
        tax = year.get("tax_ore")
        lines.append(
            f"{year['year']:<8}{year['effect']:>20}" + ("" if tax is None else f"{tax:>10} öre")
        )
    return "\n".join(lines)


def _financing(asked) -> dict:
    from decimal import Decimal

    from model.report.financing_json import document

    shift = Decimal(asked.interest) / 100
    return document(result_of(asked), asked.reading, asked.level, asked.basis, shift)


def _show_financing(answer: dict) -> str:
    head = (
        f"{answer['plan']}, scenario {answer['scenario']}, reading {answer['reading']}, "
        f"{answer['level']}, {answer['basis']}, SEK\n{answer['answer']}"
    )
    rows = [("", *map(str, answer["years"]), "sum")]
    for row in answer["rows"]:
        values = [value or "unknown" for value in row["values"].values()]
        rows.append((f"{row['sign']} {row['key']}".strip(), *values, row["total"] or ""))
    return "\n".join(
        [head, *(f"{row[0]:20}" + "".join(f"{x:>18}" for x in row[1:]) for row in rows)]
    )


def _economics(asked) -> dict:
    from model.report import economics

    return economics.answer(
        result_of(asked), asked.view, tax_factor=asked.tax_factor, reading=asked.reading
    )


def _show_economics(answer: dict) -> str:
    from model.report import economics

    return economics.lines(answer)


def _green(asked) -> dict:
    from model.green_result import Terms
    from model.report.green_answer import answer
    from model.results import results

    result = results(asked.plan)
    terms = Terms(
        asked.on or date.today(),
        asked.mode,
        asked.framework,
        asked.look_back,
        asked.denominator,
        asked.grid_factor,
    )
    return answer(result, result.green_finance(terms))


def _show_green(answer: dict) -> str:
    from model.report.green_answer import show

    return show(answer)
