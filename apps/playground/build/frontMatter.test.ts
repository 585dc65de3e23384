import { expect, it } from "vitest";
import { readFrontMatter } from "./frontMatter.ts";

const HEAD = "---\ntitle: Links\ndescription: Die together.\npanel: tree\n";

it("fields stand between two lines, the text behind them", () => {
  const { fields, markdown } = readFrontMatter(`${HEAD}args: 10 fast\n---\n# Text\n`, "lesson.md");
  expect(fields).toEqual({
    title: "Links",
    description: "Die together.",
    panel: "tree",
    open: "main.ts",
    args: ["10", "fast"],
    partner: undefined,
    partnerArgs: [],
  });
  expect(markdown).toBe("# Text\n");
});

it.each([
  ["# Text", "does not begin with fields"],
  [`${HEAD}colour: red\n---\n`, 'no field "colour"'],
  [`${HEAD}args\n---\n`, '"args" is no field'],
  ["---\ntitle: Links\npanel: tree\n---\n", '"description" is missing'],
])("%j is refused with a reason", (text, reason) => {
  expect(() => readFrontMatter(text, "lesson.md")).toThrow(reason);
});
