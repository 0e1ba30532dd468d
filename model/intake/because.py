"""Why something is as it is, in words that can be translated."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Because:
    """A reason or a remark: an English template with named fields, and what they hold."""

    template: str
    fields: dict[str, object] = field(default_factory=dict)

    @property
    def text(self) -> str:
        """The reason in English."""
        return self.template.format(**self.fields)
