import { type CatchClause, ImmediateReader } from "./immediates.ts";
import { Instructions } from "./instructions.ts";
import type { FunctionType, GuestModule, Range } from "./module.ts";
import {
  GROUP_BASE,
  IMMEDIATE,
  IMMEDIATES,
  OP,
  OPCODE_LIMIT,
  opcodeName,
  PREFIX,
  UNKNOWN_OPCODE,
} from "./opcodes/opcode.ts";
import { ByteReader } from "./reader.ts";

/** Engines refuse functions with more locals, parameters included. */
export const MAX_LOCALS = 50_000;

/** Engines refuse longer bodies. */
export const MAX_BODY_BYTES = 7_654_321;

/** Instructions that change tables or segments, which belong to the instance. */
const CHANGES_INSTANCE: ReadonlySet<number> = new Set([
  OP.tableSet,
  OP.tableInit,
  OP.tableCopy,
  OP.tableGrow,
  OP.tableFill,
  OP.elemDrop,
  OP.dataDrop,
]);

/** The clauses of a `try_table` and where their count stands. */
export interface CatchClauses {
  readonly countStart: number;
  readonly items: readonly CatchClause[];
}

/**
 * Decodes function bodies into `instructions`, one at a time.
 *
 * It checks what the engine, which sees only the output, could not find any more: every index against the guest's
 * own index spaces (ours are appended behind them), every label against the blocks around it (ours lie outside), and
 * that blocks are balanced. Operand types are left to the engine, because what the passes insert takes and leaves the
 * types that the replaced instruction took and left.
 */
export class BodyDecoder {
  readonly instructions = new Instructions();
  /** Parameters and locals of the decoded body. */
  localCount = 0;
  /** Number of local groups, and where they stand behind their count. */
  localGroups = 0;
  localsStart = 0;
  localsEnd = 0;

  /** Whether some handler of the body catches every exception, and whether one of a `try_table` does. */
  catchesAll = false;
  tryTableCatchesAll = false;

  /** The first instruction seen that makes processes sharing an instance see each other, if any. */
  sharingObstacle: string | undefined;

  private readonly module: GuestModule;
  private readonly reader: ByteReader;
  private readonly immediates: ImmediateReader;
  /** Open blocks: the instruction that opened them. */
  private readonly open: number[] = [];
  private readonly hasMemory: boolean;

  constructor(module: GuestModule) {
    this.module = module;
    this.reader = new ByteReader(module.bytes);
    this.immediates = new ImmediateReader(module, this.reader);
    this.hasMemory = module.memory !== undefined;
  }

  /** @throws InstrumentError with the function's index */
  decode(body: Range, functionIndex: number, type: FunctionType): void {
    const { reader } = this;
    reader.at = body.start;
    reader.end = body.end;
    reader.functionIndex = functionIndex;
    if (body.end - body.start > MAX_BODY_BYTES) {
      reader.fail("tooLarge", `its body has ${body.end - body.start} bytes`, "split the function");
    }
    this.catchesAll = this.tryTableCatchesAll = false;
    this.readLocals(type);
    this.readInstructions();
    if (reader.at !== body.end) reader.malformed("bytes follow the function's end");
  }

  private readLocals(type: FunctionType): void {
    const { reader } = this;
    this.localGroups = reader.count("groups of locals", 2);
    this.localsStart = reader.at;
    this.localCount = type.params.length;
    for (let left = this.localGroups; left > 0; left--) {
      const at = reader.at;
      this.localCount += reader.u32();
      if (this.localCount > MAX_LOCALS) {
        reader.fail(
          "tooLarge",
          `it has ${this.localCount} locals`,
          `engines accept at most ${MAX_LOCALS}`,
          at,
        );
      }
      reader.valueType(this.module.types.length);
    }
    this.localsEnd = reader.at;
  }

