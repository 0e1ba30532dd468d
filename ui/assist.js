// What Streamlit leaves undone for those who hear the page or speak to it.
if (!window.klimatinvestAssists) {
  window.klimatinvestAssists = true;

  // A single r runs the page anew, and c is Streamlit's too: dictated words would set them off.
  const typed = "input, textarea, select, canvas, [contenteditable]";
  window.addEventListener("keydown", (press) => {
    const alone = !(press.ctrlKey || press.metaKey || press.altKey);
    if (alone && /^[rc]$/i.test(press.key) && !press.target.closest?.(typed)) press.stopImmediatePropagation();
  }, true);

  // The answer stands in the heading. When a choice changes it, it is said aloud.
  const heard = document.createElement("p");
  heard.setAttribute("role", "status");
  heard.className = "heard";
  document.body.append(heard);
  let last = null, waiting;
  const say = () => {
    const answer = document.querySelector("h1.answer")?.textContent;
    if (!answer || answer === last) return;
    if (last !== null) heard.textContent = answer;
    last = answer;
  };

  // What is said under a field of what was typed in it belongs to that field.
  const tie = () => {
    for (const field of document.querySelectorAll("[data-echoed]")) {
      for (const name of ["data-echoed", "aria-describedby", "aria-invalid"]) field.removeAttribute(name);
    }
    document.querySelectorAll(".echo").forEach((echo, place) => {
      const field = echo.closest(".stElementContainer")?.previousElementSibling?.querySelector("input, textarea");
      if (!field) return;
      echo.id = `echo-${place}`;
      field.dataset.echoed = "";
      field.setAttribute("aria-describedby", echo.id);
      if (echo.classList.contains("wrong")) field.setAttribute("aria-invalid", "true");
    });
  };

  // The button to choose a file says which one, and with the word that is seen on it.
  const name = () => {
    for (const place of document.querySelectorAll('[data-testid="stFileUploaderDropzone"]')) {
      const button = place.querySelector("button"), word = button?.querySelector("p");
      if (!word) continue;
      const drawn = getComputedStyle(word, "::after").content;
      const seen = /^"/.test(drawn) ? JSON.parse(drawn) : word.textContent;
      button.setAttribute("aria-label", `${seen}: ${place.getAttribute("aria-label")}`);
    }
  };

  // A box to tick is called what is seen beside it, without the marks that its text is set with.
  const call = () => {
    for (const box of document.querySelectorAll(".stCheckbox input[aria-label]")) {
      const seen = box.closest("label")?.textContent.trim();
      if (seen && box.getAttribute("aria-label") !== seen) box.setAttribute("aria-label", seen);
    }
  };

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
  window.addEventListener("keydown", (press) => {
    keyed = true;
    pressed = press.key === "Enter" || press.key === " ";
  }, true);
  window.addEventListener("pointerdown", () => { keyed = false; held = null; }, true);
  window.addEventListener("focusin", (focus) => {
    if (!keyed) return;
    held = { each: focus.target, tag: focus.target.tagName, called: called(focus.target) };
    held.place = alike(held).indexOf(focus.target);
    held.within = focus.target.closest('[class*="st-key-"]');
  });
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

  // What the style sheet cannot still: what opens by a script of Streamlit's stands open at once.
  const animate = Element.prototype.animate;
  Element.prototype.animate = function (...said) {
    const moving = animate.apply(this, said);
    if (matchMedia("(prefers-reduced-motion: reduce)").matches) moving.finish();
    return moving;
  };

  const wait = () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => { say(); tie(); name(); call(); lead(); }, 400);
    look();
  };
  const watch = new MutationObserver(wait);
  watch.observe(document.body, { childList: true, subtree: true, characterData: true });
  watch.observe(document.documentElement, { attributeFilter: ["lang"] });
}
