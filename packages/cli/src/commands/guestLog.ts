import type { ExitCode } from "@lunatic-web/runtime";
import { EventKind, eventKindName, type GuestFrame, parseTrap } from "@lunatic-web/runtime/inspect";
import type { ObservedEvent } from "../session/protocol.ts";

/** Kinds of events the log is made from. */
export const LOGGED_KINDS: readonly number[] = [
  EventKind.Exit,
  EventKind.Trap,
  EventKind.Notice,
  EventKind.NameRegistered,
];

/** The runtime's numbers. Its module is for pages, so only its types are used here; the compiler compares. */
const RETURNED = 1 satisfies typeof ExitCode.returned;
const EXITED = 2 satisfies typeof ExitCode.exited;
const KILLED = 4 satisfies typeof ExitCode.killed;
const LINK_DIED = 5 satisfies typeof ExitCode.linkDied;
const ENVIRONMENT_ENDED = 7 satisfies typeof ExitCode.environmentEnded;

/** A line for each frame that is worth one, the innermost first. */
type DescribeStack = (frames: readonly GuestFrame[]) => readonly string[];

interface GuestLogOptions {
  readonly now?: () => Date;
  /** By default the names of functions. */
  readonly describeStack?: DescribeStack;
  /** Nothing but traps, as WASI runtimes do: a program's exit code and errnos speak for themselves. */
  readonly tellsOnlyTraps?: boolean;
}

function namesOf(frames: readonly GuestFrame[]): readonly string[] {
  return frames.map(({ name }) => name);
}

/**
 * What became of processes, as lunatic logs it (host ABI ch. 15): a line per process that failed or was killed, with
 * the guest's stack below a trap.
 */
export class GuestLog {
  readonly #names = new Map<number, string[]>();
  readonly #traps = new Map<number, string>();
  readonly #now: () => Date;
  readonly #describeStack: DescribeStack;
  readonly #tellsOnlyTraps: boolean;

  constructor(options: GuestLogOptions = {}) {
    this.#now = options.now ?? (() => new Date());
    this.#describeStack = options.describeStack ?? namesOf;
    this.#tellsOnlyTraps = options.tellsOnlyTraps ?? false;
  }

  /** @returns text for stderr */
  lines(events: readonly ObservedEvent[], dropped: number): string {
    const lost = dropped === 0 ? "" : this.#line(`${dropped} events were too many to tell`);
    return events.map((event) => this.#handle(event)).join("") + lost;
  }

  #handle({ kind, pid, value, text = "" }: ObservedEvent): string {
    switch (kind) {
      case EventKind.NameRegistered:
        this.#names.set(pid, [...(this.#names.get(pid) ?? []), userName(text)]);
        return "";
      case EventKind.Trap:
        this.#traps.set(pid, text);
        return "";
      case EventKind.Notice:
        return this.#tellsOnlyTraps ? "" : this.#line(text);
      case EventKind.Exit:
        return this.#exit(pid, value, text);
      default:
        throw new Error(`The log did not ask for ${eventKindName(kind as EventKind)}`);
    }
  }

  #exit(pid: number, code: number, text: string): string {
    const who = this.#who(pid);
    const trap = this.#traps.get(pid);
    this.#traps.delete(pid);
    this.#names.delete(pid);
    if (code === RETURNED || code === ENVIRONMENT_ENDED) return "";
    if (code === EXITED && (this.#tellsOnlyTraps || text.includes("proc_exit(0)"))) return "";
    if (code === KILLED || code === LINK_DIED) return this.#line(`Process ${who} was killed: ${text}`);
    const stack = trap === undefined ? [] : this.#describeStack(parseTrap(trap).frames);
    return this.#line([`Process ${who} failed: ${text}`, ...stack.map((line) => `    ${line}`)].join("\n"));
  }

  #who(pid: number): string {
    const names = this.#names.get(pid);
    return names === undefined ? String(pid) : `${pid} (${names.map((name) => `'${name}'`).join(" / ")})`;
  }

  #line(text: string): string {
    const time = this.#now()
      .toISOString()
      .replace(/\.\d+Z$/, "Z");
    return `[${time} WARN  lunatic_process] ${text.trimEnd()}\n`;
  }
}

/** lunatic-rs registers `MESSAGE TYPE/SERIALIZER/Process or ProcessRef/NAME` (host ABI ch. 8), others a bare name. */
function userName(registered: string): string {
  const [, , kind, ...name] = registered.split("/");
  return kind === "Process" || kind === "ProcessRef" ? name.join("/") : registered;
}

/** Whether RUST_LOG asks for warnings, which is the default. */
export function logsWarnings(rustLog: string | undefined): boolean {
  return !/^(off|error)$/i.test(rustLog?.trim() ?? "");
}
