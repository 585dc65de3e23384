import { get, put, remove } from "../host/registry";
import { encodeUtf8 } from "../text/utf8";

const NODE: usize = memory.data(8, 8);
const PROCESS: usize = memory.data(8, 8);

/** Gives a process a name, as it stands; whoever had it loses it. */
export function registerName(name: string, node: u64, process: u64): void {
  const bytes = encodeUtf8(name);
  put(changetype<usize>(bytes), <u32>bytes.byteLength, node, process);
}

/** Whether a process has this name. `foundNode` and `foundProcess` say which, until the next look-up. */
export function lookUpName(name: string): bool {
  const bytes = encodeUtf8(name);
  return get(changetype<usize>(bytes), <u32>bytes.byteLength, NODE, PROCESS) == 0;
}

/** The node of the process that was found. */
export function foundNode(): u64 {
  return load<u64>(NODE);
}

/** The id of the process that was found. */
export function foundProcess(): u64 {
  return load<u64>(PROCESS);
}

/** Frees a name. */
export function removeName(name: string): void {
  const bytes = encodeUtf8(name);
  remove(changetype<usize>(bytes), <u32>bytes.byteLength);
}
