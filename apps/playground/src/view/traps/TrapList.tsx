import type { Signal } from "@preact/signals";
import type { Session } from "../../run/session.ts";
import { nameProcess } from "../processText.ts";
import { TrapText } from "./TrapText.tsx";

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
            <div class="trap-bar">
              <h3>
                Process{" "}
                <button
                  type="button"
                  class="link"
                  onClick={() => {
                    focus.value = trap.pid;
                  }}
                >
                  {process ? nameProcess(process) : trap.pid}
                </button>{" "}
                trapped
              </h3>
              <button
                type="button"
                class="quiet"
                aria-label={`Dismiss the trap of process ${trap.pid}`}
                onClick={() => session.dismissTrap(trap)}
              >
                ×
              </button>
            </div>
            <TrapText text={trap.text} />
          </article>
        );
      })}
    </section>
  );
}
