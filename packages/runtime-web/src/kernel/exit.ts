import type { GuestFrame } from "../inspect/trapText.ts";
import type { Pid } from "./ids.ts";
import { NO_PID } from "./ids.ts";

/** What links are told (host ABI ch. 4). */
export type ExitReason = "normal" | "failure" | "noProcess";

/** Why a process ended, for logs, the page API and the live view. */
export type ExitCause =
  | { readonly type: "returned" }
  | { readonly type: "exited"; readonly code: number }
  | {
      readonly type: "trapped";
      readonly message: string;
      /** As the engine printed it: functions and offsets are those of the instrumented module. */
      readonly stack: string;
      /** The guest's own functions in terms of the module as it was built; missing where nothing of it ran. */
      readonly frames?: readonly GuestFrame[];
    }
  /** A process written in TypeScript threw. */
  | { readonly type: "threw"; readonly message: string; readonly stack: string }
  | { readonly type: "killed"; readonly by: Pid }
  | { readonly type: "linkDied"; readonly pid: Pid }
  | { readonly type: "limit"; readonly limit: "fuel" | "memory" | "messages"; readonly message: string }
  | { readonly type: "environmentEnded" }
  | { readonly type: "executorLost" }
  | { readonly type: "hostFault"; readonly message: string; readonly stack: string };

/** Numbers of EventKind.Exit's value, part of the record format: append, never renumber. */
export const ExitCode = {
  returned: 1,
  exited: 2,
  trapped: 3,
  killed: 4,
  linkDied: 5,
  limit: 6,
  environmentEnded: 7,
  executorLost: 8,
  hostFault: 9,
  threw: 10,
} as const satisfies Record<ExitCause["type"], number>;
export type ExitCode = (typeof ExitCode)[keyof typeof ExitCode];

/** What links are told of an end: only a return of the entry function and proc_exit(0) count as normal. */
export function exitReason(cause: ExitCause): ExitReason {
  if (cause.type === "returned") return "normal";
  return cause.type === "exited" && cause.code === 0 ? "normal" : "failure";
}

/** The process that brought the end, for EventKind.Exit; undefined if none did. */
export function exitOrigin(cause: ExitCause): Pid | undefined {
  if (cause.type === "killed") return cause.by;
  return cause.type === "linkDied" ? cause.pid : undefined;
}

/** One sentence for people, without the pid it is about. */
export function describeExit(cause: ExitCause): string {
  switch (cause.type) {
    case "returned":
      return "its entry function returned";
    case "exited":
      return `it called proc_exit(${cause.code})`;
    case "trapped":
      return `it trapped: ${cause.message}`;
    case "threw":
      return `it threw: ${cause.message}`;
    case "killed":
      return cause.by === NO_PID ? "it was killed from outside" : `process ${cause.by} killed it`;
    case "linkDied":
      return `its linked process ${cause.pid} died`;
    case "limit":
      return `it reached its ${cause.limit} limit: ${cause.message}`;
    case "environmentEnded":
      return "its environment ended";
    case "executorLost":
      return "the executor it ran on was lost";
    case "hostFault":
      return `a host function failed, which is a bug of the runtime and not of the guest: ${cause.message}`;
    default:
      return cause satisfies never;
  }
}
