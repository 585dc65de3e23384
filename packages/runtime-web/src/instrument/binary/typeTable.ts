import type { FunctionType } from "./module.ts";
import { VALUE_TYPE, type ValueType } from "./valueType.ts";
import type { ByteWriter } from "./writer.ts";

const FUNCTION_FORM = 0x60;
const EMPTY_BLOCK = 0x40;

/** Types appended behind the guest's own, each once. */
export class AddedTypes {
  private readonly guestCount: number;
  private readonly types: FunctionType[] = [];
  private readonly indices = new Map<string, number>();

  constructor(guestCount: number) {
    this.guestCount = guestCount;
  }

  get count(): number {
    return this.types.length;
  }

  /** Output index of the function type. */
  index(params: readonly ValueType[], results: readonly ValueType[]): number {
    const key = `${params.join()}>${results.join()}`;
    let index = this.indices.get(key);
    if (index === undefined) {
      index = this.guestCount + this.types.length;
      this.types.push({ params, results });
      this.indices.set(key, index);
    }
    return index;
  }

  /** Writes the block type of a block without parameters. */
  writeBlockType(results: readonly ValueType[], out: ByteWriter): void {
    const [only] = results;
    if (only === undefined) out.byte(EMPTY_BLOCK);
    else if (results.length === 1) out.valueType(only);
    // Block types are signed: type indices have a sign bit of zero.
    else out.s64(this.index([], results));
  }

  write(out: ByteWriter): void {
    for (const { params, results } of this.types) {
      out.byte(FUNCTION_FORM);
      out.u32(params.length);
      for (const type of params) out.valueType(type);
      out.u32(results.length);
      for (const type of results) out.valueType(type);
    }
  }
}

/** The type of `(i32 × count) -> ()`. */
export function i32Params(count: number): ValueType[] {
  return new Array<ValueType>(count).fill(VALUE_TYPE.i32);
}
