/** The first script of the page: it loads the others where the browser can run them. */
import { findMissing } from "./requirements.ts";
import { showUnsupported } from "./unsupportedPage.ts";

/** The elements that load the page's modules; put in by build/guardedStart.ts. */
declare const PAGE_MODULES: readonly (readonly [
  tag: string,
  attributes: readonly (readonly [name: string, value: string])[],
])[];

const missing = findMissing(globalThis);
if (missing.length === 0) {
  for (const [tag, attributes] of PAGE_MODULES) {
    const added = document.createElement(tag);
    for (const [name, value] of attributes) added.setAttribute(name, value);
    document.head.append(added);
  }
} else {
  addEventListener("DOMContentLoaded", () => showUnsupported(missing));
}
