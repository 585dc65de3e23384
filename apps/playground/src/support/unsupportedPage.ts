/** Which browsers have all of it, as in the README. */
const BROWSERS = "Chrome, Edge or Chromium 137, Firefox 153, Safari 27, or newer";

/** Shows in place of the page what this browser lacks and what to use instead. No style or script of the page is needed. */
export function showUnsupported(missing: readonly string[]): void {
  const main = document.createElement("main");
  main.setAttribute("data-testid", "unsupported");
  main.style.cssText =
    "max-width: 36em; margin: 12vh auto 0; padding: 0 20px; font: 16px/1.5 system-ui, sans-serif";
  main.append(
    element("h1", "This browser cannot run Lunatic Web"),
    element("p", "The playground runs WebAssembly processes inside the page. This browser lacks for it:"),
    list(missing),
    element("p", `Open this page in ${BROWSERS}.`),
  );
  document.body.replaceChildren(main);
}

function list(items: readonly string[]): HTMLElement {
  const all = document.createElement("ul");
  for (const item of items) all.append(element("li", item));
  return all;
}

function element(tag: string, text: string): HTMLElement {
  const made = document.createElement(tag);
  made.textContent = text;
  return made;
}
