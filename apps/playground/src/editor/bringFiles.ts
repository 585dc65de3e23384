import { fileOf, listFolder } from "../app/droppedEntries.ts";
import { createOwnProgram, newProgramName } from "../programs/ownProgram.ts";
import { type BroughtFile, type Imported, importFiles, importZip, isOfTools } from "../project/archive.ts";
import { ProjectError } from "../project/path.ts";
import type { Workbench } from "./workbench.ts";

/**
 * Makes a project of files that the visitor chose or dropped, and opens it.
 * @throws ProjectError they are no project
 */
export async function bringFiles(files: readonly File[], workbench: Workbench): Promise<void> {
  const [first] = files;
  if (!first) return;
  const isZip = first.name.endsWith(".zip");
  const { project, skipped } = isZip ? await importZip(await bytesOf(first)) : await importAll(files);
  const folder = first.webkitRelativePath.split("/", 1)[0];
  const title = isZip ? first.name.replace(/\.zip$/, "") : folder || first.name;
  await openImported({ project, skipped }, title, workbench);
}

/**
 * Opens what was dropped on the page as a project, if it is for one.
 * @returns false: it is not; a module, say
 */
export function takeDropped(
  entries: readonly FileSystemEntry[],
  files: readonly File[],
  workbench: Workbench,
): boolean {
  const folder = entries.find((entry): entry is FileSystemDirectoryEntry => entry.isDirectory);
  if (!folder && !files.some(({ name }) => /\.(?:zip|ts)$/.test(name))) return false;
  void workbench.session.attempt(async () => {
    if (!folder) return bringFiles(files, workbench);
    await openImported(importFiles(await readFolder(folder)), folder.name, workbench);
  });
  return true;
}

/** Beyond this a folder is no project, and reading it all would take minutes. */
const MAX_FOLDER_FILES = 5_000;

async function readFolder(folder: FileSystemDirectoryEntry): Promise<BroughtFile[]> {
  const files: BroughtFile[] = [];
  const folders = [folder];
  for (let next = folders.pop(); next; next = folders.pop()) {
    for (const entry of await listFolder(next)) {
      if (files.length >= MAX_FOLDER_FILES)
        throw new ProjectError("This folder has too many files for a project.");
      const path = entry.fullPath.slice(1);
      if (isOfTools(path)) continue;
      if (entry.isDirectory) folders.push(entry as FileSystemDirectoryEntry);
      else files.push({ path, bytes: await bytesOf(await fileOf(entry as FileSystemFileEntry)) });
    }
  }
  return files;
}

async function openImported(
  { project, skipped }: Imported,
  title: string,
  { library, selection }: Workbench,
): Promise<void> {
  const left =
    skipped.length === 0 ? "" : ` Left out, since they are no text of a program: ${listShort(skipped)}.`;
  const program = createOwnProgram(newProgramName(), {
    title,
    project,
    description: `Your own project. It stays in this browser.${left}`,
  });
  await library.keep(program);
  selection.add(program);
}

function listShort(paths: readonly string[]): string {
  const shown = paths.slice(0, 3).join(", ");
  return paths.length > 3 ? `${shown} and ${paths.length - 3} more` : shown;
}

async function importAll(files: readonly File[]): Promise<Imported> {
  const brought = files.map(async (file) => ({
    path: file.webkitRelativePath || file.name,
    bytes: await bytesOf(file),
  }));
  return importFiles(await Promise.all(brought));
}

async function bytesOf(file: File): Promise<Uint8Array> {
  return new Uint8Array(await file.arrayBuffer());
}
