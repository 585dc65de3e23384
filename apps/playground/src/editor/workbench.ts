import type { SourcePlace } from "@lunatic-web/sdk/trace";
import type { Signal } from "@preact/signals";
import type { ProjectCompiler } from "../compile/projectCompiler.ts";
import type { ProgramSelection } from "../programs/selection.ts";
import type { Library } from "../project/library.ts";
import type { Session } from "../run/session.ts";
import type { ProjectStorage } from "../storage/projectStorage.ts";

/** What the editor works with: one of each on the page. */
export interface Workbench {
  readonly selection: ProgramSelection;
  readonly session: Session;
  readonly library: Library;
  readonly compiler: ProjectCompiler;
  readonly storage: ProjectStorage;
  /** A place in the files of the chosen project that is to be shown; taken back by whoever shows it. */
  readonly goTo: Signal<SourcePlace | undefined>;
}
