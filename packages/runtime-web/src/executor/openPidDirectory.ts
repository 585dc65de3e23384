import { DividedPidDirectory } from "../kernel/dividedPidDirectory.ts";
import type { Pid } from "../kernel/ids.ts";
import { LocalPidDirectory, type PidDirectory } from "../kernel/pidDirectory.ts";
import { SharedPidDirectory } from "../mailbox/index.ts";
import type { HubToExecutor } from "../protocol/hubExecutor.ts";

type Message<Type> = Extract<HubToExecutor, { type: Type }>;

/** An executor's view of the pids of an environment: of all of them where memory is shared, else of its own part. */
export function openPidDirectory(
  { directory, home }: Message<"open">,
  { index, settings }: Message<"init">,
): PidDirectory {
  if (directory !== undefined) return new SharedPidDirectory<Pid>(directory);
  if (settings.executors === 1) return new LocalPidDirectory();
  return new DividedPidDirectory(index, home, settings.executors);
}
