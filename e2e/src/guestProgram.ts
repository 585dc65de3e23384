import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runCommand } from "./commandLine.ts";

/** Of a program in AssemblyScript, by its path under guests/as. */
export function guestProgramPath(path: string): string {
  return join(import.meta.dirname, "../../guests/as", path);
}

/**
 * Compiles a program in AssemblyScript as its author would.
 * @param path of its entry under guests/as
 * @param options of `lunatic-web build`
 * @throws {Error} the program has errors
 */
export async function buildGuestProgram(path: string, ...options: string[]): Promise<Uint8Array> {
  const folder = mkdtempSync(join(tmpdir(), "lunatic-web-spec-"));
  try {
    const output = join(folder, "program.wasm");
    const { status, stderr } = await runCommand([
      "build",
      guestProgramPath(path),
      "--output",
      output,
      ...options,
    ]);
    if (status !== 0) throw new Error(`${path} cannot be built:\n${stderr}`);
    return readFileSync(output);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
