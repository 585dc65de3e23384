import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const repository = join(import.meta.dirname, "../..");

/** A project outside of this repository that has installed the runtime's package from its tarball. */
export interface InstalledPackage extends Disposable {
  readonly folder: string;
  /** Paths in the tarball. */
  readonly files: readonly string[];
  /** Writes files of the project; what they replace is gone. */
  write(files: Readonly<Record<string, string | Uint8Array>>): void;
  /** A folder to be served as it is: `files`, and what the package has built under `runtime/`. */
  plainSite(files: Readonly<Record<string, string | Uint8Array>>): string;
  /** Checks the project's types with its tsconfig.json. @returns what the compiler says; empty if nothing is wrong */
  checkTypes(): string;
}

/** Packs the package as `npm publish` would and installs it into a fresh project, without asking any registry. */
export function installPackage(): InstalledPackage {
  const folder = mkdtempSync(join(tmpdir(), "lunatic-web-"));
  const packed = npm(
    repository,
    "pack",
    "-w",
    "@lunatic-web/runtime",
    "--json",
    "--pack-destination",
    folder,
  );
  const [{ filename, files }] = parsePacked(packed);
  writeFileSync(join(folder, "package.json"), JSON.stringify({ name: "app", private: true, type: "module" }));
  npm(folder, "install", "--offline", "--no-audit", "--no-fund", "--ignore-scripts", `./${filename}`);
  return {
    folder,
    files: files.map(({ path }) => path),
    write: (content) => writeAll(folder, content),
    plainSite(content) {
      const site = join(folder, "plain");
      rmSync(site, { recursive: true, force: true });
      cpSync(join(folder, "node_modules/@lunatic-web/runtime/dist"), join(site, "runtime"), {
        recursive: true,
      });
      writeAll(site, content);
      return site;
    },
    checkTypes() {
      const compiler = join(repository, "node_modules/typescript/bin/tsc");
      try {
        return execFileSync(process.execPath, [compiler, "-p", folder], { encoding: "utf8" });
      } catch (error) {
        return String((error as { stdout?: string }).stdout ?? error);
      }
    },
    [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true }),
  };
}

function npm(cwd: string, ...args: string[]): string {
  return execFileSync("npm", args, { cwd, encoding: "utf8", stdio: ["ignore", "pipe", "inherit"] });
}

/** The last line that npm prints is JSON; a build prints before it. */
function parsePacked(output: string): [{ filename: string; files: { path: string }[] }] {
  return JSON.parse(output.slice(output.search(/^\[$/m)));
}

function writeAll(folder: string, files: Readonly<Record<string, string | Uint8Array>>): void {
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(join(folder, path, ".."), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
}

/** JavaScript files below a folder, by their path in it. */
export function scriptsIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true })
    .map(String)
    .filter((path) => path.endsWith(".js"));
}
