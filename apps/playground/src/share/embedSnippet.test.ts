import { expect, it } from "vitest";
import { embedSnippet } from "./embedSnippet.ts";

it("a title or link with quotes stays an attribute", () => {
  const html = embedSnippet('https://example.org/?a="1"&b#project=1.x', '"><script>');
  expect(html).not.toContain("<script>");
  expect(html).toContain('src="https://example.org/?a=&#34;1&#34;&#38;b#project=1.x"');
});
