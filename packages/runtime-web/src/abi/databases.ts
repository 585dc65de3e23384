import type { Process } from "../kernel/process.ts";

/**
 * What host functions ask of the databases, and what these answer. Plain data: between the two lie an executor and the
 * worker that runs sqlite. Connections and statements have numbers of the asking executor's choice, never reused.
 */
export type DatabaseRequest =
  | {
      readonly type: "open";
      readonly connection: number;
      /** Absolute, without `.` and `..`; or "" and ":memory:", which are databases of their own. */
      readonly path: string;
      /** Absolute paths that the connection may attach databases from, with what lies below them. */
      readonly directories: readonly string[];
    }
  | { readonly type: "execute"; readonly connection: number; readonly sql: string }
  | {
      readonly type: "prepare";
      readonly connection: number;
      readonly statement: number;
      readonly sql: string;
    }
  | {
      readonly type: "step";
      readonly connection: number;
      readonly statement: number;
      /** Begin anew first. */
      readonly reset: boolean;
      /** Bincode of a BindList whose keys are all numeric; empty: nothing to bind. Valid while the request is asked. */
      readonly bindings: Uint8Array;
      /** Rows to fetch ahead, the first one included. */
      readonly maxRows: number;
    };

/** What has no answer. */
export type DatabaseCommand =
  | { readonly type: "reset"; readonly connection: number; readonly statement: number }
  | { readonly type: "finalize"; readonly connection: number; readonly statement: number }
  /** Finalizes its statements, rolls its transaction back. Also while it waits for a lock. */
  | { readonly type: "close"; readonly connection: number };

/** How far a step has come behind the rows that it brings. */
export type StepEnd = "more" | "done" | "failed";

export type DatabaseAnswer =
  /** Of every request. `code` is a primary result code of sqlite. */
  | { readonly type: "failed"; readonly code: number; readonly message: string }
  /** Of open and execute. */
  | { readonly type: "done"; readonly changes: number }
  | {
      readonly type: "prepared";
      readonly columns: readonly string[];
      /** The parameters' names, with their prefix; "" for one without. Index 0 is parameter 1. */
      readonly parameters: readonly string[];
    }
  | {
      readonly type: "rows";
      /** | length u32 | bincode of a row | … */
      readonly rows: Uint8Array;
      readonly end: StepEnd;
      /** Of the connection. */
      readonly changes: number;
      /** Only where it has failed. */
      readonly code: number;
      readonly message: string;
    }
  /** Not the answer yet: another connection holds a lock, and until it lets go others have to run. */
  | { readonly type: "waits" }
  /** The worker is gone, or never came: connections are worth nothing any more. */
  | { readonly type: "lost"; readonly message: string };

/** The databases of a runtime, as an executor reaches them. */
export interface Databases {
  /** A number for a connection or a statement. */
  nextNumber(): number;
  /**
   * @param answer called once, maybe before ask returns; not with "waits"
   * @returns for how long nothing could run while the answer was awaited, in milliseconds
   */
  ask(request: DatabaseRequest, answer: (answer: DatabaseAnswer) => void): number;
  tell(command: DatabaseCommand): void;
  /** Whether the file system that the process sees has this directory. */
  hasDirectory(process: Process, path: string): boolean;
}
