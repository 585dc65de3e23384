import { build, type Rolldown } from "vite";

/**
 * Bundles one entry into a single classic script, for what cannot be a module of the page: a script of other people's
 * pages, a service worker, what runs before the page's own modules.
 * @param target  oldest language level of its readers
 * @param define  constants put in by the build
 * @throws Error it does not build, or is not one file
 */
export async function bundleClassicScript(
  entry: string,
  { target = "es2022", define = {} }: { target?: string; define?: Readonly<Record<string, string>> } = {},
): Promise<string> {
  const built = (await build({
    configFile: false,
    logLevel: "warn",
    publicDir: false,
    define: { ...define },
    build: {
      write: false,
      target,
      minify: true,
      copyPublicDir: false,
      rolldownOptions: { input: entry, output: { format: "iife" } },
    },
  })) as Rolldown.RolldownOutput;
  const [script, ...others] = built.output;
  if (script.type !== "chunk" || others.length > 0)
    throw new Error(`${entry} does not bundle into one script`);
  return script.code;
}
