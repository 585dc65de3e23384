import type { Inode } from "../../storage/inode.ts";
import type { FreePlace, LastSymlink, Place } from "../../storage/walk.ts";
import type { WasiBinding } from "../binding.ts";
import { ALL_FDFLAGS, ALL_LOOKUPFLAGS, ALL_OFLAGS, LOOKUP_SYMLINK_FOLLOW, OFLAG } from "../constants.ts";
import type { WasiContext } from "../context.ts";
import type { Descriptor } from "../descriptors/descriptor.ts";
import { DirectoryDescriptor } from "../descriptors/directoryDescriptor.ts";
import { FileDescriptor } from "../descriptors/fileDescriptor.ts";
import { ERRNO, type Errno, errnoOf } from "../errno.ts";
import { directoryOf, readPath, walkFrom } from "../guestPath.ts";
import { RIGHT, rightsOf } from "../rights.ts";
import type { WasiFunctions } from "./signature.ts";

/** `path_open`: finds or makes a file or directory and gives it a descriptor. */
export function openFunction(binding: WasiBinding): Pick<WasiFunctions, "path_open"> {
  return {
    path_open(dirfd, dirflags, path, pathLen, oflags, base, inheriting, fdflags, fd) {
      const context = binding.context();
      const memory = binding.memory();
      const result = memory.address(fd, 4);
      const requested = rightsOf(base);
      const fault = faultOfFlags(dirflags, oflags, fdflags);
      if (fault !== ERRNO.success) return fault;
      const directory = directoryOf(context, dirfd, rightsNeeded(oflags));
      if (typeof directory === "number") return directory;
      const text = readPath(memory, path, pathLen);
      if (typeof text === "number") return text;
      if (context.descriptors.isFull) return ERRNO.mfile;

      const place = walkFrom(context, directory, text, lastSymlink(dirflags, oflags));
      if (typeof place === "number") return place;
      const inode = openInode(context, place, oflags, requested);
      if (typeof inode === "number") return inode;
      const opening = context.tree.open(inode, context.holder);
      if (typeof opening === "string") return errnoOf(opening);
      const descriptor = descriptorFor(context, inode, opening);
      // A descriptor never has more than the directory it was opened through may pass on, nor what means nothing to it.
      descriptor.baseRights = requested & directory.inheritingRights & descriptor.applicableRights;
      if (descriptor instanceof DirectoryDescriptor)
        descriptor.inheritingRights = rightsOf(inheriting) & directory.inheritingRights;
      descriptor.flags = fdflags;
      memory.view.setUint32(result, context.descriptors.add(descriptor), true);
      return ERRNO.success;
    },
  };
}

function faultOfFlags(dirflags: number, oflags: number, fdflags: number): Errno {
  const unknown = (dirflags & ~ALL_LOOKUPFLAGS) | (oflags & ~ALL_OFLAGS) | (fdflags & ~ALL_FDFLAGS);
  if (unknown !== 0) return ERRNO.inval;
  // A directory cannot be made or emptied by opening it.
  const isDirectory = (oflags & OFLAG.directory) !== 0;
  const changes = (oflags & (OFLAG.create | OFLAG.exclusive | OFLAG.truncate)) !== 0;
  return isDirectory && changes ? ERRNO.inval : ERRNO.success;
}

function rightsNeeded(oflags: number): number {
  let rights = RIGHT.pathOpen as number;
  if ((oflags & OFLAG.create) !== 0) rights |= RIGHT.pathCreateFile;
  if ((oflags & OFLAG.truncate) !== 0) rights |= RIGHT.pathFilestatSetSize;
  return rights;
}

function lastSymlink(dirflags: number, oflags: number): LastSymlink {
  const isNew = OFLAG.create | OFLAG.exclusive;
  // open(2): a symlink is something that exists, also when it leads nowhere.
  if ((oflags & isNew) === isNew) return "keep";
  return (dirflags & LOOKUP_SYMLINK_FOLLOW) === 0 ? "followBeforeSlash" : "follow";
}

/** What is to be opened, made or emptied first if the flags say so. */
function openInode(context: WasiContext, place: Place, oflags: number, requested: number): Inode | Errno {
  const creates = (oflags & OFLAG.create) !== 0;
  if (place.inode === undefined) return creates ? createFile(context, place) : ERRNO.noent;
  const { inode } = place;
  if (creates && (oflags & OFLAG.exclusive) !== 0) return ERRNO.exist;
  if (inode.kind === "directory") {
    const changes = creates || (oflags & OFLAG.truncate) !== 0 || (requested & RIGHT.fdWrite) !== 0;
    return changes ? ERRNO.isdir : inode;
  }
  if (place.hasTrailingSlash || (oflags & OFLAG.directory) !== 0) return ERRNO.notdir;
  if (inode.kind === "symlink") return ERRNO.loop;
  if ((oflags & OFLAG.truncate) !== 0) {
    const fault = context.tree.resize(inode, 0);
    // To nothing: no page of it is needed for that.
    if (typeof fault === "string") return errnoOf(fault);
  }
  return inode;
}

function createFile(context: WasiContext, place: FreePlace): Inode | Errno {
  if (place.hasTrailingSlash) return ERRNO.isdir;
  const file = context.tree.createFile(place.parent, place.name);
  return typeof file === "string" ? errnoOf(file) : file;
}

function descriptorFor(context: WasiContext, inode: Inode, opening: number): Descriptor {
  switch (inode.kind) {
    case "file":
      return new FileDescriptor(context.tree, inode, opening);
    case "directory":
      return new DirectoryDescriptor(context.tree, inode, opening);
    case "symlink":
      throw new Error("a symlink is not opened: path_open has answered `loop`");
    default:
      return inode satisfies never;
  }
}
