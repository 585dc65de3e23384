// Runs the instrumenter's conformance checks in a browser's page: see src/conformance.ts.
import { fileURLToPath } from "node:url";
import { runnerImport } from "vite";

const { module } = await runnerImport("./src/conformance.ts", {
  root: fileURLToPath(new URL(".", import.meta.url)),
  configFile: false,
  logLevel: "warn",
  environments: { inline: { resolve: { conditions: ["@lunatic-web/source"] } } },
});
process.exitCode = await module.main(process.argv.slice(2));
