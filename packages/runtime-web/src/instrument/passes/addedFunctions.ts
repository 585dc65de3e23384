import type { FunctionType, GuestModule } from "../binary/module.ts";
import { GROUP_BASE, OP, PREFIX } from "../binary/opcodes/opcode.ts";
import { type AddedTypes, i32Params } from "../binary/typeTable.ts";
import { VALUE_TYPE, type ValueType } from "../binary/valueType.ts";
import { ByteWriter } from "../binary/writer.ts";
import { CONTROL_BLOCK, EXPORT_PREFIX, HOST_EXPORT, PAGE_BYTES, SLOT_BYTES, TRAP } from "../layout.ts";
import { type ControlBlockLayout, loadWord, storeWord } from "./controlBlock.ts";
import { ABSENT, type AddedFunction, type HelperFunctions, type HostIndices } from "./hostIndices.ts";

const { i32 } = VALUE_TYPE;
const EMPTY_BLOCK = 0x40;

/** A bulk operation pays one unit of fuel per this many bytes, as a shift count. */
const BULK_BYTES_PER_FUEL_LOG2 = 6;

/** The functions behind the guest's own: what the host calls, and what the rewritten bodies call. */
export class AddedFunctions implements HelperFunctions {
  readonly functions: AddedFunction[] = [];

  private readonly module: GuestModule;
  private readonly types: AddedTypes;
  private readonly host: HostIndices;
  private readonly block: ControlBlockLayout;
  private readonly firstIndex: number;
  private readonly countsFuel: boolean;
  private readonly byName = new Map<string, number>();

  constructor(
    module: GuestModule,
    types: AddedTypes,
    host: HostIndices,
    block: ControlBlockLayout,
    firstIndex: number,
    countsFuel: boolean,
  ) {
    this.module = module;
    this.types = types;
    this.host = host;
    this.block = block;
    this.firstIndex = firstIndex;
    this.countsFuel = countsFuel;
  }

  isActiveSegment(segment: number): boolean {
    return this.module.data[segment]?.offset !== undefined;
  }

  resultType(results: readonly ValueType[], out: ByteWriter): void {
    this.types.writeBlockType(results, out);
  }

  /** `init`, see `HOST_EXPORT`. Parameters: 0 pcb, 1 base, 2 limit, 3 fuel. */
  initProcess(): number {
    return this.once(HOST_EXPORT.init, i32Params(4), [], [i32], (code) => {
      const words = [CONTROL_BLOCK.base, CONTROL_BLOCK.limit, CONTROL_BLOCK.fuel];
      for (const [k, offset] of words.entries()) {
        code.raw(OP.localGet, 0, OP.localGet, k + 1);
        storeWord(code, i32, offset);
      }
      code.raw(OP.localGet, 0, OP.i32Const, 0);
      storeWord(code, i32, CONTROL_BLOCK.pending);
      for (const { index, type, offset } of this.block.globals) {
        const init = this.module.globals[index]?.init;
        if (init === undefined) continue;
        code.raw(OP.localGet, 0);
        code.copy(this.module.bytes, init.start, init.end - 1);
        storeWord(code, type, offset);
      }
      for (const segment of this.module.data.keys()) this.applySegment(code, segment);
    });
  }

  /** `save`. Base and limit are not written: in the control block they are always the right ones. */
  save(): number {
    return this.once(HOST_EXPORT.save, [], [], [], (code) => {
      this.saveGlobal(code, this.host.fuelGlobal, i32, CONTROL_BLOCK.fuel);
      for (const { index, type, offset } of this.block.globals) this.saveGlobal(code, index, type, offset);
    });
  }

  /** An entry thunk for the guest's function; `name` is its export's name behind the prefix. */
  entry(name: string, original: number, type: FunctionType): number {
    return this.once(name, [i32], [], [], (code) => {
      code.raw(OP.localGet, 0);
      this.call(code, this.load());
      const [result] = type.results;
      if (result !== undefined) code.raw(OP.localGet, 0);
      for (const [k, param] of type.params.entries()) {
        code.raw(OP.localGet, 0);
        loadWord(code, param, CONTROL_BLOCK.arguments + k * SLOT_BYTES);
      }
      this.call(code, this.host.functionIndex(original));
      if (result !== undefined) storeWord(code, result, CONTROL_BLOCK.result);
      this.call(code, this.save());
    });
  }

