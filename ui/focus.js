// Where the focus goes for who steers by keys.
if (!window.klimatinvestFocus) {
  window.klimatinvestFocus = true;

  const answer = () => {
    const heading = document.querySelector("h1.answer");
    if (!heading) return false;
    heading.tabIndex = -1;
    heading.focus();
    return true;
  };

  // Streamlit's link past the head leads to what holds the head too. This one leads to the answer.
  const skips = '[data-testid="stSkipToContent"]';
  window.addEventListener("click", (click) => {
    if (click.target.closest?.(skips) && answer()) {
      click.preventDefault();
      click.stopImmediatePropagation();
    }
  }, true);
  const lead = () => {
    const link = document.querySelector(skips), said = document.documentElement.dataset.skip;
    if (link && said && link.textContent !== said) link.textContent = said;
  };

  // Who steers by keys does not lose the place when what had the focus goes, or is switched off while
  // it works: the focus passes to what has come instead and is called the same or stands in the same
  // place, or else to the answer.
  const steered = "a[href], button, input, textarea, summary, [tabindex]";
  const called = (each) => (each.getAttribute("aria-label") ?? each.textContent).trim().slice(0, 80);
  const alike = (one) => [...document.querySelectorAll(steered)].filter((each) => each.tagName === one.tag && called(each) === one.called);
  let keyed = false, pressed = false, held = null;
  const take = (each) => {
    held = { each, tag: each.tagName, called: called(each) };
    held.place = alike(held).indexOf(each);
    held.within = each.closest('[class*="st-key-"]');
  };
  window.addEventListener("keydown", (press) => {
    keyed = true;
    pressed = press.key === "Enter" || press.key === " ";
    // What was reached with the mouse and is pressed with a key.
    if (!held && press.target !== document.body) take(press.target);
  }, true);
  window.addEventListener("pointerdown", () => { keyed = false; held = null; }, true);
  window.addEventListener("focusin", (focus) => { if (keyed) take(focus.target); });
  let looks;
  const hold = () => {
    looks = undefined;
    if (!keyed || !held || document.activeElement !== document.body) return;
    const stands = held.each.isConnected;
    if (stands && !pressed) return;
    const works = document.querySelector('[data-testid="stApp"]')?.dataset.testScriptState === "running";
    if (works || (stands && held.each.disabled)) return look();
    if (stands) return held.each.focus();
    const now = alike(held);
    const near = held.within?.isConnected ? held.within.querySelector(steered) : null;
    const next = now[Math.min(held.place, now.length - 1)] ?? near;
    held = null;
    if (next) next.focus(); else answer();
  };
  const look = () => { looks ??= setTimeout(hold, 200); };

  new MutationObserver(() => { lead(); look(); }).observe(document.body, { childList: true, subtree: true });
  lead();
}
