"""A question to the room: the leader opens it, five phones answer, and the room's choice becomes a
scenario."""

from urllib.parse import parse_qs, urlsplit

from axe_playwright_python.sync_playwright import Axe

from tests.browser.browsing import (
    ACCESSIBILITY,
    open_page,
    run_anew,
    scrolls_sideways,
    settled,
)
from tests.browser.keyboard import focus, focused, skip_to_the_answer, tab_to

PLAN = "plan=exempelkommunen"
# What five phones choose within 102 mnkr; the fifth adds Laddplatser. 18, 60 and 20 fit, in the
# order of how many chose them; Ny rening (80) was chosen by as many as Bytespunkt (20).
CHOICES = [
    ("Energieffektivisering av skolor", "Bytespunkt"),
    ("Energieffektivisering av skolor",),
    ("Laddplatser för tunga",),
    ("Laddplatser för tunga",),
    ("Ny rening",),
]


def tick(phone, measure: str) -> None:
    with run_anew(phone):
        phone.get_by_text(measure).click()


def test_five_phones_answer_and_their_choice_becomes_a_scenario(app, page, new_page):
    open_page(page, f"{app}/fraga-rummet?{PLAN}")
    with run_anew(page):
        page.get_by_role("button", name="Öppna frågan").click()
    page.get_by_role("img", name="QR-kod med adressen").wait_for()
    assert Axe().run(page, options=ACCESSIBILITY).response["violations"] == []
    address = page.locator(".code-address").inner_text()
    assert address.startswith(f"{app}/rost?poll=")

    for choice in CHOICES:
        phone = new_page("phone")
        open_page(phone, address)
        for measure in choice:
            tick(phone, measure)
        if choice == CHOICES[0]:
            left = phone.locator(".krona").inner_text().replace("\xa0", " ")
            assert left == "Valt 80,0 mnkr · kvar 22,0 mnkr"
            assert Axe().run(phone, options=ACCESSIBILITY).response["violations"] == []
            assert not scrolls_sideways(phone)
        with run_anew(phone):
            phone.get_by_role("button", name="Skicka mitt svar").click()
        phone.get_by_text("Ditt svar är räknat").wait_for()
    # The last one loads its page anew, is known again, and thinks better of it.
    open_page(phone, address)
    assert phone.locator(".krona").inner_text().startswith("Valt 80,0")
    tick(phone, "Laddplatser för tunga")
    bar = phone.locator(".krona")
    phone.get_by_role("button", name="Svara på nytt").scroll_into_view_if_needed()
    assert bar.bounding_box()["y"] >= 0
    with run_anew(phone):
        phone.get_by_role("button", name="Svara på nytt").click()

    # Nobody touches the leader's page, and the fifth answer is there.
    page.locator(".figures dd").filter(has_text="5").first.wait_for()
    counts = page.locator(".counts li")
    first = counts.filter(has_text="Energieffektivisering av skolor")
    assert "Vald av 2 av 5" in first.inner_text()
    page.get_by_role("button", name="Stäng frågan").click()
    page.get_by_role("link", name="Visa rummets val som scenario").wait_for()
    settled(page)
    assert "Rummets val ger" in page.locator("h1.answer").inner_text()
    within = counts.filter(has=page.locator(".tag", has_text="rummet")).locator("b")
    assert sorted(text[:10] for text in within.all_inner_texts()) == [
        "Bytespunkt",
        "Energieffe",
        "Laddplatse",
    ]
    assert page.get_by_text("Lika många har valt dessa").count() == 1
    assert Axe().run(page, options=ACCESSIBILITY).response["violations"] == []

    phone.reload()
    settled(phone)
    assert "Frågan är stängd. Ditt svar är räknat" in phone.locator(".receipt").inner_text()

    with run_anew(page):
        page.get_by_role("link", name="Visa rummets val som scenario").click()
    page.wait_for_url("**/scenarier?*")
    query = parse_qs(urlsplit(page.url).query)
    assert query["off"] == ["@id:ex-07,ex-08,ex-16"]
    assert "Planen, ändrad" in page.locator("h1.answer").inner_text()


def test_with_keys_alone_a_question_is_put_answered_closed_and_made_a_scenario(app, page, new_page):
    phone = new_page("phone")
    open_page(page, f"{app}/fraga-rummet?{PLAN}&about=ex-07&about=ex-16&about=ex-03")
    skip_to_the_answer(page)
    tab_to(page, "Ny rening")
    page.keyboard.press("ArrowRight")
    tab_to(page, "Varje deltagares budget, mnkr")
    page.keyboard.press("Control+a")
    page.keyboard.type("97")
    page.keyboard.press("Enter")
    tab_to(page, "Öppna frågan")
    page.keyboard.press("Enter")
    focused(page, "Vilka åtgärder vill du ha, för högst 97,0")

    open_page(phone, page.locator(".code-address").inner_text())
    # Called what is seen, without the marks that set a word in bold.
    tab_to(phone, "Energi- och klimatrådgivning och projektledning – 7,5")
    with run_anew(phone):
        phone.keyboard.press("Space")
    tab_to(phone, "Skicka mitt svar")
    with run_anew(phone):
        phone.keyboard.press("Enter")
    phone.get_by_text("Ditt svar är räknat").wait_for()
    assert focus(phone) == "Skicka mitt svar"

    # The answers come in every other second, and the focus stays where it is.
    tab_to(page, "Stäng frågan")
    page.locator(".figures dd").filter(has_text="1").first.wait_for()
    assert focus(page) == "Stäng frågan"
    page.keyboard.press("Enter")
    focused(page, "Rummets val ger")
    tab_to(page, "Visa rummets val som scenario")
    with run_anew(page):
        page.keyboard.press("Enter")
    page.wait_for_url("**/scenarier?*")
    focused(page, "Planen, ändrad")


def test_a_guess_that_is_typed_and_not_sent_outlives_a_reload(app, page, new_page):
    open_page(page, f"{app}/fraga-rummet?{PLAN}&ask=estimate")
    with run_anew(page):
        page.get_by_role("button", name="Öppna frågan").click()
    phone = new_page("phone")
    open_page(phone, page.locator(".code-address").inner_text())
    field = phone.get_by_role("textbox", name="Din gissning, mnkr")
    field.press_sequentially("212,5")
    phone.wait_for_url("**212*")
    phone.reload()
    settled(phone)
    assert field.input_value() == "212,5"
    with run_anew(phone):
        field.press("Enter")
    assert "Ditt svar är räknat: 212,5" in phone.locator(".receipt").inner_text().replace(
        "\xa0", " "
    )
