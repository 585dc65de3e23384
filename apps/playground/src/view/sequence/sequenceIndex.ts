import { EventKind, type History } from "@lunatic-web/runtime/inspect";

/** What gets a row: messages, those left out, and the beginnings and ends of processes. */
const ROW_KINDS: ReadonlySet<EventKind> = new Set([
  EventKind.MessageSent,
  EventKind.MoreMessages,
  EventKind.Spawn,
  EventKind.Exit,
  EventKind.Trap,
]);

/**
 * Which events of a history have a row, and which processes a lifeline: made once per filter, then extended by what is
 * new. Holds 4 bytes per row, so a run of hundred thousands of messages is indexed whole.
 */
export class SequenceIndex {
  readonly #history: History;
  readonly #isWanted: (pid: number) => boolean;
  /** Positions in the history, ascending; the first `#start` are forgotten there. */
  #positions = new Uint32Array(1_024);
  #start = 0;
  #used = 0;
  /** Position up to which events were looked at. */
  #seen: number;
  readonly #columns = new Map<number, number>();
  #pids: number[] = [];
  /** Where lifelines begin and end, as positions. */
  readonly #spawned = new Map<number, number>();
  readonly #ended = new Map<number, number>();

  /** @param isWanted a row is one if either of its processes is wanted */
  constructor(history: History, isWanted: (pid: number) => boolean = () => true) {
    this.#history = history;
    this.#isWanted = isWanted;
    this.#seen = history.first;
    this.update();
  }

  /** Number of rows. */
  get count(): number {
    return this.#used - this.#start;
  }

  /** Processes with a lifeline, in the order in which they first appear. */
  get pids(): readonly number[] {
    return this.#pids;
  }

  column(pid: number): number | undefined {
    return this.#columns.get(pid);
  }

  /** Position in the history of a row's event. @param row from 0 up to, and without, `count` */
  position(row: number): number {
    return this.#positions[this.#start + row]!;
  }

  /** The first row whose event is at a position or after it; `count` if none is. */
  rowAt(position: number): number {
    let low = this.#start;
    let high = this.#used;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#positions[middle]! < position) low = middle + 1;
      else high = middle;
    }
    return low - this.#start;
  }

  /** Position of the event that began a process; undefined: not known. */
  spawnedAt(pid: number): number | undefined {
    return this.#spawned.get(pid);
  }

  endedAt(pid: number): number | undefined {
    return this.#ended.get(pid);
  }

  /** Takes in what the history has got since the last time, and lets go of what it forgot. */
  update(): void {
    const history = this.#history;
    while (this.#start < this.#used && this.#positions[this.#start]! < history.first) this.#start++;
    for (this.#seen = Math.max(this.#seen, history.first); this.#seen < history.end; ) {
      const segment = history.segmentAt(this.#seen);
      for (; this.#seen < segment.end; this.#seen++) {
        const kind = segment.kindAt(this.#seen);
        if (!ROW_KINDS.has(kind)) continue;
        const pid = segment.pidAt(this.#seen);
        if (kind === EventKind.Spawn) this.#spawned.set(pid, this.#seen);
        else if (kind === EventKind.Exit) this.#ended.set(pid, this.#seen);
        const isGap = kind === EventKind.MoreMessages;
        const isPair = kind === EventKind.MessageSent || kind === EventKind.Spawn || isGap;
        const other = isPair ? segment.otherAt(this.#seen) : 0;
        if (!this.#isWanted(pid) && !(other !== 0 && this.#isWanted(other))) continue;
        if (isGap) {
          if (!this.#isInGap()) this.#push(this.#seen);
          continue;
        }
        this.#enter(kind === EventKind.Spawn && other !== 0 ? other : pid);
        this.#enter(kind === EventKind.Spawn ? pid : other);
        this.#push(this.#seen);
      }
    }
  }

  /**
   * What a row stands for that begins with MoreMessages: so many messages were left out there.
   * @param position  of its event
   */
  leftOut(position: number): number {
    let messages = 0;
    for (let at = position; at < this.#seen && this.#history.kindAt(at) === EventKind.MoreMessages; at++) {
      const { pid, other, value } = this.#history.event(at);
      if (this.#isWanted(pid) || (other !== 0 && this.#isWanted(other))) messages += value;
    }
    return messages;
  }

  /** The event that was seen last has a row, or its part in one, for messages left out. */
  #isInGap(): boolean {
    if (this.#start === this.#used) return false;
    for (let at = this.#seen - 1; at > this.#positions[this.#used - 1]!; at--) {
      if (this.#history.kindAt(at) !== EventKind.MoreMessages) return false;
    }
    return this.#history.kindAt(this.#positions[this.#used - 1]!) === EventKind.MoreMessages;
  }

  #enter(pid: number): void {
    if (pid === 0 || this.#columns.has(pid)) return;
    this.#columns.set(pid, this.#pids.push(pid) - 1);
  }

  #push(position: number): void {
    if (this.#used === this.#positions.length) {
      const kept = this.#positions.subarray(this.#start, this.#used);
      const larger = new Uint32Array(Math.max(1_024, 2 * kept.length));
      larger.set(kept);
      this.#positions = larger;
      this.#used = kept.length;
      this.#start = 0;
    }
    this.#positions[this.#used++] = position;
  }
}
