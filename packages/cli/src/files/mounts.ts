import { statSync } from "node:fs";
import { posix, resolve } from "node:path";
import { CommandError, usageError } from "../errors.ts";

/** A directory of this machine that a guest sees. */
export interface Mount {
  /** Absolute path here. */
  readonly host: string;
  /** What the guest calls it: the name of the preopened directory. */
  readonly guest: string;
  /** Where it lies in the guest's filesystem: from its root, no slash at either end, "" for the root. */
  readonly treePath: string;
  /** Nobody asked for it by name. */
  readonly isImplied: boolean;
}

/** The working directory, which lunatic always passes (host ABI ch. 9). */
const WORKING_DIRECTORY = ".";

/**
 * The directories of a run: the working directory as the root of the guest's filesystem, and those of `--dir` within
 * it. Where one lies on top of what the working directory has, the guest sees the one that was named; one that is named
 * as the root itself (`--dir HOST::/`) is there instead of the working directory, and `.` then means it too.
 * @param options values of --dir: HOST or HOST::GUEST
 * @param isPlainWasi only those of `--dir`, as WASI runtimes do
 * @throws CommandError a directory is missing or is none; one name for two directories
 */
export function planMounts(options: readonly string[], cwd: string, isPlainWasi = false): Mount[] {
  const named: Mount[] = [];
  for (const option of options) {
    const mount = readOption(option, cwd);
    requireDirectory(mount.host, option);
    const twin = named.find(({ treePath }) => treePath === mount.treePath);
    if (twin !== undefined && twin.host !== mount.host) {
      throw usageError(
        `--dir ${option} and ${twin.host} are both ${JSON.stringify(mount.guest)} to the guest; give one another name: --dir HOST::GUEST`,
      );
    }
    if (!named.some(({ guest }) => guest === mount.guest)) named.push(mount);
  }
  if (isPlainWasi) return named;
  const root = named.find(({ treePath }) => treePath === "");
  const working: Mount = {
    host: root?.host ?? cwd,
    guest: WORKING_DIRECTORY,
    treePath: "",
    isImplied: root === undefined,
  };
  return [working, ...named.filter(({ guest }) => guest !== WORKING_DIRECTORY)];
}

function readOption(option: string, cwd: string): Mount {
  const at = option.lastIndexOf("::");
  const host = at === -1 ? option : option.slice(0, at);
  const guest = at === -1 ? option : option.slice(at + 2);
  if (host === "" || guest === "")
    throw usageError(`--dir ${JSON.stringify(option)} must be HOST or HOST::GUEST`);
  return { host: resolve(cwd, host), guest, treePath: treePathOf(guest), isImplied: false };
}

/** A guest's filesystem has nothing above its root, so a leading `..` is nowhere else than the root. */
function treePathOf(guest: string): string {
  return posix.normalize(`/${guest.replaceAll("\\", "/")}`).replace(/^\/+|\/+$/g, "");
}

function requireDirectory(path: string, option: string): void {
  const found = statSync(path, { throwIfNoEntry: false });
  if (found === undefined)
    throw new CommandError(`Directory ${path} of --dir ${option} does not exist; create it first`);
  if (!found.isDirectory()) throw new CommandError(`${path} of --dir ${option} is no directory`);
}

/** Where a path of the guest's filesystem lies here. */
export interface HostPlace {
  readonly path: string;
  /** The directory that was passed, which holds it. */
  readonly root: string;
}

/** @returns undefined: in no mount; it is only on the way to one */
export function hostPlace(mounts: readonly Mount[], treePath: string): HostPlace | undefined {
  let best: Mount | undefined;
  for (const mount of mounts) {
    const { length } = mount.treePath;
    const isInside = length === 0 || treePath === mount.treePath || treePath.startsWith(`${mount.treePath}/`);
    // The innermost mount that holds it.
    if (isInside && length > (best?.treePath.length ?? -1)) best = mount;
  }
  if (best === undefined) return undefined;
  const below = best.treePath === "" ? treePath : treePath.slice(best.treePath.length + 1);
  return { path: resolve(best.host, ...below.split("/")), root: best.host };
}
