import type { ProcessConfig } from "../kernel/config.ts";
import type { ExitCause } from "../kernel/exit.ts";
import type { Message } from "../kernel/message.ts";

/**
 * What the page and the home executor of an environment say about processes whose code runs on the page. The executor's
 * kernel has their pids, mailboxes, links and names; the page asks and tells. One port carries it all, in order.
 */

/** A message as the page gets it. Kinds as in kernel/message.ts. */
export type PageMessage =
  | {
      readonly kind: "data";
      readonly from: number;
      readonly tag: bigint;
      readonly bytes: Uint8Array<ArrayBuffer>;
      /** Ids of the modules that travel with it. */
      readonly modules: readonly number[];
    }
  | { readonly kind: "linkDied"; readonly from: number; readonly tag: bigint }
  | { readonly kind: "processDied"; readonly from: number };

/** How code on the page can end: by returning (or being closed), or by an error. */
export type PageExit = Extract<ExitCause, { type: "returned" }> | Extract<ExitCause, { type: "threw" }>;

/** What a process on the page does without waiting for an answer. */
export type ProcessCommand =
  | {
      readonly type: "send";
      readonly to: number;
      readonly tag: bigint;
      readonly bytes: Uint8Array<ArrayBuffer>;
      readonly modules: readonly number[];
    }
  | { readonly type: "link"; readonly to: number; readonly tag: bigint }
  | { readonly type: "unlink" | "monitor" | "stopMonitoring" | "kill"; readonly to: number }
  | { readonly type: "dieWhenLinkDies"; readonly on: boolean }
  /** The receive that was asked under this number is not wanted any more. */
  | { readonly type: "abandonReceive"; readonly request: number }
  | { readonly type: "exit"; readonly cause: PageExit };

/** A new process: of a module, or of the page (module = PAGE_MODULE). */
export interface SpawnQuestion {
  readonly type: "spawn";
  /** The process of the page that spawns; NO_PID for the page itself. */
  readonly parent: number;
  readonly module: number;
  readonly entry: string;
  /** number = i32, bigint = i64. */
  readonly params: readonly (number | bigint)[];
  readonly config: ProcessConfig;
  /** Tag of the link with the parent; 0n = none. */
  readonly link: bigint;
  /** Registered before the process runs. */
  readonly name: string | undefined;
}

export type ProcessQuestion =
  | SpawnQuestion
  /** tags undefined = any message; timeoutMs undefined = none. */
  | {
      readonly type: "receive";
      readonly pid: number;
      readonly tags: readonly bigint[] | undefined;
      readonly timeoutMs: number | undefined;
    }
  | { readonly type: "register"; readonly name: string; readonly pid: number }
  | { readonly type: "unregister" | "lookup"; readonly name: string };

export type ProcessAnswer =
  | { readonly type: "spawned"; readonly pid: number }
  | { readonly type: "failed"; readonly message: string }
  | { readonly type: "received"; readonly message: PageMessage }
  | { readonly type: "timedOut" }
  | { readonly type: "done" }
  /** pid undefined: nobody has that name. */
  | { readonly type: "found"; readonly pid: number | undefined };

export type PageToProcess =
  | {
      readonly type: "processCommand";
      readonly environment: number;
      readonly pid: number;
      readonly command: ProcessCommand;
    }
  /** Answered by a processAnswer with the same number, unless the process or the environment ends before. */
  | {
      readonly type: "processQuestion";
      readonly environment: number;
      readonly request: number;
      readonly question: ProcessQuestion;
    };

export type ProcessToPage =
  | {
      readonly type: "processAnswer";
      readonly environment: number;
      readonly request: number;
      readonly answer: ProcessAnswer;
    }
  /** A process of the page has ended; nothing about it follows. */
  | {
      readonly type: "processEnded";
      readonly environment: number;
      readonly pid: number;
      readonly cause: ExitCause;
    };

/** The message as it is posted: its bytes are a copy that can be transferred. */
export function toPageMessage(message: Message): PageMessage {
  if (message.kind !== "data") return message;
  const { kind, from, tag, buffer, length, resources } = message;
  const modules = resources.flatMap((resource) => (resource?.kind === "module" ? [resource.module] : []));
  return { kind, from, tag, bytes: buffer.slice(0, length) as Uint8Array<ArrayBuffer>, modules };
}

/** What of such a message is moved instead of copied. */
export function transfersOf(message: PageToProcess | ProcessToPage): Transferable[] {
  if (message.type === "processCommand" && message.command.type === "send") {
    return [message.command.bytes.buffer];
  }
  if (message.type === "processAnswer" && message.answer.type === "received") {
    const { message: received } = message.answer;
    return received.kind === "data" ? [received.bytes.buffer] : [];
  }
  return [];
}
