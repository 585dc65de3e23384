import { spawnSync } from "node:child_process";
import { chmodSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";

/** A machine made of fakes: nothing but this folder is in PATH. */
let machine: string;
beforeEach(() => {
  machine = mkdtempSync(join(tmpdir(), "machine-"));
  symlinkSync(process.execPath, join(machine, "node"));
  symlinkSync("/bin/chmod", join(machine, "chmod"));
});
afterEach(() => rmSync(machine, { recursive: true }));

const CHROMIUM = 'echo "Chromium 156.0.1"';
const FIREFOX = 'echo "Mozilla Firefox 153.0esr"';
/** Writes down how it was called; an install puts both browsers into PATH. */
const APT_GET = `
echo "$*" >> "$MACHINE/apt-get.log"
if [ "$1" = install ]; then
  printf '#!/bin/sh\\n${CHROMIUM}\\n' > "$MACHINE/chromium"
  printf '#!/bin/sh\\n${FIREFOX}\\n' > "$MACHINE/firefox-esr"
  chmod +x "$MACHINE/chromium" "$MACHINE/firefox-esr"
fi`;
/** `sudo -n command …`, as one who may. */
const SUDO = 'shift; exec "$@"';

test("browsers that are there are named and nothing is installed", () => {
  provide("chromium", CHROMIUM);
  provide("firefox-esr", FIREFOX);
  provide("apt-get", "exit 1");
  expect(run()).toMatchObject({ status: 0, stdout: expect.stringContaining("chromium 156: ") });
});

test("missing browsers are installed by apt-get, and only those", () => {
  provide("firefox-esr", FIREFOX);
  provide("apt-get", APT_GET);
  provide("sudo", SUDO);
  expect(run()).toMatchObject({ status: 0, stdout: expect.stringContaining("chromium 156: ") });
  expect(readFileSync(join(machine, "apt-get.log"), "utf8").trim().split("\n")).toEqual([
    "--version",
    "update",
    "install --yes --no-install-recommends chromium",
  ]);
});

test("a browser that is too old counts as missing", () => {
  provide("chromium", CHROMIUM);
  provide("firefox-esr", 'echo "Mozilla Firefox 128.3esr"');
  provide("apt-get", APT_GET);
  provide("sudo", SUDO);
  expect(run()).toMatchObject({ status: 0, stdout: expect.stringContaining("firefox 153: ") });
});

test("without apt-get the command to run by hand is printed, and it fails", () => {
  expect(run()).toMatchObject({
    status: 1,
    stderr: expect.stringContaining(
      "sudo apt-get update && sudo apt-get install --yes --no-install-recommends chromium firefox-esr",
    ),
  });
});

test("an install that fails, or brings no browser, fails with what to do", () => {
  provide("sudo", SUDO);
  provide("apt-get", '[ "$1" = --version ]');
  expect(run()).toMatchObject({ status: 1, stderr: expect.stringContaining("by hand") });
  provide("apt-get", "exit 0");
  expect(run()).toMatchObject({ status: 1, stderr: expect.stringContaining("No chromium of version 137") });
});

function provide(name: string, script: string): void {
  writeFileSync(join(machine, name), `#!/bin/sh\n${script}\n`);
  chmodSync(join(machine, name), 0o755);
}

function run() {
  return spawnSync("node", [join(import.meta.dirname, "ensureBrowsers.mjs")], {
    encoding: "utf8",
    env: { PATH: machine, MACHINE: machine, PLAYWRIGHT_BROWSERS_PATH: machine },
  });
}
