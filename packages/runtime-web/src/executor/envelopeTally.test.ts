import { describe, expect, it } from "vitest";
import type { EnvironmentId } from "../kernel/ids.ts";
import { EnvelopeTally } from "./envelopeTally.ts";

const [FIRST, SECOND] = [1 as EnvironmentId, 2 as EnvironmentId];

describe("EnvelopeTally", () => {
  it("counts by environment and by the other executor", () => {
    const tally = new EnvelopeTally(3);
    tally.opened(FIRST);
    tally.opened(SECOND);
    tally.posted(FIRST, 1);
    tally.posted(FIRST, 1);
    tally.posted(SECOND, 2);
    tally.received(FIRST, 2);
    expect(tally.of(FIRST)).toEqual({ posted: [0, 2, 0], received: [0, 0, 1] });
    expect(tally.of(SECOND)).toEqual({ posted: [0, 0, 1], received: [0, 0, 0] });
  });

  it("counts what comes before its environment is open, and forgets what comes after it is closed", () => {
    const tally = new EnvelopeTally(2);
    tally.received(FIRST, 1);
    tally.opened(FIRST);
    expect(tally.of(FIRST).received).toEqual([0, 1]);
    tally.closed(FIRST);
    tally.received(FIRST, 1);
    expect(tally.of(FIRST)).toEqual({ posted: [], received: [] });
  });
});
