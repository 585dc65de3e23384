import { mkdir, rm, rmdir, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { CommandError, errorCode, errorText } from "../errors.ts";
import type { FileChanges } from "../session/fileChanges.ts";
import { hostPath, type Mount } from "./mounts.ts";

/**
 * Brings the changes of a run to disk: files that are new or have other contents, and what was removed. What the run
 * has not changed is not touched, so a change that somebody else made meanwhile stays.
 * @throws CommandError a file cannot be written; the others have been
 */
export async function writeBack(mounts: readonly Mount[], { written, removed }: FileChanges): Promise<void> {
  const problems: string[] = [];
  const attempt = async (path: string, change: (host: string) => Promise<unknown>) => {
    const host = hostPath(mounts, path.replace(/^\/|\/$/g, ""));
    if (host === undefined) return;
    try {
      await change(host);
    } catch (error) {
      problems.push(`${host}: ${errorText(error)}`);
    }
  };
  for (const path of removed) {
    await attempt(path, (host) => (path.endsWith("/") ? removeDirectory(host) : rm(host, { force: true })));
  }
  for (const [path, content] of written) {
    await attempt(path, async (host) => {
      await mkdir(path.endsWith("/") ? host : dirname(host), { recursive: true });
      if (!path.endsWith("/")) await writeFile(host, content);
    });
  }
  const [first, ...others] = problems;
  if (first === undefined) return;
  const more = others.length === 0 ? "" : ` (and ${others.length} more)`;
  throw new CommandError(
    `Cannot write back what the guest wrote: ${first}${more}. Make room or a writable directory, and run it again`,
  );
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
