import { defineConfig, type TestProjectInlineConfiguration } from "vitest/config";
import type { BrowserName } from "./src/browsers.mjs";
import { SecondTries } from "./src/secondTries.ts";

/** The specs that drive browsers: one text, a project per browser, one build and one server for all. */
export default defineConfig({
  test: {
    root: import.meta.dirname,
    globalSetup: "./src/globalSetup.ts",
    reporters: ["default", new SecondTries(), ["json", { outputFile: "../test-results/e2e.json" }]],
    // A browser uses every core by itself; two at once on a small machine time out for no fault of the page.
    fileParallelism: false,
    projects: [specsIn("chromium"), specsIn("firefox")],
  },
});

function specsIn(browser: BrowserName): TestProjectInlineConfiguration {
  return {
    test: {
      name: browser,
      root: import.meta.dirname,
      include: ["specs/**/*.spec.ts"],
      provide: { browser },
      testTimeout: 300_000,
      hookTimeout: 120_000,
      // Not where a developer looks on: he sees every failure. See SecondTries.
      retry: process.env.CI === undefined ? 0 : 1,
    },
  };
}
