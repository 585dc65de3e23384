import { expect, it } from "vitest";
import { formatProgramLink, parseProgramLink } from "./programLink.ts";

it.each([
  { program: "ring", args: "--n 100" },
  { program: "a&b=c#d", args: "'é 𝄞' +" },
  { program: "ring", args: "" },
  { program: "ring", args: undefined },
  { program: undefined, args: undefined },
  { program: undefined, args: "7", project: "1.a-b_c" },
  { program: undefined, args: undefined, lesson: "time-outs" },
])("%j survives a link", (link) => {
  expect(parseProgramLink(formatProgramLink(link))).toEqual(link);
});

it("a hash of something else names no program", () => {
  expect(parseProgramLink("#section-2")).toEqual({});
  expect(parseProgramLink("")).toEqual({});
});
