import type { BodyDecoder } from "../binary/decodeBody.ts";
import { OP } from "../binary/opcodes/opcode.ts";
import type { BodyWriter } from "./bodyWriter.ts";
import type { HostIndices } from "./hostIndices.ts";

/** The clause of a `try_table` that names a tag and takes no reference. */
const CATCH_CLAUSE = 0x00;

/**
 * The exception pass: a kill or a trap travels through the guest as a JavaScript exception, and a handler that catches
 * everything must not see it. In front of every such handler one for the host's exceptions passes them on.
 */
export class ExceptionPass {
  private readonly host: HostIndices;
  private readonly writer: BodyWriter;
  private readonly decoder: BodyDecoder;

  constructor(host: HostIndices, writer: BodyWriter, decoder: BodyDecoder) {
    this.host = host;
    this.writer = writer;
    this.decoder = decoder;
  }

  /** Instruction `n`, a `throw` or legacy `catch`, with its tag's new index. */
  replaceTag(n: number, original: number): void {
    const index = this.host.tagIndex(original);
    if (index === original) return;
    const { writer, decoder } = this;
    const { at, op } = decoder.instructions;
    writer.copyUpTo(at[n] as number);
    writer.opcode(op[n] as number);
    writer.code.u32(index);
    writer.skipTo(at[n + 1] as number);
  }

  /** The legacy `catch_all` at instruction `n` gets a sibling before it. */
  rethrowHostExceptions(n: number): void {
    const { writer, host, decoder } = this;
    writer.copyUpTo(decoder.instructions.at[n] as number);
    writer.code.byte(OP.catch);
    writer.code.u32(host.exceptionTag);
    writer.code.raw(OP.rethrow, 0);
  }

  /**
   * The clauses of the `try_table` at instruction `n` with their tags' new indices; before the first that catches
   * everything, one takes host exceptions to the function's wrapper.
   * @param depth blocks of the guest around the instruction; the wrapper's label follows the function's own
   */
  rewriteCatches(n: number, depth: number): void {
    const { writer, host, decoder } = this;
    const { code } = writer;
    const { countStart, items } = decoder.catchClauses(n);
    const guarded = items.findIndex((clause) => clause.tag === undefined);
    writer.copyUpTo(countStart);
    code.u32(items.length + (guarded < 0 ? 0 : 1));
    for (const [position, clause] of items.entries()) {
      if (position === guarded) {
        code.byte(CATCH_CLAUSE);
        code.u32(host.exceptionTag);
        code.u32(depth + 1);
      }
      code.byte(clause.kind);
      if (clause.tag !== undefined) code.u32(host.tagIndex(clause.tag));
      code.u32(clause.label);
    }
    writer.skipTo(decoder.instructions.at[n + 1] as number);
  }
}
