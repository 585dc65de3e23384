/**
 * What of the WebAssembly test suite instrumented modules do not do. Nothing is skipped: every script runs, and a row
 * that no longer applies fails the run.
 */

/** Valid modules that `instrument` refuses as unsupported. */
export interface UnsupportedRow {
  /** Matches `InstrumentError.finding`. Every refusal matches exactly one row. */
  readonly finding: RegExp;
  readonly reason: string;
  /** How many of the suite's modules it is. */
  readonly modules: number;
}

export const UNSUPPORTED: readonly UnsupportedRow[] = [
  {
    finding: /^the memory is imported/,
    reason: "a process's memory is its region; nothing can share it",
    modules: 268,
  },
  { finding: /^there are \d+ memories/, reason: "several memories", modules: 61 },
  { finding: /64-bit addresses/, reason: "memory64", modules: 53 },
  { finding: /^the memory is shared/, reason: "threads", modules: 10 },
  { finding: /^a type is not a function type/, reason: "recursive types and the types of gc", modules: 191 },
  { finding: /belongs to the gc or stack-switching feature/, reason: "gc", modules: 9 },
  { finding: /^opcode 0xfc 0x13 is unknown/, reason: "wide arithmetic, a proposal", modules: 2 },
  {
    finding: /is no kind of import|^0x62 is not a value type/,
    reason: "custom descriptors, a proposal",
    modules: 8,
  },
  { finding: /^0x[89c] are no limits/, reason: "custom page sizes, a proposal", modules: 12 },
];

/** A row per script; `lines` are commands that hold on original modules and not on instrumented ones. */
export interface DeviationRow {
  readonly script: string;
  readonly lines: readonly number[];
  readonly reason: string;
}

/** The suite's linking scripts write through a memory or table that a refused module shares. */
const SHARED_WITH_REFUSED =
  "a module that imports the memory was refused, so its segments and stores did not happen before this line";

export const DEVIATIONS: readonly DeviationRow[] = [
  { script: "core/linking", lines: [506, 507, 563, 564, 576, 609, 610], reason: SHARED_WITH_REFUSED },
  {
    script: "function-references/linking",
    lines: [523, 524, 580, 581, 593, 626, 627],
    reason: SHARED_WITH_REFUSED,
  },
  { script: "multi-memory/linking0", lines: [42], reason: SHARED_WITH_REFUSED },
  { script: "multi-memory/load1", lines: [25, 26, 27, 28, 29], reason: SHARED_WITH_REFUSED },
  { script: "multi-memory/linking3", lines: [82, 83], reason: SHARED_WITH_REFUSED },
  { script: "mutable-global/linking", lines: [288, 289], reason: SHARED_WITH_REFUSED },
  {
    script: "reference-types/linking",
    lines: [349, 350, 406, 407, 419, 452, 453],
    reason: SHARED_WITH_REFUSED,
  },
];
