"""What a row refuses, as a sentence in both languages: the rows' own rules, told once here.

Rows say in English what is wrong (:mod:`model.rows`); :func:`told` gives the template and fields
that a screen translates.
"""

from collections.abc import Mapping

REQUIRED = "This must be filled in."
REQUIRED_CHOICE = "Nothing is chosen here: choose one in the list."
OTHER = "This is not accepted: {problem}"

# By how the row's own message begins.
_RULES = {
    "low, mid and high are not in order": (
        "Low, mid and high are not in order: expected low ≤ mid ≤ high."
    ),
    "low and high are no numbers": (
        "Low and high are not numbers that can be counted with: write each as a number."
    ),
    "a local value needs a figure": "A value of the plan's own needs a figure: enter one.",
    "high is given without low": "High is given without low: give both, or only mid.",
    "an activity is not negative": (
        "An activity is not negative: state what is saved or replaced."
    ),
    "an activity ends before it begins": (
        "The activity's last year is before its first: mend one of the two."
    ),
    "an expenditure is not negative": (
        "An expenditure is not negative: enter an income as a grant and a saving as a running cost."
    ),
    "a real amount needs its price year": "Fixed prices need the year of the prices: fill it in.",
    "what is granted has no probability": (
        "What is granted has no probability: empty the probability, or change the status."
    ),
    "a grant has two payments in one year": "Two payments stand in one year: add them up.",
    "the owners' shares do not add up to 1": "The owners' shares must add up to exactly 100 %.",
    "the same owner stands twice": "The same owner stands twice: add the shares up.",
    "the same grant id stands twice": "Two grants have the same number.",
    "the same expenditure stands twice": (
        "Two expenditures have the same type, scope and year: add them up, or change one."
    ),
    "the same appropriation stands twice": (
        "Two appropriations have the same year, basis and status: add them up, or change one."
    ),
    "the components' shares do not add up to 1": "The components' shares must add up to 100 %.",
    "the same component stands twice": "Two components have the same name: change one.",
    "the same step towards green finance stands twice": (
        "The same step stands twice under one framework: keep one of them."
    ),
    "the same screening question stands twice": (
        "The same question is answered twice under one framework: keep one answer."
    ),
    "a component has a lifetime, or is land": (
        "A component has a lifetime, or is land, which is not depreciated: fill in one of the two."
    ),
    "a report has a date": "A report has a date: fill in the day that it describes.",
    "a step has a date": "A step has a date: fill in when it was taken.",
    "disbursed is more than approved": "More is paid out than is approved: mend one of the two.",
    "outstanding is more than disbursed": (
        "More is outstanding than was paid out: mend one of the two."
    ),
    "the loan matures before it is paid out": (
        "The loan matures before it is paid out: mend a date."
    ),
    "only a green loan has allocations": (
        "Only a loan under a green framework has allocations: choose its framework."
    ),
    "an allocation names a loan that is gone": (
        "An allocation stands on a loan that is taken out: take the allocation out too."
    ),
    "the loan has two allocations to one measure": (
        "The loan has two allocations to one measure: add them up."
    ),
    "a factor is of a category or of accounts": (
        "A factor is of a category or of accounts: fill in one of the two."
    ),
    "a range of accounts begins somewhere": "A range of accounts needs its first account.",
    "the range of accounts ends before it begins": (
        "The range of accounts ends before it begins: turn it round."
    ),
    "the target year comes after the base year": (
        "The target year comes after the base year: mend one of the two."
    ),
    "the same share less every year never reaches zero": (
        "The same share less every year never reaches zero: choose a straight line, or reduce by "
        "less than 100 %."
    ),
    "expected base year <= first year <= last year": (
        "The years are not in order: expected base year ≤ first year ≤ last year."
    ),
}
# By pydantic's own kind of error.
_TYPES = {
    "missing": REQUIRED,
    "string_too_short": REQUIRED,
    "too_short": REQUIRED,
    "string_too_long": "The text is too long: at most {max_length} characters fit.",
    "greater_than_equal": "The figure is too small: expected at least {ge}.",
    "less_than_equal": "The figure is too large: expected at most {le}.",
    "decimal_max_digits": "The figure has more digits than fit.",
    "decimal_whole_digits": "The figure has more digits than fit.",
    "decimal_max_places": "The figure has more than {decimal_places} decimals: round it.",
    "literal_error": REQUIRED_CHOICE,
}


def told(error: Mapping) -> tuple[str, dict[str, object]]:
    """Template and fields of one error of a pydantic ``ValidationError``."""
    message = error["msg"].removeprefix("Value error, ")
    for beginning, template in _RULES.items():
        if message.startswith(beginning):
            return template, {}
    template = _TYPES.get(error["type"])
    if template is None:
        return OTHER, {"problem": message}
    return template, dict(error.get("ctx", {}))
