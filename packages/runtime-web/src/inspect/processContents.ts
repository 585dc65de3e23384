import type { GuestFrame } from "./trapText.ts";

/** Messages of a mailbox that are told one by one, the oldest; of the rest only the number. */
export const QUEUED_SHOWN = 50;
/** Bytes of a message that are told. */
export const PAYLOAD_SHOWN_BYTES = 256;

/** A message that waits. */
export interface QueuedMessage {
  readonly kind: "data" | "linkDied" | "processDied";
  /** 0: unknown. */
  readonly from: number;
  /** 0n: none. */
  readonly tag: bigint;
  readonly sizeBytes: number;
  /** Its first bytes, up to 256; empty unless it is data. */
  readonly head: Uint8Array<ArrayBuffer>;
}

/**
 * What a process holds: everything that events do not tell, because it would cost too much to tell it of all. It is
 * asked for, of one process, when somebody looks.
 */
export interface ProcessContents {
  readonly pid: number;
  /** All that wait. */
  readonly mailboxDepth: number;
  /** The first 50 of them, oldest first. */
  readonly mailbox: readonly QueuedMessage[];
  /** Tags that its receive waits for; undefined: any message, or it is in no receive. */
  readonly awaitedTags: readonly bigint[] | undefined;
  /**
   * The guest functions it is in, innermost first: where it waits, or where it goes on at its next turn. undefined: it has not
   * run, runs on the page, or its stack was not taken when it gave its thread up, because nobody observes or too many did;
   * having been asked for, it is taken the next time.
   */
  readonly stack: readonly GuestFrame[] | undefined;
  readonly dieWhenLinkDies: boolean;
  /** Pid and tag of each link. */
  readonly links: readonly { readonly pid: number; readonly tag: bigint }[];
  readonly config: {
    readonly maxMemoryBytes: bigint;
    /** Units of 100,000 instructions; 0n: unlimited. */
    readonly maxFuel: bigint;
    readonly mayCompileModules: boolean;
    readonly mayCreateConfigs: boolean;
    readonly maySpawn: boolean;
    readonly preopenedDirectories: readonly string[];
    readonly args: readonly string[];
    readonly env: readonly (readonly [key: string, value: string])[];
  };
  /** How many of each it holds. */
  readonly resources: {
    readonly errors: number;
    readonly configs: number;
    readonly modules: number;
    readonly timers: number;
  };
}
