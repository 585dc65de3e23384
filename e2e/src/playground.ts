import { expect, inject } from "vitest";
import { PATIENCE_MS, type Page } from "./page.ts";

export interface ConsoleLine {
  readonly pid: number;
  readonly stream: string;
  readonly text: string;
}

export interface ProcessRow {
  readonly pid: number;
  readonly parent: number;
  /** A ProcessState of the runtime: unstarted, runnable, running, parked or ended. */
  readonly state: string;
  /** Why it ended, for people; empty while it lives. */
  readonly cause: string;
}

/**
 * The playground as its visitors use it, through the test ids that are its contract with scripts: `program`, `args`, `run`,
 * `stop`, `run-state` with its `data-phase`, `console`, `console-line` with the text in `[data-text]`, `process-row`,
 * `kill`, `drop-zone`, `error`, `trap`.
 */
export class Playground {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  /** Opens the built page and waits until it offers programs. */
  async open(url = inject("playgroundUrl")): Promise<void> {
    await this.page.goto(url);
    await this.until(() => this.programs(), "programs are offered").not.toEqual([]);
  }

  async choose(program: string): Promise<void> {
    await this.page.select(byTestId("program"), program);
  }

  /** The line of the arguments field, as a shell would read it. */
  async setArguments(line: string): Promise<void> {
    await this.page.fill(byTestId("args"), line);
  }

  async run(): Promise<void> {
    await this.page.click(byTestId("run"));
  }

  async stop(): Promise<void> {
    await this.page.click(byTestId("stop"));
  }

  /** Chooses a program, runs it and waits until its root process is there. */
  async start(program: string): Promise<void> {
    await this.choose(program);
    await this.run();
    await this.untilStarted();
  }

  async untilStarted(): Promise<void> {
    await this.until(() => this.rootState(), "the root process has a row").toBeDefined();
  }

  /** Waits until the root process has ended, and with it all others, and the page shows all that they have written. */
  async untilOver(): Promise<void> {
    await this.until(() => this.rootState(), "the root process ends").toBe("ended");
    await this.until(() => this.livePids(), "no process outlives the root").toEqual([]);
    // The rows come from inspection; output comes by a way of its own, and has come when the page calls the run over.
    await this.until(() => this.page.evaluate(readPhase, byTestId("run-state")), "the run is over").toBe(
      "ended",
    );
    await this.page.evaluate(nextFrame);
  }

  async kill(pid: number): Promise<void> {
    await this.page.click(`${byTestId("process-row")}[data-pid="${pid}"] ${byTestId("kill")}`);
  }

  /** Drops a file from outside onto the page. */
  async drop(name: string, bytes: Uint8Array): Promise<void> {
    await this.page.evaluate(dropFile, byTestId("drop-zone"), name, Buffer.from(bytes).toString("base64"));
  }

  /** Chooses a file in the dialog that the drop zone opens, for those who do not drag. */
  async chooseFile(path: string): Promise<void> {
    await this.page.chooseFile(`${byTestId("drop-zone")} input[type=file]`, path);
  }

  programs(): Promise<string[]> {
    return this.page.evaluate(
      (selector) => [...document.querySelectorAll<HTMLOptionElement>(selector)].map((option) => option.value),
      `${byTestId("program")} option`,
    );
  }

  selectedProgram(): Promise<string | undefined> {
    return this.page.evaluate(
      (selector) => document.querySelector<HTMLSelectElement>(selector)?.value,
      byTestId("program"),
    );
  }

  lines(): Promise<ConsoleLine[]> {
    return this.page.evaluate(readLines, byTestId("console-line"));
  }

  /** The text of the lines that guests wrote to one stream, in the page's order. */
  async output(stream: "stdout" | "stderr"): Promise<string[]> {
    return (await this.lines()).filter((line) => line.stream === stream).map((line) => line.text);
  }

  /** Live and ended processes of the run, by pid. */
  async processes(): Promise<ProcessRow[]> {
    const rows = await this.page.evaluate(readRows, byTestId("process-row"));
    return rows.sort((a, b) => a.pid - b.pid);
  }

  async livePids(): Promise<number[]> {
    return (await this.processes()).filter((row) => row.state !== "ended").map((row) => row.pid);
  }

  /** What the page says went wrong with a file; empty while it says nothing. */
  async error(): Promise<string> {
    return (await this.texts("error")).join("\n");
  }

  traps(): Promise<string[]> {
    return this.texts("trap");
  }

  /** An assertion that is tried again until it holds or a visitor would have given up. */
  until<T>(probe: () => Promise<T> | T, what: string): ReturnType<typeof expect.poll> {
    return expect.poll(probe, { timeout: PATIENCE_MS, interval: 50, message: what });
  }

  private async rootState(): Promise<string | undefined> {
    return (await this.processes()).find((row) => row.pid === 1)?.state;
  }

  private texts(testId: string): Promise<string[]> {
    return this.page.evaluate(
      (selector) =>
        [...document.querySelectorAll<HTMLElement>(selector)].map((element) => element.textContent),
      byTestId(testId),
    );
  }
}

export function byTestId(id: string): string {
  return `[data-testid="${id}"]`;
}

// The functions below run in the page and see nothing of this module.

function readPhase(selector: string): string | undefined {
  return document.querySelector<HTMLElement>(selector)?.dataset.phase;
}

/** What has changed before is drawn when this resolves. */
async function nextFrame(): Promise<void> {
  await new Promise((resolve) => requestAnimationFrame(resolve));
  await new Promise((resolve) => setTimeout(resolve));
}

function readLines(selector: string) {
  return [...document.querySelectorAll<HTMLElement>(selector)].map((line) => ({
    pid: Number(line.dataset.pid),
    stream: line.dataset.stream ?? "",
    text: line.querySelector("[data-text]")?.textContent ?? "",
  }));
}

function readRows(selector: string) {
  return [...document.querySelectorAll<HTMLElement>(selector)].map((row) => ({
    pid: Number(row.dataset.pid),
    parent: Number(row.dataset.parent),
    state: row.dataset.state ?? "",
    cause: row.dataset.cause ?? "",
  }));
}

function dropFile(selector: string, name: string, base64: string): void {
  const zone = document.querySelector(selector);
  if (!zone) throw new Error(`Nothing matches ${selector}`);
  const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
  const dataTransfer = new DataTransfer();
  dataTransfer.items.add(new File([bytes], name, { type: "application/wasm" }));
  for (const type of ["dragenter", "dragover", "drop"]) {
    zone.dispatchEvent(new DragEvent(type, { bubbles: true, cancelable: true, dataTransfer }));
  }
}
