import type { GuestFrame } from "@lunatic-web/runtime/inspect";
import type { LocatedFrame } from "@lunatic-web/sdk/trace";
import { effect, type ReadonlySignal, useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import type { Session } from "../run/session.ts";

export type LocateFrames = (frames: readonly GuestFrame[]) => readonly LocatedFrame[];

/** Until the reader of source maps is there. */
const asTheyAre: LocateFrames = (frames) => frames.map(({ name }) => ({ name, place: undefined }));

/**
 * Puts frames of a stack into the terms of the source of the module that runs: names only where there is no source map.
 * @param onlyWithMap reads nothing for a module that has none
 */
export function useFrameLocator(session: Session, onlyWithMap = false): ReadonlySignal<LocateFrames> {
  const locate = useSignal<LocateFrames>(asTheyAre);
  useEffect(
    () =>
      effect(() => {
        const json = session.sourceMap.value;
        locate.value = asTheyAre;
        if (json === undefined && onlyWithMap) return;
        void import("@lunatic-web/sdk/trace").then(({ locateFrames, readSourceMap }) => {
          // Another run may have begun meanwhile.
          if (session.sourceMap.peek() !== json) return;
          const map = json === undefined ? undefined : readSourceMap(json);
          locate.value = (frames) => locateFrames(frames, map);
        });
      }),
    [session, locate, onlyWithMap],
  );
  return locate;
}
