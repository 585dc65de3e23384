import { random_get } from "../host/wasiPreview1";

const SEED: usize = memory.data(8, 8);

/** As many secure random bytes. */
export function randomBytes(count: i32): Uint8Array {
  const bytes = new Uint8Array(count);
  random_get(bytes.dataStart, <u32>count);
  return bytes;
}

/** A secure random number of 64 bits. */
export function randomNumber(): u64 {
  random_get(SEED, 8);
  return load<u64>(SEED);
}

/** Where `Math.random` gets its seed from, in each process anew. */
export function seed(): f64 {
  return reinterpret<f64>(randomNumber());
}
