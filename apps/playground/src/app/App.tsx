import type { Runtime } from "@lunatic-web/runtime";
import { useSignal } from "@preact/signals";
import { ConsolePanel } from "../console/ConsolePanel.tsx";
import { SourcePanel } from "../editor/SourcePanel.tsx";
import { DropZone } from "../programs/DropZone.tsx";
import type { ProgramSelection } from "../programs/selection.ts";
import { RunBar } from "../run/RunBar.tsx";
import type { Session } from "../run/session.ts";
import type { TimeLine } from "../view/time/timeLine.ts";
import { TrapList } from "../view/traps/TrapList.tsx";
import { ViewPanel } from "../view/ViewPanel.tsx";
import { ErrorNotice } from "./ErrorNotice.tsx";
import { Header } from "./Header.tsx";

export interface AppProps {
  readonly runtime: Promise<Runtime>;
  readonly session: Session;
  readonly timeLine: TimeLine;
  readonly selection: ProgramSelection;
}

export function App({ runtime, session, timeLine, selection }: AppProps) {
  /** The process the details are about, in every view. */
  const focus = useSignal<number | undefined>(undefined);
  const filter = useSignal("");
  const showEnded = useSignal(true);
  return (
    <div class="page">
      <Header runtime={runtime} />
      <RunBar session={session} selection={selection} focus={focus} />
      <ErrorNotice session={session} selection={selection} />
      <main class="panels">
        <div class="column program-column">
          <SourcePanel selection={selection} />
          <DropZone session={session} selection={selection} />
        </div>
        <div class="column system-column">
          <TrapList session={session} focus={focus} />
          <ViewPanel {...{ session, timeLine, focus, filter, showEnded }} />
          <ConsolePanel session={session} focus={focus} />
        </div>
      </main>
    </div>
  );
}
