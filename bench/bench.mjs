// Starts the benches: Node 20 runs no TypeScript, so Vite loads src/main.ts.
import { fileURLToPath } from "node:url";
import { runnerImport } from "vite";

const { module } = await runnerImport("./src/main.ts", {
  root: fileURLToPath(new URL(".", import.meta.url)),
  configFile: false,
  logLevel: "warn",
});
process.exitCode = await module.main(process.argv.slice(2));
