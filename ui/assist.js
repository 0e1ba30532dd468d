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
  new MutationObserver(() => {
    clearTimeout(waiting);
    waiting = setTimeout(say, 400);
  }).observe(document.body, { childList: true, subtree: true, characterData: true });
}
