import type { ObservedProcess } from "@lunatic-web/runtime/inspect";
import { type ColumnKey, columnValue } from "./columns.ts";
import { RateMeter } from "./rateMeter.ts";

export interface Row {
  readonly pid: number;
  /** Steps below its root in the table; 0 in every order but the one by tree. */
  readonly depth: number;
}

export interface Sorting {
  readonly column: ColumnKey | "tree";
  readonly descending: boolean;
}

/**
 * The rows of the process table. By tree: children under their parent, siblings by pid; the child of a process
 * that is not shown moves up to the nearest ancestor that is. By column: ties by pid.
 * Costs O(n) by tree, O(n log n) by column.
 */
export function orderRows(
  processes: ReadonlyMap<number, ObservedProcess>,
  sorting: Sorting,
  isShown: (process: ObservedProcess) => boolean,
  meter = new RateMeter(),
): Row[] {
  return sorting.column === "tree"
    ? orderByTree(processes, isShown)
    : orderByColumn(processes, sorting.column, sorting.descending, isShown, meter);
}

function orderByTree(
  processes: ReadonlyMap<number, ObservedProcess>,
  isShown: (process: ObservedProcess) => boolean,
): Row[] {
  const childrenOf = new Map<number, number[]>();
  for (const process of processes.values()) {
    if (!isShown(process)) continue;
    const parent = shownAncestor(processes, process, isShown);
    const siblings = childrenOf.get(parent);
    if (siblings) siblings.push(process.pid);
    else childrenOf.set(parent, [process.pid]);
  }
  const rows: Row[] = [];
  // A stack of our own: a chain of 10,000 processes would exhaust the engine's. Last in first out, so reversed.
  const pending: Row[] = [];
  const pushChildren = (parent: number, depth: number) => {
    const children = childrenOf.get(parent);
    if (!children) return;
    children.sort((a, b) => b - a);
    for (const pid of children) pending.push({ pid, depth });
  };
  pushChildren(0, 0);
  for (let row = pending.pop(); row; row = pending.pop()) {
    rows.push(row);
    pushChildren(row.pid, row.depth + 1);
  }
  return rows;
}

/** @returns 0 when there is none */
function shownAncestor(
  processes: ReadonlyMap<number, ObservedProcess>,
  process: ObservedProcess,
  isShown: (process: ObservedProcess) => boolean,
): number {
  let pid = process.parent;
  for (let ancestor = processes.get(pid); ancestor; ancestor = processes.get(pid)) {
    if (isShown(ancestor)) return pid;
    pid = ancestor.parent;
  }
  return 0;
}

function orderByColumn(
  processes: ReadonlyMap<number, ObservedProcess>,
  column: ColumnKey,
  descending: boolean,
  isShown: (process: ObservedProcess) => boolean,
  meter: RateMeter,
): Row[] {
  const entries: { pid: number; value: number | string }[] = [];
  for (const process of processes.values()) {
    if (isShown(process)) entries.push({ pid: process.pid, value: columnValue(column, process, meter) });
  }
  const sign = descending ? -1 : 1;
  entries.sort((a, b) => sign * compare(a.value, b.value) || a.pid - b.pid);
  return entries.map(({ pid }) => ({ pid, depth: 0 }));
}

function compare(a: number | string, b: number | string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
