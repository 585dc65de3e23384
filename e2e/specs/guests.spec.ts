import { describe, expect } from "vitest";
import { test } from "../src/fixtures.ts";
import { guests } from "../src/guests.ts";

/** How the page words the end of a root process, by what index.json expects. */
const CAUSE = { returned: /returned|proc_exit\(0\)/, trapped: /trapped/ };

describe("a visitor runs a program of the list", () => {
  test.for(guests)("$name gives its output and its history of processes", async (guest, { playground }) => {
    const { stdout, exit, processes } = guest.expected;
    await playground.start(guest.name);
    await playground.untilOver();

    if (stdout.match === "exact") {
      await playground.until(() => playground.output("stdout"), "all lines of stdout").toEqual(stdout.lines);
    } else {
      await playground
        .until(() => playground.output("stdout"), "lines of stdout")
        .toEqual(expect.arrayContaining([...stdout.lines]));
    }

    const rows = await playground.processes();
    expect(rows.map((row) => row.pid)).toEqual(Array.from({ length: processes }, (_, index) => index + 1));
    expect(rows[0]).toMatchObject({ pid: 1, parent: 0, cause: expect.stringMatching(CAUSE[exit]) });
    for (const row of rows.slice(1)) {
      expect(row.parent, `the parent of ${row.pid} was there before it`).toBeLessThan(row.pid);
      expect(row.cause, `process ${row.pid} ended for a reason`).not.toBe("");
    }
    if (exit === "trapped") expect(await playground.traps()).not.toEqual([]);
  });
});
