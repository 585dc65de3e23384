import type { FunctionType } from "../binary/module.ts";
import type { ValueType } from "../binary/valueType.ts";
import type { ByteWriter } from "../binary/writer.ts";

/** An index that this kind of instrumentation does not have. */
export const ABSENT = -1;

/** Output indices of what the instrumenter adds, and how the guest's own indices shift. */
export interface HostIndices {
  readonly trap: number;
  readonly grow: number;
  readonly yield: number;
  readonly wait: number;
  readonly baseGlobal: number;
  readonly limitGlobal: number;
  readonly fuelGlobal: number;
  readonly pcbGlobal: number;
  readonly exceptionTag: number;
  /** Output index of the guest's function; of a blocking import, its wrapper's. */
  functionIndex(original: number): number;
  tagIndex(original: number): number;
}

/** Functions that come into being when first used, and what else the bodies' rewriting asks of the module. */
export interface HelperFunctions {
  /** `(fuel) -> fuel`: yields, with what is left of the counter. */
  yieldFunction(): number;
  /** `() -> ()`: yields, with the counter in its global before and after. */
  refuelFunction(): number;
  /** `(deltaPages) -> oldPages`, updating base and limit. */
  growFunction(): number;
  /** Bulk operations with the operands of the instruction they replace. */
  copyFunction(): number;
  fillFunction(): number;
  initFunction(segment: number): number;
  /** Whether the segment is an active one, dropped since the module was instantiated. */
  isActiveSegment(segment: number): boolean;
  /** Writes the block type of a block without parameters. */
  resultType(results: FunctionType["results"], out: ByteWriter): void;
}

/** A function the instrumenter adds. */
export interface AddedFunction {
  readonly name: string;
  readonly typeIndex: number;
  readonly locals: readonly ValueType[];
  readonly code: ByteWriter;
}