  private readInstructions(): void {
    const { reader, instructions, open } = this;
    const { bytes } = reader;
    let { op: ops, at: starts, a } = instructions;
    let n = 0;
    open.length = 0;
    for (;;) {
      if (n === ops.length) {
        instructions.grow();
        ({ op: ops, at: starts, a } = instructions);
      }
      const start = reader.at;
      if (start >= reader.end) reader.malformed("the function body ends inside a block");
      let op = bytes[start] as number;
      reader.at = start + 1;
      if (op >= PREFIX.misc) op = this.prefixedOpcode(op, start);
      ops[n] = op;
      starts[n] = start;
      switch (IMMEDIATES[op]) {
        case IMMEDIATE.none:
          if (op === OP.end) {
            if (open.length === 0) {
              instructions.count = n + 1;
              starts[n + 1] = reader.at;
              return;
            }
            instructions.link[open.pop() as number] = n;
          } else if (op === OP.else || op === OP.catchAll) {
            this.checkArm(op, start);
            if (op === OP.catchAll) this.catchesAll = true;
          }
          break;
        case IMMEDIATE.local: {
          // One byte is the common case by far; a call costs more than the read.
          const byte = bytes[reader.at] as number;
          const index = byte < 0x80 && reader.at++ < reader.end ? byte : reader.u32();
          if (index >= this.localCount) this.immediates.missing("local", index, this.localCount, start);
          a[n] = index;
          break;
        }
        case IMMEDIATE.access:
        case IMMEDIATE.accessAndLane:
          this.readAccess(n, op, start);
          break;
        case IMMEDIATE.i32: {
          const byte = bytes[reader.at] as number;
          a[n] = byte < 0x40 && reader.at++ < reader.end ? byte : reader.s32();
          break;
        }
        case IMMEDIATE.block:
          this.immediates.blockType(n, this.instructions);
          open.push(n);
          break;
        case IMMEDIATE.label: {
          const label = reader.u32();
          a[n] = label;
          if (op === OP.delegate) {
            const opener = open.pop();
            if (opener === undefined || ops[opener] !== OP.try) this.misplaced("delegate", "try", start);
            else instructions.link[opener] = n;
          }
          if (label > open.length) this.immediates.missing("label", label, open.length + 1, start);
          break;
        }
        case IMMEDIATE.function:
          a[n] = this.immediates.index("function", this.module.functionTypes.length);
          break;
        case IMMEDIATE.global:
          a[n] = this.immediates.index("global", this.module.globals.length);
          break;
        default:
          this.readRare(n, op, start);
      }
      n++;
    }
  }

  private prefixedOpcode(prefix: number, start: number): number {
    const { reader } = this;
    const group =
      prefix === PREFIX.misc
        ? GROUP_BASE.misc
        : prefix === PREFIX.simd
          ? GROUP_BASE.simd
          : prefix === PREFIX.atomic
            ? GROUP_BASE.atomic
            : OPCODE_LIMIT;
    const number = reader.u32();
    const op = group + number;
    const limit = group === GROUP_BASE.simd ? 0x200 : 0x100;
    if (number >= limit || op >= OPCODE_LIMIT || IMMEDIATES[op] === UNKNOWN_OPCODE) {
      this.immediates.unknownOpcode(`0x${prefix.toString(16)} 0x${number.toString(16)}`, start);
    }
    return op;
  }

  private readAccess(n: number, op: number, start: number): void {
    const { reader, instructions } = this;
    if (!this.hasMemory) this.immediates.noMemory(start);
    const alignment = reader.u32();
    if (alignment >= 0x40) {
      reader.unsupported(
        "an instruction accesses another memory than the only one",
        "build the guest without the multi-memory feature",
        start,
      );
    }
    instructions.b[n] = alignment;
    instructions.a[n] = reader.u32();
    if (IMMEDIATES[op] === IMMEDIATE.accessAndLane) reader.skip(1);
  }

