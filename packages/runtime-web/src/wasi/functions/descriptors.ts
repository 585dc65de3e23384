import { copyOut } from "../../abi/guestMemory.ts";
import type { WasiBinding } from "../binding.ts";
import { ALL_FDFLAGS, MAX_ADVICE, PREOPEN_DIRECTORY, WHENCE } from "../constants.ts";
import { DirectoryDescriptor } from "../descriptors/directoryDescriptor.ts";
import { ERRNO, errnoOf } from "../errno.ts";
import { RIGHT, rightsOf } from "../rights.ts";
import { FDSTAT, FILESTAT, PRESTAT } from "../structs.ts";
import { parseTimes, writeFilestat } from "./filestat.ts";
import type { WasiFunctions } from "./signature.ts";
import { whenFetched } from "./whenFetched.ts";

type DescriptorFunctions = Pick<
  WasiFunctions,
  | "fd_advise"
  | "fd_allocate"
  | "fd_close"
  | "fd_datasync"
  | "fd_fdstat_get"
  | "fd_fdstat_set_flags"
  | "fd_fdstat_set_rights"
  | "fd_filestat_get"
  | "fd_filestat_set_size"
  | "fd_filestat_set_times"
  | "fd_prestat_dir_name"
  | "fd_prestat_get"
  | "fd_renumber"
  | "fd_seek"
  | "fd_sync"
  | "fd_tell"
>;

