import { expect, it } from "vitest";
import { parseEmbedding } from "./embedding.ts";

it.each(["", "?embed=", "?embed=all", "?theme=dark"])("%j is the whole page", (search) => {
  expect(parseEmbedding(search, true)).toBeUndefined();
});

it("an address says what is shown and how", () => {
  expect(parseEmbedding("?embed=view&theme=dark&run=auto&height=auto&element", true)).toEqual({
    parts: "view",
    runsItself: true,
    fitsContent: true,
    hasElement: true,
  });
  expect(parseEmbedding("?embed=editor&theme=pink", true)).toEqual({
    parts: "editor",
    runsItself: false,
    fitsContent: false,
    hasElement: false,
  });
});

it("a link that is opened by itself runs nothing and waits for nobody", () => {
  const embedding = parseEmbedding("?embed=both&run=auto&element&height=auto", false);
  expect(embedding).toMatchObject({ runsItself: false, hasElement: false, fitsContent: false });
});
