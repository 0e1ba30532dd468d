"""What a person has typed, shown as typed: the one place that escapes it.

Streamlit reads most labels as Markdown and Plotly reads a little HTML. A measure may be called
anything, so whatever comes from a plan, a workbook or an address goes through here first. The
cells of ``st.dataframe``, the options of ``st.selectbox`` and the values of text fields are plain
text and need nothing.
"""

import html as _html
import re

_PUNCTUATION = re.compile(r"([!\"#$%&'()*+,\-./:;<=>?@\[\\\]^_`{|}~])")
# Replaced in finished text, where no backslash helps: :smile:, :material_home:, -> and the like.
_SHORTCODE = re.compile(r":(?=[\w+-]+:)")
_ARROW = re.compile(r"(?:(?<=\s)|^)(<->|->|<-|--|>=|<=|~=)(?=\s|$)")
_LINE_BREAKS = re.compile(r"[\r\n\v\f\x1c-\x1e\x85\u2028\u2029]+")
# And the two that no XML holds, which a chart becomes when it is saved as a picture.
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f\ufffe\uffff]")
_JOINER = "\u2060"


def line(user_text: object) -> str:
    """On one line and without control characters: a plain-text widget takes it as it is."""
    return _CONTROL.sub("", _LINE_BREAKS.sub(" ", str(user_text))).strip()


def text(user_text: object) -> str:
    """For the label of a widget, and for ``st.markdown`` and its kin, where a web address becomes a
    link: running text is better in ``st.html`` with :func:`html`.
    """
    plain = _SHORTCODE.sub(":" + _JOINER, line(user_text))
    plain = _ARROW.sub(lambda found: found[1][0] + _JOINER + found[1][1:], plain)
    return _PUNCTUATION.sub(r"\\\1", plain)


def html(user_text: object) -> str:
    """For ``st.html``: element content and quoted attributes."""
    return _html.escape(line(user_text), quote=True)


def markup(user_text: object) -> str:
    """For what is drawn in ``st.markdown`` as HTML, where names between colons are read as icons
    before anything else is."""
    return html(user_text).replace(":", "&#58;")


def plotly(user_text: object) -> str:
    """For whatever Plotly writes: labels, titles, annotations and hover text."""
    escaped = _html.escape(line(user_text), quote=False)
    # No TeX between dollars, and no template that reads the figure's own data.
    return escaped.replace("$", "&#36;").replace("%{", "%&#123;")
