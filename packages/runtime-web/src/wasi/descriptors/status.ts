import { textByteLength } from "../../abi/text.ts";
import type { Inode, InodeKind } from "../../storage/inode.ts";
import { FILETYPE } from "../constants.ts";
import type { Status } from "./descriptor.ts";

const FILETYPE_OF: Readonly<Record<InodeKind, number>> = {
  file: FILETYPE.regularFile,
  directory: FILETYPE.directory,
  symlink: FILETYPE.symbolicLink,
};

export function filetypeOf(inode: Inode): number {
  return FILETYPE_OF[inode.kind];
}

/** The size is that of a file's content and of a symlink's target in UTF-8 bytes; a directory's says nothing. */
export function statusOf(inode: Inode): Status {
  return {
    inode: inode.number,
    linkCount: inode.linkCount,
    sizeBytes: sizeOf(inode),
    accessedNs: inode.accessedNs,
    modifiedNs: inode.modifiedNs,
    changedNs: inode.changedNs,
  };
}

function sizeOf(inode: Inode): number {
  if (inode.kind === "file") return inode.sizeBytes;
  return inode.kind === "symlink" ? textByteLength(inode.target) : 0;
}
