import { existsSync } from "node:fs";
import { lstat, readdir, readFile, realpath, stat } from "node:fs/promises";
import { join } from "node:path";
import { CommandError, errorText } from "../errors.ts";
import type { FileSet, FileTimes } from "../session/fileArchive.ts";
import { liesWithin } from "./containment.ts";
import type { Mount } from "./mounts.ts";

export interface FileLimits {
  /** Of the working directory, which nobody asked for by name. */
  readonly workingDirectory: Limit;
  /** Of a directory of --dir. */
  readonly named: Limit;
}

interface Limit {
  readonly files: number;
  readonly bytes: number;
}

/** The guest's files are in the memory of a browser tab, once per executor until the run has started. */
export const FILE_LIMITS: FileLimits = {
  workingDirectory: { files: 2_000, bytes: 16 * 2 ** 20 },
  named: { files: 50_000, bytes: 512 * 2 ** 20 },
};

export interface ReadFiles {
  readonly files: FileSet;
  readonly times: FileTimes;
  /** What was left out and why, for people. */
  readonly warnings: readonly string[];
}

/**
 * Reads what a guest will see of this machine's files. Left out are, of the working directory, what no program reads
 * (.git, node_modules, cargo's target); everywhere, what is neither file nor directory, links to directories, and links
 * that lead out.
 * @throws CommandError a directory of --dir is too large or cannot be read
 */
export async function readMounts(
  mounts: readonly Mount[],
  limits: FileLimits = FILE_LIMITS,
): Promise<ReadFiles> {
  const files = new Map<string, Uint8Array>();
  const times = new Map<string, number>();
  const warnings: string[] = [];
  const elsewhere = new Set(mounts.map(({ treePath }) => treePath).filter((path) => path !== ""));
  for (const mount of mounts) {
    // A directory may have two names, as the root has with --dir HOST::/.
    if (mounts.find(({ treePath }) => treePath === mount.treePath) !== mount) continue;
    const reading: Reading = {
      files: new Map(),
      times,
      warnings,
      limit: mount.isImplied ? limits.workingDirectory : limits.named,
      skips: mount.isImplied ? skipInWorkingDirectory : () => false,
      elsewhere,
      realRoot: await realpath(mount.host).catch(() => mount.host),
      leadingOut: [],
      bytes: 0,
    };
    if (await readDirectory(reading, mount.host, mount.treePath)) {
      for (const [path, content] of reading.files) files.set(path, content);
      // As other links that are left out, where nobody asked for the directory by name.
      if (reading.leadingOut.length > 0 && !mount.isImplied)
        warnings.push(describeLeadingOut(reading.leadingOut, mount.host));
    } else if (mount.isImplied) {
      warnings.push(
        `The files of ${mount.host} are not passed to the guest: there are more than ${describe(reading.limit)}. Name the directories that it needs with --dir`,
      );
    } else {
      throw new CommandError(
        `--dir ${mount.guest} holds more than ${describe(reading.limit)}; name a smaller directory in it`,
      );
    }
  }
  for (const [path, content] of emptyMounts(mounts)) files.set(path, content);
  return { files, times, warnings };
}

/** The directories themselves, for a guest that opens no files: one that is not there could not be preopened. */
export function emptyMounts(mounts: readonly Mount[]): FileSet {
  const named = mounts.filter(({ treePath }) => treePath !== "");
  return new Map(named.map(({ treePath }) => [`/${treePath}/`, new Uint8Array()]));
}

interface Reading {
  readonly files: Map<string, Uint8Array>;
  readonly times: Map<string, number>;
  readonly warnings: string[];
  readonly limit: Limit;
  readonly skips: (name: string, directory: string) => boolean;
  /** Tree paths that belong to another mount. */
  readonly elsewhere: ReadonlySet<string>;
  /** Of the mount's directory. */
  readonly realRoot: string;
  /** Links to files that are not in it: as with a native preopen, a guest does not get there. */
  readonly leadingOut: string[];
  bytes: number;
}

/** @returns false: it is too large */
async function readDirectory(reading: Reading, directory: string, treePath: string): Promise<boolean> {
  const pending = [{ directory, treePath }];
  for (let at = pending.pop(); at !== undefined; at = pending.pop()) {
    for (const name of await listDirectory(reading, at.directory)) {
      const path = join(at.directory, name);
      const inTree = at.treePath === "" ? name : `${at.treePath}/${name}`;
      if (reading.elsewhere.has(inTree) || reading.skips(name, at.directory)) continue;
      const kind = await kindOf(path, reading.realRoot);
      if (kind === "directory") {
        reading.files.set(`/${inTree}/`, new Uint8Array());
        pending.push({ directory: path, treePath: inTree });
      } else if (kind === "file") await readInto(reading, path, `/${inTree}`);
      else if (kind === "leadingOut") reading.leadingOut.push(path);
      if (reading.files.size > reading.limit.files || reading.bytes > reading.limit.bytes) return false;
    }
  }
  return true;
}

async function listDirectory(reading: Reading, directory: string): Promise<string[]> {
  try {
    return (await readdir(directory)).sort();
  } catch (error) {
    reading.warnings.push(`${directory} cannot be read and is empty to the guest: ${errorText(error)}`);
    return [];
  }
}

async function readInto(reading: Reading, path: string, inTree: string): Promise<void> {
  try {
    const { size, mtimeMs } = await stat(path);
    reading.bytes += size;
    // One file may be larger than all that is allowed.
    if (reading.bytes > reading.limit.bytes) return;
    reading.files.set(inTree, await readFile(path));
    reading.times.set(inTree, mtimeMs);
  } catch (error) {
    reading.warnings.push(`${path} cannot be read and is missing to the guest: ${errorText(error)}`);
  }
}

/** Links to files count as files; links to directories could lead in circles. */
async function kindOf(
  path: string,
  realRoot: string,
): Promise<"file" | "directory" | "leadingOut" | "other"> {
  try {
    const entry = await lstat(path);
    if (entry.isDirectory()) return "directory";
    if (entry.isFile()) return "file";
    if (!entry.isSymbolicLink() || !(await stat(path)).isFile()) return "other";
    return (await liesWithin(path, realRoot)) ? "file" : "leadingOut";
  } catch {
    // A link to nothing, or gone since it was listed.
    return "other";
  }
}

function skipInWorkingDirectory(name: string, directory: string): boolean {
  if (name === ".git" || name === "node_modules") return true;
  return name === "target" && existsSync(join(directory, "Cargo.toml"));
}

function describeLeadingOut([first = "", ...others]: readonly string[], root: string): string {
  const [more, verbs] = others.length === 0 ? ["", "leads"] : [` (and ${others.length} more)`, "lead"];
  return `${first}${more} ${verbs} out of ${root} and ${others.length === 0 ? "is" : "are"} missing to the guest`;
}

function describe({ files, bytes }: Limit): string {
  return `${files} files or ${bytes / 2 ** 20} MiB`;
}
