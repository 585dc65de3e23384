import type { ChildProcess } from "node:child_process";
import { setTimeout as pause } from "node:timers/promises";
import { errorCode } from "../errors.ts";
import { hasLivingMembers } from "./ancestors.ts";

/** The others of a group end a moment after the one that led it. */
const GROUP_PATIENCE_MS = 500;
const GROUP_POLL_MS = 5;

/**
 * Ends a process that leads a group, and the whole group, at once. For browsers whose profile is thrown away: they have
 * nothing to put in order, which would take Firefox half a second.
 */
export async function killGroup(leader: ChildProcess): Promise<void> {
  const ended = new Promise<void>((resolve) => {
    if (leader.pid === undefined || leader.exitCode !== null || leader.signalCode !== null) resolve();
    else leader.once("exit", () => resolve());
  });
  if (process.platform === "win32" || leader.pid === undefined) {
    // On Windows there are no groups; the children of a browser end with it.
    leader.kill("SIGKILL");
    await ended;
    return;
  }
  forgiving(() => process.kill(-leader.pid!, "SIGKILL"));
  await ended;
  const patience = performance.now() + GROUP_PATIENCE_MS;
  while (forgiving(() => hasLivingMembers(leader.pid!)) && performance.now() < patience)
    await pause(GROUP_POLL_MS);
}

/** @returns false: none of it is left */
function forgiving(ask: () => boolean): boolean {
  try {
    return ask();
  } catch (error) {
    if (errorCode(error) !== "ESRCH") throw error;
    return false;
  }
}
