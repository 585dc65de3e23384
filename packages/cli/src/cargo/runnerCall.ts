import { accessSync, constants } from "node:fs";
import { delimiter, dirname, join, sep } from "node:path";

/**
 * How cargo is to call this program in a project, as TOML: by its name where that is installed, through npx where the
 * project has it among its packages, and else by the path it was started from.
 * @param script absolute path of this program
 */
export function runnerCall(project: string, path: string, script: string): string {
  if (path.split(delimiter).some(hasProgram)) return JSON.stringify("lunatic-web run");
  for (let folder = project; ; folder = dirname(folder)) {
    if (isExecutable(join(folder, "node_modules", ".bin", "lunatic-web")))
      return JSON.stringify("npx lunatic-web run");
    if (folder === dirname(folder)) break;
  }
  return `[${["node", script, "run"].map((part) => JSON.stringify(part)).join(", ")}]`;
}

/** npx itself puts such folders of the directory it is called in into PATH; cargo will not. */
function hasProgram(folder: string): boolean {
  if (folder === "" || folder.includes(`${sep}node_modules${sep}.bin`) || folder.includes(`${sep}_npx${sep}`))
    return false;
  return isExecutable(join(folder, "lunatic-web"));
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
