import { ByteWriter } from "./binary/writer.ts";
import type { InstrumentInfo } from "./info.ts";

/**
 * Builds the map from new to old code offsets.
 *
 * It is a list of copied spans in order, three LEB128 numbers each: bytes of old code since the previous span's end,
 * the span's length, bytes of new code since the previous span's end. What lies between two spans in the new code was
 * written for the instruction that begins where the earlier span ended in the old code (the list also holds empty
 * spans, so that each such instruction has its place). Offsets are relative to the code sections' contents.
 */
export class OffsetMapBuilder {
  private readonly runs = new ByteWriter(1 << 12);
  private oldEnd = 0;
  private newEnd = 0;

  addSpan(oldStart: number, newStart: number, length: number): void {
    this.runs.u32(oldStart - this.oldEnd);
    this.runs.u32(length);
    this.runs.u32(newStart - this.newEnd);
    this.oldEnd = oldStart + length;
    this.newEnd = newStart + length;
  }

  toBytes(): Uint8Array<ArrayBuffer> {
    return this.runs.toBytes();
  }
}

/**
 * The module-relative byte offset in the guest's own module for one in the instrumented module, both as engines print
 * them in stack traces (`wasm-function[12]:0x4a1`).
 * @returns `undefined` for offsets outside code, and in functions the instrumenter added
 */
export function originalOffset(
  info: Pick<InstrumentInfo, "offsetMap">,
  newOffset: number,
): number | undefined {
  const { offsetMap } = info;
  const { runs, originalCodeStart, codeStart } = offsetMap;
  const target = newOffset - codeStart;
  if (target < 0) return undefined;
  let at = 0;
  const next = (): number => {
    let value = 0;
    let shift = 0;
    for (;;) {
      const byte = runs[at++] as number;
      value |= (byte & 0x7f) << shift;
      if (byte < 0x80) return value;
      shift += 7;
    }
  };
  let oldEnd = 0;
  let newEnd = 0;
  while (at < runs.length) {
    const oldStart = oldEnd + next();
    const length = next();
    const newStart = newEnd + next();
    if (target < newStart) return oldEnd === 0 ? undefined : originalCodeStart + oldEnd;
    if (target < newStart + length) return originalCodeStart + oldStart + (target - newStart);
    oldEnd = oldStart + length;
    newEnd = newStart + length;
  }
  return undefined;
}
