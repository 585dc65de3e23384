// Starts the soak: Node 20 runs no TypeScript, so Vite loads src/soak.ts.
import { fileURLToPath } from "node:url";
import { runnerImport } from "vite";

const { module } = await runnerImport("./src/soak.ts", {
  root: fileURLToPath(new URL(".", import.meta.url)),
  configFile: false,
  logLevel: "warn",
  environments: { inline: { resolve: { conditions: ["@lunatic-web/source"] } } },
});
process.exitCode = await module.main(process.argv.slice(2));
