import { expect, test } from "vitest";
import { applyChanges, findChanges } from "./fileChanges.ts";

const bytes = (text: string) => new TextEncoder().encode(text);
const BEFORE = new Map([
  ["/d/", bytes("")],
  ["/d/kept", bytes("1")],
  ["/d/inner/", bytes("")],
  ["/d/inner/gone", bytes("1")],
  ["/changed", bytes("1")],
]);

test("what a run has written and removed is found, the innermost removal first", () => {
  const after = new Map([
    ["/d/", bytes("")],
    ["/d/kept", bytes("1")],
    ["/changed", bytes("2")],
    ["/new", bytes("")],
  ]);
  const { written, removed } = findChanges(BEFORE, after);
  expect([...written.keys()]).toEqual(["/changed", "/new"]);
  expect(removed).toEqual(["/d/inner/gone", "/d/inner/"]);
});

test("a run that changes nothing leaves the very same files", () => {
  expect(applyChanges(BEFORE, findChanges(BEFORE, new Map(BEFORE)))).toBe(BEFORE);
});

test("changes of one run are applied to what others have left", () => {
  const others = new Map([...BEFORE, ["/theirs", bytes("x")]]);
  const changed = applyChanges(others, { written: new Map([["/new", bytes("2")]]), removed: ["/changed"] });
  expect([...changed.keys()]).toEqual(["/d/", "/d/kept", "/d/inner/", "/d/inner/gone", "/theirs", "/new"]);
});
