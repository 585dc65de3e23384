import { existsSync, mkdirSync, statSync, writeFileSync } from "node:fs";
import { basename, dirname, join, relative, resolve } from "node:path";
import { CommandError, ExitStatus, errorText } from "../errors.ts";
import type { Io } from "../io.ts";
import { projectFiles } from "../sdk/projectTemplate.ts";

/**
 * `lunatic-web init --sdk`: the files of a project in TypeScript syntax that are not there yet.
 * @param directory made if it does not exist
 * @throws CommandError it is a file, or cannot be written to
 */
export async function initSdk(directory: string, io: Io): Promise<number> {
  const folder = resolve(io.cwd, directory);
  if (existsSync(folder) && !statSync(folder).isDirectory()) {
    throw new CommandError(`${directory} is a file; name a directory for the project`);
  }
  const lines: string[] = [];
  try {
    for (const [path, text] of projectFiles(packageName(folder))) {
      const target = join(folder, path);
      mkdirSync(dirname(target), { recursive: true });
      lines.push(`${writeNew(target, text) ? "  wrote" : "  kept "} ${path}\n`);
    }
  } catch (error) {
    throw new CommandError(`The project cannot be written: ${errorText(error)}`);
  }
  const into = relative(io.cwd, folder);
  await io.stdout.write(
    `${lines.join("")}\nNext: ${into === "" ? "" : `cd ${/^[\w./-]+$/.test(into) ? into : JSON.stringify(into)} && `}npm install && npm start\n`,
  );
  return ExitStatus.success;
}

/** @returns false: there is one, and it stays as it is */
function writeNew(path: string, text: string): boolean {
  if (existsSync(path)) return false;
  writeFileSync(path, text, { flag: "wx" });
  return true;
}

/** The folder's name as npm allows it. */
function packageName(folder: string): string {
  const name = basename(folder)
    .toLowerCase()
    .replace(/[^a-z0-9._-]+/g, "-")
    .replace(/^[._-]+|-+$/g, "");
  return name === "" ? "lunatic-project" : name;
}
