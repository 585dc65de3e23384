import { expect, test } from "vitest";
import { CommandError, ExitStatus } from "../errors.ts";
import { parseArguments } from "./parseArguments.ts";
import { INIT, RUN, TEST } from "./specs.ts";

test("options are taken in both spellings, before and behind the file", () => {
  const parsed = parseArguments(RUN, ["--dir", "a", "app.wasm", "--dir=b::/c", "x", "--bench"]);
  expect(parsed.positionals).toEqual(["app.wasm", "x"]);
  expect(parsed.values("dir")).toEqual(["a", "b::/c"]);
  expect(parsed.has("bench")).toBe(true);
  expect(parsed.has("headed")).toBe(false);
});

test("everything behind -- is the guest's", () => {
  const parsed = parseArguments(RUN, ["app.wasm", "one", "--", "--dir", "-x", "--"]);
  expect(parsed.positionals).toEqual(["app.wasm", "one"]);
  expect(parsed.rest).toEqual(["--dir", "-x", "--"]);
});

test("numbers and seconds are checked", () => {
  const parsed = parseArguments(TEST, ["t.wasm", "--test-threads", "4", "--timeout", "0.5"]);
  expect(parsed.count("test-threads", 1)).toBe(4);
  expect(parsed.seconds("timeout")).toBe(500);
  expect(parsed.count("executors", 1)).toBeUndefined();
  const wrong = parseArguments(TEST, ["t.wasm", "--test-threads", "0", "--timeout", "soon"]);
  expect(() => wrong.count("test-threads", 1)).toThrow("at least 1");
  expect(() => wrong.seconds("timeout")).toThrow('not "soon"');
});

test.for([
  ["an unknown option", RUN, ["app.wasm", "--colour"], "write it behind --: … -- --colour"],
  ["an unknown option of a command without guests", INIT, ["--force"], "--force is no option of init"],
  ["a missing file", RUN, ["--bench"], "an argument is missing"],
  ["a missing value", RUN, ["app.wasm", "--dir"], "--dir needs a value: --dir HOST[::GUEST]"],
  ["a value for a switch", RUN, ["app.wasm", "--bench=1"], "--bench takes no value"],
  ["a value that is none of the choices", RUN, ["--browser", "lynx", "a.wasm"], "chromium or firefox"],
  ["an argument too many", INIT, ["there", "here"], "here is one argument too many"],
  ["an option given twice", RUN, ["--timeout", "1", "--timeout", "2", "a.wasm"], "given twice"],
] as const)("%s is a usage error", ([, spec, argv, text]) => {
  try {
    parseArguments(spec, argv);
    expect.unreachable();
  } catch (error) {
    expect(error).toBeInstanceOf(CommandError);
    expect((error as CommandError).status).toBe(ExitStatus.usage);
    expect((error as CommandError).message).toContain(text);
  }
});

test("help asks for no arguments", () => {
  expect(parseArguments(RUN, ["--help"]).has("help")).toBe(true);
  expect(parseArguments(RUN, ["-h"]).has("help")).toBe(true);
});
