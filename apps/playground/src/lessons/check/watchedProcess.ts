import { ExitCode } from "@lunatic-web/runtime";

/** How a process ended, or "alive". */
export type Ending = keyof typeof ExitCode | "alive";

/** All that one process was ever seen to do: also what it does no more, other than in the live model. */
export interface WatchedProcess {
  readonly pid: number;
  /** 0: nobody of this run started it. */
  readonly parent: number;
  /** What it runs, as the live view calls it: `main`, `greet`, `Counter`. */
  readonly entry: string;
  /** Id of its module: processes of two programs have different ones. */
  readonly module: number;
  readonly ending: Ending;
  /** The process that killed it or whose death took it along; 0: none. */
  readonly endedBy: number;
  /** Each name that ever led to it. */
  readonly names: ReadonlySet<string>;
  /** Each process it was ever linked with. */
  readonly links: ReadonlySet<number>;
  /** Each process it ever monitored. */
  readonly monitors: ReadonlySet<number>;
  /** Messages it took out of its mailbox. */
  readonly taken: number;
  /** Messages it took although others had come before: it waited for a tag. */
  readonly takenOutOfOrder: number;
  /** How often it waited for a message and none came in time. */
  readonly timeouts: number;
  /** Instructions it has executed so far. A turn has two million; a process that waits uses none. */
  readonly instructions: number;
  /** Linked processes of whose end it was told. If that was a failure and it did not catch it, it ended too. */
  readonly linkEnds: readonly number[];
  /** Monitored processes of whose end it was told. */
  readonly monitoredEnds: readonly number[];
  /** What the runtime says of it: what it was denied, mostly. */
  readonly notices: readonly string[];
  /** Whole lines on stdout. */
  readonly lines: readonly string[];
  /** Counts up with everything seen of the run, so that two moments can be compared. 0: not yet. */
  readonly startedAt: number;
  readonly endedAt: number;
}

/** Of one process: a lesson is about small numbers, a mistake may make large ones. */
const LIST_LIMIT = 1_000;

/** The watch's own side of a WatchedProcess. */
export class ProcessRecord implements WatchedProcess {
  readonly pid: number;
  parent = 0;
  entry = "";
  module = 0;
  ending: Ending = "alive";
  endedBy = 0;
  readonly names = new Set<string>();
  readonly links = new Set<number>();
  readonly monitors = new Set<number>();
  taken = 0;
  takenOutOfOrder = 0;
  timeouts = 0;
  instructions = 0;
  readonly linkEnds: number[] = [];
  readonly monitoredEnds: number[] = [];
  readonly notices: string[] = [];
  readonly lines: string[] = [];
  startedAt = 0;
  endedAt = 0;
  /** It waits for a message. */
  #isReceiving = false;
  /** It waits no more, and no message was the reason so far. */
  #isWoken = false;
  /** Sender and tag of what waits in its mailbox, oldest first. */
  readonly #mailbox: string[] = [];
  #openLine = "";

  constructor(pid: number) {
    this.pid = pid;
  }

  park(isReceive: boolean): void {
    this.#settleWake();
    this.#isReceiving = isReceive;
  }

  wake(): void {
    this.#isWoken = this.#isReceiving;
    this.#isReceiving = false;
  }

  queue(from: number, tag: bigint): void {
    if (this.#mailbox.length < LIST_LIMIT) this.#mailbox.push(`${from} ${tag}`);
  }

  take(from: number, tag: bigint): void {
    // The runtime wakes a process for a message and hands it over at once: nothing of it comes between.
    this.#isWoken = false;
    this.taken++;
    const place = this.#mailbox.indexOf(`${from} ${tag}`);
    if (place > 0) this.takenOutOfOrder++;
    if (place >= 0) this.#mailbox.splice(place, 1);
  }

  end(exitCode: number, by: number, at: number): void {
    this.#settleWake();
    this.ending = ENDINGS.get(exitCode) ?? "returned";
    this.endedBy = by;
    this.endedAt = at;
  }

  /** It does something that a process does only when it runs. */
  act(): void {
    this.#settleWake();
  }

  write(text: string): void {
    const parts = (this.#openLine + text).split("\n");
    this.#openLine = parts.pop() ?? "";
    for (const line of parts) this.note(this.lines, line);
  }

  /** @param list one of its own */
  note<T>(list: T[], item: T): void {
    if (list.length < LIST_LIMIT) list.push(item);
  }

  #settleWake(): void {
    if (this.#isWoken) this.timeouts++;
    this.#isWoken = false;
  }
}

/** Whether it ended as no process should: it crashed, was killed, or went with one that did. */
export function hasFailed({ ending }: WatchedProcess): boolean {
  return ending !== "alive" && ending !== "returned" && ending !== "exited" && ending !== "environmentEnded";
}

const ENDINGS = new Map<number, Ending>(
  Object.entries(ExitCode).map(([name, code]) => [code, name as Ending]),
);
