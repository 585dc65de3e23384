import { describe, expect, it } from "vitest";
import { joinArguments, splitArguments } from "./splitArguments.ts";

describe("splitArguments", () => {
  it.each([
    ["", []],
    ["  ", []],
    ["--n 3", ["--n", "3"]],
    ["  a\tb  ", ["a", "b"]],
    ["'a b' \"c d\"", ["a b", "c d"]],
    ["a'b'\"c\"", ["abc"]],
    ["'' \"\"", ["", ""]],
    ['a\\ b \\"', ["a b", '"']],
    ["'a\\b'", ["a\\b"]],
    ['"a\\"b"', ['a"b']],
    ["'still open", ["still open"]],
    ["é 𝄞", ["é", "𝄞"]],
    ["end\\", ["end\\"]],
  ])("%j becomes %j", (line, expected) => {
    expect(splitArguments(line)).toEqual(expected);
  });
});

describe("joinArguments", () => {
  it.each([[["a", "b c", "", "it's", '"', "\\", "$HOME", "é𝄞", "line\nbreak"]], [[]], [["--n=3", "./x"]]])(
    "%j survives joining and splitting",
    (args) => {
      expect(splitArguments(joinArguments(args))).toEqual(args);
    },
  );

  it("plain words are not quoted", () => {
    expect(joinArguments(["--n", "100", "a=b"])).toBe("--n 100 a=b");
  });
});
