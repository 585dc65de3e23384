import { createRuntime } from "@lunatic-web/runtime";
import type { SourcePlace } from "@lunatic-web/sdk/trace";
import { signal } from "@preact/signals";
import { render } from "preact";
import { App } from "./app/App.tsx";
import { chooseTheme, followSystemTheme, parseTheme } from "./appearance/theme.ts";
import { createProgramBuilder } from "./compile/programBuilder.ts";
import { ProjectCompiler } from "./compile/projectCompiler.ts";
import { attendHost } from "./embed/frame/attendHost.ts";
import { openBrought } from "./embed/frame/broughtProgram.ts";
import { BROUGHT, parseEmbedding } from "./embed/frame/embedding.ts";
import { openHostLine } from "./embed/frame/hostLine.ts";
import { loadLessons } from "./lessons/content/loadLessons.ts";
import { createProgress } from "./lessons/progress/progress.ts";
import { createProgressStore } from "./lessons/progress/progressStore.ts";
import { createTour } from "./lessons/tour.ts";
import { createOffline } from "./offline/page/offline.ts";
import { loadCatalog, type Program } from "./programs/catalog.ts";
import { restoreOwnProgram } from "./programs/ownProgram.ts";
import { createProgramSelection } from "./programs/selection.ts";
import { openShared } from "./programs/sharedProgram.ts";
import { createLibrary } from "./project/library.ts";
import { createMemoryStore } from "./project/memoryStore.ts";
import { createProjectStore } from "./project/projectStore.ts";
import { createSession } from "./run/createSession.ts";
import { createFrameClock } from "./run/frameClock.ts";
import { isBusyPhase } from "./run/session.ts";
import { attendRuns } from "./storage/attendRuns.ts";
import { createProjectStorage } from "./storage/projectStorage.ts";
import { createStorageSpace } from "./storage/storageSpace.ts";
import { createTimeLine } from "./view/time/timeLine.ts";
import "./style/index.css";

// Started before the first render: workers come up while the page is being laid out.
const runtime = createRuntime();
const embedding = parseEmbedding(location.search, window.parent !== window);
const hostLine = embedding?.hasElement ? openHostLine() : undefined;
followSystemTheme();
chooseTheme(parseTheme(new URLSearchParams(location.search).get("theme")) ?? "auto");
const onNextFrame = (callback: (nowMs: number) => void) => void requestAnimationFrame(callback);
const library = createLibrary(embedding ? createMemoryStore() : createProjectStore());
const compiler = new ProjectCompiler(async () => (await import("@lunatic-web/sdk")).createCompiler());
const isBusy = () => isBusyPhase(session.phase.peek());
const storage = createProjectStorage(runtime, {
  isEmbedded: embedding !== undefined,
  isBusy,
  volumes: () => import("@lunatic-web/runtime/volume"),
  space: createStorageSpace(navigator.storage),
});
const session = createSession(runtime, createFrameClock(onNextFrame), {
  build: createProgramBuilder(library, compiler),
  openStorage: storage.openForRun,
});
attendRuns(session, storage);
const timeLine = createTimeLine(session, onNextFrame);
const selection = createProgramSelection(window, loadPrograms, openLinked);
// What was typed in the last moment before the page is left; it may be left for good.
addEventListener("pagehide", () => void library.flush());
addEventListener("visibilitychange", () => void library.flush());
addEventListener("visibilitychange", storage.flush);
const workbench = { session, selection, library, compiler, storage, goTo: signal<SourcePlace | undefined>() };
const offline = embedding ? undefined : createOffline(isBusy, import.meta.hot === undefined);
const tour = embedding ? undefined : createTour(selection, createProgress(createProgressStore()));
// From a cache this script may come before the rest of the page has been read.
if (document.readyState === "loading") addEventListener("DOMContentLoaded", show);
else show();

function show(): void {
  const parts = { runtime, timeLine, workbench, embedding, offline, tour };
  render(<App {...parts} />, document.getElementById("app")!);
  if (embedding) attendHost(embedding, { runtime, session, selection }, hostLine);
}

async function loadPrograms(): Promise<readonly Program[]> {
  const [catalog, lessons, own] = await Promise.all([loadCatalog(), loadLessons(), library.listOwn()]);
  return [...catalog, ...lessons, ...own.flatMap((saved) => restoreOwnProgram(saved) ?? [])];
}

/** The program of the hash's `project`. */
async function openLinked(project: string): Promise<Program> {
  if (hostLine && project === BROUGHT) return openBrought(await hostLine.brought, runtime);
  return openShared(project);
}
