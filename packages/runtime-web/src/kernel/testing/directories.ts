import { createSharedPidDirectory, SharedPidDirectory } from "../../mailbox/sharedPidDirectory.ts";
import { DividedPidDirectory } from "../dividedPidDirectory.ts";
import type { ExecutorIndex, Pid } from "../ids.ts";
import type { PidDirectory } from "../pidDirectory.ts";

/** What a page with and one without shared memory keep their pids in. */
export const DIRECTORIES = ["shared", "divided"] as const;
export type DirectoryKind = (typeof DIRECTORIES)[number];

/** @returns what gives each executor its view of the pids of a new environment with home 0 */
export function directories(kind: DirectoryKind, executors: number): (own: ExecutorIndex) => PidDirectory {
  if (kind === "divided") return (own) => new DividedPidDirectory(own, 0, executors);
  const directory = new SharedPidDirectory<Pid>(createSharedPidDirectory());
  return () => directory;
}
