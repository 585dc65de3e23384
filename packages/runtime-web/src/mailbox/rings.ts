import { createBells } from "./doorbells.ts";
import { createRing, DEFAULT_RING_BYTES } from "./ring.ts";

/** The shared memory that joins the executors of a runtime. */
export interface Rings {
  /** For Doorbells, the same for all executors. */
  readonly bells: SharedArrayBuffer;
  /** The ring that `from` writes and `to` reads. */
  ring(from: number, to: number): SharedArrayBuffer;
}

/** @returns a ring for each ordered pair of executors, because a ring has one writer and one reader */
export function createRings(executors: number, capacity = DEFAULT_RING_BYTES): Rings {
  const rings = Array.from({ length: executors }, (_, from) =>
    Array.from({ length: executors }, (_, to) => (from === to ? undefined : createRing(capacity))),
  );
  return {
    bells: createBells(executors),
    ring(from, to) {
      const ring = rings[from]?.[to];
      if (ring === undefined) throw new RangeError(`There is no ring from executor ${from} to ${to}`);
      return ring;
    },
  };
}
