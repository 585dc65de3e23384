import type { ProcessContents, ProcessState } from "@lunatic-web/runtime/inspect";
import type { SourceLinks } from "../../compile/useSourceLinks.ts";
import type { Session } from "../../run/session.ts";
import { StackList } from "../traps/StackList.tsx";

export interface WaitingStackProps {
  readonly contents: ProcessContents;
  readonly state: ProcessState;
  readonly session: Session;
  readonly onPlace: SourceLinks["open"];
}

/** Where in its code a process waits, or goes on at its next turn. */
export function WaitingStack({ contents, state, session, onPlace }: WaitingStackProps) {
  if (state === "unstarted") return null;
  const { stack } = contents;
  return (
    <>
      <h4>{state === "parked" ? "Waits in" : "Goes on in"}</h4>
      <div class="waiting-stack" data-testid="waiting-stack">
        {stack === undefined || stack.length === 0 ? (
          <p class="muted">
            {stack === undefined ? "shown when it next gives way" : "no function of the program"}
          </p>
        ) : (
          <StackList frames={stack} {...{ session, onPlace }} />
        )}
      </div>
    </>
  );
}
