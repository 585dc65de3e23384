import wabtFactory from "wabt";
import { ByteWriter } from "../binary/writer.ts";

const wabt = await wabtFactory();

/** Assembles module fields without validating them. */
export function bytesOf(fields: string): Uint8Array<ArrayBuffer> {
  const features = { multi_memory: true, threads: true, memory64: true, extended_const: true };
  const module = wabt.parseWat("test.wat", `(module ${fields})`, features);
  try {
    return new Uint8Array(module.toBinary({}).buffer);
  } finally {
    module.destroy();
  }
}

/**
 * A module with type 0 `() -> ()`, one page of memory, one mutable i32 global and one function with the given body,
 * whose final `end` is added.
 */
export function functionModule(
  body: readonly number[],
  options: { readonly hasMemory?: boolean } = {},
): Uint8Array<ArrayBuffer> {
  const out = new ByteWriter();
  out.raw(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0);
  const section = (id: number, ...content: readonly number[]): void => {
    const writer = new ByteWriter();
    writer.raw(...content);
    out.section(id, writer);
  };
  section(1, 1, 0x60, 0, 0);
  section(3, 1, 0);
  if (options.hasMemory ?? true) section(5, 1, 0, 1);
  section(6, 1, 0x7f, 1, 0x41, 0, 0x0b);
  const code = new ByteWriter(body.length + 16);
  code.byte(1);
  code.u32(body.length + 2);
  code.byte(0);
  code.copy(Uint8Array.from(body), 0, body.length);
  code.byte(0x0b);
  out.section(10, code);
  return out.toBytes();
}
