import type { GuestMemory } from "../../abi/guestMemory.ts";
import { writeU32 } from "../../abi/guestMemory.ts";
import type { WasiBinding } from "../binding.ts";
import { ERRNO } from "../errno.ts";
import type { WasiFunctions } from "./signature.ts";

const POINTER_BYTES = 4;

/** Arguments and environment: lists of NUL-terminated strings in one buffer, with a pointer to each. */
export function startupFunctions(
  binding: WasiBinding,
): Pick<WasiFunctions, "args_get" | "args_sizes_get" | "environ_get" | "environ_sizes_get"> {
  return {
    args_sizes_get(argc, argvBufSize) {
      return writeSizes(binding.memory(), binding.context().args, argc, argvBufSize);
    },
    args_get(argv, argvBuf) {
      return writeStrings(binding.memory(), binding.context().args, argv, argvBuf);
    },
    environ_sizes_get(count, bufSize) {
      return writeSizes(binding.memory(), binding.context().env, count, bufSize);
    },
    environ_get(environ, environBuf) {
      return writeStrings(binding.memory(), binding.context().env, environ, environBuf);
    },
  };
}

function writeSizes(
  memory: GuestMemory,
  strings: readonly Uint8Array[],
  count: number,
  size: number,
): number {
  writeU32(memory, count, strings.length);
  writeU32(memory, size, totalBytes(strings));
  return ERRNO.success;
}

function writeStrings(
  memory: GuestMemory,
  strings: readonly Uint8Array[],
  pointers: number,
  buffer: number,
): number {
  let pointerAt = memory.address(pointers, strings.length * POINTER_BYTES);
  let at = memory.address(buffer, totalBytes(strings));
  let ptr = buffer >>> 0;
  for (const bytes of strings) {
    memory.view.setUint32(pointerAt, ptr, true);
    memory.bytes.set(bytes, at);
    pointerAt += POINTER_BYTES;
    at += bytes.length;
    ptr += bytes.length;
  }
  return ERRNO.success;
}

function totalBytes(strings: readonly Uint8Array[]): number {
  return strings.reduce((sum, bytes) => sum + bytes.length, 0);
}
