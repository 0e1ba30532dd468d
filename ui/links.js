// A link in a table stays in the app: the address changes, and Streamlit follows it as it follows
// the browser's back button. A click that opens a new tab is left to the browser.
if (!window.klimatinvestLinks) {
  window.klimatinvestLinks = true;
  document.addEventListener("click", (click) => {
    const link = click.target.closest("[data-testid=stHtml] a[href]");
    const plain = click.button === 0 && !(click.ctrlKey || click.metaKey || click.shiftKey || click.altKey);
    if (!link || !plain || link.origin !== location.origin || link.hash) return;
    click.preventDefault();
    history.pushState({}, "", link.href);
    window.dispatchEvent(new PopStateEvent("popstate"));
  });
}
