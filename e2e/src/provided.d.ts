import type { BrowserName } from "./browsers.mjs";

declare module "vitest" {
  interface ProvidedContext {
    /** The browser this project's specs run in. */
    browser: BrowserName;
    /** Where the built playground is served, with a slash at its end. */
    playgroundUrl: string;
  }
}