/** What concerns one open descriptor and moves no data. */
export function descriptorFunctions(binding: WasiBinding): DescriptorFunctions {
  const open = (fd: number) => binding.context().descriptors.get(fd);
  const preopen = (fd: number) => {
    const descriptor = open(fd);
    return descriptor instanceof DirectoryDescriptor ? descriptor.preopenName : undefined;
  };
  const sync = (fd: number, right: number) => {
    const descriptor = open(fd);
    if (descriptor === undefined) return ERRNO.badf;
    if (descriptor.lacksRight(right)) return ERRNO.notcapable;
    if (!descriptor.canSync || !binding.context().isPersistent) return ERRNO.success;
    return binding.awaitFile({ type: "sync" }, errnoOf);
  };

  return {
    fd_advise(fd, offset, len, advice) {
      const descriptor = open(fd);
      if (descriptor === undefined) return ERRNO.badf;
      if (descriptor.lacksRight(RIGHT.fdAdvise)) return ERRNO.notcapable;
      if (advice >>> 0 > MAX_ADVICE || offset < 0n || len < 0n) return ERRNO.inval;
      return descriptor.advise();
    },
    fd_allocate(fd, offset, len) {
      const descriptor = open(fd);
      if (descriptor === undefined) return ERRNO.badf;
      if (descriptor.lacksRight(RIGHT.fdAllocate)) return ERRNO.notcapable;
      if (offset < 0n || len < 0n) return ERRNO.inval;
      return descriptor.allocate(offset, len);
    },
    fd_close(fd) {
      return binding.context().descriptors.close(fd) ? ERRNO.success : ERRNO.badf;
    },
    fd_datasync(fd) {
      return sync(fd, RIGHT.fdDatasync);
    },
    fd_sync(fd) {
      return sync(fd, RIGHT.fdSync);
    },
    fd_fdstat_get(fd, buf) {
      const memory = binding.memory();
      const at = memory.address(buf, FDSTAT.sizeBytes);
      const descriptor = open(fd);
      if (descriptor === undefined) return ERRNO.badf;
      memory.bytes.fill(0, at, at + FDSTAT.sizeBytes);
      memory.view.setUint8(at + FDSTAT.at.filetype, descriptor.filetype);
      memory.view.setUint16(at + FDSTAT.at.flags, descriptor.flags, true);
      memory.view.setBigUint64(at + FDSTAT.at.rightsBase, BigInt(descriptor.baseRights), true);
      memory.view.setBigUint64(at + FDSTAT.at.rightsInheriting, BigInt(descriptor.inheritingRights), true);
      return ERRNO.success;
    },
    fd_fdstat_set_flags(fd, flags) {
      const descriptor = open(fd);
      if (descriptor === undefined) return ERRNO.badf;
      if (descriptor.lacksRight(RIGHT.fdFdstatSetFlags)) return ERRNO.notcapable;
      if ((flags & ~ALL_FDFLAGS) !== 0) return ERRNO.inval;
      descriptor.flags = flags;
      return ERRNO.success;
    },
    fd_fdstat_set_rights(fd, base, inheriting) {
      const descriptor = open(fd);
      if (descriptor === undefined) return ERRNO.badf;
      // Rights only ever shrink.
      if (!isSubset(base, descriptor.baseRights) || !isSubset(inheriting, descriptor.inheritingRights))
        return ERRNO.notcapable;
      descriptor.baseRights = rightsOf(base);
      descriptor.inheritingRights = rightsOf(inheriting);
      return ERRNO.success;
    },
    fd_filestat_get(fd, buf) {
      const memory = binding.memory();
      const at = memory.address(buf, FILESTAT.sizeBytes);
      const descriptor = open(fd);
      if (descriptor === undefined) return ERRNO.badf;
      if (descriptor.lacksRight(RIGHT.fdFilestatGet)) return ERRNO.notcapable;
      writeFilestat(memory, at, descriptor.filetype, descriptor.status());
      return ERRNO.success;
    },
    fd_filestat_set_size(fd, size) {
      const descriptor = open(fd);
      if (descriptor === undefined) return ERRNO.badf;
      if (descriptor.lacksRight(RIGHT.fdFilestatSetSize)) return ERRNO.notcapable;
      return size < 0n ? ERRNO.inval : whenFetched(binding, descriptor, () => descriptor.resize(size));
    },
    fd_filestat_set_times(fd, accessed, modified, fstflags) {
      const descriptor = open(fd);
      if (descriptor === undefined) return ERRNO.badf;
      if (descriptor.lacksRight(RIGHT.fdFilestatSetTimes)) return ERRNO.notcapable;
      const times = parseTimes(accessed, modified, fstflags);
      return times === undefined ? ERRNO.inval : descriptor.setTimes(times.accessedNs, times.modifiedNs);
    },
    fd_prestat_get(fd, buf) {
      const memory = binding.memory();
      const at = memory.address(buf, PRESTAT.sizeBytes);
      const name = preopen(fd);
      if (name === undefined) return ERRNO.badf;
      memory.bytes.fill(0, at, at + PRESTAT.sizeBytes);
      memory.view.setUint8(at + PRESTAT.at.tag, PREOPEN_DIRECTORY);
      memory.view.setUint32(at + PRESTAT.at.nameLen, name.length, true);
      return ERRNO.success;
    },
    fd_prestat_dir_name(fd, path, pathLen) {
      const name = preopen(fd);
      if (name === undefined) return ERRNO.badf;
      if (pathLen >>> 0 < name.length) return ERRNO.nametoolong;
      copyOut(binding.memory(), path, name);
      return ERRNO.success;
    },
    fd_renumber(from, to) {
      return binding.context().descriptors.renumber(from, to) ? ERRNO.success : ERRNO.badf;
    },
    fd_seek(fd, offset, whence, newoffset) {
      const memory = binding.memory();
      const at = memory.address(newoffset, 8);
      const descriptor = open(fd);
      if (descriptor === undefined) return ERRNO.badf;
      // The right to seek implies the right to tell, and a seek by nothing from here is a tell.
      const isTell = offset === 0n && whence === WHENCE.current;
      if (descriptor.lacksRight(RIGHT.fdSeek) && (!isTell || descriptor.lacksRight(RIGHT.fdTell)))
        return ERRNO.notcapable;
      if (whence >>> 0 > WHENCE.end) return ERRNO.inval;
      const position = descriptor.seek(offset, whence);
      if (position < 0) return -position;
      memory.view.setBigUint64(at, BigInt(position), true);
      return ERRNO.success;
    },
    fd_tell(fd, newoffset) {
      const memory = binding.memory();
      const at = memory.address(newoffset, 8);
      const descriptor = open(fd);
      if (descriptor === undefined) return ERRNO.badf;
      if (descriptor.lacksRight(RIGHT.fdTell) && descriptor.lacksRight(RIGHT.fdSeek)) return ERRNO.notcapable;
      const position = descriptor.tell();
      if (position < 0) return -position;
      memory.view.setBigUint64(at, BigInt(position), true);
      return ERRNO.success;
    },
  };
}

/** All 64 bits count: a bit without a meaning was never granted. */
function isSubset(requested: bigint, granted: number): boolean {
  return (BigInt.asUintN(64, requested) & ~BigInt(granted)) === 0n;
}
