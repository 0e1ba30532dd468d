"""The lines of the template's sheets 2 to 7, as what they add to the project that they are of."""

from collections import defaultdict
from dataclasses import dataclass, field
from decimal import Decimal

import numpy as np

from model.intake import choices
from model.intake.amounts import written
from model.intake.fields import PriceBase
from model.intake.ledger import Ledger
from model.intake.mapping import Template, normal
from model.intake.slugs import slug
from model.intake.template_lines import Line
from model.money import split, to_kronor, to_ore
from model.reference import reference
from model.rows import (
    Appropriation,
    Component,
    Effect,
    Expenditure,
    Grant,
    Payment,
    RunningCost,
)
from model.years import LATER, year_label

SAME_LINE = (
    "The project {number} already has a line of the same kind for {year}, in {other}. "
    "Add the amounts together on one line."
)
RANGE_INCOMPLETE = "Write both Låg and Hög, or neither."
RANGE_NOT_ORDERED = "Låg, Central and Hög are not in order: {low}, {mid}, {high} kronor."
YEARS_DIFFER = (
    "Central says {found} kronor, and the years make {expected} kronor. "
    "Make them equal; what comes after the last year goes under Senare."
)
NO_YEARS = (
    "The line says {found} kronor and no year: all of it is put under Senare until years are given."
)
OF_OTHER_ACTOR = (
    "{owner} owns the project {number}, and an appropriation is the municipality's own decision. "
    "Write the owner's money as a grant on the sheet {sheet}, or mend the owner."
)
NO_AMOUNT = "The line has no amount in any year."
NO_YEAR_COLUMNS = (
    "The sheet {sheet} has no column for any year, so the year of {amount} kronor is not known. "
    "Take the columns from an empty template."
)
GRANT_WITHOUT_AMOUNT = (
    "The grant from {source} has no amount. Write it under Beviljat belopp or under the years."
)
PAYMENTS_DIFFER = (
    "Beviljat belopp says {found} kronor, and the years make {expected} kronor. Make them equal."
)
NO_PAYMENT_YEAR = (
    "The grant of {found} kronor has no year: it is put under Senare until years are given."
)
OTHER_EFFECT_UNIT = (
    "“{found}” is not the unit of this indicator. Write {expected} or {expected}/år."
)
UNCLEAR_BASIS = (
    "The unit does not say whether the effect comes every year: it is summed apart as unclear. "
    "Write {unit}/år if it does, or {unit}, engång if it comes once."
)

NO_LIFETIME = (
    "The component {name} has no Nyttjandeperiod. Write its years, or call it Mark if it is land, "
    "which is not depreciated."
)
# What a component is called that is land.
LAND = ("mark", "tomt", "tomtmark", "land")

_PER_YEAR = ("/år", " per år", "/year", " per year")
_ONCE = (", engång", " engång", " totalt", " (engång)", ", once", " once")


@dataclass
class Project:
    """A project of the first sheet with what the other sheets say of it."""

    line: Line
    number: str
    name: str
    vat: str
    prices: PriceBase
    owner: str
    other_actor: bool
    rows: dict[str, list] = field(default_factory=lambda: defaultdict(list))
    taken: dict[tuple, str] = field(default_factory=dict)


