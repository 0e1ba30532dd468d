"""What a person has typed is shown as typed. Rendering is tested in the browser."""

import pytest

from ui import safe

HOSTILE = "<img src=x onerror=alert(1)> ![x](http://127.0.0.1:9/) C*2*H*4 =1+1 :red[x] $x$"


def test_every_sign_that_markdown_reads_is_escaped():
    assert safe.text("<a>![b](c) *d* $e$ `f` _g_ | #h :i[j] ~k~ \\") == (
        r"\<a\>\!\[b\]\(c\) \*d\* \$e\$ \`f\` \_g\_ \| \#h \:i\[j\] \~k\~ \\"
    )


def test_unescaping_gives_back_what_was_typed():
    assert safe.text(HOSTILE).replace("\\", "") == HOSTILE


@pytest.mark.parametrize("typed", [":smile:", ":material_home:", "a -> b", "5 >= 4"])
def test_what_is_replaced_in_finished_text_is_broken_by_an_invisible_joiner(typed):
    assert "\u2060" in safe.text(typed)
    assert safe.text(typed).replace("\\", "").replace("\u2060", "") == typed


def test_letters_and_swedish_are_left_alone():
    assert safe.text("Åre köper el") == "Åre köper el"


def test_line_breaks_do_not_start_a_block():
    assert safe.text("a\n\n# b") == "a \\# b"


def test_html_is_text():
    assert safe.html("<b a='\"'>&") == "&lt;b a=&#x27;&quot;&#x27;&gt;&amp;"


def test_markup_has_no_name_between_colons_that_becomes_an_icon():
    assert safe.markup(":material/home: <b>") == "&#58;material/home&#58; &lt;b&gt;"


def test_plotly_reads_no_tags_no_tex_and_no_templates():
    assert safe.plotly("<b>$x$ %{y}") == "&lt;b&gt;&#36;x&#36; %&#123;y}"


def test_control_characters_go():
    assert safe.line(" a\x00\x1b[31m\nb ") == "a[31m b"
