import type { ProcessConfig } from "../kernel/config.ts";
import { tellDenied } from "../kernel/denials.ts";
import { GuestTrap } from "../kernel/guestTrap.ts";
import type { Process } from "../kernel/process.ts";
import { StorageError } from "../storage/fault.ts";
import { AbsentFiles, type RunFiles } from "./runFiles.ts";

/**
 * Looks whether the directories are there that a config preopens. Files that are in another executor's memory cannot be
 * looked at: there the process traps at its first call of WASI instead.
 * @throws GuestTrap as the spawn does natively (host ABI 3.13)
 */
export function requireDirectories(files: RunFiles, config: ProcessConfig, caller: Process): void {
  if (files instanceof AbsentFiles) return;
  for (const path of config.preopenedDirs) {
    try {
      files.tree.directory(path);
    } catch (error) {
      if (!(error instanceof StorageError)) throw error;
      tellDenied(caller, "a spawn, which trapped", `the config preopens a directory, but ${error.message}`);
      throw new GuestTrap(error.message);
    }
  }
}
