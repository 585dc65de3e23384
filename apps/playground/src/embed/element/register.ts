/** embed.js: defines the element, once per page however often the script is there. */
import { LunaticPlayground } from "./lunaticPlayground.ts";

const NAME = "lunatic-playground";

if (!customElements.get(NAME)) {
  // A module script is nobody's current script: then it is found by its address.
  const script = document.currentScript ?? document.querySelector('script[src*="embed.js"]');
  const address = script instanceof HTMLScriptElement ? script.src : document.baseURI;
  LunaticPlayground.home = new URL("./", address).href;
  customElements.define(NAME, LunaticPlayground);
}
