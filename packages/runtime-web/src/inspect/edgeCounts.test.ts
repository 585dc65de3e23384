import { expect, it } from "vitest";
import { EdgeCounts } from "./edgeCounts.ts";

function contentsOf(edges: EdgeCounts): [number, number, number][] {
  return Array.from({ length: edges.size }, (_, index) => [
    edges.fromAt(index),
    edges.toAt(index),
    edges.countAt(index),
  ]);
}

it("counts the messages of each pair and direction, also of pids beyond 32 bits", () => {
  const edges = new EdgeCounts();
  edges.add(1, 2, 1);
  edges.add(2, 1, 5);
  edges.add(1, 2, 2);
  edges.add(2 ** 40 + 1, 2, 1);
  edges.add(0, 0, 1);
  expect(contentsOf(edges)).toEqual([
    [1, 2, 3],
    [2, 1, 5],
    [2 ** 40 + 1, 2, 1],
    [0, 0, 1],
  ]);
});

it("tells the first message of a pair from those after it, and forgets all of them at once", () => {
  const edges = new EdgeCounts();
  expect([edges.add(7, 8, 1), edges.add(8, 7, 1), edges.add(7, 8, 1)]).toEqual([true, true, false]);
  edges.clear();
  expect(edges.size).toBe(0);
  expect(edges.add(7, 8, 1)).toBe(true);
});

it("stays exact while it grows, and beyond its bound in the sum", () => {
  const edges = new EdgeCounts();
  const pairs = 20_000;
  for (let round = 0; round < 2; round++) for (let pid = 1; pid <= pairs; pid++) edges.add(pid, pid + 1, 1);
  expect(edges.size).toBe(16_384);
  expect(contentsOf(edges).every(([from, to, count]) => to === from + 1 && count === 2)).toBe(true);
  expect(edges.others).toBe(2 * (pairs - 16_384));
});
