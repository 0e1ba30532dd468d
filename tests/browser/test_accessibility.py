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
