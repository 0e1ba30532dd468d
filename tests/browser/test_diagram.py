"""A chart saved as a picture: title, source, plan, scenario and reading are in it."""

from xml.etree import ElementTree

from tests.browser.browsing import open_page

VIEW = "plan=exempelkommunen&scenario=costs_plus_30"
PNG = b"\x89PNG\r\n\x1a\n"


def saved(page, kind: str, place: int = 0) -> tuple[str, bytes]:
    with page.expect_download() as found:
        page.locator(f"[data-picture={kind}]").nth(place).click()
    return found.value.suggested_filename, found.value.path().read_bytes()


def written(svg: bytes) -> str:
    """Every text of the picture, with ordinary spaces."""
    texts = ["".join(each.itertext()) for each in ElementTree.fromstring(svg).iter()]
    return " ".join(texts).replace("\xa0", " ").replace("\u202f", " ")


def stands_alone(page, svg: bytes) -> None:
    """The picture says what stands round the chart, and where its figures are from."""
    text = written(svg)
    title = page.locator(".chart-title").first.inner_text().replace("\xa0", " ")
    for said in (title, "Källa: Påhittat exempel", "scenario: Kostnader +30 %", "läsart: säkrat"):
        assert said in text.replace("\n", " "), said
    assert b"url(#" in svg or b"pattern" not in svg
    assert b"http://127" not in svg


def test_a_chart_is_saved_with_what_it_takes_to_stand_alone(app, page):
    open_page(page, f"{app}/diagram?{VIEW}")
    name, svg = saved(page, "svg")
    assert name.startswith("klimatinvest-")
    stands_alone(page, svg)
    assert "mnkr" in written(svg)
    name, png = saved(page, "png")
    assert name.endswith(".png")
    assert png.startswith(PNG)
    width = int.from_bytes(png[16:20], "big")
    assert width == 3 * int(float(ElementTree.fromstring(svg).get("width")))


def test_a_chart_that_the_server_draws_is_saved_too(app, page):
    open_page(page, f"{app}/scenarier?{VIEW}")
    _name, svg = saved(page, "svg")
    stands_alone(page, svg)
    assert b"data-ore" in svg
