"""What a sum of measures says when some of them are not known: it is at least so much."""


class PartlyKnown:
    """Measures that are added up: ``unknown`` of them have no amount stated, ``lower_bounds`` one
    that is stated only from below. What is unknown is not zero, so either makes the sum *minst*:
    the one rule for every heading, figure, chart, table and report.
    """

    unknown: int
    lower_bounds: int

    @property
    def from_below(self) -> bool:
        """Whether what they need, and what is missing of it, is at least its sum."""
        return bool(self.unknown or self.lower_bounds)

    def at_least(self, ore: int) -> bool:
        """Whether an amount of theirs is said to be at least what is known; nothing is not."""
        return self.from_below and ore > 0
