/**
 * Which browser executables this machine has. Plain JavaScript, because scripts/ensureBrowsers.mjs and the benches
 * use it on Node 20, which does not strip types.
 */
import { execFileSync } from "node:child_process";
import { accessSync, constants, readdirSync } from "node:fs";
import { homedir } from "node:os";
import { delimiter, join } from "node:path";

/** @typedef {"chromium" | "firefox"} BrowserName */

/**
 * @typedef {object} BrowserKind
 * @property {readonly string[]} variables environment variables that name the executable, first one wins
 * @property {readonly string[]} commands  names looked for in PATH, in this order
 * @property {number} minimumVersion       first version with JSPI on by default
 * @property {string} debianPackage
 */

/** @type {Readonly<Record<BrowserName, BrowserKind>>} */
export const BROWSERS = {
  chromium: {
    variables: ["LUNATIC_CHROMIUM", "CHROMIUM_PATH"],
    commands: ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"],
    minimumVersion: 137,
    debianPackage: "chromium",
  },
  firefox: {
    variables: ["LUNATIC_FIREFOX", "FIREFOX_PATH"],
    commands: ["firefox-esr", "firefox"],
    minimumVersion: 153,
    debianPackage: "firefox-esr",
  },
};

/** @typedef {{ name: BrowserName, path: string, version: number }} FoundBrowser version is the major version */

/** No usable executable; the message lists every place looked at and what was wrong with it. */
export class BrowserNotFoundError extends Error {
  /**
   * @param {BrowserName} browser
   * @param {readonly string[]} tried
   */
  constructor(browser, tried) {
    const { minimumVersion, variables } = BROWSERS[browser];
    super(
      `No ${browser} of version ${minimumVersion} or newer found (${tried.join("; ")}). ` +
        `Install it: ${installCommand(browser)}; or name an executable in ${variables[0]}`,
    );
    this.name = "BrowserNotFoundError";
    this.browser = browser;
  }
}

/**
 * The command that installs a browser on this kind of machine.
 * @param {BrowserName} browser
 * @param {NodeJS.Platform} [platform]
 */
export function installCommand(browser, platform = process.platform) {
  const { debianPackage } = BROWSERS[browser];
  if (platform === "darwin")
    return `brew install --cask ${browser === "chromium" ? "google-chrome" : "firefox"}`;
  if (platform === "win32")
    return `winget install ${browser === "chromium" ? "Google.Chrome" : "Mozilla.Firefox"}`;
  return `sudo apt-get install ${debianPackage}`;
}

/**
 * Finds an executable new enough for JSPI: one named by an environment variable (and then no other), in PATH, where
 * its installer puts it, or, for Chromium, downloaded by Playwright or Puppeteer. Each candidate is asked for its version.
 * @param {BrowserName} name
 * @param {Readonly<Record<string, string | undefined>>} [env] PATH and the variables are read from it
 * @param {readonly string[]} [elsewhere] executables outside of PATH; default: where installers and test tools put them
 * @returns {FoundBrowser}
 * @throws {BrowserNotFoundError}
 */
export function findBrowser(
  name,
  env = process.env,
  elsewhere = [...INSTALLED[name], ...downloaded(name, env)],
) {
  /** @type {string[]} */
  const tried = [];
  for (const { path, source } of candidates(name, env, elsewhere)) {
    const version = readVersion(path);
    if (typeof version === "number" && version >= BROWSERS[name].minimumVersion) {
      return { name, path, version };
    }
    tried.push(`${path} (${source}): ${typeof version === "number" ? `version ${version}` : version}`);
  }
  if (tried.length === 0) tried.push(`none of ${BROWSERS[name].commands.join(", ")} is in PATH`);
  throw new BrowserNotFoundError(name, tried);
}

/**
 * @param {BrowserName} name
 * @param {Readonly<Record<string, string | undefined>>} env
 * @param {readonly string[]} elsewhere
 */
function candidates(name, env, elsewhere) {
  const { variables, commands } = BROWSERS[name];
  for (const variable of variables) {
    const path = env[variable];
    if (path) return [{ path, source: variable }];
  }
  const folders = (env.PATH ?? "").split(delimiter).filter(Boolean);
  const inPath = commands.flatMap((command) => folders.map((folder) => join(folder, command)));
  return [
    ...inPath.filter(isExecutable).map((path) => ({ path, source: "PATH" })),
    ...elsewhere.filter(isExecutable).map((path) => ({ path, source: "outside of PATH" })),
  ];
}

/**
 * Where the installers of systems that keep programs out of PATH put a browser.
 * @type {Readonly<Record<BrowserName, readonly string[]>>}
 */
const INSTALLED = {
  chromium: [
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
  ],
  firefox: [
    "/Applications/Firefox.app/Contents/MacOS/firefox",
    "C:\\Program Files\\Mozilla Firefox\\firefox.exe",
  ],
};

/**
 * What Playwright and Puppeteer have downloaded, newest first. Their Firefox is not among it: Playwright's is one of
 * its own making that speaks no WebDriver BiDi.
 * @param {BrowserName} name
 * @param {Readonly<Record<string, string | undefined>>} env
 */
function downloaded(name, env) {
  if (name !== "chromium") return [];
  const caches = [
    env.PLAYWRIGHT_BROWSERS_PATH || join(homedir(), ".cache", "ms-playwright"),
    join(homedir(), "Library", "Caches", "ms-playwright"),
    env.PUPPETEER_CACHE_DIR
      ? join(env.PUPPETEER_CACHE_DIR, "chrome")
      : join(homedir(), ".cache", "puppeteer", "chrome"),
  ];
  return caches.flatMap((cache) =>
    foldersIn(cache)
      .filter((folder) => !folder.includes("headless_shell"))
      .sort((a, b) => b.localeCompare(a, "en", { numeric: true }))
      .flatMap((folder) =>
        foldersIn(join(cache, folder)).map((inner) => join(cache, folder, inner, "chrome")),
      ),
  );
}

/** @param {string} path */
function foldersIn(path) {
  try {
    return readdirSync(path, { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map((entry) => entry.name);
  } catch {
    // No such cache on this machine.
    return [];
  }
}

/** @param {string} path */
function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/**
 * @param {string} path
 * @returns {number | string} the major version, or why there is none
 */
function readVersion(path) {
  try {
    const output = execFileSync(path, ["--version"], { encoding: "utf8", timeout: 60_000, stdio: "pipe" });
    const major = /(\d+)\.\d+/.exec(output)?.[1];
    return major === undefined ? `--version says ${JSON.stringify(output.trim())}` : Number(major);
  } catch (error) {
    return `cannot be run: ${error instanceof Error ? error.message.split("\n", 1)[0] : String(error)}`;
  }
}
