import { existsSync } from "node:fs";
import { join } from "node:path";
import { CommandError, ExitStatus } from "../errors.ts";
import type { Io } from "../io.ts";
import { pageFolder, programPath } from "../programPath.ts";
import { openSession } from "../session/pageSession.ts";
import type { Session, SessionOptions } from "../session/session.ts";
import { findAncestor } from "./ancestors.ts";
import { BrowserNotFoundError, type FoundBrowser, findBrowser } from "./findBrowser.mjs";
import { shareBrowser } from "./sharedBrowser.ts";
import { startBrowser } from "./startBrowser.ts";

/** Programs that start us several times in a row. */
const SHARING_PARENTS = ["cargo", "cargo-nextest", "cargo.exe"];

/**
 * A session in a real browser: one shared by all that cargo starts in one go, else one of its own.
 * @throws CommandError
 */
export async function openBrowserSession(options: SessionOptions, io: Io): Promise<Session> {
  requirePage();
  // Before a shared browser is started in the background, where nobody would see why it does not.
  const found = requireBrowser(options, io.env);
  const cargo = findAncestor(process.pid, SHARING_PARENTS);
  if (cargo !== undefined) {
    const program = [process.execPath, programPath()];
    return openSession(
      options,
      pageFolder(),
      shareBrowser(cargo, options.browser, options.isHeaded, program),
    );
  }
  return openSession(options, pageFolder(), (url) =>
    startBrowser({ found, isHeaded: options.isHeaded, url }),
  );
}

/** The program builds it; a caller of `run` in a clone of the repository may be earlier. */
function requirePage(): void {
  if (existsSync(join(pageFolder(), "index.html"))) return;
  throw new CommandError("The page of the command line is not built: run npx lunatic-web --version once");
}

/** @throws CommandError there is none; says how to get it */
export function requireBrowser({ browser }: Pick<SessionOptions, "browser">, env: Io["env"]): FoundBrowser {
  try {
    return findBrowser(browser, env);
  } catch (error) {
    if (error instanceof BrowserNotFoundError) throw new CommandError(error.message, ExitStatus.browser);
    throw error;
  }
}
