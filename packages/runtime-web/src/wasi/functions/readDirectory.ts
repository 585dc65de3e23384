import type { GuestMemory } from "../../abi/guestMemory.ts";
import { encodeText } from "../../abi/text.ts";
import type { Inode } from "../../storage/inode.ts";
import type { WasiBinding } from "../binding.ts";
import type { DirectoryDescriptor } from "../descriptors/directoryDescriptor.ts";
import { filetypeOf } from "../descriptors/status.ts";
import { ERRNO } from "../errno.ts";
import { directoryOf } from "../guestPath.ts";
import { RIGHT } from "../rights.ts";
import { DIRENT } from "../structs.ts";
import type { WasiFunctions } from "./signature.ts";

/** Cookies for the guest: 0 is `.`, 1 is `..`, and an entry's own comes after these. */
const FIRST_ENTRY_COOKIE = 2;

interface Dirent {
  readonly cookie: number;
  readonly name: string;
  readonly inode: Inode;
}

/** `fd_readdir`: fills the buffer with entries; the last may be cut off, which tells the guest that there are more. */
export function readDirectoryFunction(binding: WasiBinding): Pick<WasiFunctions, "fd_readdir"> {
  return {
    fd_readdir(fd, buf, bufLen, cookie, bufUsed) {
      const memory = binding.memory();
      const length = bufLen >>> 0;
      const start = memory.address(buf, length);
      const usedAt = memory.address(bufUsed, 4);
      const descriptor = directoryOf(binding.context(), fd, RIGHT.fdReaddir);
      if (typeof descriptor === "number") return descriptor;
      let used = 0;
      for (const dirent of direntsFrom(descriptor, Number(BigInt.asUintN(64, cookie)))) {
        if (used === length) break;
        used += writeDirent(memory, start + used, length - used, dirent);
      }
      memory.view.setUint32(usedAt, used, true);
      return ERRNO.success;
    },
  };
}

function* direntsFrom(descriptor: DirectoryDescriptor, cookie: number): Iterable<Dirent> {
  const { directory } = descriptor;
  if (cookie === 0) {
    descriptor.endCookie = directory.nextCookie;
    yield { cookie: 0, name: ".", inode: directory };
  }
  if (cookie <= 1) yield { cookie: 1, name: "..", inode: directory.parent };
  for (const entry of directory.entriesFrom(Math.max(0, cookie - FIRST_ENTRY_COOKIE))) {
    if (entry.cookie >= descriptor.endCookie) return;
    yield { cookie: entry.cookie + FIRST_ENTRY_COOKIE, name: entry.name, inode: entry.inode };
  }
}

/** Writes as much of an entry as there is room for. @returns bytes written */
function writeDirent(memory: GuestMemory, at: number, room: number, dirent: Dirent): number {
  const name = encodeText(dirent.name);
  const bytes = new Uint8Array(DIRENT.sizeBytes + name.length);
  const view = new DataView(bytes.buffer);
  view.setBigUint64(DIRENT.at.next, BigInt(dirent.cookie + 1), true);
  view.setBigUint64(DIRENT.at.inode, BigInt(dirent.inode.number), true);
  view.setUint32(DIRENT.at.nameLen, name.length, true);
  view.setUint8(DIRENT.at.filetype, filetypeOf(dirent.inode));
  bytes.set(name, DIRENT.sizeBytes);
  const written = Math.min(room, bytes.length);
  memory.bytes.set(written === bytes.length ? bytes : bytes.subarray(0, written), at);
  return written;
}
