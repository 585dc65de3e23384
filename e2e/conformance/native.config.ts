import { defineConfig } from "vitest/config";

/** The run of native.spec.ts, which needs a native lunatic. */
export default defineConfig({
  test: { root: import.meta.dirname, include: ["native.spec.ts"], testTimeout: 30_000 },
});
