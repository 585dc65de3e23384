import type { Pid } from "./ids.ts";

/** What links are told (host ABI ch. 4). */
export type ExitReason = "normal" | "failure" | "noProcess";

/** Why a process ended, for logs, the page API and the live view. */
export type ExitCause =
  | { readonly type: "returned" }
  | { readonly type: "exited"; readonly code: number }
  | { readonly type: "trapped"; readonly message: string; readonly stack: string }
  | { readonly type: "killed"; readonly by: Pid }
  | { readonly type: "linkDied"; readonly pid: Pid }
  | { readonly type: "limit"; readonly limit: "fuel" | "memory"; readonly message: string }
  | { readonly type: "environmentEnded" }
  | { readonly type: "executorLost" }
  | { readonly type: "hostFault"; readonly message: string; readonly stack: string };
