import { InstrumentError } from "../error.ts";
import type { Section } from "./module.ts";
import { ByteReader } from "./reader.ts";
import { ByteWriter } from "./writer.ts";

/** Name of the custom section; it must stand before the code section. */
export const BRANCH_HINT_SECTION = "metadata.code.branch_hint";

/** One hint: where the branch stands, from the start of its function's body, and 0 (unlikely) or 1 (likely). */
export interface BranchHint {
  readonly offset: number;
  readonly value: number;
}

/** Collects hints and writes the section's payload. */
export class BranchHintWriter {
  private readonly functions = new ByteWriter(1 << 12);
  private count = 0;

  /** Hints of the next function (output index), ascending by offset. */
  add(functionIndex: number, hints: readonly BranchHint[]): void {
    if (hints.length === 0) return;
    this.count++;
    this.functions.u32(functionIndex);
    this.functions.u32(hints.length);
    for (const { offset, value } of hints) {
      this.functions.u32(offset);
      this.functions.raw(1, value);
    }
  }

  get isEmpty(): boolean {
    return this.count === 0;
  }

  write(out: ByteWriter): void {
    out.name(BRANCH_HINT_SECTION);
    out.u32(this.count);
    out.append(this.functions);
  }
}

/**
 * The hints a guest brought, by function index.
 * Empty if the section cannot be read: engines ignore such a section too.
 */
export function readBranchHints(
  bytes: Uint8Array,
  section: Section | undefined,
): Map<number, readonly BranchHint[]> {
  const hints = new Map<number, readonly BranchHint[]>();
  if (section === undefined) return hints;
  const reader = new ByteReader(bytes, section.payloadStart, section.end);
  try {
    for (let left = reader.count("hinted functions", 2); left > 0; left--) {
      const index = reader.u32();
      const ofFunction: BranchHint[] = [];
      for (let remaining = reader.count("hints", 3); remaining > 0; remaining--) {
        const offset = reader.u32();
        if (reader.u32() !== 1) return new Map();
        ofFunction.push({ offset, value: reader.byte() & 1 });
      }
      hints.set(index, ofFunction);
    }
  } catch (error) {
    if (error instanceof InstrumentError) return new Map();
    throw error;
  }
  return hints;
}
