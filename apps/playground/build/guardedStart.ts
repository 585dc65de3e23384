import type { Plugin } from "vite";
import { bundleClassicScript } from "./classicScript.ts";

/** A module script of the page, or a hint to load one early. */
const MODULE_TAGS =
  /[ \t]*<(script|link)\b([^>]*(?:type="module"|rel="modulepreload")[^>]*)>(?:<\/script>)?\n?/g;

/**
 * Lets the page's modules load only after a small script has found that the browser can run them; it shows what is
 * missing otherwise.
 * @param entry  of that script
 */
export function guardedStart(entry: string): Plugin {
  return {
    name: "lunatic-guarded-start",
    transformIndexHtml: {
      order: "post",
      async handler(html) {
        const modules: (readonly [tag: string, attributes: readonly Attribute[]])[] = [];
        const rest = html.replace(MODULE_TAGS, (whole, tag: string, attributes: string) => {
          // Vite's own client of the development server.
          if (attributes.includes("@vite/client")) return whole;
          modules.push([tag, readAttributes(attributes)]);
          return "";
        });
        const code = await bundleClassicScript(entry, {
          target: "es2015",
          define: { PAGE_MODULES: JSON.stringify(modules) },
        });
        // Before the style sheets: a script that stands behind one waits for it.
        return rest.replace("</title>", () => `</title>\n    <script>${code.trim()}</script>`);
      },
    },
  };
}

type Attribute = readonly [name: string, value: string];

function readAttributes(text: string): Attribute[] {
  return [...text.matchAll(/([\w-]+)(?:="([^"]*)")?/g)].map(
    ([, name, value = ""]) => [name!, value] as const,
  );
}
