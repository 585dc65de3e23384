import { expect, it } from "vitest";
import { LOAD_CELLS_AT } from "../protocol/settings.ts";
import { PlacementBoard } from "./placementBoard.ts";

/** The board of executor 0, which is busy, of four; the others have so many processes that could run. */
function boardOf(...loads: readonly number[]) {
  const cells = new Int32Array(LOAD_CELLS_AT + 4);
  cells.set([0, ...loads], LOAD_CELLS_AT);
  return new PlacementBoard(cells, 0, 4, undefined);
}

it("a process goes to the executor that has least to do", () => {
  expect(boardOf(5, 0, 5).choose(9, undefined)).toBe(2);
});

it("a process stays on the executors that its environment may use, however idle others are", () => {
  expect(boardOf(5, 0, 5).choose(9, [0, 3])).toBe(3);
  expect(boardOf(0, 0, 0).choose(9, [0])).toBe(0);
});
