import { describe, expect, it } from "vitest";
import { DIRTY_BACKLOG_BYTES, EXTENT_UNIT, type Extent, ExtentAllocator } from "./extents.ts";

const LIMIT = 64 * EXTENT_UNIT;

function overlaps(a: Extent, b: Extent): boolean {
  return a.start < b.start + b.size && b.start < a.start + a.size;
}

describe("ExtentAllocator", () => {
  it("rounds sizes up to whole units and never hands the same byte out twice", () => {
    const extents = new ExtentAllocator(EXTENT_UNIT, LIMIT);
    const taken = [1, EXTENT_UNIT, EXTENT_UNIT + 1, 5 * EXTENT_UNIT].map((bytes) => extents.take(bytes)!);
    expect(taken.map((each) => each.size / EXTENT_UNIT)).toEqual([1, 1, 2, 5]);
    for (const a of taken) for (const b of taken) if (a !== b) expect(overlaps(a, b)).toBe(false);
  });

  it("tells which ranges may hold another process' bytes", () => {
    const extents = new ExtentAllocator(0, LIMIT);
    const first = extents.take(EXTENT_UNIT)!;
    expect(first.isClean).toBe(true);
    while (extents.take(EXTENT_UNIT) !== undefined);
    extents.release(first);
    expect(extents.take(EXTENT_UNIT)).toMatchObject({ start: first.start, isClean: false });
  });

  it("prefers untouched space, until too much waits to be cleaned", () => {
    const region = 16 * 1024 * 1024;
    const extents = new ExtentAllocator(0, 4 * DIRTY_BACKLOG_BYTES);
    const waiting = DIRTY_BACKLOG_BYTES / region;
    for (let index = 0; index < waiting; index++) {
      const taken = extents.take(region)!;
      expect(taken).toMatchObject({ start: index * region, isClean: true });
      extents.release(taken);
    }
    expect(extents.take(region)!.isClean).toBe(false);
    expect(extents.highWaterMark).toBe(DIRTY_BACKLOG_BYTES);
  });

  it("hands a range cleaned while idle out as clean", () => {
    const extents = new ExtentAllocator(0, LIMIT);
    const first = extents.take(EXTENT_UNIT)!;
    extents.release(first);
    extents.releaseClean(extents.takeDirty()!);
    expect(extents.takeDirty()).toBeUndefined();
    expect(extents.take(EXTENT_UNIT)).toMatchObject({ start: first.start, isClean: true });
  });

  it("merges neighbours of any size when untouched space is used up", () => {
    const extents = new ExtentAllocator(0, LIMIT);
    const pieces = Array.from({ length: 64 }, () => extents.take(EXTENT_UNIT)!);
    expect(extents.take(EXTENT_UNIT)).toBeUndefined();
    for (const piece of pieces.slice(8, 24)) extents.release(piece);
    const large = extents.take(10 * EXTENT_UNIT)!;
    expect(large.isClean).toBe(false);
    expect(large.start).toBe(pieces[8]!.start);
    expect(extents.take(6 * EXTENT_UNIT)).toMatchObject({ start: pieces[18]!.start });
    expect(extents.take(EXTENT_UNIT)).toBeUndefined();
  });

  it("keeps used ranges apart over thousands of takes and releases of random sizes", () => {
    const extents = new ExtentAllocator(0, 4096 * EXTENT_UNIT);
    const live: Extent[] = [];
    let seed = 42;
    const random = (below: number) => {
      seed = (Math.imul(seed, 1103515245) + 12345) >>> 0;
      return (seed >>> 8) % below;
    };
    for (let step = 0; step < 5000; step++) {
      if (random(2) === 0 && live.length > 0) extents.release(live.splice(random(live.length), 1)[0]!);
      else {
        const taken = extents.take((1 + random(40)) * EXTENT_UNIT);
        if (taken === undefined) continue;
        expect(live.some((other) => overlaps(taken, other))).toBe(false);
        live.push(taken);
      }
    }
    const used = live.reduce((sum, each) => sum + each.size, 0);
    expect(extents.freeBytes + used).toBe(extents.highWaterMark);
  });
});
