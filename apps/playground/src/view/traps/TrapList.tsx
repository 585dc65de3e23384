import { parseTrap } from "@lunatic-web/runtime/inspect";
import type { Signal } from "@preact/signals";
import type { Session } from "../../run/session.ts";
import { nameProcess } from "../processText.ts";
import { TrapStack } from "./TrapText.tsx";

/** The traps of the run, latest first, each until it is dismissed. */
export function TrapList({ session, focus }: { session: Session; focus: Signal<number | undefined> }) {
  const traps = session.traps.value;
  if (traps.length === 0) return null;
  return (
    <section class="trap-list" aria-label="Traps">
      {traps.map((trap) => {
        const process = session.model.process(trap.pid);
        return (
          <article class="trap" key={trap.pid} data-testid="trap" data-pid={trap.pid}>
            <details open={traps.length === 1}>
              <summary>
                <strong>
                  Process{" "}
                  <button
                    type="button"
                    class="link"
                    onClick={(event) => {
                      event.preventDefault();
                      focus.value = trap.pid;
                    }}
                  >
                    {process ? nameProcess(process) : trap.pid}
                  </button>{" "}
                  trapped
                </strong>{" "}
                <span class="trap-line">{parseTrap(trap.text).message}</span>
              </summary>
              <TrapStack text={trap.text} />
            </details>
            <button
              type="button"
              class="quiet"
              aria-label={`Dismiss the trap of process ${trap.pid}`}
              onClick={() => session.dismissTrap(trap)}
            >
              ×
            </button>
          </article>
        );
      })}
    </section>
  );
}
