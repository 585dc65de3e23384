import { defaultServerConditions } from "vite";
import { defineConfig } from "vitest/config";

/**
 * Unit tests: they live beside the code and need neither a browser nor a build. The specs that drive browsers
 * are a run of their own, e2e/vitest.config.ts.
 */
export default defineConfig({
  test: {
    environment: "node",
    // A shared machine under load is slow without being wrong; no test asserts a time.
    testTimeout: 30_000,
    hookTimeout: 30_000,
    reporters: ["default", ["json", { outputFile: "test-results/unit.json" }]],
    projects: [
      project("runtime", "packages/runtime-web/src/**/*.test.ts"),
      project("cli", "packages/cli/{src,page}/**/*.test.ts"),
      project("sdk", "packages/sdk/**/*.test.ts"),
      project("playground", "apps/playground/**/*.test.{ts,tsx}"),
      project("guests", "guests/*.test.ts"),
      project("bench", "bench/**/*.test.ts"),
      project("scripts", "scripts/**/*.test.ts"),
      project("e2e harness", "e2e/{src,conformance}/**/*.test.ts"),
    ],
  },
});

function project(name: string, include: string) {
  return {
    extends: true as const,
    // Packages of the workspace from their sources, which need no build.
    ssr: { resolve: { conditions: ["@lunatic-web/source", ...defaultServerConditions] } },
    test: { name, include: [include] },
  };
}
