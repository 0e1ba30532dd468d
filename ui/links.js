// A link in a table stays in the app: the address changes, and Streamlit follows it as it follows
// the browser's back button. A click that opens a new tab is left to the browser.
if (!window.klimatinvestLinks) {
  window.klimatinvestLinks = true;
  // What is typed is sent a moment after its field is left. A touch leaves it and follows the link at
  // once: sent after the link, the text would call its own page back.
  let typed = 0;
  document.addEventListener("focusout", (left) => {
    if (left.target.matches?.("input, textarea")) typed = performance.now();
  });
  document.addEventListener("click", (click) => {
    const link = click.target.closest("[data-testid=stHtml] a[href]");
    const plain = click.button === 0 && !(click.ctrlKey || click.metaKey || click.shiftKey || click.altKey);
    if (!link || !plain || link.origin !== location.origin || link.hash) return;
    click.preventDefault();
    const follow = () => {
      history.pushState({}, "", link.href);
      window.dispatchEvent(new PopStateEvent("popstate"));
    };
    if (performance.now() - typed < 250) setTimeout(follow, 250); else follow();
  });
}
