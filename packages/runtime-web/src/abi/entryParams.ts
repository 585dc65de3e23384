import { GuestTrap } from "../kernel/guestTrap.ts";

/**
 * One argument of an entry function. On the wire a record of 17 bytes (host ABI ch. 4):
 *
 *     byte 0      type: 0x7F i32, 0x7E i64, 0x7B v128
 *     byte 1..17  value, little-endian; i32 uses the low 4 bytes, i64 the low 8, what follows is ignored
 */
export type EntryParam =
  | { readonly type: "i32"; readonly value: number }
  | { readonly type: "i64"; readonly value: bigint }
  | { readonly type: "v128"; readonly value: Uint8Array };

export const ENTRY_PARAM_BYTES = 17;
const VALUE_BYTES = 16;
const TYPE_I32 = 0x7f;
const TYPE_I64 = 0x7e;
const TYPE_V128 = 0x7b;

/** The params buffer of a spawn is malformed: a trap in the caller (host ABI ch. 4). */
export class EntryParamsError extends GuestTrap {
  override readonly name = "EntryParamsError";
}

/** The type a record's first byte stands for, or undefined. */
export function entryParamType(byte: number): EntryParam["type"] | undefined {
  if (byte === TYPE_I32) return "i32";
  if (byte === TYPE_I64) return "i64";
  return byte === TYPE_V128 ? "v128" : undefined;
}

/**
 * Whether a params buffer can be decoded, without doing so.
 * @throws EntryParamsError as decodeEntryParams
 */
export function checkEntryParams(bytes: Uint8Array): void {
  if (bytes.length % ENTRY_PARAM_BYTES !== 0) {
    throw new EntryParamsError(
      `a params buffer consists of ${ENTRY_PARAM_BYTES}-byte records, but this one has ${bytes.length} bytes`,
    );
  }
  for (let at = 0; at < bytes.length; at += ENTRY_PARAM_BYTES) {
    const type = bytes[at]!;
    if (entryParamType(type) !== undefined) continue;
    throw new EntryParamsError(
      `param ${at / ENTRY_PARAM_BYTES} has the type byte 0x${type.toString(16)}; known are 0x7f (i32), 0x7e (i64) and 0x7b (v128)`,
    );
  }
}

/**
 * Arguments from a params buffer. i32 and i64 come signed, v128 as its 16 bytes (a copy).
 * @throws EntryParamsError a length that is no multiple of 17, or an unknown type byte
 */
export function decodeEntryParams(bytes: Uint8Array): EntryParam[] {
  checkEntryParams(bytes);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const params: EntryParam[] = [];
  for (let at = 0; at < bytes.length; at += ENTRY_PARAM_BYTES) {
    const type = entryParamType(bytes[at]!);
    const valueAt = at + 1;
    if (type === "i32") params.push({ type, value: view.getInt32(valueAt, true) });
    else if (type === "i64") params.push({ type, value: view.getBigInt64(valueAt, true) });
    else params.push({ type: "v128", value: bytes.slice(valueAt, valueAt + VALUE_BYTES) });
  }
  return params;
}

/**
 * The params buffer of some arguments; i32 and i64 are sign-extended to 16 bytes, as lunatic-rs does.
 * @throws RangeError a v128 that has not 16 bytes
 */
export function encodeEntryParams(params: readonly EntryParam[]): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(params.length * ENTRY_PARAM_BYTES);
  const view = new DataView(bytes.buffer);
  params.forEach((param, index) => {
    const at = index * ENTRY_PARAM_BYTES;
    switch (param.type) {
      case "i32":
        view.setUint8(at, TYPE_I32);
        writeSignExtended(view, at + 1, BigInt(param.value | 0));
        break;
      case "i64":
        view.setUint8(at, TYPE_I64);
        writeSignExtended(view, at + 1, param.value);
        break;
      case "v128":
        if (param.value.length !== VALUE_BYTES) {
          throw new RangeError(`a v128 has ${VALUE_BYTES} bytes, not ${param.value.length}`);
        }
        view.setUint8(at, TYPE_V128);
        bytes.set(param.value, at + 1);
        break;
      default:
        param satisfies never;
    }
  });
  return bytes;
}

function writeSignExtended(view: DataView, at: number, value: bigint): void {
  view.setBigInt64(at, value, true);
  view.setBigInt64(at + 8, value < 0n ? -1n : 0n, true);
}
