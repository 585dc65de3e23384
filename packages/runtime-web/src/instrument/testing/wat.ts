import wabtFactory from "wabt";

const wabt = await wabtFactory();

const FEATURES = {
  exceptions: true,
  mutable_globals: true,
  sat_float_to_int: true,
  sign_extension: true,
  simd: true,
  threads: true,
  function_references: true,
  multi_value: true,
  tail_call: true,
  bulk_memory: true,
  reference_types: true,
  extended_const: true,
  relaxed_simd: true,
  memory64: true,
  multi_memory: true,
};

/** Assembles text into a binary with a name section. */
export function wat(text: string): Uint8Array<ArrayBuffer> {
  const module = wabt.parseWat("test.wat", text, FEATURES);
  try {
    const { buffer } = module.toBinary({ write_debug_names: true });
    return new Uint8Array(buffer);
  } finally {
    module.destroy();
  }
}
