import { effect, type ReadonlySignal, useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import type { TrapPlace } from "../compile/trapPlaces.ts";
import type { Workspace } from "../project/workspace.ts";
import type { Session } from "../run/session.ts";

/** Where in the project the processes of the run trapped; none where it was not compiled here. */
export function useTrapPlaces(session: Session, workspace: Workspace): ReadonlySignal<readonly TrapPlace[]> {
  const places = useSignal<readonly TrapPlace[]>([]);
  useEffect(
    () =>
      effect(() => {
        const traps = session.traps.value;
        const map = session.sourceMap.value;
        if (map === undefined || traps.length === 0) {
          places.value = [];
          return;
        }
        const { files } = workspace.project.peek();
        const { lines } = session.output;
        const stderrOf = (pid: number) =>
          lines.filter((line) => line.pid === pid && line.kind === "stderr").map(({ text }) => text);
        // On demand: most visitors see no trap of a program that was compiled here.
        void import("../compile/trapPlaces.ts").then(({ locateTraps }) => {
          // Another trap may have come meanwhile, or another run.
          if (session.traps.peek() === traps) places.value = locateTraps(traps, map, files, stderrOf);
        });
      }),
    [session, workspace, places],
  );
  return places;
}
