import { expect, it } from "vitest";
import { groupTraps } from "./trapGroups.ts";

it("traps with the same message and stack are one, in the order of the latest of each", () => {
  const groups = groupTraps([
    { pid: 9, text: "unreachable\nmain/b:0x14" },
    { pid: 8, text: "unreachable\nmain/a:0xa" },
    { pid: 7, text: "unreachable\nmain/b:0x14" },
    { pid: 6, text: "out of bounds\nmain/b:0x14" },
  ]);
  expect(groups.map(({ trap, reports }) => [trap.message, reports.map(({ pid }) => pid)])).toEqual([
    ["unreachable", [9, 7]],
    ["unreachable", [8]],
    ["out of bounds", [6]],
  ]);
});

it("no trap is no group", () => {
  expect(groupTraps([])).toEqual([]);
});
