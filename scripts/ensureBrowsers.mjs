#!/usr/bin/env node
/**
 * Sees to it that the browsers the e2e specs drive are there: finds them, or installs Debian's by apt-get where
 * that is possible without asking, or says which command does. `npm test` runs it before the specs.
 */
import { spawnSync } from "node:child_process";
import { BROWSERS, BrowserNotFoundError, findBrowser } from "@lunatic-web/e2e/browsers";

/** @typedef {import("@lunatic-web/e2e/browsers").BrowserName} BrowserName */

const missing = /** @type {const} */ (["chromium", "firefox"]).filter(
  (name) => whyMissing(name) !== undefined,
);
if (missing.length > 0) install(missing.map((name) => BROWSERS[name].debianPackage));
for (const reason of missing.map(whyMissing)) {
  if (reason !== undefined) fail(reason);
}

/**
 * Looks for a browser and prints what it finds.
 * @param {BrowserName} name
 * @returns {string | undefined} undefined: it is there
 */
function whyMissing(name) {
  try {
    const { path, version } = findBrowser(name);
    console.log(`${name} ${version}: ${path}`);
    return undefined;
  } catch (error) {
    if (error instanceof BrowserNotFoundError) return error.message;
    throw error;
  }
}

/** @param {readonly string[]} packages */
function install(packages) {
  const commands = [
    ["apt-get", "update"],
    ["apt-get", "install", "--yes", "--no-install-recommends", ...packages],
  ];
  const byHand = commands.map((command) => `sudo ${command.join(" ")}`).join(" && ");
  const prefix = rootPrefix();
  if (prefix === undefined) {
    fail(`Cannot install ${packages.join(" and ")} from here. On Debian, run:\n  ${byHand}`);
  }
  for (const command of commands) {
    const [program = "", ...args] = [...prefix, ...command];
    console.log(`$ ${program} ${args.join(" ")}`);
    const { status } = spawnSync(program, args, {
      stdio: ["ignore", "inherit", "inherit"],
      env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" },
    });
    if (status !== 0) {
      fail(`That failed. Install the browsers by hand, then run the tests again:\n  ${byHand}`);
    }
  }
}

/**
 * @returns {string[] | undefined} what to put before apt-get; undefined: there is no apt-get, or no right to use it
 */
function rootPrefix() {
  if (spawnSync("apt-get", ["--version"], { stdio: "ignore" }).status !== 0) return undefined;
  if (process.getuid?.() === 0) return [];
  return spawnSync("sudo", ["-n", "true"], { stdio: "ignore" }).status === 0 ? ["sudo", "-n"] : undefined;
}

/**
 * @param {string} message
 * @returns {never}
 */
function fail(message) {
  console.error(message);
  process.exit(1);
}
