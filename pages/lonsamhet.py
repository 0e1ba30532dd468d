"""Profitability: whether the measures pay, for whom, what a tonne costs, and what of it is new."""

import streamlit as st

from model.appraisal import PACKAGES
from model.report import answers
from model.report import words as terms
from model.results import VIEWS, results
from ui import format as write
from ui import frame, safe
from ui import state as view
from ui.charts import bridge as bridge_charts
from ui.charts import cost_curve as charts
from ui.i18n import _, mark, n_
from ui.parts import bridge as bridging
from ui.parts import chart, empty, headline, listing, toggles
from ui.parts import profitability as words
from ui.parts import profitability_tables as shown
from ui.parts import table as tables
from ui.parts.chart import Words
from ui.parts.headline import Figure

BRIDGE_SHOWS = mark("The municipal group's part, all years of the plan")


def page() -> None:
    headline.show(
        answers.under_scenario(result, sentence(), state.language),
        figures() if known else [],
        tag=_("example") if plan.head.example else "",
        notes=notes(),
    )
    if not result.base.size[1]:
        empty.no_measures(in_scenario=False)
        return
    drawn, beside = st.columns([2, 1], gap="large")
    with beside:
        choices()
    with drawn:
        if not known:
            nothing_known()
        elif chosen == "curve" and curve.costing:
            the_curve()
        else:
            the_ranking()
    if known:
        tables.show(shown.all_measures(found, other))
        the_packages()
        work_out()
    listing.heading(_("What the figures rest on"))
    listing.points(*words.assumed(found, result.assumptions()))
    the_bridge()
    with_vat()


def sentence() -> str:
    if not result.base.size[1]:
        return _("There is no profitability to work out yet")
    if not known:
        return _("No measure's profitability can be told yet: {why}", why=words.why_not(found))
    whole = found.whole[1]
    value = words.ore(whole.net_present_value[0])
    fields = {
        "amount": write.money(abs(value)),
        "rate": write.percent(found.rate, 1),
        "view": {
            "municipality": _("the municipality's cash"),
            "owner": _("their owners' cash"),
            "society": _("society"),
        }[found.view],
    }
    if value < 0:
        return _("The measures that are known cost {view} {amount} at {rate}", **fields)
    return _("The measures that are known give {view} {amount} at {rate}", **fields)


def figures() -> list[Figure]:
    whole = found.whole[1]

    def told(key: str, label: str, note: str = "") -> Figure:
        return Figure(words.figure(whole, key, 0), label, note)

    second = words.figure(other.whole[1], "net_benefit_invested", 0) if other else ""
    factor = write.number(other.tax_factor, 1) if other else ""
    beside = ""
    if other:
        beside = (
            _("{figure} with tax factor {factor}", figure=second, factor=factor)
            if other.tax_factor != 1
            else _("{figure} without tax factor", figure=second)
        )
    return [
        Figure(
            write.money(words.ore(whole.net_present_value[0])),
            _("Net present value"),
            n_(
                "{count} of {all} measures known",
                "{count} of {all} measures known",
                known,
                all=plan.size[1],
            ),
        ),
        told("internal_rate", _("Internal rate")),
        told("net_benefit_invested", _("Net present value per krona invested (NNK-i)"), beside),
        told("cost_per_tonne", _("Cost per tonne CO2e, SEK"), _("before what a tonne is worth")),
    ]


def notes() -> list[str]:
    if not result.base.size[1]:
        return []
    said = [words.prices(found)[:1].upper() + words.prices(found)[1:]]
    if plan.lower_bound[found.whole[0].counted[:, 0]].any():
        said.append(
            _("some expenditure is known only from below, so the value is at most what is shown")
        )
    return said


def choices() -> None:
    st.segmented_control(
        _("Whose money"),
        VIEWS,
        format_func=words.view,
        required=True,
        **view.saying("view", found.view),
    )
    st.segmented_control(
        _("Chart"),
        ("curve", "ranking"),
        format_func={"curve": _("Cost per tonne"), "ranking": _("Net present value")}.get,
        required=True,
        **view.saying("chart", chosen),
    )
    toggles.panel(state, ("rate", "cost"))
    if found.view == "society":
        st.toggle(
            _("Tax factor"),
            **view.holding("said-tax", taxed, lambda on: view.say(tax="1" if on else "")),
        )
    listing.text(words.view_means(found.view))


def nothing_known() -> None:
    empty.show(
        _("A measure needs an expenditure, a lifetime and its change in running cost (0 if none)."),
        _("Enter them under Measures; for society also an effect that comes every year."),
        page="atgarder",
        link=_("Go to Measures"),
    )


def the_curve() -> None:
    bars = words.bars(curve.costing, plan)
    cheapest = bars[0]
    chart.place(
        charts.curve(bars),
        Words(
            answers.under_scenario(
                result,
                _(
                    "{measure} has the lowest cost, {cost}",
                    measure=cheapest.label,
                    cost=charts.per_tonne(cheapest.cost),
                ),
                state.language,
            ),
            words.subtitle(
                _("Cost per tonne CO2e before what a tonne is worth, {view}", view=whose()), found
            ),
            plan.head.source or plan.head.name,
            charts.describe_curve(bars),
        ),
        key="curve",
        table=shown.curve_table(curve.costing, plan),
    )
    what_pays()
    not_in(curve.left_out)


