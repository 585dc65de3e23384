import { isSource, ProjectError } from "./path.ts";
import { createProject, MAX_FILES, MAX_PROJECT_LENGTH, type Project } from "./project.ts";

/** A file of a folder or an archive. */
export interface BroughtFile {
  readonly path: string;
  readonly bytes: Uint8Array;
}

export interface Imported {
  readonly project: Project;
  /** Paths of files that were left out, because they hold no text or belong to tools. */
  readonly skipped: readonly string[];
}

/** Folders and files of tools: never a program's own text. */
const TOOLS = /(?:^|\/)(?:node_modules|dist|target|\.[^./][^/]*|__MACOSX|package-lock\.json)(?:\/|$)/;
/** Whether a path is that of a file or folder that tools made. */
export function isOfTools(path: string): boolean {
  return TOOLS.test(path);
}

const MANIFEST = "package.json";

/**
 * Makes a project of the files of a folder. A folder around everything is taken off.
 * @throws ProjectError they are no project, or too large a one
 */
export function importFiles(brought: readonly BroughtFile[]): Imported {
  const wanted = stripCommonFolder(brought.filter(({ path }) => !TOOLS.test(path)));
  const skipped = brought.filter(({ path }) => TOOLS.test(path)).map(({ path }) => path);
  const files: [string, string][] = [];
  for (const { path, bytes } of wanted) {
    const text = decodeText(bytes);
    if (text === undefined) skipped.push(path);
    else files.push([path, text]);
  }
  if (!files.some(([path]) => isSource(path))) {
    throw new ProjectError("There is no .ts file among these: a project needs one that exports main.");
  }
  return { project: createProject(files, readEntry(files)), skipped };
}

/** @throws ProjectError it is no archive, or there is no project in it */
export async function importZip(bytes: Uint8Array): Promise<Imported> {
  const { unzipSync } = await import("fflate");
  let count = 0;
  let size = 0;
  let unpacked: Record<string, Uint8Array>;
  try {
    unpacked = unzipSync(bytes, {
      // Asked before anything is unpacked: a small archive can hold gigabytes of zeros.
      filter: ({ name, originalSize }) => {
        if (name.endsWith("/") || TOOLS.test(name)) return false;
        size += originalSize;
        count++;
        if (count > MAX_FILES || size > 4 * MAX_PROJECT_LENGTH)
          throw new ProjectError("This archive is too large for a project.");
        return true;
      },
    });
  } catch (thrown) {
    if (thrown instanceof ProjectError) throw thrown;
    const reason = thrown instanceof Error ? thrown.message : String(thrown);
    throw new ProjectError(`This archive cannot be read: ${reason}.`);
  }
  return importFiles(Object.entries(unpacked).map(([path, content]) => ({ path, bytes: content })));
}

/** The project as a folder in an archive that the command line builds. A package.json of its own stays as it is. */
export async function exportZip(project: Project, name: string): Promise<Uint8Array<ArrayBuffer>> {
  const { strToU8, zipSync } = await import("fflate");
  const manifest = project.files.has(MANIFEST) ? [] : [[MANIFEST, writeManifest(project, name)] as const];
  const files = [...project.files, ...manifest].map(([path, text]) => [`${name}/${path}`, strToU8(text)]);
  return zipSync(Object.fromEntries(files));
}

/** @returns letters, digits and dashes: a name for a folder and a package */
export function folderName(title: string): string {
  const plain = title
    .normalize("NFKD")
    .replace(/[^A-Za-z0-9]+/g, "-")
    .replace(/^-+|-+$/g, "");
  return plain.toLowerCase() || "project";
}

function writeManifest({ entry }: Project, name: string): string {
  const manifest = {
    name,
    private: true,
    type: "module",
    main: entry,
    scripts: { start: `lunatic-web run ${entry}`, build: `lunatic-web build ${entry}` },
    devDependencies: { "@lunatic-web/cli": "0.1.0", "@lunatic-web/sdk": "0.1.0" },
  };
  return `${JSON.stringify(manifest, null, 2)}\n`;
}

/** The entry that a manifest names, as `exportZip` writes it. */
function readEntry(files: readonly (readonly [string, string])[]): string | undefined {
  const text = files.find(([path]) => path === MANIFEST)?.[1];
  if (text === undefined) return undefined;
  try {
    const { main } = JSON.parse(text) as { readonly main?: unknown };
    const path = typeof main === "string" ? main.replace(/^\.\//, "") : "";
    return isSource(path) && files.some(([other]) => other === path) ? path : undefined;
  } catch {
    // Not JSON: the manifest of no tool, so it names no entry.
    return undefined;
  }
}

function stripCommonFolder(files: readonly BroughtFile[]): readonly BroughtFile[] {
  const folder = files[0]?.path.split("/", 1)[0];
  if (folder === undefined || !files.every(({ path }) => path.startsWith(`${folder}/`))) return files;
  return files.map(({ path, bytes }) => ({ path: path.slice(folder.length + 1), bytes }));
}

function decodeText(bytes: Uint8Array): string | undefined {
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    return text.includes("\0") ? undefined : text.replaceAll("\r\n", "\n");
  } catch {
    // Not UTF-8: an image, say. The caller tells which files these were.
    return undefined;
  }
}
