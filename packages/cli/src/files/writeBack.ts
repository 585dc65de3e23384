import { mkdir, realpath, rm, rmdir, stat, utimes, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { CommandError, errorCode, errorText } from "../errors.ts";
import type { FileChanges } from "../session/fileChanges.ts";
import { liesWithin } from "./containment.ts";
import { hostPlace, type Mount } from "./mounts.ts";

/**
 * Brings the changes of a run to disk: files that are new or have other contents, and what was removed. What the run
 * has not changed is not touched, so a change that somebody else made meanwhile stays. Nothing lands outside of the
 * mounts: a guest may have made a directory where a link lies that it did not see.
 * @throws CommandError a file cannot be written; the others have been
 */
export async function writeBack(
  mounts: readonly Mount[],
  { written, times, removed }: FileChanges,
): Promise<void> {
  const problems = new Map<string, string>();
  const realRoots = await realRootsOf(mounts);
  const attempt = async (path: string, change: (host: string) => Promise<unknown>, lands: typeof itself) => {
    const place = hostPlace(mounts, path.replace(/^\/|\/$/g, ""));
    // What could not be written gets no time either.
    if (place === undefined || problems.has(place.path)) return;
    try {
      const { path: host, root } = place;
      if (!(await liesWithin(lands(host), realRoots.get(root) ?? root)))
        throw new Error(`a link leads out of ${root}`);
      await change(host);
    } catch (error) {
      problems.set(place.path, errorText(error));
    }
  };
  for (const path of removed) {
    const remove = path.endsWith("/") ? removeDirectory : (host: string) => rm(host, { force: true });
    // What is removed is the entry, wherever it leads.
    await attempt(path, remove, dirname);
  }
  for (const [path, content] of written) {
    const write = async (host: string) => {
      await mkdir(path.endsWith("/") ? host : dirname(host), { recursive: true });
      if (!path.endsWith("/")) await writeFile(host, content);
    };
    await attempt(path, write, itself);
  }
  for (const [path, modifiedMs] of times)
    await attempt(path, (host) => setModified(host, modifiedMs), itself);
  const [first] = problems;
  if (first === undefined) return;
  const more = problems.size === 1 ? "" : ` (and ${problems.size - 1} more)`;
  throw new CommandError(
    `Cannot write back what the guest wrote: ${first.join(": ")}${more}. Make room or a writable directory, and run it again`,
  );
}

async function setModified(host: string, modifiedMs: number): Promise<void> {
  const { atime } = await stat(host);
  await utimes(host, atime, modifiedMs / 1000);
}

const itself = (path: string): string => path;

/** Of each mount's directory, which may be reached by links itself. */
async function realRootsOf(mounts: readonly Mount[]): Promise<Map<string, string>> {
  const real = new Map<string, string>();
  for (const { host } of mounts) real.set(host, await realpath(host).catch(() => host));
  return real;
}

/** What the guest did not see of it, because it was left out, keeps the directory alive. */
async function removeDirectory(host: string): Promise<void> {
  try {
    await rmdir(host);
  } catch (error) {
    const code = errorCode(error);
    if (code !== "ENOTEMPTY" && code !== "ENOENT") throw error;
  }
}
