"""What is done for those who hear the page, speak to it, or choose its colours."""

from tests.browser.browsing import open_page, pick, settled

PLAN = "plan=exempelkommunen"


def test_a_changed_answer_is_said_and_a_letter_alone_does_nothing(app, page):
    open_page(page, f"{app}/genomforande?{PLAN}")
    heard = page.get_by_role("status").first
    assert heard.text_content() == ""
    page.evaluate(
        """() => {
            const send = WebSocket.prototype.send;
            window.sent = 0;
            WebSocket.prototype.send = function (...message) {
                window.sent += 1;
                return send.apply(this, message);
            };
        }"""
    )
    for letter in ("r", "R", "c"):
        page.keyboard.press(letter)
    page.wait_for_timeout(300)
    assert page.evaluate("window.sent") == 0
    pick(page.get_by_role("combobox", name="Scenario"), "Två år senare")
    page.wait_for_function(
        "document.querySelector('.heard').textContent.startsWith('Två år senare')"
    )
    page.emulate_media(forced_colors="active")
    settled(page)
    chosen = page.get_by_role("radio", checked=True).first
    assert chosen.evaluate("chosen => getComputedStyle(chosen).outlineStyle") == "solid"


def test_nothing_moves_for_who_has_asked_for_that(app, page):
    page.emulate_media(reduced_motion="reduce")
    # Every movement that there ever is, looked for in every frame.
    page.add_init_script(
        """window.moved = [];
        const look = () => {
            for (const each of document.getAnimations()) {
                const {duration, iterations} = each.effect.getComputedTiming();
                const still = each.playState === 'finished' || (duration <= 1 && iterations === 1);
                if (!still) window.moved.push(each.effect.target.className);
            }
            requestAnimationFrame(look);
        };
        look();"""
    )
    open_page(page, f"{app}/prioritera?{PLAN}")
    # A list, a fold, a popover, and a search with its bar.
    page.get_by_role("combobox", name="Målet").press("ArrowDown")
    page.get_by_role("option").first.wait_for()
    page.keyboard.press("Escape")
    page.get_by_text("Villkor", exact=True).click()
    page.get_by_role("button", name="Ditt namn").click()
    page.keyboard.press("Escape")
    page.get_by_text("Kostnad mot effekt").click()
    page.locator(".st-key-cancel").wait_for()
    page.wait_for_timeout(300)
    page.keyboard.press("Escape")
    settled(page)
    assert page.evaluate("window.moved") == []
