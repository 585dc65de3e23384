import type { Runtime } from "@lunatic-web/runtime";
import { effect } from "@preact/signals";
import type { ProgramSelection } from "../../programs/selection.ts";
import { explainError } from "../../run/plainError.ts";
import type { Session } from "../../run/session.ts";
import { splitArguments } from "../../run/splitArguments.ts";
import type { Embedding } from "./embedding.ts";
import type { HostLine } from "./hostLine.ts";

/** What an embedded page has to do with. */
export interface EmbeddedPage {
  readonly runtime: Promise<Runtime>;
  readonly session: Session;
  readonly selection: ProgramSelection;
}

/** Says when the page is ready, runs what is to run by itself, and does what the page around it asks for. */
export function attendHost(embedding: Embedding, page: EmbeddedPage, line: HostLine | undefined): void {
  const { session, selection } = page;
  const run = () => {
    const program = selection.selected.peek();
    if (program) void session.run(program, splitArguments(selection.args.peek()));
  };
  let isStarted = false;
  effect(() => {
    if (selection.error.value !== undefined) {
      line?.say({ type: "error", ...explainError(selection.error.value) });
    }
  });
  const stopWaiting = effect(() => {
    const program = selection.selected.value;
    if (!program || isStarted) return;
    isStarted = true;
    void page.runtime.then(
      () => {
        line?.say({ type: "ready", program: program.name });
        line?.attend(session, { run, stop: () => void session.stop() });
        if (embedding.runsItself) run();
      },
      // The session waits for the same runtime and shows why it did not start.
      (thrown: unknown) => line?.say({ type: "error", ...explainError(thrown) }),
    );
    queueMicrotask(() => stopWaiting());
  });
  if (embedding.fitsContent) tellHeight(line);
}

/** Tells how high the content is, now and whenever that changes. */
function tellHeight(line: HostLine | undefined): void {
  const content = document.querySelector(".page");
  if (!content) return;
  new ResizeObserver(() => {
    line?.say({ type: "height", pixels: Math.ceil(content.getBoundingClientRect().height) });
  }).observe(content);
}
