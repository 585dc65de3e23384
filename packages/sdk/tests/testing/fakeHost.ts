import { compile } from "../../compiler/compile.ts";
import { formatDiagnostic } from "../../compiler/diagnostic.ts";

type Value = number | bigint;
type HostFunction = (...values: Value[]) => Value | undefined;

/** What a guest's memory looks like to the functions of a fake host. */
export interface GuestMemory {
  readonly wasm: WebAssembly.Memory;
  bytes(ptr: Value, length: Value): Uint8Array;
  text(ptr: Value, length: Value): string;
  writeU64(ptr: Value, value: bigint): void;
  writeU32(ptr: Value, value: number): void;
  /** Bytes in memory that the guest has allocated, with their length at `lengthPtr`. */
  allocate(bytes: Uint8Array, lengthPtr: Value): number;
}

export interface FakeHost {
  readonly memory: GuestMemory;
  /** By namespace and name: `lunatic::sqlite.open`. All others trap. */
  readonly functions: Record<string, HostFunction>;
  /** Keeps the text of an error and gives its id. */
  addError(text: string): bigint;
}

export interface FakeRun {
  readonly stdout: readonly string[];
  readonly failure: string | undefined;
}

/** Compiles a program. @throws {Error} it has errors */
export function compileProgram(main: string, optimize: 0 | 2 = 0): WebAssembly.Module {
  const { wasm, diagnostics } = compile({ files: new Map([["main.ts", main]]), entry: "main.ts", optimize });
  if (wasm === undefined) throw new Error(diagnostics.map(formatDiagnostic).join("\n"));
  return new WebAssembly.Module(wasm as Uint8Array<ArrayBuffer>);
}

/**
 * Runs a program that waits for nothing, with host functions of the test's own.
 * @param prepare adds to `functions`
 */
export function runProgram(main: string, prepare: (host: FakeHost) => void): FakeRun {
  const module = compileProgram(main);
  const stdout: string[] = [];
  const stderr: string[] = [];
  const errors: (string | undefined)[] = [];
  const memory = new Memory();
  const functions: Record<string, HostFunction> = {
    "wasi_snapshot_preview1.fd_write": (fd, iovs, count, written) => {
      let total = 0;
      for (let i = 0; i < Number(count); i++) {
        const [ptr, length] = memory.pair(Number(iovs) + 8 * i);
        (fd === 1 ? stdout : stderr).push(memory.text(ptr, length));
        total += length;
      }
      memory.writeU32(written!, total);
      return 0;
    },
    "lunatic::error.string_size": (id) => Buffer.byteLength(errors[Number(id)]!),
    "lunatic::error.to_string": (id, ptr) => {
      const text = Buffer.from(errors[Number(id)]!);
      memory.bytes(ptr!, text.length).set(text);
      return undefined;
    },
    "lunatic::error.drop": (id) => {
      errors[Number(id)] = undefined;
      return undefined;
    },
  };
  prepare({ memory, functions, addError: (text) => BigInt(errors.push(text) - 1) });
  const imports: Record<string, Record<string, HostFunction>> = {};
  for (const { module: namespace, name } of WebAssembly.Module.imports(module)) {
    const key = `${namespace}.${name}`;
    imports[namespace] ??= {};
    imports[namespace][name] =
      functions[key] ??
      (() => {
        throw new Error(`the fake host has no ${key}`);
      });
  }
  const instance = new WebAssembly.Instance(module, imports);
  memory.exports = instance.exports as unknown as GuestExports;
  let failure: string | undefined;
  try {
    memory.exports._start();
  } catch (error) {
    failure = stderr.join("") || String(error);
  }
  return { stdout: stdout.join("").split("\n").slice(0, -1), failure };
}

interface GuestExports {
  readonly memory: WebAssembly.Memory;
  _start(): void;
  lunatic_alloc(length: number): number;
}

class Memory implements GuestMemory {
  exports!: GuestExports;

  get wasm(): WebAssembly.Memory {
    return this.exports.memory;
  }

  get #view(): DataView {
    return new DataView(this.exports.memory.buffer);
  }

  bytes(ptr: Value, length: Value): Uint8Array {
    return new Uint8Array(this.exports.memory.buffer, Number(ptr), Number(length));
  }

  text(ptr: Value, length: Value): string {
    return new TextDecoder("utf-8", { fatal: true }).decode(this.bytes(ptr, length));
  }

  pair(ptr: number): [number, number] {
    return [this.#view.getUint32(ptr, true), this.#view.getUint32(ptr + 4, true)];
  }

  writeU32(ptr: Value, value: number): void {
    this.#view.setUint32(Number(ptr), value, true);
  }

  writeU64(ptr: Value, value: bigint): void {
    this.#view.setBigUint64(Number(ptr), value, true);
  }

  allocate(bytes: Uint8Array, lengthPtr: Value): number {
    const ptr = this.exports.lunatic_alloc(bytes.length);
    this.bytes(ptr, bytes.length).set(bytes);
    this.writeU32(lengthPtr, bytes.length);
    return ptr;
  }
}
