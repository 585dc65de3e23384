import { expect, test } from "vitest";
import { setTomlValue } from "./tomlEdit.ts";

const isSame = (found: string) => found === '"new"';
const edit = (text: string) => setTomlValue(text, "build", "target", '"new"', isSame);

test.for([
  ["an empty file", "", '[build]\ntarget = "new"\n'],
  ["a file of others", '[alias]\nb = "build"', '[alias]\nb = "build"\n\n[build]\ntarget = "new"\n'],
  ["the table", "# ours\n[build] # here\njobs = 1\n", '# ours\n[build] # here\ntarget = "new"\njobs = 1\n'],
  ["a quoted table", '["build"]\n', '["build"]\ntarget = "new"\n'],
  [
    "a table of a like name",
    '[build-x]\ntarget = "x"\n',
    '[build-x]\ntarget = "x"\n\n[build]\ntarget = "new"\n',
  ],
] as const)("a value is added to %s, and all else stays", ([, text, expected]) => {
  expect(edit(text)).toEqual({ type: "set", text: expected });
});

test.for([
  ['[build]\ntarget = "new" # as we want it\n'],
  ['build.target = "new"\n'],
  ['[build]\n"target"="new"\n'],
] as const)("a value that is right is kept: %o", ([text]) => {
  expect(edit(text)).toEqual({ type: "kept", text });
});

test.for([
  ['[build]\ntarget = "old" # mine\n', 'target = "old" # mine'],
  ['build = { target = "old" }\n', 'build = { target = "old" }'],
  ['build.target = "old"\n', 'build.target = "old"'],
] as const)("a value of somebody else is never changed: %o", ([text, found]) => {
  expect(edit(text)).toEqual({ type: "refused", found });
});

test("a comment that looks like a value is none", () => {
  expect(edit('[build]\n# target = "old"\n').type).toBe("set");
});
