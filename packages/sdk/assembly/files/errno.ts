/** Why a file function failed, by the numbers of WASI. The names of members are those of Rust's `ErrorKind` where it has one. */
export enum Errno {
  /** EACCES: the system does not allow it. */
  AccessDenied = 2,
  /** EBADF: the file has been closed. */
  Closed = 8,
  /** EBUSY: it is in use and cannot be removed or renamed. */
  Busy = 10,
  /** EEXIST: there is something of that name. */
  AlreadyExists = 20,
  /** EFBIG: a file cannot be that large, or what is in it does not fit into memory. */
  FileTooLarge = 22,
  /** EILSEQ: not UTF-8. */
  InvalidText = 25,
  /** EINVAL: arguments that make no sense. */
  InvalidInput = 28,
  /** EIO: the disk failed. */
  Io = 29,
  /** EISDIR: it is a directory. */
  IsADirectory = 31,
  /** ELOOP: symbolic links that lead to each other, or one where none is wanted. */
  LinkLoop = 32,
  /** EMFILE: too many open files. */
  TooManyOpen = 33,
  /** ENAMETOOLONG: a name of more than 255 bytes, or a path of more than 4,096. */
  NameTooLong = 37,
  /** ENOENT: there is nothing at that path. */
  NotFound = 44,
  /** ENOSPC: the disk is full. */
  StorageFull = 51,
  /** ENOTDIR: a part of the path, or the path, is no directory. */
  NotADirectory = 54,
  /** ENOTEMPTY: the directory has something in it. */
  DirectoryNotEmpty = 55,
  /** ENOTSUP: the filesystem has no such thing. */
  Unsupported = 58,
  /** EPERM: the path leads out of the directories that the process was given. */
  NotPermitted = 63,
  /** EROFS: nothing can be written there. */
  ReadOnlyFilesystem = 69,
  /** EXDEV: the two paths are on different disks. */
  CrossesDevices = 75,
  /** ENOTCAPABLE: no directory of the process leads there, or the file was not opened for this. */
  NotCapable = 76,
}

/** The name that manuals have for an error number, a blank, what it means, and what can be done. */
export function describeErrno(code: u32): string {
  switch (code) {
    case Errno.AccessDenied:
      return "EACCES the system does not allow it";
    case Errno.Closed:
      return "EBADF the file has been closed: open it again";
    case Errno.Busy:
      return "EBUSY it is in use: close what is open in it, or take another path";
    case Errno.AlreadyExists:
      return "EEXIST there is something of that name: remove it first, or take another name";
    case Errno.FileTooLarge:
      return "EFBIG it is too large: use File.readAt and File.writeAt for pieces";
    case Errno.InvalidText:
      return "EILSEQ it is not text in UTF-8: read it as bytes";
    case Errno.InvalidInput:
      return "EINVAL the arguments make no sense: look at the path and at the options";
    case Errno.Io:
      return "EIO the disk failed: what was not synced may be lost";
    case Errno.IsADirectory:
      return "EISDIR it is a directory: use list, makeDirectory and remove";
    case Errno.LinkLoop:
      return "ELOOP its symbolic links lead to no file: look at them with readLink";
    case Errno.TooManyOpen:
      return "EMFILE too many files are open: close those that are done";
    case Errno.NameTooLong:
      return "ENAMETOOLONG a name may have 255 bytes and a path 4,096: take a shorter one";
    case Errno.NotFound:
      return "ENOENT there is nothing at this path: list shows what there is, makeDirectory makes what is missing on the way";
    case Errno.StorageFull:
      return "ENOSPC the disk is full: remove what is not needed";
    case Errno.NotADirectory:
      return "ENOTDIR a part of the path is a file and no directory: look at the path";
    case Errno.DirectoryNotEmpty:
      return "ENOTEMPTY the directory is not empty: remove(path, true) removes all that is in it";
    case Errno.Unsupported:
      return "ENOTSUP the filesystem cannot do this";
    case Errno.NotPermitted:
      return "EPERM the path leads out of the directories that this process was given: look at its `..` and symbolic links";
    case Errno.ReadOnlyFilesystem:
      return "EROFS nothing can be written there";
    case Errno.CrossesDevices:
      return "EXDEV the two paths are on different disks: use copy and remove";
    case Errno.NotCapable:
      return "ENOTCAPABLE the file was not opened for this: say it in OpenOptions";
    default:
      return `E${code} the system gave this number of WASI and no reason`;
  }
}
