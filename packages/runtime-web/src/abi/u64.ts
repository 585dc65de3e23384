import { NO_PID, type Pid } from "../kernel/ids.ts";

/** As a duration "for ever", as a size "all". */
const U64_MAX = 0xffff_ffff_ffff_ffffn;
/** As a constant, because V8 evaluates the minus each time, and allocates. */
const MINUS_ONE = -1n;

/** A u64 of the ABI, which wasm hands over as a signed i64. */
export function unsigned64(value: bigint): bigint {
  if (value >= 0n) return value;
  // The usual negative value is "no timeout"; the constant spares an allocation on the way to every receive.
  return value === MINUS_ONE ? U64_MAX : BigInt.asUintN(64, value);
}

/**
 * The pid that a guest wrote as u64. Pids count from 1 and are safe integers here, so every other number is that of
 * no process and becomes NO_PID, which no process has either.
 */
export function pidFromGuest(id: bigint): Pid {
  // One conversion and no comparison of bigints. Beyond the safe integers it rounds, but never back among them.
  const pid = Number(id);
  return pid > 0 && pid <= Number.MAX_SAFE_INTEGER ? (pid as Pid) : NO_PID;
}
