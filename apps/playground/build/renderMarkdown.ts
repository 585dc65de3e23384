import markdownIt, { type MarkdownIt } from "markdown-it";
import { highlightRustLines } from "../src/editor/highlightRust.ts";
import { highlightTypeScriptLines } from "../src/editor/highlightTypeScript.ts";
import type { Token } from "../src/editor/token.ts";

const HIGHLIGHTS: Readonly<Record<string, (source: string) => Token[][]>> = {
  ts: highlightTypeScriptLines,
  rust: highlightRustLines,
};

/**
 * Makes HTML of a lesson's text. HTML in the text comes out as text, and addresses that run code are no links:
 * both are markdown-it's defaults, and a test holds them.
 */
export function renderMarkdown(markdown: string): string {
  return RENDERER.render(markdown);
}

const RENDERER = createRenderer();

function createRenderer(): MarkdownIt {
  const renderer = markdownIt({ html: false, linkify: false, typographer: false, highlight });
  const { escapeHtml } = renderer.utils;

  function highlight(source: string, language: string): string {
    const highlightLines = HIGHLIGHTS[language];
    // An empty answer: the renderer escapes the text itself.
    if (!highlightLines) return "";
    const lines = highlightLines(source).map((tokens) =>
      tokens
        .map(({ kind, text }) =>
          kind === "plain" ? escapeHtml(text) : `<span class="syntax-${kind}">${escapeHtml(text)}</span>`,
        )
        .join(""),
    );
    return lines.join("\n");
  }

  renderer.renderer.rules.link_open = (tokens, index, options, _environment, self) => {
    const token = tokens[index]!;
    // A link out of the page must not end the program that runs in it.
    if (/^https?:/.test(String(token.attrGet("href")))) {
      token.attrSet("target", "_blank");
      token.attrSet("rel", "noreferrer");
    }
    return self.renderToken(tokens, index, options);
  };
  return renderer;
}
