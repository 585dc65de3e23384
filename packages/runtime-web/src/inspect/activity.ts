import { EventKind } from "./events.ts";
import type { InspectionEvent } from "./inspectionEvent.ts";

/** Stretches of time that are told apart; when a run outgrows them, neighbours become one. */
export const MAX_BINS = 512;
const FIRST_WIDTH_MS = 1;

/** All that an Activity has counted. */
export interface ActivityCounts {
  readonly widthMs: number;
  readonly used: number;
  readonly messages: readonly number[];
  readonly spawns: readonly number[];
  readonly exits: readonly number[];
  readonly traps: readonly number[];
}

/** How much happened when: counts per stretch of time, of bounded size however long a run lasts. */
export class Activity {
  #widthMs = FIRST_WIDTH_MS;
  #used = 0;
  readonly messages = new Uint32Array(MAX_BINS);
  readonly spawns = new Uint32Array(MAX_BINS);
  readonly exits = new Uint32Array(MAX_BINS);
  readonly traps = new Uint32Array(MAX_BINS);

  /** Milliseconds that one entry stands for. */
  get widthMs(): number {
    return this.#widthMs;
  }

  /** Entries up to the latest event. */
  get used(): number {
    return this.#used;
  }

  /** Takes in one event. */
  count({ kind, timeMs, value }: InspectionEvent): void {
    const counts = this.#countsOf(kind);
    if (!counts || !(timeMs >= 0)) return;
    while (timeMs >= MAX_BINS * this.#widthMs) this.#halve();
    const bin = Math.floor(timeMs / this.#widthMs);
    counts[bin]! += kind === EventKind.MoreMessages ? value : 1;
    this.#used = Math.max(this.#used, bin + 1);
  }

  /** @internal For a recording. */
  capture(): ActivityCounts {
    const used = (counts: Uint32Array) => [...counts.subarray(0, this.#used)];
    return {
      widthMs: this.#widthMs,
      used: this.#used,
      messages: used(this.messages),
      spawns: used(this.spawns),
      exits: used(this.exits),
      traps: used(this.traps),
    };
  }

  /** @internal Takes the place of what it has counted. @param counts with at most 512 entries each */
  restore(counts: ActivityCounts): void {
    this.#widthMs = counts.widthMs;
    this.#used = counts.used;
    for (const name of ["messages", "spawns", "exits", "traps"] as const) {
      this[name].fill(0);
      this[name].set(counts[name]);
    }
  }

  #countsOf(kind: EventKind): Uint32Array | undefined {
    if (kind === EventKind.MessageSent || kind === EventKind.MoreMessages) return this.messages;
    if (kind === EventKind.Spawn) return this.spawns;
    if (kind === EventKind.Exit) return this.exits;
    return kind === EventKind.Trap ? this.traps : undefined;
  }

  #halve(): void {
    this.#widthMs *= 2;
    this.#used = Math.ceil(this.#used / 2);
    for (const counts of [this.messages, this.spawns, this.exits, this.traps]) {
      for (let bin = 0; bin < MAX_BINS / 2; bin++) counts[bin] = counts[2 * bin]! + counts[2 * bin + 1]!;
      counts.fill(0, MAX_BINS / 2);
    }
  }
}
