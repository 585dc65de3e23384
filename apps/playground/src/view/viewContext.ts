import type { Signal } from "@preact/signals";
import type { RunControl } from "../control/runControl.ts";
import type { Workbench } from "../editor/workbench.ts";
import type { Session } from "../run/session.ts";
import type { TimeLine } from "./time/timeLine.ts";

/** What every part of the view is given: one run, one moment, one selection. */
export interface ViewContext {
  readonly session: Session;
  readonly workbench: Workbench;
  readonly timeLine: TimeLine;
  readonly control: RunControl;
  /** The chosen process; undefined: none. */
  readonly focus: Signal<number | undefined>;
  /** What the visitor looks for: part of a pid, a name or an entry function. */
  readonly filter: Signal<string>;
  readonly showEnded: Signal<boolean>;
}
