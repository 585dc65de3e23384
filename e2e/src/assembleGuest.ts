import { readFileSync } from "node:fs";
import { join } from "node:path";
import createWabt from "wabt";

/** The module of a program in e2e/fixtures/guests, function names included. */
export async function assembleGuest(name: string): Promise<Uint8Array> {
  const path = join(import.meta.dirname, "../fixtures/guests", `${name}.wat`);
  return assemble(readFileSync(path, "utf8"));
}

let loading: ReturnType<typeof createWabt> | undefined;

/** @throws {Error} the text is no valid module; says where */
export async function assemble(text: string): Promise<Uint8Array> {
  loading ??= createWabt();
  const wabt = await loading;
  const module = wabt.parseWat("module.wat", text);
  try {
    module.resolveNames();
    return module.toBinary({ write_debug_names: true }).buffer;
  } finally {
    module.destroy();
  }
}
