const TYPE_I32: u8 = 0x7f;
const TYPE_I64: u8 = 0x7e;
const TYPE_V128: u8 = 0x7b;
/** A type byte and 16 bytes of value. */
const SIZE: i32 = 17;

/**
 * The arguments of an exported function that a process is to run.
 *
 * ```ts
 * module.spawn<string>("run", new Params().i32(7).i64(1_000_000_000_000));
 * ```
 */
export class Params {
  private readonly bytes: Array<u8> = [];

  /** Adds an argument of the type i32. */
  i32(value: i32): this {
    return this.add(TYPE_I32, <u64>(<i64>value), value < 0 ? u64.MAX_VALUE : 0);
  }

  /** Adds an argument of the type i64. */
  i64(value: i64): this {
    return this.add(TYPE_I64, <u64>value, value < 0 ? u64.MAX_VALUE : 0);
  }

  /** Adds an argument of the type v128, from its lower and its upper half. */
  v128(low: u64, high: u64): this {
    return this.add(TYPE_V128, low, high);
  }

  /** Where they lie in memory, as the host takes them. */
  get start(): usize {
    return this.bytes.dataStart;
  }

  /** How many bytes they take. */
  get length(): i32 {
    return this.bytes.length;
  }

  private add(type: u8, low: u64, high: u64): this {
    const at = this.bytes.length;
    this.bytes.length = at + SIZE;
    const to = this.bytes.dataStart + <usize>at;
    store<u8>(to, type);
    store<u64>(to, low, 1);
    store<u64>(to, high, 9);
    return this;
  }
}
