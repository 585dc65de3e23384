import { type Fault, StorageError } from "./fault.ts";
import type { DirectoryInode, FileInode, Inode, InodeKind } from "./inode.ts";
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
 * A filesystem. What it adds to `InodeTree` is access by path for the page's side: the files a run starts with, the
 * explorer, downloads. Paths start at the root, with or without a leading slash, and follow symlinks. Each of these
 * methods throws `StorageError`. Those that make, write or remove many things do it step by step.
 */
export class FileTree extends InodeTree {
  /** Makes a directory and those above it that are missing. One that is there already is fine. */
  mkdirs(path: string): void {
    const operation = "make the directory";
    let at = "";
    for (const name of path.split("/")) {
      if (name === "") continue;
      at += `${name}/`;
      this.exclusively(() => {
        const place = this.#walk(operation, at);
        if (place.inode === undefined)
          this.#settle(operation, at, this.createDirectory(place.parent, place.name));
        else if (place.inode.kind !== "directory") throw new StorageError(operation, at, "notDirectory");
      });
    }
  }

  /** Writes a whole file, replacing its content if it is there and making missing directories above it. */
  writeFile(path: string, content: string | Uint8Array): void {
    const operation = "write the file";
    this.mkdirs(path.slice(0, path.lastIndexOf("/") + 1));
    const bytes = typeof content === "string" ? new TextEncoder().encode(content) : content;
    this.exclusively(() => {
      const file = this.emptyFile(operation, path);
      const written = this.#settle(operation, path, this.write(file, 0, bytes, 0, bytes.length));
      if (written < bytes.length) throw new StorageError(operation, path, "noSpace");
    });
  }

  /** The file at a path, made if it is missing and emptied if it is there. Within `exclusively`. */
  emptyFile(operation: string, path: string): FileInode {
    const place = this.#walk(operation, path);
    if (place.hasTrailingSlash || place.inode?.kind === "directory")
      throw new StorageError(operation, path, "isDirectory");
    const file = place.inode ?? this.#settle(operation, path, this.createFile(place.parent, place.name));
    if (file.kind !== "file") throw new StorageError(operation, path, "symlinkLoop");
    this.resize(file, 0);
    return file;
  }

  /**
   * A copy of a file's content. Refused for one larger than the filesystem: such a file is all hole. Not for a tree of
   * which a part is on a volume only.
   */
  readFile(path: string): Uint8Array<ArrayBuffer> {
    return this.exclusively(() => {
      const file = this.file("read the file", path);
      if (file.sizeBytes > this.usage.capacityBytes)
        throw new StorageError("read the file", path, "fileTooLarge");
      const bytes = new Uint8Array(file.sizeBytes);
      if (file.read(0, bytes, 0, bytes.length) !== bytes.length)
        throw new Error(`The file ${JSON.stringify(path)} is on a volume: it has to be fetched first`);
      return bytes;
    });
  }

  /** The file at a path. Within `exclusively`. */
  file(operation: string, path: string): FileInode {
    const file = this.#existing(operation, path);
    if (file.kind !== "file") throw new StorageError(operation, path, "isDirectory");
    return file;
  }

  /** The entries of a directory, in the order they were made. */
  list(path: string): ListedEntry[] {
    return this.exclusively(() =>
      Array.from(this.directory(path).entriesFrom(0), ({ name, inode }) => ({
        name,
        kind: inode.kind,
        sizeBytes: inode.kind === "file" ? inode.sizeBytes : 0,
        modifiedNs: inode.modifiedNs,
      })),
    );
  }

  /** Whether something is at a path. False also where a part of the path is missing or not a directory. */
  exists(path: string): boolean {
    return this.find(path, "follow") !== undefined;
  }

  /** What is at a path; undefined also where a part of the path is missing or not a directory. */
  find(path: string, lastSymlink: LastSymlink): Inode | undefined {
    return this.exclusively(() => {
      const place = this.#place(path, lastSymlink);
      if (place === "notFound" || place === "notDirectory") return undefined;
      if (typeof place === "string") throw new StorageError("look at", path, place);
      return place.inode;
    });
  }

  /** Makes a symlink. Guests follow it only while it stays within their directory, and never when it is absolute. */
  symlink(target: string, path: string): void {
    this.exclusively(() => {
      const place = this.#walk("make the symlink", path, "keep");
      if (place.parent === undefined) throw new StorageError("make the symlink", path, "exists");
      this.#settle("make the symlink", path, this.createSymlink(place.parent, place.name, target));
    });
  }

  /** Gives what is at a path another one, replacing what is there as rename(2) does. */
  move(from: string, to: string): void {
    const operation = "rename";
    this.exclusively(() => {
      const source = this.#walk(operation, from, "keep");
      const target = this.#walk(operation, to, "keep");
      if (source.inode === undefined) throw new StorageError(operation, from, "notFound");
      if (source.parent === undefined || target.parent === undefined)
        throw new StorageError(operation, source.parent === undefined ? from : to, "busy");
      if ((source.hasTrailingSlash || target.hasTrailingSlash) && source.inode.kind !== "directory")
        throw new StorageError(operation, from, "notDirectory");
      this.#refuse(operation, to, this.rename(source.parent, source.name, target.parent, target.name));
    });
  }

  /** Removes a file, a symlink, or a directory with all that is in it. */
  remove(path: string): void {
    const find = () => {
      const place = this.#walk("remove", path, "keep");
      if (place.parent === undefined) throw new StorageError("remove", path, "busy");
      return place;
    };
    const { inode } = this.exclusively(find);
    if (inode?.kind === "directory") this.#empty(inode);
    this.exclusively(() => {
      const { parent, name } = find();
      const isDirectory = inode?.kind === "directory";
      this.#refuse(
        "remove",
        path,
        isDirectory ? this.removeDirectory(parent, name) : this.unlink(parent, name),
      );
    });
  }

  /** The directory at a path, for a preopen. */
  directory(path: string): DirectoryInode {
    return this.exclusively(() => {
      const inode = this.#existing("open the directory", path);
      if (inode.kind !== "directory") throw new StorageError("open the directory", path, "notDirectory");
      return inode;
    });
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
    for (;;) {
      const inner = this.exclusively(() => this.#removeFirst(directory));
      if (inner !== "removed") return inner;
    }
  }

  #removeFirst(directory: DirectoryInode): DirectoryInode | "removed" | undefined {
    for (const { name, inode } of directory.entriesFrom(0)) {
      if (inode.kind !== "directory") this.unlink(directory, name);
      else if (inode.entryCount > 0) return inode;
      else this.removeDirectory(directory, name);
      return "removed";
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
