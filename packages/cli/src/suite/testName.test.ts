import { describe, expect, test } from "vitest";
import { parseTestName, selectTests, type TestCase } from "./testName.ts";

describe("the name of an export tells (host ABI ch. 14)", () => {
  test.for([
    ["#lunatic_test_krate::one", { name: "krate::one", isIgnored: false, expectedPanic: undefined }],
    ["#lunatic_test_#ignore_krate::two", { name: "krate::two", isIgnored: true, expectedPanic: undefined }],
    ["#lunatic_test_#panic_#krate::three", { name: "krate::three", isIgnored: false, expectedPanic: "" }],
    ["#lunatic_test_#ignore_#panic_a b#k::t", { name: "k::t", isIgnored: true, expectedPanic: "a b" }],
    [
      "#lunatic_test_#panic_issue \\#7 \\#8#k::t",
      { name: "k::t", isIgnored: false, expectedPanic: "issue #7 #8" },
    ],
    ["#lunatic_test_#panic_\\##k::t", { name: "k::t", isIgnored: false, expectedPanic: "#" }],
  ] as const)("%s", ([entry, expected]) => {
    expect(parseTestName(entry)).toEqual({ entry, ...expected });
  });

  test("that it is no test", () => {
    expect(parseTestName("_start")).toBeUndefined();
    expect(parseTestName("lunatic_test_krate::one")).toBeUndefined();
  });
});

const ALL: readonly TestCase[] = ["k::add", "k::add_more", "k::sub"].map((name) => ({
  entry: name,
  name,
  isIgnored: name === "k::sub",
  expectedPanic: undefined,
}));
const EVERYTHING = { filter: undefined, isExact: false, skip: [], ignored: "no" } as const;

function pick(selection: Partial<Parameters<typeof selectTests>[1]>) {
  const { tests, filteredOut } = selectTests(ALL, { ...EVERYTHING, ...selection });
  return { names: tests.map(({ name, isIgnored }) => (isIgnored ? `${name} ignored` : name)), filteredOut };
}

describe("a selection", () => {
  test("of everything leaves ignored tests ignored", () => {
    expect(pick({})).toEqual({ names: ["k::add", "k::add_more", "k::sub ignored"], filteredOut: 0 });
  });
  test("by a filter takes names that contain it, and with --exact that name only", () => {
    expect(pick({ filter: "add" })).toEqual({ names: ["k::add", "k::add_more"], filteredOut: 1 });
    expect(pick({ filter: "k::add", isExact: true })).toEqual({ names: ["k::add"], filteredOut: 2 });
    expect(pick({ filter: "add", isExact: true })).toEqual({ names: [], filteredOut: 3 });
  });
  test("by --skip leaves out names that contain a text", () => {
    expect(pick({ skip: ["more", "sub"] })).toEqual({ names: ["k::add"], filteredOut: 2 });
  });
  test("by --ignored runs those alone, by --include-ignored all", () => {
    expect(pick({ ignored: "only" })).toEqual({ names: ["k::sub"], filteredOut: 2 });
    expect(pick({ ignored: "also" })).toEqual({ names: ["k::add", "k::add_more", "k::sub"], filteredOut: 0 });
  });
});
