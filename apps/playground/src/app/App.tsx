import type { Runtime } from "@lunatic-web/runtime";
import { useSignal } from "@preact/signals";
import { ConsolePanel } from "../console/ConsolePanel.tsx";
import { takeDropped } from "../editor/bringFiles.ts";
import { SourcePanel } from "../editor/SourcePanel.tsx";
import type { Workbench } from "../editor/workbench.ts";
import { DropZone } from "../programs/DropZone.tsx";
import { RunBar } from "../run/RunBar.tsx";
import type { TimeLine } from "../view/time/timeLine.ts";
import { TrapList } from "../view/traps/TrapList.tsx";
import { ViewPanel } from "../view/ViewPanel.tsx";
import { ErrorNotice } from "./ErrorNotice.tsx";
import { Header } from "./Header.tsx";

export interface AppProps {
  readonly runtime: Promise<Runtime>;
  readonly timeLine: TimeLine;
  readonly workbench: Workbench;
}

export function App({ runtime, timeLine, workbench }: AppProps) {
  const { session, selection } = workbench;
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
          <SourcePanel workbench={workbench} />
          <DropZone
            session={session}
            selection={selection}
            onProject={(entries, files) => takeDropped(entries, files, workbench)}
          />
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
