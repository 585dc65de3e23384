import { type Fault, StorageError } from "./fault.ts";
import type { DirectoryInode, Inode, InodeKind } from "./inode.ts";
import { InodeTree } from "./inodeTree.ts";
import { type LastSymlink, type Place, walk } from "./walk.ts";

/** One line of a directory listing. */
export interface ListedEntry {
  readonly name: string;
  readonly kind: InodeKind;
  /** Bytes of a file's content; 0 for what is not a file. */
  readonly sizeBytes: number;
  readonly modifiedNs: bigint;
}

/**
 * The filesystem all processes of an environment see. What it adds to `InodeTree` is access by path for the page's
 * side: the files a run starts with, the explorer, downloads. Paths start at the root, with or without a leading
 * slash, and follow symlinks. Each of these methods throws `StorageError`.
 */
export class FileTree extends InodeTree {
  /** Makes a directory and those above it that are missing. One that is there already is fine. */
  mkdirs(path: string): void {
    let at = "";
    for (const name of path.split("/")) {
      if (name === "") continue;
      at += `${name}/`;
      const place = this.#walk("make the directory", at);
      if (place.inode === undefined)
        this.#settle("make the directory", at, this.createDirectory(place.parent, place.name));
      else if (place.inode.kind !== "directory")
        throw new StorageError("make the directory", at, "notDirectory");
    }
  }

  /** Writes a whole file, replacing its content if it is there and making missing directories above it. */
  writeFile(path: string, content: string | Uint8Array): void {
    const operation = "write the file";
    this.mkdirs(path.slice(0, path.lastIndexOf("/") + 1));
    const place = this.#walk(operation, path);
    if (place.hasTrailingSlash || place.inode?.kind === "directory")
      throw new StorageError(operation, path, "isDirectory");
    const file = place.inode ?? this.#settle(operation, path, this.createFile(place.parent, place.name));
    if (file.kind !== "file") throw new StorageError(operation, path, "symlinkLoop");
    const bytes = typeof content === "string" ? new TextEncoder().encode(content) : content;
    this.resize(file, 0);
    const written = this.#settle(operation, path, this.write(file, 0, bytes, 0, bytes.length));
    if (written < bytes.length) throw new StorageError(operation, path, "noSpace");
  }

  /** A copy of a file's content. Refused for one larger than the filesystem: such a file is all hole. */
  readFile(path: string): Uint8Array<ArrayBuffer> {
    const file = this.#existing("read the file", path);
    if (file.kind !== "file") throw new StorageError("read the file", path, "isDirectory");
    if (file.sizeBytes > this.usage.capacityBytes)
      throw new StorageError("read the file", path, "fileTooLarge");
    const bytes = new Uint8Array(file.sizeBytes);
    file.read(0, bytes, 0, bytes.length);
    return bytes;
  }

  /** The entries of a directory, in the order they were made. */
  list(path: string): ListedEntry[] {
    const directory = this.directory(path);
    return Array.from(directory.entriesFrom(0), ({ name, inode }) => ({
      name,
      kind: inode.kind,
      sizeBytes: inode.kind === "file" ? inode.sizeBytes : 0,
      modifiedNs: inode.modifiedNs,
    }));
  }

  /** Whether something is at a path. False also where a part of the path is missing or not a directory. */
  exists(path: string): boolean {
    const place = this.#place(path, "follow");
    if (place === "notFound" || place === "notDirectory") return false;
    if (typeof place === "string") throw new StorageError("look at", path, place);
    return place.inode !== undefined;
  }

  /** Makes a symlink. Guests follow it only while it stays within their directory, and never when it is absolute. */
  symlink(target: string, path: string): void {
    const place = this.#walk("make the symlink", path, "keep");
    if (place.parent === undefined) throw new StorageError("make the symlink", path, "exists");
    this.#settle("make the symlink", path, this.createSymlink(place.parent, place.name, target));
  }

  /** Removes a file, a symlink, or a directory with all that is in it. */
  remove(path: string): void {
    const place = this.#walk("remove", path, "keep");
    if (place.parent === undefined) throw new StorageError("remove", path, "busy");
    if (place.inode?.kind === "directory") {
      this.#empty(place.inode);
      this.#refuse("remove", path, this.removeDirectory(place.parent, place.name));
    } else this.#refuse("remove", path, this.unlink(place.parent, place.name));
  }

  /** The directory at a path, for a preopen. */
  directory(path: string): DirectoryInode {
    const inode = this.#existing("open the directory", path);
    if (inode.kind !== "directory") throw new StorageError("open the directory", path, "notDirectory");
    return inode;
  }

  /** Not by recursion and not by path: a guest may nest directories deeper than the stack and longer than a path. */
  #empty(directory: DirectoryInode): void {
    const pending = [directory];
    for (let at = pending.at(-1); at !== undefined; at = pending.at(-1)) {
      const inner = this.#removeUntilInner(at);
      if (inner === undefined) pending.pop();
      else pending.push(inner);
    }
  }

  /** @returns a directory in it that has to be emptied first, or undefined: it is empty now */
  #removeUntilInner(directory: DirectoryInode): DirectoryInode | undefined {
    for (const { name, inode } of directory.entriesFrom(0)) {
      if (inode.kind !== "directory") this.unlink(directory, name);
      else if (inode.entryCount > 0) return inode;
      else this.removeDirectory(directory, name);
    }
    return undefined;
  }

  #existing(operation: string, path: string): Inode {
    const place = this.#walk(operation, path);
    if (place.inode === undefined) throw new StorageError(operation, path, "notFound");
    if (place.hasTrailingSlash && place.inode.kind !== "directory")
      throw new StorageError(operation, path, "notDirectory");
    return place.inode;
  }

  #walk(operation: string, path: string, lastSymlink: LastSymlink = "follow"): Place {
    return this.#settle(operation, path, this.#place(path, lastSymlink));
  }

  #place(path: string, lastSymlink: LastSymlink): Place | Fault {
    const relative = path.replace(/^\/+/, "");
    return walk(this.root, relative === "" ? "." : relative, lastSymlink);
  }

  #settle<T extends object | number>(operation: string, path: string, outcome: T | Fault): T {
    if (typeof outcome === "string") throw new StorageError(operation, path, outcome);
    return outcome;
  }

  #refuse(operation: string, path: string, fault: Fault | undefined): void {
    if (fault !== undefined) throw new StorageError(operation, path, fault);
  }
}
