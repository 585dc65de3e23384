/**
 * Struct layouts of the C ABI of wasm32, derived from field lists: every field is aligned to its own size, a struct
 * to its widest field, and its size is a multiple of that alignment.
 */
export type Scalar = "u8" | "u16" | "u32" | "u64";

const SCALAR_BYTES: Readonly<Record<Scalar, number>> = { u8: 1, u16: 2, u32: 4, u64: 8 };

interface Sized {
  readonly sizeBytes: number;
  readonly alignment: number;
}

export interface StructLayout<Field extends string> extends Sized {
  /** Byte offset of each field from the start of the struct. */
  readonly at: Readonly<Record<Field, number>>;
}

type Member = Scalar | Sized;

/** @param fields name to type, in the order of the declaration */
export function struct<F extends Readonly<Record<string, Member>>>(
  fields: F,
): StructLayout<keyof F & string> {
  const at: Record<string, number> = {};
  let end = 0;
  let alignment = 1;
  for (const [name, member] of Object.entries(fields)) {
    const size = sizeOf(member);
    const offset = roundUp(end, size.alignment);
    at[name] = offset;
    end = offset + size.sizeBytes;
    alignment = Math.max(alignment, size.alignment);
  }
  return { at: at as Record<keyof F & string, number>, sizeBytes: roundUp(end, alignment), alignment };
}

/** The members share one place, as wide as the widest. */
export function union(...members: readonly Sized[]): Sized {
  const alignment = Math.max(...members.map((member) => member.alignment));
  return { sizeBytes: roundUp(Math.max(...members.map((member) => member.sizeBytes)), alignment), alignment };
}

function sizeOf(member: Member): Sized {
  if (typeof member !== "string") return member;
  return { sizeBytes: SCALAR_BYTES[member], alignment: SCALAR_BYTES[member] };
}

function roundUp(value: number, alignment: number): number {
  return Math.ceil(value / alignment) * alignment;
}
