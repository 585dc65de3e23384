import type { ObservedProcess, SystemModel } from "@lunatic-web/runtime/inspect";
import { processMatcher } from "../processMatcher.ts";
import { orderRows, type Row, type Sorting } from "./order.ts";
import { RateMeter } from "./rateMeter.ts";

/** What decides which rows there are and in which order. */
export interface RowQuery {
  readonly sorting: Sorting;
  readonly showEnded: boolean;
  /** Shows processes whose pid, name or entry function contains it; empty shows all. */
  readonly filter: string;
}

/** A sort by figures that run is not made anew more often: rows that jump 60 times a second cannot be read. */
const COLUMN_PERIOD_MS = 500;
/** The tree may be ordered at every frame while that costs well below one. */
const LARGE_ROWS = 2_000;
const LARGE_PERIOD_MS = 200;

/** Keeps the order of the table's rows, and makes it anew only when the system changed and not too often. */
export class RowOrder {
  #rows: readonly Row[] = [];
  #model: SystemModel | undefined;
  #query: RowQuery | undefined;
  #revision = -1;
  #madeMs = Number.NEGATIVE_INFINITY;
  readonly #meter: RateMeter;

  /** @param meter for an order by rate */
  constructor(meter = new RateMeter()) {
    this.#meter = meter;
  }

  /**
   * @param nowMs any monotonic clock
   * @returns the rows, and in how many milliseconds to ask again if they are older than the system; 0 if not
   */
  rows(model: SystemModel, query: RowQuery, nowMs: number): { rows: readonly Row[]; staleForMs: number } {
    const isOther = model !== this.#model || !isSame(query, this.#query);
    const isByTree = query.sorting.column === "tree" && query.filter === "";
    const revision = isByTree ? model.treeRevision : model.revision;
    if (!isOther && revision === this.#revision) return { rows: this.#rows, staleForMs: 0 };
    const waitMs = isOther ? 0 : this.#madeMs + this.#periodMs(query) - nowMs;
    if (waitMs > 0) return { rows: this.#rows, staleForMs: waitMs };
    const matches = processMatcher(query.filter);
    const isShown = (process: ObservedProcess) => {
      if (process.state === "ended" && !query.showEnded) return false;
      return matches === undefined || matches(process);
    };
    this.#rows = orderRows(model.processes, query.sorting, isShown, this.#meter);
    this.#model = model;
    this.#query = query;
    this.#revision = revision;
    this.#madeMs = nowMs;
    return { rows: this.#rows, staleForMs: 0 };
  }

  #periodMs(query: RowQuery): number {
    if (query.sorting.column !== "tree") return COLUMN_PERIOD_MS;
    return this.#rows.length > LARGE_ROWS ? LARGE_PERIOD_MS : 0;
  }
}

function isSame(a: RowQuery, b: RowQuery | undefined): boolean {
  return (
    b !== undefined &&
    a.sorting.column === b.sorting.column &&
    a.sorting.descending === b.sorting.descending &&
    a.showEnded === b.showEnded &&
    a.filter === b.filter
  );
}
