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

  // What the style sheet cannot still: what opens by a script of Streamlit's stands open at once.
  const animate = Element.prototype.animate;
  Element.prototype.animate = function (...said) {
    const moving = animate.apply(this, said);
    if (matchMedia("(prefers-reduced-motion: reduce)").matches) moving.finish();
    return moving;
  };

  // Said when the page has come to rest; the rest is mended soon, for some pages never rest. What
  // stands already may not change again, so the first time is now.
  let due;
  const mend = () => {
    due = undefined;
    for (const step of [tie, name, call]) {
      try { step(); } catch (error) { console.error(error); }
    }
  };
  const changed = () => {
    due ??= setTimeout(mend, 100);
    clearTimeout(waiting);
    waiting = setTimeout(say, 400);
  };
  const watch = new MutationObserver(changed);
  watch.observe(document.body, { childList: true, subtree: true, characterData: true });
  watch.observe(document.documentElement, { attributeFilter: ["lang"] });
  changed();
}
