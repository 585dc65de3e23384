import type { Plugin } from "vite";
import { bundleClassicScript } from "./classicScript.ts";

/**
 * Adds scripts with an address of their own, without a hash, to the site: those that others name.
 * @param scripts  file name in the site to entry
 */
export function siteScripts(scripts: Readonly<Record<string, string>>): Plugin {
  return {
    name: "lunatic-site-scripts",
    async generateBundle() {
      for (const [fileName, entry] of Object.entries(scripts)) {
        this.emitFile({ type: "asset", fileName, source: await bundleClassicScript(entry) });
      }
    },
    configureServer(server) {
      server.middlewares.use((request, response, next) => {
        const path = new URL(request.url ?? "", "http://localhost").pathname.slice(1);
        const entry = Object.hasOwn(scripts, path) ? scripts[path] : undefined;
        if (entry === undefined) return next();
        bundleClassicScript(entry).then((code) => {
          response.setHeader("Content-Type", "text/javascript");
          response.end(code);
        }, next);
      });
    },
  };
}
