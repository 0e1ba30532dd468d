// A key presses the button that the page names for it: an element with data-keys="ArrowRight" and
// data-press="next" lets the arrow press the button with the key "next", and a button with data-keys
// is itself pressed. Where a page names none, or somebody types or steers a field, the key is the browser's. (No tag may be written out in this
// file: Streamlit would take the whole script for an attempt to smuggle one in.)
if (!window.klimatinvestKeys) {
  window.klimatinvestKeys = true;
  // Before ui/assist.js, which keeps single letters from Streamlit, and before Streamlit itself.
  window.addEventListener("keydown", (pressed) => {
    if (pressed.defaultPrevented || pressed.ctrlKey || pressed.metaKey || pressed.altKey) return;
    if (pressed.target.closest?.("input:not([type=checkbox]), textarea, select, [contenteditable], [role=listbox], [role=slider]")) return;
    const key = pressed.key.length === 1 ? pressed.key.toLowerCase() : pressed.key;
    const named = [...document.querySelectorAll("[data-keys]")].find((each) => each.dataset.keys.split(" ").includes(key));
    const button = named?.dataset.press ? document.querySelector(`.st-key-${named.dataset.press} button`) : named;
    if (!button || button.disabled) return;
    pressed.preventDefault();
    pressed.stopImmediatePropagation();
    button.click();
  }, true);
}
