const INITIAL_CAPACITY = 4096;

/**
 * The instructions of one function body in flat arrays, reused from function to function.
 * Instruction `n` takes the input's bytes `at[n]` to `at[n + 1]`.
 */
export class Instructions {
  count = 0;
  /** Opcode numbers of `opcode.ts`. */
  op = new Uint16Array(INITIAL_CAPACITY);
  /** Byte offset in the module; one more entry than there are instructions. */
  at = new Uint32Array(INITIAL_CAPACITY + 1);
  /**
   * First immediate: an index, a label depth, an `i32.const` value, a memory access's offset, a block's parameter
   * count, the number of `br_table` targets or `try_table` clauses.
   */
  a = new Int32Array(INITIAL_CAPACITY);
  /**
   * Second immediate: a memory access's alignment field, a block's result count, the table of an indirect call, the
   * deepest target of a `br_table`.
   */
  b = new Int32Array(INITIAL_CAPACITY);
  /**
   * Of an instruction that opens a block, the one that closes it (`end` or `delegate`); of one that assigns a
   * local, the next one that assigns it, or 0.
   */
  link = new Int32Array(INITIAL_CAPACITY);

  /** Doubles the capacity, keeping the contents. */
  grow(): void {
    const capacity = this.op.length * 2;
    this.op = grown(this.op, new Uint16Array(capacity));
    this.at = grown(this.at, new Uint32Array(capacity + 1));
    this.a = grown(this.a, new Int32Array(capacity));
    this.b = grown(this.b, new Int32Array(capacity));
    this.link = grown(this.link, new Int32Array(capacity));
  }
}

function grown<T extends Uint16Array | Uint32Array | Int32Array>(from: T, to: T): T {
  to.set(from);
  return to;
}
