import { assembleGuest } from "./assembleGuest.ts";
import { byTestId, type Playground } from "./playground.ts";

/** What the status of a run says. */
export interface RunState {
  readonly phase: string;
  /** "paused" or "slow"; empty: it runs freely, or not at all. */
  readonly pace: string;
  readonly text: string;
}

/** The controls of a run as visitors use them, by their test ids. */
export class RunControls {
  readonly playground: Playground;

  constructor(playground: Playground) {
    this.playground = playground;
  }

  /** Chooses a program of e2e/fixtures/guests. */
  async choose(guest: string): Promise<void> {
    const { playground } = this;
    await playground.drop(`${guest}.wasm`, await assembleGuest(guest));
    await playground.until(() => playground.selectedProgram(), "the file is selected").toContain(guest);
  }

  state(): Promise<RunState> {
    return this.playground.page.evaluate((selector) => {
      const element = document.querySelector<HTMLElement>(selector)!;
      const { phase = "", pace = "" } = element.dataset;
      return { phase, pace, text: element.textContent ?? "" };
    }, byTestId("run-state"));
  }

  /** What the last step did. */
  step(): Promise<string> {
    return this.text("step");
  }

  text(testId: string): Promise<string> {
    return this.playground.page.evaluate(
      (selector) => document.querySelector(selector)?.textContent ?? "",
      byTestId(testId),
    );
  }

  /** The process that the view is about. */
  chosen(): Promise<number | undefined> {
    return this.playground.page.evaluate(() => {
      const row = document.querySelector<HTMLElement>('[aria-selected="true"][data-pid]');
      return row ? Number(row.dataset.pid) : undefined;
    });
  }

  async click(testId: string): Promise<void> {
    await this.playground.page.click(byTestId(testId));
  }

  /** Opens what stands behind a button where the page is narrow. */
  async showMore(): Promise<void> {
    const isBehind = await this.playground.page.evaluate((selector) => {
      const toggle = document.querySelector<HTMLElement>(selector)!;
      return toggle.checkVisibility() && toggle.getAttribute("aria-expanded") === "false";
    }, byTestId("more-controls"));
    if (isBehind) await this.click("more-controls");
  }

  /** Puts the keyboard's focus on a control. */
  async focus(selector: string): Promise<void> {
    await this.playground.page.evaluate((target) => {
      document.querySelector<HTMLElement>(target)!.focus();
    }, selector);
  }

  /** Writes a message into the open form and sends it. */
  async inject(format: string, body: string): Promise<void> {
    const { page } = this.playground;
    await page.select(byTestId("inject-format"), format);
    await page.fill(byTestId("inject-body"), body);
    await this.click("inject-send");
  }

  /** Saves the run and gives its file back, which is not downloaded. */
  async saveRun(): Promise<{ readonly name: string; readonly bytes: Uint8Array }> {
    const { page } = this.playground;
    await page.evaluate(keepDownload);
    await this.showMore();
    await this.click("save-recording");
    await this.playground
      .until(() => page.evaluate(() => "download" in document.documentElement.dataset), "it is saved")
      .toBe(true);
    const [name, base64] = await page.evaluate(() => {
      const { download = "", content = "" } = document.documentElement.dataset;
      return [download, content] as const;
    });
    return { name, bytes: Buffer.from(base64, "base64") };
  }
}

/** Runs in the page: the next download stays in it. */
function keepDownload(): void {
  const { dataset } = document.documentElement;
  let kept: Blob | undefined;
  const createObjectURL = URL.createObjectURL;
  URL.createObjectURL = (blob: Blob) => {
    kept = blob;
    return createObjectURL.call(URL, blob);
  };
  const click = HTMLAnchorElement.prototype.click;
  HTMLAnchorElement.prototype.click = function (this: HTMLAnchorElement) {
    HTMLAnchorElement.prototype.click = click;
    URL.createObjectURL = createObjectURL;
    const reader = new FileReader();
    reader.onload = () => {
      dataset.content = String(reader.result).split(",")[1];
      dataset.download = this.download;
    };
    reader.readAsDataURL(kept!);
  };
}