class ProjectLines:
    """Reads the lines that belong to a project. A project has one line of each kind and year."""

    def __init__(self, ledger: Ledger, template: Template):
        self.ledger, self.template = ledger, template

    def add_expenditure(
        self, project: Project, line: Line, name: str, *, ref: str = "", **values: object
    ) -> None:
        """An expenditure at a field of a line, with the project's prices and VAT."""
        row = Expenditure(
            price_level=project.prices.level,
            price_year=project.prices.year,
            vat=project.vat,
            source_ref=ref or line.source(name),
            **values,
        )
        key = ("expenditure", row.kind, row.scope, row.year, row.paid)
        if self._is_new(project, line, name, key, row.year):
            project.rows["expenditures"].append(row)

    def _is_new(self, project: Project, line: Line, name: str, key: tuple, year: int) -> bool:
        """A project has one line of each kind and year; a second one gets a finding."""
        if key in project.taken:
            fields = {
                "number": project.number,
                "year": year_label(year),
                "other": project.taken[key],
            }
            line.error(name, "same_line", SAME_LINE, **fields)
            return False
        project.taken[key] = line.ref
        return True

    def expenditures(self, line: Line, project: Project) -> None:
        """The need of a project by year, in a range where the line has one."""
        kind, scope = line.value("kind"), line.value("scope")
        low, mid, high = (line.value(name) for name in ("low", "mid", "high"))
        years = line.yearly()
        refs = {year: self.ledger.ref(line.sheet, line.years[year]) for year in years}
        later = line.value("later")
        if later is not None:
            years[LATER], refs[LATER] = later, line.source("later")
        if mid is None or kind is None or scope is None:
            return
        if (low is None) != (high is None):
            line.error("low" if low is None else "high", "range_incomplete", RANGE_INCOMPLETE)
            return
        if low is not None and not low <= mid <= high:
            fields = {"low": written(low), "mid": written(mid), "high": written(high)}
            line.error("mid", "range_not_ordered", RANGE_NOT_ORDERED, **fields)
            return
        if not years:
            line.warn("mid", "no_years", NO_YEARS, found=written(mid))
            years, refs = {LATER: mid}, {LATER: line.source("mid")}
        total, spent = sum(years.values()), self._spent(project, kind, scope)
        if total + spent == mid and spent:
            # Central is of the whole project: what is paid is certain, and not part of the range.
            low, high = (
                None if end is None else max(end - spent, Decimal(0)) for end in (low, high)
            )
        elif total != mid:
            line.error(
                "mid", "years_differ", YEARS_DIFFER, found=written(mid), expected=written(total)
            )
            return
        lows, highs = self._spread(low, years), self._spread(high, years)
        for year, amount in years.items():
            self.add_expenditure(
                project,
                line,
                "mid",
                ref=refs[year],
                kind=kind,
                scope=scope,
                year=year,
                low=lows.get(year),
                mid=amount,
                high=highs.get(year),
            )

    @staticmethod
    def _spent(project: Project, kind: str, scope: str) -> Decimal:
        if (kind, scope) != ("investment", "total"):
            return Decimal(0)
        return sum((e.mid for e in project.rows["expenditures"] if e.paid), Decimal(0))

    @staticmethod
    def _spread(end: Decimal | None, years: dict[int, Decimal]) -> dict[int, Decimal]:
        """One end of the range over the years, as central is spread, exact in the sum."""
        if end is None:
            return {}
        weights = np.array([to_ore(amount) for amount in years.values()], dtype=np.int64)
        parts = split(np.array(to_ore(end)), weights)
        return {year: to_kronor(part) for year, part in zip(years, parts, strict=True)}

    def appropriations(self, line: Line, project: Project) -> None:
        """What the council has decided or planned, and what is carried over into the first year."""
        basis, status, decision = (line.value(n) for n in ("basis", "status", "decision"))
        years, carried = line.yearly(), line.value("carried")
        if not years and not carried:
            line.warn("project", "no_amount", NO_AMOUNT)
        if basis is None or status is None:
            return
        if project.other_actor and status != "requested" and (years or carried):
            fields = {
                "owner": project.owner,
                "number": project.number,
                "sheet": self.template.sheets[3].title,
            }
            line.error("status", "appropriation_of_other_actor", OF_OTHER_ACTOR, **fields)
            return
        rows = [(year, amount, Decimal(0)) for year, amount in years.items()]
        refs = {year: self.ledger.ref(line.sheet, line.years[year]) for year in years}
        if carried and not line.all_years:
            fields = {"sheet": line.sheet.title, "amount": written(carried)}
            line.error("carried", "no_year_columns", NO_YEAR_COLUMNS, **fields)
            return
        if carried:
            # What was not spent in the year before the first column, and may be spent in that.
            year = min(line.all_years) - 1
            rows.insert(0, (year, carried, carried))
            refs[year] = line.source("carried")
        for year, amount, carry_over in rows:
            if self._is_new(project, line, "status", ("appropriation", basis, status, year), year):
                project.rows["appropriations"].append(
                    Appropriation(
                        year=year,
                        basis=basis,
                        status=status,
                        amount=amount,
                        carry_over=carry_over,
                        decision=decision or "",
                        source_ref=refs[year],
                    )
                )

    def grant(self, line: Line, project: Project) -> None:
        """Money of others, with what it asks of the project."""
        source, status, amount = (line.value(n) for n in ("source", "status", "amount"))
        values = {
            name: line.value(name) for name in ("probability", "eligible_expenditure", "share")
        } | {name: line.value(name) or "" for name in ("reference", "last_claim", "conditions")}
        years = line.yearly()
        if source is None or status is None:
            return
        if amount is None and not years:
            name = reference().funding[source].name
            line.error("amount", "grant_without_amount", GRANT_WITHOUT_AMOUNT, source=name)
            return
        if years and amount is not None and sum(years.values()) != amount:
            fields = {"found": written(amount), "expected": written(sum(years.values()))}
            line.error("amount", "payments_differ", PAYMENTS_DIFFER, **fields)
            return
        if not years:
            line.warn("amount", "no_years", NO_PAYMENT_YEAR, found=written(amount))
            years = {LATER: amount}
        made = slug(source, values["reference"])
        others = [grant.id for grant in project.rows["grants"]]
        project.rows["grants"].append(
            Grant(
                id=made if made not in others else f"{made}-{len(others) + 1}",
                source=source,
                status=status,
                payments=tuple(Payment(year=y, amount=paid) for y, paid in years.items()),
                source_ref=line.ref,
                **values,
            )
        )

    def component(self, line: Line, project: Project) -> None:
        """A part of what the project makes. Land is called so and has no lifetime."""
        name, share, lifetime = (line.value(n) for n in ("name", "share", "lifetime_years"))
        if name is None or share is None:
            return
        land = normal(name) in LAND
        if lifetime is None and not land:
            line.error("lifetime_years", "no_lifetime", NO_LIFETIME, name=name)
            return
        project.rows["components"].append(
            Component(
                name=name,
                share=share,
                lifetime_years=None if land else int(lifetime),
                land=land,
                reinvested=bool(line.value("reinvested")),
                source_ref=line.ref,
            )
        )

    def running_costs(self, line: Line, project: Project) -> None:
        """What the project does to the running costs of each year."""
        item, department, in_frame = (line.value(n) for n in ("item", "department", "in_frame"))
        years = line.yearly()
        if not years:
            line.warn("project", "no_amount", NO_AMOUNT)
        for year, amount in years.items():
            if item is None:
                continue
            project.rows["running_costs"].append(
                RunningCost(
                    item=item,
                    department=department or "",
                    year=year,
                    amount=amount,
                    in_frame=in_frame,
                    price_level=project.prices.level,
                    price_year=project.prices.year,
                    source_ref=self.ledger.ref(line.sheet, line.years[year]),
                )
            )

    def effect(self, line: Line, project: Project) -> None:
        """What the project does to one indicator."""
        key, year = line.value("indicator"), line.value("year")
        low, mid, high = (line.value(name) for name in ("low", "mid", "high"))
        texts = {name: line.value(name) or "" for name in ("method", "effect_group", "source")}
        if key is None:
            return
        indicator = reference().indicators[key]
        basis = self._basis(line, indicator.unit)
        if basis is None:
            return
        project.rows["effects"].append(
            Effect(
                indicator=key,
                unit=indicator.unit,
                year=year,
                low=low,
                mid=mid,
                high=high,
                basis=basis,
                gas=indicator.gas if indicator.gas in ("co2e", "fossil_co2") else "",
                method=texts["method"],
                effect_group=texts["effect_group"],
                note=texts["source"],
                source_ref=line.ref,
            )
        )

    @staticmethod
    def _basis(line: Line, unit: str) -> str | None:
        """What the unit's words say of how often the effect comes; None when it is another unit."""
        said = normal(line.value("unit") or unit)
        basis = "unclear"
        for endings, found in ((_PER_YEAR, "per_year"), (_ONCE, "once")):
            ending = next((ending for ending in endings if said.endswith(ending)), None)
            if ending:
                basis, said = found, said.removesuffix(ending)
        spelled = choices.keys("units")
        if spelled.get(said, spelled.get(said.replace("ton ", "t ", 1))) != unit:
            line.error("unit", "other_unit", OTHER_EFFECT_UNIT, found=said, expected=unit)
            return None
        if basis == "unclear":
            line.warn("unit", "unclear_basis", UNCLEAR_BASIS, unit=unit)
        return basis
