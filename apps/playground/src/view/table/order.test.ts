import { EventKind, type InspectionEvent, SystemModel } from "@lunatic-web/runtime/inspect";
import { describe, expect, it } from "vitest";
import { orderRows, type Sorting } from "./order.ts";

const TREE: Sorting = { column: "tree", descending: false };

/** A model in which the processes of `parents` (pid to parent) were spawned in this order. */
function modelOf(
  parents: readonly (readonly [pid: number, parent: number])[],
  ended: readonly number[] = [],
) {
  const events: InspectionEvent[] = [];
  const add = (kind: EventKind, pid: number, other: number, value: number) =>
    events.push({
      sequence: events.length + 1,
      timeMs: events.length,
      executor: 0,
      environment: 1,
      kind,
      pid,
      other,
      tag: 0n,
      value,
    });
  for (const [pid, parent] of parents) add(EventKind.Spawn, pid, parent, 0);
  for (const [pid] of parents) add(EventKind.MailboxSample, pid, 0, pid % 3);
  for (const pid of ended) add(EventKind.Exit, pid, 0, 1);
  const model = new SystemModel();
  model.apply({ events, dropped: 0 });
  return model;
}

const pids = (rows: readonly { pid: number }[]) => rows.map((row) => row.pid);

describe("by tree", () => {
  it("children come under their parent, siblings by pid", () => {
    const model = modelOf([
      [1, 0],
      [4, 1],
      [2, 1],
      [3, 2],
      [5, 0],
    ]);
    expect(orderRows(model.processes, TREE, () => true)).toEqual([
      { pid: 1, depth: 0 },
      { pid: 2, depth: 1 },
      { pid: 3, depth: 2 },
      { pid: 4, depth: 1 },
      { pid: 5, depth: 0 },
    ]);
  });

  it("children of a process that is not shown move up to the next that is", () => {
    const model = modelOf(
      [
        [1, 0],
        [2, 1],
        [3, 2],
        [4, 3],
      ],
      [2, 3],
    );
    const rows = orderRows(model.processes, TREE, (process) => process.state !== "ended");
    expect(rows).toEqual([
      { pid: 1, depth: 0 },
      { pid: 4, depth: 1 },
    ]);
  });

  it("a process whose parent is unknown is a root", () => {
    expect(orderRows(modelOf([[7, 3]]).processes, TREE, () => true)).toEqual([{ pid: 7, depth: 0 }]);
  });

  it("a chain of 20,000 processes is ordered to its end", () => {
    const model = modelOf(Array.from({ length: 20_000 }, (_, i) => [i + 1, i] as const));
    const rows = orderRows(model.processes, TREE, () => true);
    expect(rows).toHaveLength(20_000);
    expect(rows.at(-1)).toEqual({ pid: 20_000, depth: 19_999 });
  });
});

describe("by column", () => {
  const model = modelOf([
    [1, 0],
    [2, 1],
    [3, 1],
    [4, 2],
    [5, 2],
  ]);

  it("ties stay in the order of pids in both directions", () => {
    expect(pids(orderRows(model.processes, { column: "mailbox", descending: false }, () => true))).toEqual([
      3, 1, 4, 2, 5,
    ]);
    expect(pids(orderRows(model.processes, { column: "mailbox", descending: true }, () => true))).toEqual([
      2, 5, 1, 4, 3,
    ]);
  });

  it("only what is shown is listed", () => {
    const rows = orderRows(
      model.processes,
      { column: "pid", descending: true },
      (process) => process.parent === 2,
    );
    expect(pids(rows)).toEqual([5, 4]);
  });
});
