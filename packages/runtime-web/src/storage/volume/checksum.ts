import createXxhash from "xxhash-wasm";

/** 32 bits of xxHash64: what was written and what is read are the same, or this differs (but for one in 2^32). */
export type Checksum = (bytes: Uint8Array) => number;

let loading: Promise<Checksum> | undefined;

/** The checksum of all that a volume writes. Loads its wasm once. */
export function loadChecksum(): Promise<Checksum> {
  loading ??= createXxhash().then(
    ({ h64Raw }) =>
      (bytes) =>
        Number(BigInt.asUintN(32, h64Raw(bytes))),
  );
  return loading;
}
