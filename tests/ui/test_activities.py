"""What follows from a measure's activities, on its page: from what was entered to the tonnes."""

import re

from tests.ui.conftest import said


def text(app) -> str:
    """What the page says, without markup and with plain spaces."""
    return re.sub(r"\s", " ", re.sub(r"<[^>]+>", " ", said(app)))


def test_every_step_from_vehicles_to_tonnes_is_written_out_with_the_factors_source(opened):
    page = text(opened("atgarder", plan="exempelkommunen", measure="ex-09"))
    for step in (
        "4 000 × 12 000 km = 48 000 000 km",
        "48 000 000 km × 7 l/100 km = 3 360 000 l bensin",
        "÷ 1 000 = 7 929,6 t CO2",
        "Fossil bensin, vid avgasröret: 2,36 kg CO2/l, där energin används",
        "National Inventory Report Sweden",
        "overifierad",
    ):
        assert step in page
    assert "nej: åtgärden anger en egen" in page


def test_a_factor_that_nobody_knows_is_asked_for_and_the_page_leads_to_where_it_is_entered(opened):
    app = opened("atgarder", plan="exempelkommunen", measure="ex-08")
    assert "Ange planens eget värde på ”Plast i avfallsförbränning”" in text(app)
    assert "Planens egna värden anges längst ned i listan över åtgärder" in text(app)


def test_a_measure_without_activities_says_nothing_of_them(opened):
    assert "aktiviteterna" not in text(opened("atgarder", plan="exempelkommunen", measure="ex-01"))
