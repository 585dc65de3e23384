import type { ProjectCompiler } from "../compile/projectCompiler.ts";
import type { ProgramSelection } from "../programs/selection.ts";
import type { Library } from "../project/library.ts";
import type { Session } from "../run/session.ts";

/** What the editor works with: one of each on the page. */
export interface Workbench {
  readonly selection: ProgramSelection;
  readonly session: Session;
  readonly library: Library;
  readonly compiler: ProjectCompiler;
}
