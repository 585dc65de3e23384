import { encodeText } from "../../abi/text.ts";
import type { Inode } from "../../storage/inode.ts";
import type { FreePlace, Place } from "../../storage/walk.ts";
import type { WasiBinding } from "../binding.ts";
import { ALL_LOOKUPFLAGS, LOOKUP_SYMLINK_FOLLOW } from "../constants.ts";
import { filetypeOf, statusOf } from "../descriptors/status.ts";
import { ERRNO, type Errno, errnoOf } from "../errno.ts";
import { readPath, resolve } from "../guestPath.ts";
import { RIGHT } from "../rights.ts";
import { FILESTAT } from "../structs.ts";
import { parseTimes, writeFilestat } from "./filestat.ts";
import type { WasiFunctions } from "./signature.ts";

type PathFunctions = Pick<
  WasiFunctions,
  | "path_create_directory"
  | "path_filestat_get"
  | "path_filestat_set_times"
  | "path_link"
  | "path_readlink"
  | "path_remove_directory"
  | "path_rename"
  | "path_symlink"
  | "path_unlink_file"
>;

/** What concerns names in directories. Opening is in `open.ts`. */
export function pathFunctions(binding: WasiBinding): PathFunctions {
  return {
    path_create_directory(fd, path, pathLen) {
      const context = binding.context();
      const place = resolve(context, binding.memory(), fd, RIGHT.pathCreateDirectory, path, pathLen, "keep");
      if (typeof place === "number") return place;
      if (place.parent === undefined) return ERRNO.exist;
      return outcome(context.tree.createDirectory(place.parent, place.name));
    },
    path_filestat_get(fd, flags, path, pathLen, buf) {
      const memory = binding.memory();
      const at = memory.address(buf, FILESTAT.sizeBytes);
      if ((flags & ~ALL_LOOKUPFLAGS) !== 0) return ERRNO.inval;
      const context = binding.context();
      const inode = existing(
        resolve(context, memory, fd, RIGHT.pathFilestatGet, path, pathLen, lastSymlink(flags)),
      );
      if (typeof inode === "number") return inode;
      writeFilestat(memory, at, filetypeOf(inode), statusOf(inode));
      return ERRNO.success;
    },
    path_filestat_set_times(fd, flags, path, pathLen, accessed, modified, fstflags) {
      if ((flags & ~ALL_LOOKUPFLAGS) !== 0) return ERRNO.inval;
      const times = parseTimes(accessed, modified, fstflags);
      if (times === undefined) return ERRNO.inval;
      const context = binding.context();
      const inode = existing(
        resolve(context, binding.memory(), fd, RIGHT.pathFilestatSetTimes, path, pathLen, lastSymlink(flags)),
      );
      if (typeof inode === "number") return inode;
      context.tree.setTimes(inode, times.accessedNs, times.modifiedNs);
      return ERRNO.success;
    },
    path_link(oldFd, oldFlags, oldPath, oldPathLen, newFd, newPath, newPathLen) {
      // Neither does wasmtime follow the link itself here.
      if (oldFlags !== 0) return ERRNO.inval;
      const context = binding.context();
      const memory = binding.memory();
      const inode = existing(
        resolve(context, memory, oldFd, RIGHT.pathLinkSource, oldPath, oldPathLen, "followBeforeSlash"),
      );
      if (typeof inode === "number") return inode;
      const place = newName(
        resolve(context, memory, newFd, RIGHT.pathLinkTarget, newPath, newPathLen, "keep"),
      );
      if (typeof place === "number") return place;
      return errnoOf(context.tree.link(inode, place.parent, place.name));
    },
    path_readlink(fd, path, pathLen, buf, bufLen, bufUsed) {
      const memory = binding.memory();
      const at = memory.address(buf, bufLen);
      const usedAt = memory.address(bufUsed, 4);
      const inode = existing(
        resolve(binding.context(), memory, fd, RIGHT.pathReadlink, path, pathLen, "followBeforeSlash"),
      );
      if (typeof inode === "number") return inode;
      if (inode.kind !== "symlink") return ERRNO.inval;
      const target = encodeText(inode.target).subarray(0, bufLen >>> 0);
      if (target.length > 0) memory.bytes.set(target, at);
      memory.view.setUint32(usedAt, target.length, true);
      return ERRNO.success;
    },
    path_remove_directory(fd, path, pathLen) {
      const context = binding.context();
      const place = resolve(context, binding.memory(), fd, RIGHT.pathRemoveDirectory, path, pathLen, "keep");
      if (typeof place === "number") return place;
      if (place.parent === undefined) return place.name === "." ? ERRNO.inval : ERRNO.notempty;
      return errnoOf(context.tree.removeDirectory(place.parent, place.name));
    },
    path_rename(oldFd, oldPath, oldPathLen, newFd, newPath, newPathLen) {
      const context = binding.context();
      const memory = binding.memory();
      const from = resolve(context, memory, oldFd, RIGHT.pathRenameSource, oldPath, oldPathLen, "keep");
      if (typeof from === "number") return from;
      const to = resolve(context, memory, newFd, RIGHT.pathRenameTarget, newPath, newPathLen, "keep");
      if (typeof to === "number") return to;
      if (from.parent === undefined || to.parent === undefined) return ERRNO.busy;
      if (from.inode === undefined) return ERRNO.noent;
      if ((from.hasTrailingSlash || to.hasTrailingSlash) && from.inode.kind !== "directory")
        return ERRNO.notdir;
      return errnoOf(context.tree.rename(from.parent, from.name, to.parent, to.name));
    },
    path_symlink(oldPath, oldPathLen, fd, newPath, newPathLen) {
      const context = binding.context();
      const memory = binding.memory();
      const target = readPath(memory, oldPath, oldPathLen);
      if (typeof target === "number") return target;
      const place = newName(resolve(context, memory, fd, RIGHT.pathSymlink, newPath, newPathLen, "keep"));
      if (typeof place === "number") return place;
      if (target === "") return ERRNO.noent;
      if (target.includes("\0")) return ERRNO.inval;
      // It could only be followed to nowhere; natively it is refused when it is made.
      if (target.startsWith("/")) return ERRNO.perm;
      return outcome(context.tree.createSymlink(place.parent, place.name, target));
    },
    path_unlink_file(fd, path, pathLen) {
      const context = binding.context();
      const place = resolve(context, binding.memory(), fd, RIGHT.pathUnlinkFile, path, pathLen, "keep");
      if (typeof place === "number") return place;
      if (place.parent === undefined) return ERRNO.isdir;
      const { kind } = place.inode ?? {};
      if (place.hasTrailingSlash && (kind === "file" || kind === "symlink")) return ERRNO.notdir;
      return errnoOf(context.tree.unlink(place.parent, place.name));
    },
  };
}

function lastSymlink(lookupflags: number): "follow" | "followBeforeSlash" {
  return (lookupflags & LOOKUP_SYMLINK_FOLLOW) === 0 ? "followBeforeSlash" : "follow";
}

/** What is at a place, which must be a directory if the path ended in a slash. */
function existing(place: Place | Errno): Inode | Errno {
  if (typeof place === "number") return place;
  if (place.inode === undefined) return ERRNO.noent;
  return place.hasTrailingSlash && place.inode.kind !== "directory" ? ERRNO.notdir : place.inode;
}

/** A place for a new name of something that is not a directory, and so cannot be written with a slash. */
function newName(place: Place | Errno): FreePlace | Errno {
  if (typeof place === "number") return place;
  if (place.inode !== undefined) return ERRNO.exist;
  return place.hasTrailingSlash ? ERRNO.noent : place;
}

function outcome(created: Inode | Parameters<typeof errnoOf>[0]): Errno {
  return typeof created === "object" ? ERRNO.success : errnoOf(created);
}
