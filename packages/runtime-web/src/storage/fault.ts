/**
 * Why an operation on the tree did not happen. A value, not an exception: that a file is missing is ordinary, and
 * guests ask often. The operation has then changed nothing.
 */
export type Fault =
  | "notFound"
  | "exists"
  | "notDirectory"
  | "isDirectory"
  | "notEmpty"
  | "notPermitted"
  | "invalid"
  | "busy"
  /** The path leads above the directory it starts from, or a symlink on it is absolute. */
  | "escapes"
  | "symlinkLoop"
  | "nameTooLong"
  | "fileTooLarge"
  | "noSpace"
  /** The volume cannot be read or written. */
  | "unavailable";

const MEANING: Readonly<Record<Fault, string>> = {
  notFound: "there is no such file or directory",
  exists: "the name is taken",
  notDirectory: "a part of the path is not a directory",
  isDirectory: "it is a directory",
  notEmpty: "the directory is not empty",
  notPermitted: "directories cannot be linked",
  invalid: "the path is empty, contains NUL, or moves a directory into itself",
  busy: "`.` and `..` cannot be renamed",
  escapes: "the path leads outside the directory it starts from",
  symlinkLoop: "the path goes through too many symlinks",
  nameTooLong: "a name has more than 255 bytes, or the path more than 4096",
  fileTooLarge: "a file has at most 8 TiB",
  noSpace: "the filesystem is full; create it with more `capacityBytes` or `maxInodes`, or remove files",
  unavailable:
    "the browser's storage could not be read or written, or the filesystem is gone; reload the page",
};

/** What the host side of the tree (`writeFile`, `list`, …) throws. Guests get the fault as an errno instead. */
export class StorageError extends Error {
  readonly operation: string;
  readonly path: string;
  readonly fault: Fault;

  constructor(operation: string, path: string, fault: Fault) {
    super(`Cannot ${operation} ${JSON.stringify(path)}: ${MEANING[fault]}`);
    this.name = "StorageError";
    this.operation = operation;
    this.path = path;
    this.fault = fault;
  }
}

/** Thrown within an operation of a store that finds no room half-way; the operation is undone. */
export class StoreFull extends Error {
  constructor() {
    super("The store is full");
    this.name = "StoreFull";
  }
}
