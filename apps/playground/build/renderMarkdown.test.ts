import { expect, it } from "vitest";
import { renderMarkdown } from "./renderMarkdown.ts";

it("HTML in a text comes out as text", () => {
  expect(renderMarkdown("a <img src=x onerror=alert(1)> b")).toBe(
    "<p>a &lt;img src=x onerror=alert(1)&gt; b</p>\n",
  );
});

it("an address that runs code is no link", () => {
  expect(renderMarkdown("[x](javascript:alert(1))")).not.toContain("<a");
});

it("a link out of the page opens another tab, one to a lesson does not", () => {
  expect(renderMarkdown("[x](https://example.org)")).toContain('target="_blank" rel="noreferrer"');
  expect(renderMarkdown("[x](#lesson=links)")).toBe('<p><a href="#lesson=links">x</a></p>\n');
});

it("programs are coloured and escaped", () => {
  const html = renderMarkdown('```ts\nconst a: Option<string> = "<b>";\n```\n');
  expect(html).toContain('<span class="syntax-keyword">const</span>');
  expect(html).toContain('<span class="syntax-string">&quot;&lt;b&gt;&quot;</span>');
  expect(html).not.toContain("<b>");
});

it("a block in a language that is not known stays as it is", () => {
  expect(renderMarkdown("```text\na < b\n```\n")).toContain("a &lt; b");
});
