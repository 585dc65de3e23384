// Measures the command line as its users wait for it: see src/commandLine.ts.
import { fileURLToPath } from "node:url";
import { runnerImport } from "vite";

const { module } = await runnerImport("./src/commandLine.ts", {
  root: fileURLToPath(new URL(".", import.meta.url)),
  configFile: false,
  logLevel: "warn",
});
process.exitCode = await module.main(process.argv.slice(2));
