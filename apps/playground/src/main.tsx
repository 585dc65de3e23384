import { createRuntime } from "@lunatic-web/runtime";
import { render } from "preact";
import { App } from "./app/App.tsx";
import { createProgramBuilder } from "./compile/programBuilder.ts";
import { ProjectCompiler } from "./compile/projectCompiler.ts";
import { loadCatalog, type Program } from "./programs/catalog.ts";
import { restoreOwnProgram } from "./programs/ownProgram.ts";
import { createProgramSelection } from "./programs/selection.ts";
import { openShared } from "./programs/sharedProgram.ts";
import { createLibrary } from "./project/library.ts";
import { createProjectStore } from "./project/projectStore.ts";
import { createFrameClock } from "./run/frameClock.ts";
import { createSession } from "./run/session.ts";
import { createTimeLine } from "./view/time/timeLine.ts";
import "./style/index.css";

// Started before the first render: workers come up while the page is being laid out.
const runtime = createRuntime();
const onNextFrame = (callback: (nowMs: number) => void) => void requestAnimationFrame(callback);
const library = createLibrary(createProjectStore());
const compiler = new ProjectCompiler(async () => (await import("@lunatic-web/sdk")).createCompiler());
const session = createSession(
  runtime,
  createFrameClock(onNextFrame),
  createProgramBuilder(library, compiler),
);
const timeLine = createTimeLine(session, onNextFrame);
const selection = createProgramSelection(window, loadPrograms, openShared);
// What was typed in the last moment before the page is left; it may be left for good.
addEventListener("pagehide", () => void library.flush());
addEventListener("visibilitychange", () => void library.flush());
const workbench = { session, selection, library, compiler };
render(<App runtime={runtime} timeLine={timeLine} workbench={workbench} />, document.getElementById("app")!);

async function loadPrograms(): Promise<readonly Program[]> {
  const [catalog, own] = await Promise.all([loadCatalog(), library.listOwn()]);
  return [...catalog, ...own.flatMap((saved) => restoreOwnProgram(saved) ?? [])];
}
