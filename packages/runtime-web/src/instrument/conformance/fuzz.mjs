// Fuzzes the instrumenter for as long as one likes: see fuzz/main.ts.
import { fileURLToPath } from "node:url";
import { runnerImport } from "vite";

const { module } = await runnerImport("./fuzz/main.ts", {
  root: fileURLToPath(new URL(".", import.meta.url)),
  configFile: false,
  logLevel: "warn",
});
process.exitCode = module.main(process.argv.slice(2));