  /** The wrapper of a blocking import: calls it, and suspends only if the host left something pending. */
  blockingImport(importIndex: number, type: FunctionType): number {
    const pcb = type.params.length;
    return this.once(`wait:${importIndex}`, type.params, type.results, [i32], (code) => {
      for (const k of type.params.keys()) {
        code.byte(OP.localGet);
        code.u32(k);
      }
      this.call(code, importIndex);
      this.returnUnlessPending(code, type.results.length);
      this.suspend(code, pcb);
      const [result] = type.results;
      if (result === undefined) return;
      code.byte(OP.localGet);
      code.u32(pcb);
      loadWord(code, result, CONTROL_BLOCK.result);
    });
  }

  yieldFunction(): number {
    const { host } = this;
    return this.once("yield", [i32], [i32], [i32], (code) => {
      code.raw(OP.localGet, 0);
      this.globalSet(code, host.fuelGlobal);
      this.call(code, host.yield);
      if (host.pcbGlobal === ABSENT) return;
      this.returnUnlessPending(code, 1);
      this.suspend(code, 1);
      this.globalGet(code, host.fuelGlobal);
    });
  }

  refuelFunction(): number {
    const { fuelGlobal } = this.host;
    return this.once("refuel", [], [], [], (code) => {
      this.globalGet(code, fuelGlobal);
      this.call(code, this.yieldFunction());
      this.globalSet(code, fuelGlobal);
    });
  }

  growFunction(): number {
    const { host } = this;
    return this.once("grow", [i32], [i32], [], (code) => {
      code.raw(OP.localGet, 0);
      this.call(code, host.grow);
      this.loadGlobal(code, host.baseGlobal, i32, CONTROL_BLOCK.base, () =>
        this.globalGet(code, host.pcbGlobal),
      );
      this.loadGlobal(code, host.limitGlobal, i32, CONTROL_BLOCK.limit, () =>
        this.globalGet(code, host.pcbGlobal),
      );
    });
  }

  copyFunction(): number {
    return this.once("copy", i32Params(3), [], [], (code) => {
      this.trapUnlessInside(code, 0, 2);
      this.trapUnlessInside(code, 1, 2);
      this.chargeBytes(code, 2);
      this.displaced(code, 0);
      this.displaced(code, 1);
      code.raw(OP.localGet, 2, PREFIX.misc, OP.memoryCopy - GROUP_BASE.misc, 0, 0);
    });
  }

  fillFunction(): number {
    return this.once("fill", i32Params(3), [], [], (code) => {
      this.trapUnlessInside(code, 0, 2);
      this.chargeBytes(code, 2);
      this.displaced(code, 0);
      code.raw(OP.localGet, 1, OP.localGet, 2, PREFIX.misc, OP.memoryFill - GROUP_BASE.misc, 0);
    });
  }

  initFunction(segment: number): number {
    return this.once(`init:${segment}`, i32Params(3), [], [], (code) => {
      if (this.isActiveSegment(segment)) {
        // Instantiation dropped it: only nothing can be taken from it, and from its start.
        code.raw(OP.localGet, 1, OP.localGet, 2, OP.i32Or);
        this.trapIf(code);
        this.trapUnlessInside(code, 0, 2);
        return;
      }
      this.trapUnlessInside(code, 0, 2);
      this.chargeBytes(code, 2);
      this.displaced(code, 0);
      code.raw(OP.localGet, 1, OP.localGet, 2, PREFIX.misc, OP.memoryInit - GROUP_BASE.misc);
      code.u32(segment);
      code.byte(0);
    });
  }

  /** `load`. */
  load(): number {
    const { host } = this;
    return this.once(HOST_EXPORT.load, [i32], [], [], (code) => {
      const pcb = (): void => code.raw(OP.localGet, 0);
      pcb();
      this.globalSet(code, host.pcbGlobal);
      this.loadGlobal(code, host.baseGlobal, i32, CONTROL_BLOCK.base, pcb);
      this.loadGlobal(code, host.limitGlobal, i32, CONTROL_BLOCK.limit, pcb);
      this.loadGlobal(code, host.fuelGlobal, i32, CONTROL_BLOCK.fuel, pcb);
      for (const { index, type, offset } of this.block.globals)
        this.loadGlobal(code, index, type, offset, pcb);
    });
  }

  /** Adds the function unless one of that name exists; its index is known to its own body. */
  private once(
    name: string,
    params: readonly ValueType[],
    results: readonly ValueType[],
    locals: readonly ValueType[],
    write: (code: ByteWriter) => void,
  ): number {
    const known = this.byName.get(name);
    if (known !== undefined) return known;
    const index = this.firstIndex + this.functions.length;
    this.byName.set(name, index);
    const code = new ByteWriter();
    const typeIndex = this.types.index(params, results);
    this.functions.push({ name: EXPORT_PREFIX + name, typeIndex, locals, code });
    write(code);
    code.byte(OP.end);
    return index;
  }

