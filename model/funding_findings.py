"""A finding about a grant and the rule that it is about: what was found, what is allowed, who says.

An *error* is a figure or a fact that breaks a rule as it is stated; a *warning* is what cannot be
judged, what must be looked at, or a guideline. Neither stops a save: a plan may hold an application
that will be refused, and most limits have a source that nobody has checked (``verified`` says
which). What cannot be true at all (an unknown source, a loan as a grant) is refused where it is
saved, by :mod:`model.validate`.
"""

from dataclasses import dataclass
from decimal import Decimal

from model.entries import CommonRule, Funding, Rule, Sourced
from model.errors import Violation
from model.formatting import KRONA, THIN_SPACE
from model.funding_facts import Subject, Support
from model.reference import Reference

# What could not be judged for want of a fact, by code.
UNKNOWN = frozenset(
    {
        "aid_basis_unknown",
        "area_unknown",
        "cost_unknown",
        "decision_unknown",
        "owner_unknown",
        "rate_unknown",
        "residents_unknown",
        "share_unknown",
        "start_unknown",
        "yield_unknown",
    }
)


@dataclass(frozen=True)
class Cited:
    """The rule behind a finding, in both languages, with its paragraph and its source."""

    paragraph: str
    text: str
    text_en: str
    source: str
    source_ref: str
    verified: bool


@dataclass(frozen=True)
class Finding:
    """A finding about one grant. ``found`` and ``maximum`` are whole öre, None where the finding
    is about no amount."""

    violation: Violation
    measure: str
    measure_name: str
    grant: str
    source: str
    status: str
    rule: Cited
    found: int | None = None
    maximum: int | None = None

    @property
    def code(self) -> str:
        """The code of the rule."""
        return self.violation.code

    @property
    def breaks(self) -> bool:
        """Whether the rule is broken, not only to be looked at."""
        return self.violation.severity == "error"

    @property
    def unknown(self) -> bool:
        """Whether a fact is missing, so that the rule cannot be judged."""
        return self.code in UNKNOWN


class About:
    """Makes the findings of one grant of one measure."""

    def __init__(self, plan_id: str, subject: Subject, support: Support, known: Reference):
        self.subject, self.support, self.known = subject, support, known
        self._ref = f"{plan_id}/{subject.id}/grants/{support.id}"

    def breaks(self, code: str, template: str, **more) -> Finding:
        """A rule that is broken."""
        return self._finding("error", code, template, **more)

    def mind(self, code: str, template: str, **more) -> Finding:
        """A rule to look at, or one that cannot be judged."""
        return self._finding("warning", code, template, **more)

    def _finding(
        self,
        severity,
        code: str,
        template: str,
        *,
        rule: str = "",
        by: Sourced | None = None,
        sure: bool = True,
        found: int | None = None,
        maximum: int | None = None,
        **fields: object,
    ) -> Finding:
        """``rule`` is the code of the rule where it is not the finding's own, ``by`` the figure
        that states the limit, and ``sure`` is false where the limit is the tool's own reading."""
        amounts = {
            name: digits(amount)
            for name, amount in (("found", found), ("maximum", maximum))
            if amount is not None
        }
        scheme = self.support.scheme
        return Finding(
            Violation(severity, code, self._ref, template, {**amounts, **fields}),
            self.subject.id,
            self.subject.name,
            self.support.id,
            self.support.source,
            self.support.status,
            cited(rule or code, scheme, self.known, by, sure),
            found,
            maximum,
        )


def cited(
    code: str,
    scheme: Funding | None,
    known: Reference,
    by: Sourced | None = None,
    sure: bool = True,
) -> Cited:
    """The rule with a code: the scheme's own words, or the common ones.

    A limit that a scheme states as a figure is as sure as the scheme, or as the figure (``by``).
    """
    own: Rule | None = scheme.rule(code) if scheme else None
    common: CommonRule | None = known.common_rules.get(code)
    words = own or common
    if words is None:
        raise KeyError(f"{code} is no rule of {scheme and scheme.key} nor of data/common_rules")
    of_scheme = own is not None or (common is not None and common.of_source)
    limit = by or (scheme if of_scheme else None) or common
    status = (own.status if own else None) or limit.status
    return Cited(
        words.paragraph,
        words.text,
        words.text_en,
        limit.source,
        limit.source_ref,
        sure and status == "verified",
    )


def digits(ore: int) -> str:
    """Whole kronor with thin spaces between thousands, half up."""
    kronor = (abs(ore) * 2 + KRONA) // (2 * KRONA)
    return ("\u2212" if ore < 0 else "") + f"{kronor:,}".replace(",", THIN_SPACE)


def percent(share: Decimal | float) -> str:
    """A share in percent with at most one decimal."""
    text = f"{round(Decimal(str(share)) * 100, 1).normalize():f}"
    return text.replace(".", ",")
