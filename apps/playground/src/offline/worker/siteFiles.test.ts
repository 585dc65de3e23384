import { expect, it } from "vitest";
import { pathInSite } from "./siteFiles.ts";

const scope = "https://example.org/lunatic/playground/";

it.each([
  ["https://example.org/lunatic/playground/", "index.html"],
  ["https://example.org/lunatic/playground/?embed=view#program=ring", "index.html"],
  ["https://example.org/lunatic/playground/programs/a.wasm?0123", "programs/a.wasm"],
  ["https://example.org/lunatic/", undefined],
  ["https://example.org/lunatic/playgrounds/x", undefined],
  ["https://elsewhere.example/lunatic/playground/index.html", undefined],
])("%s is %s of the site", (url, path) => {
  expect(pathInSite(url, scope)).toBe(path);
});
