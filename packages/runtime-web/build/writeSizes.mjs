// Writes the sizes of the last build into docs/embedding.md: Node 20 runs no TypeScript, so Vite loads bundleSizes.ts.
import { join } from "node:path";
import { runnerImport } from "vite";

const { module } = await runnerImport("./bundleSizes.ts", {
  root: import.meta.dirname,
  configFile: false,
  logLevel: "warn",
});
const document = join(import.meta.dirname, "../../../docs/embedding.md");
const hasChanged = module.writeSizes(join(import.meta.dirname, "../dist"), document);
console.log(hasChanged ? "docs/embedding.md has the new sizes" : "docs/embedding.md had these sizes");
