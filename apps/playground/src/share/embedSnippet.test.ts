import { expect, it } from "vitest";
import { embedSnippet } from "./embedSnippet.ts";

it("a title or address with quotes stays an attribute", () => {
  const html = embedSnippet("https://example.org/#project=1.x", '"><b>', 'https://example.org/?a="1"&b/');
  expect(html).toBe(
    '<script async src="https://example.org/?a=&#34;1&#34;&#38;b/embed.js"></script>\n' +
      '<lunatic-playground title="&#34;&#62;&#60;b&#62;" link="#project=1.x"></lunatic-playground>',
  );
});
