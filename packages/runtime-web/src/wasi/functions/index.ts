import type { Parked } from "../../kernel/parked.ts";
import type { WasiBinding } from "../binding.ts";
import { clockFunctions } from "./clocks.ts";
import { descriptorFunctions } from "./descriptors.ts";
import { openFunction } from "./open.ts";
import { pathFunctions } from "./paths.ts";
import { pollFunction } from "./poll.ts";
import { processFunctions } from "./process.ts";
import { readDirectoryFunction } from "./readDirectory.ts";
import type { WasiFunctions } from "./signature.ts";
import { socketFunctions } from "./sockets.ts";
import { startupFunctions } from "./startup.ts";
import { transferFunctions } from "./transfers.ts";

/** The module name guests import preview1 from. */
export const WASI_MODULE = "wasi_snapshot_preview1";

/**
 * The functions that may park their caller: they return PARKED then, and `finish` gives the result (`WasiBinding`).
 * Every other one answers at once.
 */
export const WASI_BLOCKING = [
  "fd_datasync",
  "fd_filestat_set_size",
  "fd_pread",
  "fd_pwrite",
  "fd_read",
  "fd_sync",
  "fd_write",
  "poll_oneoff",
  "sched_yield",
] as const satisfies readonly (keyof WasiFunctions)[];

/**
 * All 46 functions of preview1, one table for every process of an instance.
 *
 * A call gives an errno, or throws: `OutOfBoundsError` for memory that is not the process' own, `GuestTrap` for
 * proc_raise, `ProcExit` for proc_exit. Nothing else a guest does makes it throw. Pointers are checked before
 * anything changes.
 */
export function wasiFunctions(binding: WasiBinding): WasiFunctions {
  return {
    ...startupFunctions(binding),
    ...clockFunctions(binding),
    ...descriptorFunctions(binding),
    ...transferFunctions(binding),
    ...exclusive(binding, readDirectoryFunction(binding)),
    ...exclusive(binding, openFunction(binding)),
    ...exclusive(binding, pathFunctions(binding)),
    ...pollFunction(binding),
    ...processFunctions(binding),
    ...socketFunctions(binding),
  };
}

type HostFunctions = Record<string, (...args: never[]) => number | Parked>;

/** Each call as one step to all who share the filesystem: where a path leads, and what is done there. */
function exclusive<Functions extends HostFunctions>(binding: WasiBinding, functions: Functions): Functions {
  const wrapped = Object.entries(functions).map(([name, call]) => [
    name,
    (...args: never[]) => binding.context().tree.exclusively(() => call(...args)),
  ]);
  return Object.fromEntries(wrapped) as Functions;
}
