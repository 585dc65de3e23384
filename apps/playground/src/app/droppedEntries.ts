/** A file of the visitor's machine, with its place in the folder that he chose or dropped. */
export interface PlacedFile {
  /** The file's name for one that came by itself, else with the folders above it, from the chosen one on. */
  readonly path: string;
  readonly file: File;
}

/** Files of a file field: of one that takes folders, with their places. */
export function placed(files: readonly File[]): PlacedFile[] {
  return files.map((file) => ({ path: file.webkitRelativePath || file.name, file }));
}

/** All that is in what was dropped, folders looked through. */
export async function* filesIn(entries: readonly FileSystemEntry[]): AsyncIterable<PlacedFile> {
  const pending = [...entries].reverse();
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    if (next.isDirectory) pending.push(...(await listFolder(next as FileSystemDirectoryEntry)).reverse());
    else yield { path: next.fullPath.slice(1), file: await fileOf(next as FileSystemFileEntry) };
  }
}

export async function listFolder(folder: FileSystemDirectoryEntry): Promise<FileSystemEntry[]> {
  const reader = folder.createReader();
  const all: FileSystemEntry[] = [];
  // It gives out some at a time, and none when there are no more.
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) =>
      reader.readEntries(resolve, reject),
    );
    if (some.length === 0) return all;
    all.push(...some);
  }
}

export function fileOf(entry: FileSystemFileEntry): Promise<File> {
  return new Promise((resolve, reject) => entry.file(resolve, reject));
}
