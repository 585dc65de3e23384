/** What can cross between a spec and the page it looks at. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/**
 * One tab, in whichever browser: the few things the specs need, so that one text of them runs in all.
 * Selectors are CSS. Everything else is asked of the page by `evaluate`.
 */
export interface Page {
  goto(url: string): Promise<void>;
  /**
   * Runs a function in the page and gives back what it returns or resolves to.
   * @param body  self-contained: it sees the page and its arguments, nothing of the spec's module
   */
  evaluate<Args extends Json[], Result>(
    body: (...args: Args) => Result | Promise<Result>,
    ...args: Args
  ): Promise<Result>;
  /** Runs a function, self-contained too, in every document of the tab from now on, before any script of it. */
  beforeScripts(body: () => void): Promise<void>;
  /** Moves the mouse onto the element, as soon as it is there and visible, and presses the button. */
  click(selector: string): Promise<void>;
  /** Chooses an option of a `<select>` by its value. */
  select(selector: string, value: string): Promise<void>;
  /** Replaces the text of an input. */
  fill(selector: string, text: string): Promise<void>;
  /** Types into what has the focus, key by key. */
  type(text: string): Promise<void>;
  /** Presses a key, or several together such as Control+Enter, named as in KeyboardEvent.key. */
  press(keys: string): Promise<void>;
  /** Gives a file of this machine to an `<input type=file>`, which need not be visible. */
  chooseFile(selector: string, path: string): Promise<void>;
  /** Uncaught exceptions, unhandled rejections and console errors so far, of the page and of its workers. */
  readonly errors: readonly string[];
  /** Dedicated workers alive now, those that workers started included. */
  workerCount(): number;
  setViewport(widthPixels: number, heightPixels: number): Promise<void>;
  /**
   * Whether a page is told that another tab covers it. Headless Chromium 156 never does: visibilityState stays "visible"
   * behind another tab, in a minimised window, and when its lifecycle state is set to frozen.
   */
  readonly hidesTabs: boolean;
  /** Does something while another tab is in front, and, where the browser can be asked to, the tab is frozen. */
  whileHidden(action: () => Promise<void>): Promise<void>;
  /** A PNG of the visible part. */
  screenshot(path: string): Promise<void>;
  /** Another tab, with the same storage. The caller disposes of it, which leaves the storage. */
  openTab(): Promise<Page & AsyncDisposable>;
  /**
   * Ends the tab at once, without a word to what runs in it, and leaves its storage: Chromium's process of it crashes,
   * Firefox closes it. Only disposing of it is left to do.
   */
  kill(): Promise<void>;
}

/** A running browser with a profile of its own, gone when it is disposed of. */
export interface Browser extends AsyncDisposable {
  /** The page belongs to the caller. Disposing of it frees its storage too: pages share nothing. */
  openPage(): Promise<Page & AsyncDisposable>;
}

/** How a spec wants its browser. */
export interface BrowserOptions {
  /** Most that a site may store, bytes; at least 10 MiB in Firefox. Default: what the browser gives. */
  readonly storageLimitBytes?: number;
}

/** How long a page may take for anything a person would wait for; only ever a limit, never a delay. */
export const PATIENCE_MS = 60_000;

/** The source of a call that both drivers can hand to the page as an expression. */
export function callSource(body: (...args: never[]) => unknown, args: readonly Json[]): string {
  return `(${body})(...${JSON.stringify(args)})`;
}
