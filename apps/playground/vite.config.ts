import { defaultClientConditions, defineConfig } from "vite";
import { guardedStart } from "./build/guardedStart.ts";
import { leanMonaco } from "./build/leanMonaco.ts";
import { lessonFiles } from "./build/lessonFiles.ts";
import { offlineSite } from "./build/offlineSite.ts";
import { ModuleBuilder } from "./build/prebuiltModules.ts";
import { programFiles } from "./build/programFiles.ts";
import { siteScripts } from "./build/siteScripts.ts";

/** Cross-origin isolation: without these two headers browsers keep SharedArrayBuffer away from a page. */
const isolation = {
  "Cross-Origin-Opener-Policy": "same-origin",
  "Cross-Origin-Embedder-Policy": "require-corp",
};

export default defineConfig({
  root: import.meta.dirname,
  // Relative addresses: the built site works in any folder of any host.
  base: "./",
  // The runtime from its sources: nothing has to be built before.
  resolve: { conditions: ["@lunatic-web/source", ...defaultClientConditions] },
  plugins: [
    leanMonaco(),
    guardedStart(`${import.meta.dirname}/src/support/start.ts`),
    offlineSite(`${import.meta.dirname}/src/offline/worker/serviceWorker.ts`),
    siteScripts({ "embed.js": `${import.meta.dirname}/src/embed/element/register.ts` }),
    programFiles(
      `${import.meta.dirname}/../../guests/rust`,
      [`${import.meta.dirname}/examples`, `${import.meta.dirname}/../../guests/as`],
      new ModuleBuilder(`${import.meta.dirname}/../../packages/sdk`, `${import.meta.dirname}/.cache/modules`),
    ),
    lessonFiles(`${import.meta.dirname}/lessons`, `${import.meta.dirname}/../../guests/rust`),
  ],
  // Every engine with JSPI (Chrome 137, Firefox 153, Safari 27) has ES2024.
  build: {
    target: "es2024",
    emptyOutDir: true,
    // Its warnings are about how busy the machine is.
    rolldownOptions: { checks: { pluginTimings: false } },
  },
  oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
  worker: { format: "es" },
  server: { headers: isolation },
  preview: { headers: isolation },
});
