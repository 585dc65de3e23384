import { ByteReader } from "./byteReader";
import { ByteWriter } from "./byteWriter";
import { Value, ValueKind } from "./value";

/** How a value is bound: by the index of its question mark, from 1, or by its name. */
const BY_INDEX: u32 = 1;
const BY_NAME: u32 = 2;

/** What the host calls the kinds of what it reads: those of ValueKind, but 4 has 64 bits and so has 5. */
const READ_INTEGER: u32 = 4;

/** A value and where it goes in a statement. */
export class Binding {
  constructor(
    /** From 1; 0: by its name. */
    readonly index: u64,
    readonly name: string,
    readonly value: Value,
  ) {}
}

/** The list of bindings as `bind_value` takes it: bincode of BindList, host ABI 3.12. */
export function encodeBindings(bindings: Binding[]): ByteWriter {
  const writer = new ByteWriter();
  writer.u64(bindings.length);
  for (let i = 0; i < bindings.length; i++) {
    const binding = bindings[i];
    if (binding.index > 0) {
      writer.u32(BY_INDEX);
      writer.u64(binding.index);
    } else {
      writer.u32(BY_NAME);
      writer.bytes(Uint8Array.wrap(String.UTF8.encode(binding.name)));
    }
    binding.value.__write(writer);
  }
  return writer;
}

/** A value as the host writes those that it has read. */
export function decodeValue(reader: ByteReader): Value {
  const kind = reader.u32();
  switch (kind) {
    case ValueKind.Null:
      return Value.nothing();
    case ValueKind.Blob:
      return Value.ofBlob(reader.bytes());
    case ValueKind.Text:
      return Value.ofText(reader.text());
    case ValueKind.Double:
      return Value.ofDouble(reinterpret<f64>(reader.u64()));
    default:
      assert(kind == READ_INTEGER || kind == ValueKind.Int64, "the host has sent a value of an unknown kind");
      return Value.ofInt64(<i64>reader.u64());
  }
}

export function decodeRow(reader: ByteReader): Value[] {
  const length = <i32>reader.u64();
  const row = new Array<Value>(0);
  for (let i = 0; i < length; i++) row.push(decodeValue(reader));
  return row;
}
