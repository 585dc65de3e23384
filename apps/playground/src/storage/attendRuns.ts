import { effect, untracked } from "@preact/signals";
import type { Session } from "../run/session.ts";
import type { ProjectStorage } from "./projectStorage.ts";

/** How often it is looked whether a running program's writes are still taken. */
const LOOK_MS = 3_000;

/** Looks after the storage of the programs that run. */
export function attendRuns(
  session: Pick<Session, "phase">,
  storage: Pick<ProjectStorage, "look" | "runEnded">,
): void {
  effect(() => {
    const phase = session.phase.value;
    if (phase === "ended") untracked(() => void storage.runEnded());
    if (phase !== "running") return;
    const timer = setInterval(() => void storage.look(), LOOK_MS);
    return () => clearInterval(timer);
  });
}
