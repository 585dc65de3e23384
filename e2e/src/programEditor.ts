import { byTestId, type Playground } from "./playground.ts";

export interface Problem {
  readonly severity: string;
  readonly file: string;
  readonly line: number;
  readonly text: string;
}

/** What Monaco types into: the one where browsers have EditContext, the other elsewhere. */
const CARET = ".native-edit-context, .inputarea";

/**
 * The editor of the playground, through its test ids: `edit`, `editor` with `data-ready`, `file-tab` with `data-path`,
 * `problem` with `data-severity`, `data-file` and `data-line`, `problems` with `data-stale`, `save-state`, `share`,
 * `share-link`.
 */
export class ProgramEditor {
  readonly #playground: Playground;

  constructor(playground: Playground) {
    this.#playground = playground;
  }

  /** Opens the editor on the chosen program and waits until the caret is in it. */
  async open(): Promise<void> {
    await this.#playground.page.click(byTestId("edit"));
    await this.untilReady();
    await this.#untilFocus(CARET, "the text");
  }

  async untilReady(): Promise<void> {
    await this.#playground
      .until(() => this.#attribute("editor", "ready"), "the editor is loaded")
      .toBe("true");
  }

  /** Types at a place; lines and columns count from 1. */
  async typeAt(line: number, column: number, text: string): Promise<void> {
    const { page } = this.#playground;
    // Not by arrow keys: long lines wrap, and then there are more lines to see than in the text.
    await page.press("Control+g");
    await this.#untilFocus(".quick-input-widget", "the question for a line");
    await page.type(`${line}:${column}`);
    await page.press("Enter");
    await this.#untilFocus(CARET, "the text");
    await page.type(text);
  }

  /** The line that the caret is in; undefined while none is shown to be. */
  caretLine(): Promise<number | undefined> {
    return this.#playground.page.evaluate(
      (selector) => Number(document.querySelector(selector)?.textContent) || undefined,
      `${byTestId("editor")} .active-line-number`,
    );
  }

  files(): Promise<string[]> {
    return this.#playground.page.evaluate(
      (selector) =>
        [...document.querySelectorAll<HTMLElement>(selector)].map((tab) => tab.dataset.path ?? ""),
      byTestId("file-tab"),
    );
  }

  /** The text that is seen, in the editor or before it. */
  text(): Promise<string> {
    return this.#playground.page.evaluate(readText, byTestId("editor"));
  }

  problems(): Promise<Problem[]> {
    return this.#playground.page.evaluate(readProblems, byTestId("problem"));
  }

  /** Whether something in the text is underlined as an error. */
  hasSquiggle(): Promise<boolean> {
    return this.#playground.page.evaluate(
      (selector) => document.querySelector(`${selector} .squiggly-error`) !== null,
      byTestId("editor"),
    );
  }

  /** Waits until the compiler has looked at the text as it is. */
  async untilChecked(): Promise<void> {
    await this.#playground
      .until(() => this.#attribute("problems", "stale"), "the compiler has looked at the program")
      .toBe("false");
  }

  /** What the editor offers to go on with at the caret, asked for anew. */
  async suggestions(): Promise<string[]> {
    const { page } = this.#playground;
    await page.press("Escape");
    await page.press("Control+ ");
    return page.evaluate(readSuggestions);
  }

  async untilSaved(): Promise<void> {
    await this.#playground
      .until(() => this.#attribute("save-state", "state"), "the edits are saved")
      .toBe("saved");
  }

  /** The link that the dialog offers. */
  async share(): Promise<string> {
    await this.#playground.page.click(byTestId("share"));
    let link = "";
    await this.#playground
      .until(async () => {
        link = await this.#playground.page.evaluate(
          (selector) => document.querySelector<HTMLInputElement>(selector)?.value ?? "",
          byTestId("share-link"),
        );
        return link;
      }, "there is a link")
      .not.toBe("");
    return link;
  }

  async #untilFocus(selector: string, what: string): Promise<void> {
    const isFocused = () =>
      this.#playground.page.evaluate((wanted) => document.activeElement?.closest(wanted) !== null, selector);
    await this.#playground.until(isFocused, `${what} has the focus`).toBe(true);
  }

  #attribute(testId: string, name: string): Promise<string | undefined> {
    return this.#playground.page.evaluate(
      (selector, key) => document.querySelector<HTMLElement>(selector)?.dataset[key],
      byTestId(testId),
      name,
    );
  }
}

// The functions below run in the page and see nothing of this module.

/** Monaco shows blanks as no-break spaces. */
function readText(selector: string): string {
  const lines = document.querySelectorAll<HTMLElement>(`${selector} .view-line, ${selector} .source-line`);
  return [...lines].map((line) => line.textContent?.replaceAll("\u00a0", " ")).join("\n");
}

function readProblems(selector: string) {
  return [...document.querySelectorAll<HTMLElement>(selector)].map((problem) => ({
    severity: problem.dataset.severity ?? "",
    file: problem.dataset.file ?? "",
    line: Number(problem.dataset.line),
    text: problem.textContent ?? "",
  }));
}

/** Asks again and again for a moment: the list comes a while after the key, first as the note that it is loading. */
async function readSuggestions(): Promise<string[]> {
  for (let look = 0; look < 20; look++) {
    const rows = document.querySelectorAll<HTMLElement>(
      ".suggest-widget.visible .monaco-list-row .label-name",
    );
    if (rows.length > 0) return [...rows].map(({ textContent }) => textContent ?? "");
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return [];
}
