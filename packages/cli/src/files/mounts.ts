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
}

/** The working directory, which lunatic always passes (host ABI ch. 9). */
const WORKING_DIRECTORY = ".";

/**
 * The directories of a run: the working directory as the root of the guest's filesystem, and those of `--dir` within
 * it. Where one lies on top of what the working directory has, the guest sees the one that was named.
 * @param options values of --dir: HOST or HOST::GUEST
 * @throws CommandError a directory is missing or is none; one name for two directories
 */
export function planMounts(options: readonly string[], cwd: string): Mount[] {
  const mounts: Mount[] = [{ host: cwd, guest: WORKING_DIRECTORY, treePath: "" }];
  for (const option of options) {
    const mount = readOption(option, cwd);
    requireDirectory(mount.host, option);
    if (mount.host === cwd && mount.treePath === "") continue;
    const twin = mounts.find(({ treePath }) => treePath === mount.treePath);
    if (twin === undefined) mounts.push(mount);
    else if (twin.host !== mount.host) {
      throw usageError(
        `--dir ${option} and ${twin.host} are both ${JSON.stringify(mount.guest)} to the guest; give one another name: --dir HOST::GUEST`,
      );
    }
  }
  return mounts;
}

function readOption(option: string, cwd: string): Mount {
  const at = option.lastIndexOf("::");
  const host = at === -1 ? option : option.slice(0, at);
  const guest = at === -1 ? option : option.slice(at + 2);
  if (host === "" || guest === "")
    throw usageError(`--dir ${JSON.stringify(option)} must be HOST or HOST::GUEST`);
  return { host: resolve(cwd, host), guest, treePath: treePathOf(guest) };
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

/** The mount a path of the guest's filesystem belongs to, and the path here. */
export function hostPath(mounts: readonly Mount[], treePath: string): string {
  let best = mounts[0]!;
  for (const mount of mounts) {
    const isInside = treePath === mount.treePath || treePath.startsWith(`${mount.treePath}/`);
    if (isInside && mount.treePath.length > best.treePath.length) best = mount;
  }
  const below = best.treePath === "" ? treePath : treePath.slice(best.treePath.length + 1);
  return resolve(best.host, ...below.split("/"));
}
