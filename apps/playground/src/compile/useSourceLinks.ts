import { parseTrap } from "@lunatic-web/runtime/inspect";
import type { SourcePlace } from "@lunatic-web/sdk/trace";
import { useComputed } from "@preact/signals";
import type { Workbench } from "../editor/workbench.ts";
import { useFrameLocator } from "./useFrameLocator.ts";

/** Ways from the run to the project that runs. */
export interface SourceLinks {
  /** Where the processes that trapped did, by pid. */
  readonly places: ReadonlyMap<number, SourcePlace>;
  /** Shows a place in the editor, choosing the program that runs; undefined: it has no project. */
  readonly open: ((place: SourcePlace) => void) | undefined;
}

const NO_PLACES: ReadonlyMap<number, SourcePlace> = new Map();

/** Links of traps and of lines that name a place. */
export function useSourceLinks({ session, selection, goTo }: Workbench): SourceLinks {
  const locate = useFrameLocator(session, true);
  const places = useComputed(() => {
    const traps = session.traps.value;
    if (traps.length === 0 || session.sourceMap.value === undefined) return NO_PLACES;
    const found = new Map<number, SourcePlace>();
    for (const { pid, text } of traps) {
      const place = ownPlace(locate.value(parseTrap(text).frames));
      if (place) found.set(pid, place);
    }
    return found;
  });
  const program = session.program.value;
  return {
    places: places.value,
    open: program?.loadProject && openPlace,
  };

  function openPlace(place: SourcePlace): void {
    const running = session.program.peek();
    if (running && selection.selected.peek()?.name !== running.name) selection.select(running.name);
    goTo.value = place;
  }
}

/** The innermost place in the visitor's own files. */
export function ownPlace(
  frames: readonly { readonly place: SourcePlace | undefined }[],
): SourcePlace | undefined {
  return frames.find(({ place }) => place !== undefined && !place.file.startsWith("~"))?.place;
}
