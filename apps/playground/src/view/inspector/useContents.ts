import type { ProcessContents } from "@lunatic-web/runtime/inspect";
import { type ReadonlySignal, useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import type { Session } from "../../run/session.ts";

const PERIOD_MS = 400;

/**
 * What a process holds, asked for again and again while it is looked at.
 * @param isWanted not for an earlier moment: what a process held then is not kept
 */
export function useContents(
  session: Session,
  pid: number,
  isWanted: boolean,
): ReadonlySignal<ProcessContents | undefined> {
  const contents = useSignal<ProcessContents | undefined>(undefined);
  useEffect(() => {
    contents.value = undefined;
    if (!isWanted) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let isOver = false;
    const ask = async () => {
      const answer = await session.examine(pid);
      if (isOver) return;
      contents.value = answer;
      timer = setTimeout(ask, PERIOD_MS);
    };
    void ask();
    return () => {
      isOver = true;
      clearTimeout(timer);
    };
  }, [session, pid, isWanted, contents]);
  return contents;
}
