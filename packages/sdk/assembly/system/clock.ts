import { clock_time_get } from "../host/wasiPreview1";

const REAL_TIME: u32 = 0;
const MONOTONIC: u32 = 1;
const MILLISECOND: u64 = 1_000_000;

const TIME: usize = memory.data(8, 8);

/** Milliseconds since the beginning of 1970. */
export function now(): u64 {
  clock_time_get(REAL_TIME, MILLISECOND, TIME);
  return load<u64>(TIME) / MILLISECOND;
}

/** Nanoseconds since some moment: for measuring how long something takes. It never goes back. */
export function monotonicNanoseconds(): u64 {
  clock_time_get(MONOTONIC, 1, TIME);
  return load<u64>(TIME);
}
