import { WASI } from "node:wasi";
import type { FakeHost } from "./fakeHost.ts";

const NAMESPACE = "wasi_snapshot_preview1";
const STANDARD_STREAMS = 3;

/**
 * Gives a program the files of this machine, by Node's own preview1: what the framework does must be right with any host.
 * @param preopens names for the program, and the directories here
 */
export function nodeFiles(preopens: Readonly<Record<string, string>>): (host: FakeHost) => void {
  return ({ functions, memory }) => {
    const wasi = new WASI({ version: "preview1", preopens });
    const print = functions[`${NAMESPACE}.fd_write`]!;
    let isReady = false;
    for (const [name, call] of Object.entries(wasi.wasiImport)) {
      functions[`${NAMESPACE}.${name}`] = (...values) => {
        if (name === "fd_write" && Number(values[0]) < STANDARD_STREAMS) return print(...values);
        // It reads no more of an instance, and would call what a program exports.
        if (!isReady) wasi.initialize({ exports: { memory: memory.wasm } });
        isReady = true;
        return (call as (...values: unknown[]) => number)(...values);
      };
    }
  };
}
