import { byTestId, type Playground } from "./playground.ts";

export interface SeenGoal {
  readonly id: string;
  readonly isReached: boolean;
}

/** A start program may go on for ever: after so long it has shown what it does. Only ever a limit. */
const START_LIMIT_MS = 3_000;

/**
 * The lessons of the playground, through their test ids: `lessons`, `lesson-menu`, `lesson-link` with `data-lesson` and
 * `data-done`, `lesson-text`, `lesson-number`, `goals` with `data-complete`, `goal` with `data-goal` and `data-reached`,
 * `solution` with `data-shown`, `lesson-reset`, `lesson-next`, `lesson-done`, `goal-announcement`.
 */
export class LessonPage {
  readonly #playground: Playground;

  constructor(playground: Playground) {
    this.#playground = playground;
  }

  /** Opens a lesson by its link and waits until its text and its goals are there. */
  async open(lesson: string): Promise<void> {
    await this.#playground.page.evaluate((name) => {
      location.hash = `lesson=${name}`;
    }, lesson);
    await this.untilOpen(lesson);
  }

  /** Opens a lesson as a visitor does, from the list of all. */
  async openFromMenu(lesson: string): Promise<void> {
    await this.#playground.page.click(byTestId("lessons"));
    await this.#playground.page.click(`${byTestId("lesson-link")}[data-lesson="${lesson}"]`);
    await this.untilOpen(lesson);
  }

  /** To the next lesson, by the button that comes when this one is done. */
  async goOn(): Promise<void> {
    await this.#playground.page.click(`${byTestId("lesson-done")} a`);
  }

  /** Takes back the edits and the ticks of the lesson. */
  async startAgain(): Promise<void> {
    await this.#playground.page.click(byTestId("lesson-reset"));
  }

  async untilOpen(lesson: string): Promise<void> {
    await this.#playground.until(() => this.name(), `the lesson ${lesson} is in front`).toBe(lesson);
    await this.#playground.until(() => this.goals(), "its goals are there").not.toEqual([]);
  }

  /** The lesson that the page's address names. */
  name(): Promise<string | null> {
    return this.#playground.page.evaluate(() => new URLSearchParams(location.hash.slice(1)).get("lesson"));
  }

  goals(): Promise<SeenGoal[]> {
    return this.#playground.page.evaluate(
      (selector) =>
        [...document.querySelectorAll<HTMLElement>(selector)].map(({ dataset }) => ({
          id: dataset.goal ?? "",
          isReached: dataset.reached === "true",
        })),
      byTestId("goal"),
    );
  }

  /** Ids of the goals that are ticked. */
  async reached(): Promise<string[]> {
    return (await this.goals()).filter(({ isReached }) => isReached).map(({ id }) => id);
  }

  /** Whether all goals are ticked. */
  async isComplete(): Promise<boolean> {
    return (await this.#attribute("goals", "complete")) === "true";
  }

  /** What is read to those who do not see the ticks. */
  announcement(): Promise<string> {
    return this.#playground.page.evaluate(
      (selector) => document.querySelector(selector)?.textContent ?? "",
      byTestId("goal-announcement"),
    );
  }

  /** Runs the program in front to its end, or until it has shown enough, and ends it then. */
  async runForAWhile(): Promise<void> {
    await this.#start();
    const limit = performance.now() + START_LIMIT_MS;
    while ((await this.#phase()) === "running" && performance.now() < limit) {
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    await this.#end();
  }

  /** Runs the program in front until all goals are ticked, and ends it. */
  async runUntilComplete(): Promise<void> {
    await this.#start();
    await this.#playground.until(() => this.#missing(), "all goals are reached").toEqual([]);
    await this.#end();
  }

  /** Puts the solution into the place of the visitor's program. */
  async showSolution(): Promise<void> {
    await this.#playground.page.click(byTestId("solution"));
    await this.#playground.until(() => this.#attribute("solution", "shown"), "it is shown").toBe("true");
  }

  async hideSolution(): Promise<void> {
    await this.#playground.page.click(byTestId("solution"));
    await this.#playground.until(() => this.#attribute("solution", "shown"), "it is gone").toBe("false");
  }

  /** The lessons in the menu that have a tick; the menu is opened and closed for it. */
  async doneInMenu(): Promise<string[]> {
    const { page } = this.#playground;
    await page.click(byTestId("lessons"));
    await this.#playground
      .until(
        () =>
          page.evaluate(
            (selector) => document.querySelectorAll(selector).length,
            `dialog[open] ${byTestId("lesson-link")}`,
          ),
        "the menu lists the lessons",
      )
      .toBeGreaterThan(0);
    const done = await page.evaluate(
      (selector) =>
        [...document.querySelectorAll<HTMLElement>(selector)].map(({ dataset }) => dataset.lesson ?? ""),
      `${byTestId("lesson-link")}[data-done="true"]`,
    );
    await page.press("Escape");
    await this.#playground
      .until(() => page.evaluate(() => document.querySelector("dialog[open]") === null), "the menu is closed")
      .toBe(true);
    return done;
  }

  async #missing(): Promise<string[]> {
    return (await this.goals()).filter(({ isReached }) => !isReached).map(({ id }) => id);
  }

  async #start(): Promise<void> {
    await this.#playground.run();
    await this.#playground
      .until(async () => (await this.#phase()) ?? "", "the program runs, or is over")
      .toMatch(/^(running|ended)$/);
  }

  async #end(): Promise<void> {
    if ((await this.#phase()) === "running") await this.#playground.stop();
    await this.#playground.until(() => this.#phase(), "the program is over").toBe("ended");
  }

  #phase(): Promise<string | undefined> {
    return this.#attribute("run-state", "phase");
  }

  #attribute(testId: string, name: string): Promise<string | undefined> {
    return this.#playground.page.evaluate(
      (selector, key) => document.querySelector<HTMLElement>(selector)?.dataset[key],
      byTestId(testId),
      name,
    );
  }
}
