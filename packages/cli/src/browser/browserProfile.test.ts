import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type OsProcess, readOsProcess } from "./ancestors.ts";
import { createProfile, sweepProfiles } from "./browserProfile.ts";

let parent: string;
beforeEach(() => {
  parent = mkdtempSync(join(tmpdir(), "profiles-"));
});
afterEach(() => rmSync(parent, { recursive: true, force: true }));

function profileOf(name: string, owner: OsProcess | undefined): string {
  const path = join(parent, `lunatic-web-browser-${name}`);
  mkdirSync(join(path, "Default"), { recursive: true });
  if (owner !== undefined) writeFileSync(join(path, "lunatic-web-owner.json"), JSON.stringify(owner));
  return path;
}

test("the folder of a command line that is gone is removed by the next one", () => {
  const left = profileOf("left", { pid: 1, parent: 0, name: "node", startedAt: "long ago" });
  sweepProfiles(parent);
  expect(existsSync(left)).toBe(false);
});

test("the folder of a command line that runs stays, and so does one that does not say whose it is", () => {
  profileOf("used", readOsProcess(process.pid)!);
  profileOf("unknown", undefined);
  mkdirSync(join(parent, "somebody-else"));
  sweepProfiles(parent);
  expect(readdirSync(parent)).toEqual([
    "lunatic-web-browser-unknown",
    "lunatic-web-browser-used",
    "somebody-else",
  ]);
});

test("a profile is a folder of its own, and gone when it is removed", async () => {
  const profile = createProfile();
  expect(existsSync(profile.path)).toBe(true);
  await profile.remove();
  expect(existsSync(profile.path)).toBe(false);
});
