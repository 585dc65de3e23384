import type { Runtime } from "@lunatic-web/runtime";
import { useSignal, useSignalEffect } from "@preact/signals";
import { useMemo } from "preact/hooks";
import { ConsolePanel } from "../console/ConsolePanel.tsx";
import { takeRecording } from "../control/recording/recordingFile.ts";
import { createRunControl } from "../control/runControl.ts";
import { takeDropped } from "../editor/bringFiles.ts";
import { SourcePanel } from "../editor/SourcePanel.tsx";
import type { Workbench } from "../editor/workbench.ts";
import { EmbedFooter } from "../embed/frame/EmbedFooter.tsx";
import type { Embedding, EmbedParts } from "../embed/frame/embedding.ts";
import { LessonColumn } from "../lessons/LessonColumn.tsx";
import { LessonsButton } from "../lessons/LessonsButton.tsx";
import type { Tour } from "../lessons/tour.ts";
import type { Offline } from "../offline/page/offline.ts";
import { UpdateNotice } from "../offline/page/UpdateNotice.tsx";
import { DropZone } from "../programs/DropZone.tsx";
import { RunBar } from "../run/RunBar.tsx";
import { StorageNotice } from "../storage/StorageNotice.tsx";
import type { TimeLine } from "../view/time/timeLine.ts";
import { TrapList } from "../view/traps/TrapList.tsx";
import { ViewPanel } from "../view/ViewPanel.tsx";
import { ErrorNotice } from "./ErrorNotice.tsx";
import { Header } from "./Header.tsx";
import { type Pane, PaneTabs } from "./PaneTabs.tsx";
import { Splitter } from "./Splitter.tsx";

export interface AppProps {
  readonly runtime: Promise<Runtime>;
  readonly timeLine: TimeLine;
  readonly workbench: Workbench;
  /** undefined: the page stands alone. */
  readonly embedding: Embedding | undefined;
  /** undefined: the page is another one's part, which keeps nothing. */
  readonly offline: Offline | undefined;
  /** undefined: the page is another one's part, which has no lessons. */
  readonly tour: Tour | undefined;
}

const PANES: Readonly<Record<EmbedParts, readonly Pane[]>> = {
  editor: ["editor", "console"],
  view: ["view"],
  both: ["editor", "view", "console"],
};

export function App({ runtime, timeLine, workbench, embedding, offline, tour }: AppProps) {
  const { session, selection } = workbench;
  const lesson = tour?.current.value;
  const panes: readonly Pane[] = lesson ? ["lesson", ...PANES.both] : PANES[embedding?.parts ?? "both"];
  const pane = useSignal(panes[0]!);
  // Whoever cannot see the processes has nothing to step; another page's part has not the room for all of it.
  const controls = panes.includes("view") ? (embedding ? "pace" : "all") : "none";
  /** The process the details are about, in every view. */
  const focus = useSignal<number | undefined>(undefined);
  const control = useMemo(() => createRunControl(session, focus), [session, focus]);
  // Links of the console lead to other parts, of which a phone shows one at a time.
  useSignalEffect(() => {
    if (workbench.goTo.value !== undefined && panes.includes("editor")) pane.value = "editor";
  });
  useSignalEffect(() => {
    if (focus.value !== undefined && pane.peek() === "console" && panes.includes("view")) pane.value = "view";
  });
  const filter = useSignal("");
  const showEnded = useSignal(true);
  /** Id of the picture of the system that is shown. */
  const stage = useSignal("tree");
  useSignalEffect(() => {
    // Where one part is seen, whoever runs a program wants to see it run.
    if (session.phase.value === "running" && pane.peek() === "editor" && panes.includes("view"))
      pane.value = "view";
  });
  return (
    <div
      class="page"
      data-pane={panes.includes(pane.value) ? pane.value : panes[0]}
      data-embed={embedding?.parts}
      data-fits-content={embedding?.fitsContent === true ? "" : undefined}
    >
      {offline && (
        <Header runtime={runtime} offline={offline}>
          {tour && <LessonsButton tour={tour} session={session} />}
        </Header>
      )}
      {offline && <UpdateNotice offline={offline} />}
      <RunBar {...{ runtime, session, control, selection, focus }} controls={controls} />
      <ErrorNotice session={session} selection={selection} />
      <StorageNotice storage={workbench.storage} session={session} />
      <main class={lesson ? "panels lesson-mode" : "panels"}>
        {tour && lesson && <LessonColumn {...{ tour, lesson, workbench, stage, pane }} />}
        {panes.includes("editor") && (
          <div class="column program-column">
            <SourcePanel workbench={workbench} />
            {!embedding && (
              <DropZone
                session={session}
                selection={selection}
                onProject={(entries, files) =>
                  takeRecording(files, session) || takeDropped(entries, files, workbench)
                }
              />
            )}
          </div>
        )}
        {!lesson && panes.length === 3 && (
          <Splitter
            label="Between program and processes"
            orientation="vertical"
            property="--program-share"
            initial={28}
            least={15}
            most={70}
          />
        )}
        <div class="column system-column">
          <TrapList {...{ workbench, timeLine, focus }} />
          {panes.includes("view") && (
            <ViewPanel {...{ session, workbench, timeLine, control, focus, filter, showEnded, stage }} />
          )}
          {panes.includes("view") && panes.includes("console") && (
            <Splitter
              label="Between processes and console"
              orientation="horizontal"
              property="--view-share"
              initial={78}
              least={20}
              most={90}
            />
          )}
          {panes.includes("console") && <ConsolePanel {...{ workbench, timeLine, focus }} />}
        </div>
      </main>
      {embedding && <EmbedFooter workbench={workbench} />}
      <PaneTabs pane={pane} panes={panes} />
    </div>
  );
}
