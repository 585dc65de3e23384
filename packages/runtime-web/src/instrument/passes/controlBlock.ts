import type { FunctionType, GuestModule } from "../binary/module.ts";
import { EXTERNAL } from "../binary/module.ts";
import { GROUP_BASE, OP, PREFIX } from "../binary/opcodes/opcode.ts";
import { isStorable, VALUE_TYPE, type ValueType } from "../binary/valueType.ts";
import type { ByteWriter } from "../binary/writer.ts";
import { CONTROL_BLOCK, CONTROL_BLOCK_ALIGNMENT, MIN_ARGUMENT_SLOTS, SLOT_BYTES } from "../layout.ts";

/** A mutable global of the guest and its place in the control block. */
export interface SavedGlobal {
  readonly index: number;
  readonly type: ValueType;
  readonly offset: number;
}

/** The control block of a module's processes; `layout.ts` draws it. */
export interface ControlBlockLayout {
  readonly argumentSlots: number;
  readonly globals: readonly SavedGlobal[];
  readonly byteLength: number;
}

/** Whether an exported function of this type gets an entry thunk. */
export function canEnter(type: FunctionType): boolean {
  return type.results.length <= 1 && [...type.params, ...type.results].every(isStorable);
}

/** Lays out argument slots for the widest entry and a place for every mutable global. */
export function layOutControlBlock(module: GuestModule): ControlBlockLayout {
  let argumentSlots = MIN_ARGUMENT_SLOTS;
  for (const { kind, index } of module.exports) {
    if (kind !== EXTERNAL.function) continue;
    const type = module.types[module.functionTypes[index] as number] as FunctionType;
    if (canEnter(type)) argumentSlots = Math.max(argumentSlots, type.params.length);
  }
  let offset = CONTROL_BLOCK.arguments + argumentSlots * SLOT_BYTES;
  const globals: SavedGlobal[] = [];
  // Vectors first: they are wider, and everything before them is a multiple of their size.
  const saved = [...module.globals.entries()].filter(
    ([, { mutable, init, type }]) => mutable && init !== undefined && isStorable(type),
  );
  for (const isVector of [true, false]) {
    for (const [index, { type }] of saved) {
      if ((type === VALUE_TYPE.v128) !== isVector) continue;
      globals.push({ index, type, offset });
      offset += isVector ? 16 : 8;
    }
  }
  const byteLength = Math.ceil(offset / CONTROL_BLOCK_ALIGNMENT) * CONTROL_BLOCK_ALIGNMENT;
  return { argumentSlots, globals, byteLength };
}

/** `log2` of the natural alignment, by type. */
function alignment(type: ValueType): number {
  if (type === VALUE_TYPE.v128) return 4;
  return type === VALUE_TYPE.i64 || type === VALUE_TYPE.f64 ? 3 : 2;
}

const LOADS: Readonly<Record<ValueType, number>> = {
  [VALUE_TYPE.i32]: OP.i32Load,
  [VALUE_TYPE.i64]: OP.i64Load,
  [VALUE_TYPE.f32]: OP.f32Load,
  [VALUE_TYPE.f64]: OP.f64Load,
};

const STORES: Readonly<Record<ValueType, number>> = {
  [VALUE_TYPE.i32]: OP.i32Store,
  [VALUE_TYPE.i64]: OP.i64Store,
  [VALUE_TYPE.f32]: OP.f32Store,
  [VALUE_TYPE.f64]: OP.f64Store,
};

/** Loads a value of the type at `offset` from the address on the stack. */
export function loadWord(code: ByteWriter, type: ValueType, offset: number): void {
  if (type === VALUE_TYPE.v128) code.raw(PREFIX.simd, OP.v128Load - GROUP_BASE.simd);
  else code.byte(LOADS[type] as number);
  code.u32(alignment(type));
  code.u32(offset);
}

/** Stores the value on the stack at `offset` from the address below it. */
export function storeWord(code: ByteWriter, type: ValueType, offset: number): void {
  if (type === VALUE_TYPE.v128) code.raw(PREFIX.simd, OP.v128Store - GROUP_BASE.simd);
  else code.byte(STORES[type] as number);
  code.u32(alignment(type));
  code.u32(offset);
}
