import { EventKind, ParkReason } from "@lunatic-web/runtime/inspect";
import { useEffect, useRef } from "preact/hooks";
import type { Session } from "../run/session.ts";

export interface Reader {
  /** A process of this run waits for standard input. */
  readonly isReading: boolean;
  /** One has waited for it before. */
  readonly hasRead: boolean;
}

/** Whether somebody reads, asked at every frame: only processes that were seen reading are looked at, not all of them. */
export function useReader({ onEvents, history, model, frames }: Session): Reader {
  const readers = useRef(new Set<number>());
  const seenIn = useRef(history);
  const hasRead = useRef(false);
  if (seenIn.current !== history) {
    seenIn.current = history;
    readers.current.clear();
    hasRead.current = false;
  }
  useEffect(
    () =>
      onEvents((events) => {
        for (const { kind, value, pid } of events) {
          if (kind === EventKind.Park && value === ParkReason.Input) readers.current.add(pid);
        }
        if (readers.current.size > 0) frames.request();
      }),
    [onEvents, frames],
  );
  for (const pid of readers.current) {
    hasRead.current = true;
    if (model.process(pid)?.parkReason !== ParkReason.Input) readers.current.delete(pid);
  }
  return { isReading: readers.current.size > 0, hasRead: hasRead.current };
}
