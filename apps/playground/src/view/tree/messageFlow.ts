import { EventKind, type InspectionEvent, type Pace } from "@lunatic-web/runtime/inspect";

/** Marks on their way at once. More would cost frames and show nothing more. */
const MAX_MARKS = 500;
/** Pairs that get marks of their own per frame; beyond it, crowds speak with one voice. */
const MAX_PAIRS = 160;
/** A pair sends its next mark this much later at the earliest: what happens between travels on it. */
const MARK_EVERY_MS = 90;
const TRAVEL_MS = 620;
/** Of a message that a step has sent: slow enough to see whence it comes. */
const STEP_TRAVEL_MS = 1_100;
/** A mark of a run in slow motion is under way for this part of the time until the next slice. */
const SLICE_SHARE = 0.9;
/** How long the line of a conversation stays after its mark has arrived. */
const LINGER_MS = 380;
const MAX_TRACES = 600;

/** Two processes, or two crowds, of which one sends to the other. */
export interface Flow {
  readonly from: number;
  readonly to: number;
  /** What `from` and `to` stand for: one process each, or all that share a node with it. */
  readonly isWhole: boolean;
  lastMs: number;
  lastMarkMs: number;
  /** Messages since the last mark. */
  waiting: number;
}

export interface Mark {
  readonly flow: Flow;
  readonly startMs: number;
  /** Messages that it stands for. */
  readonly count: number;
}

/**
 * Messages as marks that move: counted as they come, in constant time each, and turned into a bounded number of marks
 * once per frame.
 */
export class MessageFlow {
  marks: Mark[] = [];
  readonly flows = new Map<number | string, Flow>();
  #pending = new Map<number, { readonly from: number; readonly to: number; count: number }>();

  /** How long a mark is on its way. */
  travelMs = TRAVEL_MS;
  /** The run stands still: what its last step sent stays to be seen until something else happens. */
  #isHeld = false;
  #hasNews = false;
  /** When something happened last. */
  #newsMs = Number.NEGATIVE_INFINITY;

  /** How long the line of a conversation stays. */
  get traceMs(): number {
    return this.travelMs + LINGER_MS;
  }

  /** Marks move as fast as the run goes on; while it stands still, those of the last step stay. */
  follow(pace: Pace | undefined): void {
    this.#isHeld = pace?.state === "paused";
    const sliceMs = pace?.slicesPerSecond === undefined ? 0 : 1_000 / pace.slicesPerSecond;
    this.travelMs = this.#isHeld ? STEP_TRAVEL_MS : Math.max(TRAVEL_MS, SLICE_SHARE * sliceMs);
  }

  /** From 0, just sent on, to 1, when its line goes. */
  age({ lastMs }: Flow, nowMs: number): number {
    return this.#isKept(lastMs) ? 0 : (nowMs - lastMs) / this.traceMs;
  }

  add(events: readonly InspectionEvent[]): void {
    this.#hasNews ||= events.length > 0;
    for (const { kind, pid, other, value } of events) {
      const isMore = kind === EventKind.MoreMessages;
      if ((kind !== EventKind.MessageSent && !isMore) || pid === 0 || other === 0) continue;
      const messages = isMore ? value : 1;
      // Pids below 2^26 make a key of their own; larger ones may share one, which merges two marks.
      const key = pid * 67_108_864 + other;
      const known = this.#pending.get(key);
      if (known) known.count += messages;
      else this.#pending.set(key, { from: pid, to: other, count: messages });
    }
  }

  clear(): void {
    this.marks = [];
    this.flows.clear();
    this.#pending.clear();
  }

  /**
   * Turns what came since the last time into marks, and lets those that have arrived go.
   * @param nodeOf what stands for a process in the picture; undefined: nothing
   * @returns whether anything moves
   */
  advance(nowMs: number, nodeOf: (pid: number) => string | number | undefined): boolean {
    const { travelMs, traceMs } = this;
    if (this.#hasNews) this.#newsMs = nowMs;
    this.#hasNews = false;
    this.marks = this.marks.filter(({ startMs }) => nowMs - startMs < travelMs || this.#isKept(startMs));
    const isCrowded = this.#pending.size > MAX_PAIRS;
    for (const { from, to, count } of this.#pending.values()) {
      const fromNode = nodeOf(from);
      const toNode = nodeOf(to);
      if (fromNode === undefined || toNode === undefined) continue;
      const key = isCrowded ? `${fromNode}>${toNode}` : from * 67_108_864 + to;
      let flow = this.flows.get(key);
      if (!flow) {
        if (this.flows.size >= MAX_TRACES) continue;
        flow = {
          from,
          to,
          isWhole: isCrowded,
          lastMs: nowMs,
          lastMarkMs: Number.NEGATIVE_INFINITY,
          waiting: 0,
        };
        this.flows.set(key, flow);
      }
      flow.lastMs = nowMs;
      flow.waiting += count;
    }
    this.#pending.clear();
    for (const [key, flow] of this.flows) {
      if (flow.waiting > 0 && nowMs - flow.lastMarkMs >= MARK_EVERY_MS && this.marks.length < MAX_MARKS) {
        this.marks.push({ flow, startMs: nowMs, count: flow.waiting });
        flow.lastMarkMs = nowMs;
        flow.lastMs = nowMs;
        flow.waiting = 0;
      }
      if (nowMs - flow.lastMs > traceMs && !this.#isKept(flow.lastMs)) this.flows.delete(key);
    }
    if (!this.#isHeld) return this.flows.size > 0;
    const isTravelling = this.marks.some(({ startMs }) => nowMs - startMs < travelMs);
    return isTravelling || [...this.flows.values()].some((flow) => !this.#isKept(flow.lastMs));
  }
  #isKept(sinceMs: number): boolean {
    return this.#isHeld && sinceMs >= this.#newsMs;
  }
}