  /** Applies an active segment in `initProcess`; local 4 holds where it goes. */
  private applySegment(code: ByteWriter, segment: number): void {
    const data = this.module.data[segment];
    if (data?.offset === undefined) return;
    const { offset, byteLength } = data;
    code.copy(this.module.bytes, offset.start, offset.end - 1);
    code.raw(OP.localSet, 4);
    const initialBytes = (this.module.memory?.initialPages ?? 0) * PAGE_BYTES;
    const fits = offset.i32 !== undefined && (offset.i32 >>> 0) + byteLength <= initialBytes;
    if (!fits) {
      code.raw(OP.localGet, 4, OP.i64ExtendI32U, OP.i64Const);
      code.s64(byteLength);
      code.raw(OP.i64Add, OP.localGet, 2, OP.i64ExtendI32U, OP.i64GtU);
      this.trapIf(code);
    }
    if (byteLength === 0) return;
    code.raw(OP.localGet, 4, OP.localGet, 1, OP.i32Add, OP.i32Const, 0, OP.i32Const);
    code.s32(byteLength);
    code.raw(PREFIX.misc, OP.memoryInit - GROUP_BASE.misc);
    code.u32(segment);
    code.byte(0);
  }

  /** Returns the results on the stack unless the host set `pending`; drops them otherwise. */
  private returnUnlessPending(code: ByteWriter, resultCount: number): void {
    this.globalGet(code, this.host.pcbGlobal);
    loadWord(code, i32, CONTROL_BLOCK.pending);
    code.raw(OP.i32Eqz, OP.brIf, 0);
    for (let left = resultCount; left > 0; left--) code.byte(OP.drop);
  }

  /** Waits. The address of the control block survives in a local: the global is whoever runs meanwhile's. */
  private suspend(code: ByteWriter, pcbLocal: number): void {
    this.globalGet(code, this.host.pcbGlobal);
    code.byte(OP.localSet);
    code.u32(pcbLocal);
    this.call(code, this.save());
    this.call(code, this.host.wait);
    code.byte(OP.localGet);
    code.u32(pcbLocal);
    this.call(code, this.load());
  }

  /** Traps unless `length` bytes from `address` (both locals) lie within the limit. */
  private trapUnlessInside(code: ByteWriter, address: number, length: number): void {
    code.raw(OP.localGet, address, OP.i64ExtendI32U, OP.localGet, length, OP.i64ExtendI32U, OP.i64Add);
    this.globalGet(code, this.host.limitGlobal);
    code.raw(OP.i64ExtendI32U, OP.i64GtU);
    this.trapIf(code);
  }

  private trapIf(code: ByteWriter): void {
    code.raw(OP.if, EMPTY_BLOCK, OP.i32Const, TRAP.outOfBounds);
    this.call(code, this.host.trap);
    code.raw(OP.unreachable, OP.end);
  }

  /** Pays for `length` bytes (a local), so that no process runs long on bulk operations alone. */
  private chargeBytes(code: ByteWriter, length: number): void {
    if (!this.countsFuel) return;
    const { fuelGlobal } = this.host;
    this.globalGet(code, fuelGlobal);
    code.raw(OP.localGet, length, OP.i32Const, BULK_BYTES_PER_FUEL_LOG2, OP.i32ShrU, OP.i32Sub);
    this.globalSet(code, fuelGlobal);
    this.globalGet(code, fuelGlobal);
    code.raw(OP.i32Const, 0, OP.i32LtS, OP.if, EMPTY_BLOCK);
    this.call(code, this.refuelFunction());
    code.byte(OP.end);
  }

  private displaced(code: ByteWriter, address: number): void {
    code.raw(OP.localGet, address);
    this.globalGet(code, this.host.baseGlobal);
    code.byte(OP.i32Add);
  }

  private saveGlobal(code: ByteWriter, global: number, type: ValueType, offset: number): void {
    this.globalGet(code, this.host.pcbGlobal);
    this.globalGet(code, global);
    storeWord(code, type, offset);
  }

  private loadGlobal(
    code: ByteWriter,
    global: number,
    type: ValueType,
    offset: number,
    pcb: () => void,
  ): void {
    pcb();
    loadWord(code, type, offset);
    this.globalSet(code, global);
  }

  private call(code: ByteWriter, index: number): void {
    code.byte(OP.call);
    code.u32(index);
  }

  private globalGet(code: ByteWriter, index: number): void {
    code.byte(OP.globalGet);
    code.u32(index);
  }

  private globalSet(code: ByteWriter, index: number): void {
    code.byte(OP.globalSet);
    code.u32(index);
  }
}
