import type { Instructions } from "./instructions.ts";
import type { GuestModule } from "./module.ts";
import type { ByteReader } from "./reader.ts";

const EMPTY_BLOCK = 0x40;

/** A clause of a `try_table`; without a tag it catches everything. Labels count from outside the block. */
export interface CatchClause {
  readonly kind: number;
  readonly tag: number | undefined;
  readonly label: number;
}

/**
 * Reads the immediates that name something of the module, and refuses names of what the guest does not have: behind
 * the guest's own indices lie ours.
 */
export class ImmediateReader {
  private readonly module: GuestModule;
  private readonly reader: ByteReader;

  constructor(module: GuestModule, reader: ByteReader) {
    this.module = module;
    this.reader = reader;
  }

  /** A block type; its parameter and result counts become the instruction's immediates. */
  blockType(n: number, instructions: Instructions): void {
    const { reader } = this;
    const { types } = this.module;
    const at = reader.at;
    const byte = reader.byte();
    let params = 0;
    let results = 0;
    if (byte !== EMPTY_BLOCK) {
      reader.at = at;
      if (byte >= EMPTY_BLOCK && byte < 0x80) {
        reader.valueType(types.length);
        results = 1;
      } else {
        const index = reader.s33();
        const type = index < 0 ? undefined : types[index];
        if (type === undefined) this.missing("type", index, types.length, at);
        params = type.params.length;
        results = type.results.length;
      }
    }
    instructions.a[n] = params;
    instructions.b[n] = results;
  }

  /** A clause of a `try_table`; its label is for the caller to check. */
  catchClause(): CatchClause {
    const { reader, module } = this;
    const kind = reader.byte();
    if (kind > 3) reader.malformed(`0x${kind.toString(16)} is no catch clause`, reader.at - 1);
    const tag = kind < 2 ? this.index("tag", module.tagTypes.length) : undefined;
    return { kind, tag, label: reader.u32() };
  }

  /** An index below `size`. */
  index(space: string, size: number): number {
    const at = this.reader.at;
    const index = this.reader.u32();
    if (index >= size) this.missing(space, index, size, at);
    return index;
  }

  dataIndex(start: number): number {
    if (this.module.dataCount === undefined) {
      this.reader.malformed("memory.init or data.drop needs the data count section, which is missing", start);
    }
    return this.index("data segment", this.module.data.length);
  }

  memoryIndex(start: number): void {
    if (this.module.memory === undefined) this.noMemory(start);
    const { reader } = this;
    const at = reader.at;
    if (reader.byte() !== 0) {
      reader.unsupported(
        "an instruction names another memory than the only one",
        "build the guest without the multi-memory feature",
        at,
      );
    }
  }

  noMemory(start: number): never {
    this.reader.invalid("an instruction accesses memory, but the module has none", start);
  }

  missing(space: string, index: number, size: number, at: number): never {
    this.reader.invalid(`${space} ${index} does not exist, there are ${size}`, at);
  }

  unknownOpcode(found: string, start: number): never {
    this.reader.unsupported(
      `opcode ${found} is unknown`,
      "build the guest for WebAssembly 2.0 (without gc, wide arithmetic, stack switching or custom proposals)",
      start,
    );
  }
}