  private readRare(n: number, op: number, start: number): void {
    const { reader, module } = this;
    const { a, b } = this.instructions;
    switch (IMMEDIATES[op]) {
      case IMMEDIATE.labels: {
        const count = reader.count("branch targets");
        let deepest = 0;
        for (let left = count; left >= 0; left--) deepest = Math.max(deepest, reader.u32());
        if (deepest > this.open.length)
          this.immediates.missing("label", deepest, this.open.length + 1, start);
        a[n] = count;
        b[n] = deepest;
        break;
      }
      case IMMEDIATE.catches:
        this.immediates.blockType(n, this.instructions);
        this.readCatches();
        this.open.push(n);
        break;
      case IMMEDIATE.type:
        a[n] = this.immediates.index("type", module.types.length);
        break;
      case IMMEDIATE.indirect:
        a[n] = this.immediates.index("type", module.types.length);
        b[n] = this.immediates.index("table", module.tableCount);
        break;
      case IMMEDIATE.tag:
        if (op === OP.catch) this.checkArm(op, start);
        a[n] = this.immediates.index("tag", module.tagTypes.length);
        break;
      case IMMEDIATE.table:
        this.noteObstacle(op);
        a[n] = this.immediates.index("table", module.tableCount);
        break;
      case IMMEDIATE.twoTables:
        this.noteObstacle(op);
        a[n] = this.immediates.index("table", module.tableCount);
        b[n] = this.immediates.index("table", module.tableCount);
        break;
      case IMMEDIATE.element:
        this.noteObstacle(op);
        a[n] = this.immediates.index("element segment", module.elements.length);
        break;
      case IMMEDIATE.elementAndTable:
        this.noteObstacle(op);
        a[n] = this.immediates.index("element segment", module.elements.length);
        b[n] = this.immediates.index("table", module.tableCount);
        break;
      case IMMEDIATE.data:
        a[n] = this.immediates.dataIndex(start);
        if (module.data[a[n] as number]?.offset === undefined) this.noteObstacle(op);
        break;
      case IMMEDIATE.dataAndMemory:
        a[n] = this.immediates.dataIndex(start);
        this.immediates.memoryIndex(start);
        break;
      case IMMEDIATE.memory:
        this.immediates.memoryIndex(start);
        break;
      case IMMEDIATE.twoMemories:
        this.immediates.memoryIndex(start);
        this.immediates.memoryIndex(start);
        break;
      case IMMEDIATE.i64:
        reader.skipS64();
        break;
      case IMMEDIATE.f32:
        reader.skip(4);
        break;
      case IMMEDIATE.f64:
        reader.skip(8);
        break;
      case IMMEDIATE.v128:
        reader.skip(16);
        break;
      case IMMEDIATE.lane:
        reader.skip(1);
        break;
      case IMMEDIATE.heapType:
        reader.heapType(module.types.length);
        break;
      case IMMEDIATE.types:
        for (let left = reader.count("types"); left > 0; left--) reader.valueType(module.types.length);
        break;
      case IMMEDIATE.fence:
        if (reader.byte() !== 0) reader.malformed("an atomic.fence is not followed by 0x00", start);
        break;
      default:
        this.immediates.unknownOpcode(`0x${op.toString(16)}`, start);
    }
  }

  /** The clauses of the `try_table` at instruction `n`. */
  catchClauses(n: number): CatchClauses {
    const { reader } = this;
    reader.at = (this.instructions.at[n] as number) + 1;
    this.immediates.blockType(n, this.instructions);
    const countStart = reader.at;
    const items: CatchClause[] = [];
    for (let left = reader.u32(); left > 0; left--) items.push(this.immediates.catchClause());
    return { countStart, items };
  }

  private readCatches(): void {
    const { reader } = this;
    for (let left = reader.count("catch clauses", 2); left > 0; left--) {
      const at = reader.at;
      const { tag, label } = this.immediates.catchClause();
      if (label > this.open.length) this.immediates.missing("label", label, this.open.length + 1, at);
      if (tag === undefined) this.catchesAll = this.tryTableCatchesAll = true;
    }
  }

  /** `else` belongs to an if, `catch` and `catch_all` to a try. */
  private checkArm(op: number, start: number): void {
    const { op: ops } = this.instructions;
    const opener = this.open.at(-1);
    const wanted = op === OP.else ? OP.if : OP.try;
    if (opener === undefined || ops[opener] !== wanted) {
      this.misplaced(opcodeName(op), opcodeName(wanted), start);
    }
  }

  private noteObstacle(op: number): void {
    if (CHANGES_INSTANCE.has(op)) this.sharingObstacle ??= `${opcodeName(op)} is used`;
  }

  private misplaced(found: string, wanted: string, start: number): never {
    this.reader.malformed(`a ${found} stands outside a ${wanted}`, start);
  }
}
