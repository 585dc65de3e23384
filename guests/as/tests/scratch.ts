import { assertEqual } from "lunatic";
import { DirectoryEntry, Errno, FileError, makeDirectory, remove } from "lunatic/files";

/** An empty directory for one test. */
export function scratch(name: string): string {
  const path = `scratch-${name}`;
  remove(path, true);
  worked(makeDirectory(path));
  return path;
}

export function worked(error: FileError | null): void {
  assert(error === null, error === null ? "" : error.text);
}

export function fails(error: FileError | null, code: Errno): void {
  if (error === null) assert(false, "it has worked");
  else assertEqual(error.code, code);
}

export function bytesOf(text: string): Uint8Array {
  return Uint8Array.wrap(String.UTF8.encode(text));
}

export function textOf(bytes: Uint8Array): string {
  return String.UTF8.decode(bytes.buffer);
}

export function namesOf(entries: DirectoryEntry[]): string {
  const names: string[] = [];
  for (let i = 0; i < entries.length; i++) names.push(entries[i].name);
  return names.join(" ");
}