def the_ranking() -> None:
    steps, left_out = result.ranking(looked_at, **of)
    bars = words.bars(steps, plan)
    count = sum(bar.value >= 0 for bar in bars)
    chart.place(
        charts.ranking(bars),
        Words(
            answers.under_scenario(
                result,
                n_(
                    "{count} of {all} measures pays",
                    "{count} of {all} measures pay",
                    count,
                    all=len(bars),
                ),
                state.language,
            ),
            words.subtitle(_("Net present value, MSEK, {view}", view=whose()), found),
            plan.head.source or plan.head.name,
            charts.describe_ranking(bars),
        ),
        key="ranking",
        meanings=[charts.PAYS, charts.DOES_NOT_PAY],
    )
    not_in(left_out)


def what_pays() -> None:
    if curve.paying:
        listing.text(
            n_(
                "{count} measure costs nothing or less per tonne and is ranked by net present "
                "value. Below zero the cost per tonne ranks wrongly: of two that save equally "
                "much, the one with more tonnes looks worse (Taylor 2012; Kesicki and Ekins 2012).",
                "{count} measures cost nothing or less per tonne and are ranked by net present "
                "value. Below zero the cost per tonne ranks wrongly: of two that save equally "
                "much, the one with more tonnes looks worse (Taylor 2012; Kesicki and Ekins 2012).",
                len(curve.paying),
            )
        )
        listing.points(*words.not_on_curve(curve, plan))


def not_in(left_out) -> None:
    if left_out:
        listing.text(_("Not in the chart:"))
        listing.points(*words.left_out(left_out, plan))


def the_packages() -> None:
    listing.heading(_("Measures together"))
    said = "".join(view.said("package")[-1:])
    tags = [each for each in PACKAGES if each != "district" or (plan.tags[each] != "").any()]
    tag = said if said in tags else tags[0]
    st.selectbox(
        _("Packages by"),
        tags,
        format_func=lambda each: _(terms.TAGS[each]).capitalize(),
        **view.saying("package", tag),
    )
    tables.show(shown.packages(found, tag))


def work_out() -> None:
    listing.heading(_("How a figure comes about"))
    ids = [
        str(key)
        for key, why in zip(plan.tags["id"], found.streams.reason, strict=True)
        if why in ("", "joint_effect")
    ]
    titles = dict(zip(plan.tags["id"].tolist(), plan.tags["name"].tolist(), strict=True))
    said = "".join(view.said("of")[-1:])
    key = said if said in ids else ids[0]
    st.selectbox(
        _("Measure"),
        ids,
        format_func=lambda each: safe.line(titles[each]),
        **view.saying("of", key),
    )
    place = plan.tags["id"].tolist().index(key)
    listing.terms(shown.formulas(found, place))
    tables.folded(shown.stream(found, place))
    listing.points(*shown.inputs(found, place))


def the_bridge() -> None:
    listing.heading(_("From the whole need to what is new"))
    bridge = result.bridge()
    if not bridge.total("need"):
        listing.text(_("The municipal group has no known need to bridge."))
        listing.points(*bridging.not_known(bridge))
        return
    headline.figures(bridging.figures(bridge))
    if not bridging.said_anything(bridge):
        listing.text(bridging.title(bridge) + ".")
        listing.points(*bridging.not_known(bridge))
        return
    chart.place(
        bridge_charts.figure(*bridging.steps(bridge)),
        Words(
            answers.under_scenario(result, bridging.title(bridge), state.language),
            answers.subtitle(result, "planned", state.language, BRIDGE_SHOWS),
            plan.head.source or plan.head.name,
            bridge_charts.describe(*bridging.steps(bridge)),
        ),
        key="bridge",
        meanings=bridging.meanings(bridge),
        table=bridging.table(bridge, plan),
    )
    listing.points(
        _(
            "What would have been invested anyway is taken to be what the budget pays first. In "
            "the budget is what is paid, decided and planned beyond that; grants are new money."
        ),
        *bridging.not_known(bridge),
    )


def with_vat() -> None:
    vat = result.stated_with_vat()
    if vat.measures:
        listing.text(
            _(
                "{stated} of the municipal group's expenditure stands with VAT that it gets back; "
                "without VAT it is {without}. The plan keeps what the sheet says.",
                stated=write.money(vat.stated),
                without=write.money(vat.without),
            )
        )


def whose() -> str:
    return words.view(found.view).lower()


state = frame.require()
result = results(state.plan_id, state.scenario)
plan = result.plan
asked = "".join(view.said("view")[-1:])
taxed = view.said("tax")[-1:] == ("1",)
looked_at = asked if asked in VIEWS else "society"
social = looked_at == "society"
of = {"reading": state.reading, "tax_factor": taxed and social}
found = result.economics(looked_at, **of)
other = result.economics(looked_at, **{**of, "tax_factor": not taxed}) if social else None
curve = result.cost_curve(looked_at, **of)
known = words.known(found)[0]
chosen = "ranking" if view.said("chart")[-1:] == ("ranking",) else "curve"
page()
