import { expect, test } from "vitest";
import { seeded } from "../../mailbox/testing/seeded.ts";
import { FreePages } from "./freePages.ts";
import type { Extent } from "./geometry.ts";

test("no page is given out twice, in a long random life against a plain set", () => {
  const random = seeded(3);
  const free = new FreePages();
  const used = new Set<number>();
  const held: Extent[] = [];
  for (let step = 0; step < 20_000; step++) {
    if (held.length > 0 && random(2) === 0) {
      const [extent] = held.splice(random(held.length), 1) as [Extent];
      free.release(extent);
      for (let page = extent.first; page < extent.first + extent.count; page++) used.delete(page);
    } else {
      const count = 1 + random(40);
      const together = random(3) === 0;
      const extents = together ? [free.allocateTogether(count)] : free.allocate(count);
      expect(extents.reduce((sum, extent) => sum + extent.count, 0)).toBe(count);
      for (const { first, count: length } of extents) {
        for (let page = first; page < first + length; page++) {
          if (used.has(page)) throw new Error(`step ${step}: page ${page} was given out twice`);
          used.add(page);
        }
      }
      held.push(...extents);
    }
    expect(free.used).toBe(used.size);
    if (step % 500 === 0) expect(free.end).toBe(Math.max(-1, ...used) + 1);
  }
});

test("holes are filled before the file grows", () => {
  const free = new FreePages();
  free.allocate(100);
  free.release({ first: 10, count: 2 });
  free.release({ first: 40, count: 3 });
  expect(free.allocate(6)).toEqual([
    { first: 10, count: 2 },
    { first: 40, count: 3 },
    { first: 100, count: 1 },
  ]);
  expect(free.holes).toBe(0);
});

test("freeing what is free is a fault of the caller", () => {
  const free = new FreePages();
  free.allocate(4);
  free.release({ first: 1, count: 1 });
  expect(() => free.release({ first: 0, count: 2 })).toThrow("freed twice");
});
