import type { GuestMemory } from "../abi/guestMemory.ts";
import { decodeText } from "../abi/text.ts";
import { type LastSymlink, MAX_PATH_BYTES, type Place, walk } from "../storage/walk.ts";
import type { WasiContext } from "./context.ts";
import { DirectoryDescriptor } from "./descriptors/directoryDescriptor.ts";
import { ERRNO, type Errno, errnoOf } from "./errno.ts";

/**
 * The directory descriptor a path starts from.
 * @param right what the guest needs to hold on it
 */
export function directoryOf(context: WasiContext, fd: number, right: number): DirectoryDescriptor | Errno {
  const descriptor = context.descriptors.get(fd);
  if (descriptor === undefined) return ERRNO.badf;
  if (!(descriptor instanceof DirectoryDescriptor)) return ERRNO.notdir;
  return descriptor.lacksRight(right) ? ERRNO.notcapable : descriptor;
}

/**
 * A path as the guest wrote it.
 * @throws OutOfBoundsError
 */
export function readPath(memory: GuestMemory, ptr: number, len: number): string | Errno {
  const length = len >>> 0;
  if (length === 0) return "";
  const at = memory.address(ptr, length);
  if (length > MAX_PATH_BYTES) return ERRNO.nametoolong;
  return decodeText(memory.bytes.subarray(at, at + length)) ?? ERRNO.ilseq;
}

/** Where a path leads that a guest gave with the directory it starts from. */
export function resolve(
  context: WasiContext,
  memory: GuestMemory,
  fd: number,
  right: number,
  ptr: number,
  len: number,
  lastSymlink: LastSymlink,
): Place | Errno {
  const start = directoryOf(context, fd, right);
  if (typeof start === "number") return start;
  const path = readPath(memory, ptr, len);
  if (typeof path === "number") return path;
  return walkFrom(context, start, path, lastSymlink);
}

/** Where a path leads from a directory. */
export function walkFrom(
  context: WasiContext,
  start: DirectoryDescriptor,
  path: string,
  lastSymlink: LastSymlink,
): Place | Errno {
  const place = walk(start.directory, path, lastSymlink);
  if (typeof place !== "string") return place;
  if (place === "escapes") context.denied?.(path);
  return errnoOf(place);
}
