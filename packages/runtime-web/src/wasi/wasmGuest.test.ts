import { expect, test } from "vitest";
import createWabt from "wabt";
import type { GuestMemory } from "../abi/guestMemory.ts";
import { createMemoryTree } from "../storage/memory/memoryTree.ts";
import { createWasiContext, ProcExit, WASI_MODULE, wasiFunctions } from "./index.ts";

/**
 * Makes a file, writes to it, reads it back through a second descriptor at an offset, prints that and exits with
 * the number of bytes: the imports as a compiler emits them, with the real types.
 */
const PROGRAM = `(module
  (import "wasi_snapshot_preview1" "path_open"
    (func $open (param i32 i32 i32 i32 i32 i64 i64 i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "fd_write" (func $write (param i32 i32 i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "fd_pread" (func $pread (param i32 i32 i32 i64 i32) (result i32)))
  (import "wasi_snapshot_preview1" "proc_exit" (func $exit (param i32)))
  (memory (export "memory") 1)
  (data (i32.const 0) "f.txt")
  (data (i32.const 16) "hello, file")
  (data (i32.const 32) "\\10\\00\\00\\00\\0b\\00\\00\\00")
  (data (i32.const 40) "\\80\\00\\00\\00\\40\\00\\00\\00")
  (func $check (param $errno i32) (if (local.get $errno) (then (call $exit (local.get $errno)))))
  (func (export "_start")
    (call $check (call $open (i32.const 3) (i32.const 0) (i32.const 0) (i32.const 5) (i32.const 1)
      (i64.const -1) (i64.const -1) (i32.const 0) (i32.const 64)))
    (call $check (call $write (i32.load (i32.const 64)) (i32.const 32) (i32.const 1) (i32.const 68)))
    (call $check (call $pread (i32.load (i32.const 64)) (i32.const 40) (i32.const 1) (i64.const 7) (i32.const 72)))
    (i32.store (i32.const 44) (i32.load (i32.const 72)))
    (call $check (call $write (i32.const 1) (i32.const 40) (i32.const 1) (i32.const 76)))
    (call $exit (i32.add (i32.const 100) (i32.load (i32.const 68))))))`;

test("a compiled module makes, writes, reads and prints a file through the table", async () => {
  const wabt = await createWabt();
  const module = wabt.parseWat("guest.wat", PROGRAM);
  const instanceMemory: { memory?: WebAssembly.Memory } = {};
  const memory = (): GuestMemory => {
    const bytes = new Uint8Array(instanceMemory.memory!.buffer);
    return { bytes, view: new DataView(bytes.buffer), address: (ptr) => ptr >>> 0 };
  };
  const printed: string[] = [];
  const tree = createMemoryTree(() => 0n);
  const context = createWasiContext({
    holder: { environment: 1, pid: 1 },
    tree,
    preopens: [["/", "/"]],
    args: [],
    env: [],
    stdio: {
      write: (stream, bytes) => printed.push(`${stream}: ${new TextDecoder().decode(bytes)}`),
      read: () => "end",
      available: () => "end",
      hasRoom: () => true,
    },
    clock: { realtimeNs: () => 0n, monotonicNs: () => 0n, resolutionNs: 1n },
    random: () => undefined,
  });
  const never = (): never => {
    throw new Error("the program does not wait");
  };
  const functions = wasiFunctions({
    context: () => context,
    memory,
    sleepUntil: never,
    awaitInput: never,
    awaitRoom: never,
    awaitFile: never,
    yieldNow: never,
  });
  const instance = new WebAssembly.Instance(
    new WebAssembly.Module(module.toBinary({}).buffer as BufferSource),
    {
      [WASI_MODULE]: functions,
    },
  );
  instanceMemory.memory = instance.exports.memory as WebAssembly.Memory;

  let exit: unknown;
  try {
    (instance.exports._start as () => void)();
  } catch (error) {
    exit = error;
  }
  expect(exit).toEqual(new ProcExit(111));
  expect(printed).toEqual(["1: file"]);
  expect(new TextDecoder().decode(tree.readFile("/f.txt"))).toBe("hello, file");
});
