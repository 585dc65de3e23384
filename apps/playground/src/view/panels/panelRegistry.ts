import type { FunctionComponent } from "preact";
import { lazyComponent } from "../../lessons/lazyComponent.tsx";
import { ProcessDetails } from "../inspector/ProcessDetails.tsx";
import { ProcessOutline } from "../outline/ProcessOutline.tsx";
import { SequenceView } from "../sequence/SequenceView.tsx";
import { ProcessTable } from "../table/ProcessTable.tsx";
import { ProcessTree } from "../tree/ProcessTree.tsx";
import type { ViewContext } from "../viewContext.ts";

/** Loaded when a visitor looks at databases. */
const Databases = lazyComponent<ViewContext>(
  async () => (await import("../../databases/DatabasesPanel.tsx")).DatabasesPanel,
);

/** Loaded when a visitor looks at files. */
const Files = lazyComponent<ViewContext>(async () => (await import("../../files/FilesPanel.tsx")).FilesPanel);

/** A part of the view that a visitor can choose. Adding one here is all that it needs to be on the page. */
export interface ViewPart {
  readonly id: string;
  readonly title: string;
  /** "stage": a picture of the whole system, one at a time. "side": beside it, about the chosen process. */
  readonly where: "stage" | "side";
  readonly component: FunctionComponent<ViewContext>;
  /** A stage that has no table of the processes below it. */
  readonly isAlone?: boolean;
  /** A side part that has nothing to show without a chosen process. */
  readonly needsFocus?: boolean;
}

export const VIEW_PARTS: readonly ViewPart[] = [
  { id: "tree", title: "Tree", where: "stage", component: ProcessTree },
  { id: "sequence", title: "Sequence", where: "stage", component: SequenceView },
  { id: "outline", title: "Text", where: "stage", component: ProcessOutline },
  { id: "table", title: "Table", where: "stage", component: ProcessTable, isAlone: true },
  { id: "files", title: "Files", where: "stage", component: Files, isAlone: true },
  { id: "databases", title: "Databases", where: "stage", component: Databases, isAlone: true },
  { id: "inspector", title: "Inspector", where: "side", component: ProcessDetails, needsFocus: true },
];
