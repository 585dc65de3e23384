/**
 * Files and directories, those that the process' config gives it:
 *
 * ```ts
 * import { readText, writeText } from "lunatic/files";
 * ```
 */

export { appendBytes, appendText, readBytes, readText, writeBytes, writeText } from "./content";
export { copy } from "./copy";
export { DirectoryEntry, list, makeDirectory } from "./directory";
export { Errno } from "./errno";
export { File, SeekFrom } from "./file";
export { FileError } from "./fileError";
export { hardLink, readLink, symbolicLink } from "./links";
export { remove, rename } from "./names";
export { OpenOptions } from "./openOptions";
export { givenDirectories } from "./preopens";
export { FileKind, FileStat, exists, linkStat, stat } from "./stat";
