import { StorageError } from "../storage/fault.ts";
import { ArchiveError } from "./errors.ts";
import type { RuntimeFiles } from "./fileTypes.ts";

/** What `mount` takes. */
export type MountSource = Uint8Array | ArrayBuffer | Blob | FileSystemDirectoryHandle;

type Writer = Pick<RuntimeFiles, "mkdir" | "write">;
type Reader = Pick<RuntimeFiles, "list" | "read" | "stat">;

/** Copies what is in a zip or a directory of the visitor's to a directory. */
export async function mountInto(files: Writer, path: string, source: MountSource): Promise<void> {
  await files.mkdir(path);
  if ("kind" in source) await copyDirectory(files, path, source);
  else await unpack(files, path, await bytesOf(source));
}

/** A zip of what is at a path and below it; names in it begin below the path. Symlinks are left out. */
export async function packZip(files: Reader, path: string): Promise<Uint8Array<ArrayBuffer>> {
  // Loaded on demand: most pages never pack anything.
  const { Zip, ZipDeflate, ZipPassThrough } = await import("fflate");
  const chunks: Uint8Array[] = [];
  const zip = new Zip((error, chunk) => {
    if (error !== null) throw error;
    chunks.push(chunk);
  });
  for await (const { name, modifiedMs, content } of walk(files, path)) {
    const entry = content === undefined ? new ZipPassThrough(name) : new ZipDeflate(name);
    // The format knows no time before 1980 and none after 2099.
    entry.mtime = Math.min(Math.max(modifiedMs, Date.UTC(1980, 0, 2)), Date.UTC(2099, 0, 1));
    zip.add(entry);
    entry.push(content ?? new Uint8Array(), true);
  }
  zip.end();
  return joined(chunks);
}

interface Packed {
  readonly name: string;
  readonly modifiedMs: number;
  /** undefined: a directory. */
  readonly content: Uint8Array | undefined;
}

async function* walk(files: Reader, path: string): AsyncIterable<Packed> {
  const top = await files.stat(path);
  if (top === undefined) throw new StorageError("pack", path, "notFound");
  if (top.kind === "file") {
    yield { name: top.name, modifiedMs: top.modifiedMs, content: await files.read(path) };
    return;
  }
  const pending = [""];
  for (let below = pending.pop(); below !== undefined; below = pending.pop()) {
    for (const { name, kind, modifiedMs } of await files.list(`${path}/${below}`)) {
      const inner = `${below}${name}`;
      if (kind === "file") {
        yield { name: inner, modifiedMs, content: await files.read(`${path}/${inner}`) };
      } else if (kind === "directory") {
        pending.push(`${inner}/`);
        yield { name: `${inner}/`, modifiedMs, content: undefined };
      }
    }
  }
}

async function unpack(files: Writer, path: string, bytes: Uint8Array): Promise<void> {
  const { unzipSync } = await import("fflate");
  let entries: Record<string, Uint8Array>;
  try {
    entries = unzipSync(bytes);
  } catch (error) {
    throw new ArchiveError(`What was to be mounted at ${JSON.stringify(path)} is no zip that can be read`, {
      cause: error,
    });
  }
  // All names first: one that leads out must not leave half an archive behind.
  for (const name of Object.keys(entries)) requireInside(path, name);
  for (const [name, content] of Object.entries(entries)) {
    if (name.endsWith("/")) await files.mkdir(`${path}/${name}`);
    else await files.write(`${path}/${name}`, content);
  }
}

/** @throws StorageError an archive's name leads out of the directory it is unpacked to */
function requireInside(path: string, name: string): void {
  if (name.startsWith("/") || name.split(/[/\\]/).includes(".."))
    throw new StorageError(`unpack ${JSON.stringify(name)} to`, path, "escapes");
}

async function copyDirectory(
  files: Writer,
  path: string,
  directory: FileSystemDirectoryHandle,
): Promise<void> {
  for await (const [name, handle] of directory.entries()) {
    const inner = `${path}/${name}`;
    if (handle.kind === "directory") {
      await files.mkdir(inner);
      await copyDirectory(files, inner, handle as FileSystemDirectoryHandle);
    } else {
      const file = await (handle as FileSystemFileHandle).getFile();
      await files.write(inner, new Uint8Array(await file.arrayBuffer()));
    }
  }
}

async function bytesOf(source: Uint8Array | ArrayBuffer | Blob): Promise<Uint8Array> {
  if (source instanceof Uint8Array) return source;
  return new Uint8Array(source instanceof Blob ? await source.arrayBuffer() : source);
}

function joined(chunks: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(chunks.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.length;
  }
  return bytes;
}
