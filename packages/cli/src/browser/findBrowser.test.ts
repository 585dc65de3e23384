import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { BrowserNotFoundError, findBrowser } from "./findBrowser.mjs";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "browsers-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

test("an executable in PATH that is new enough is found, with its version", () => {
  const path = fake("bin/firefox-esr", "Mozilla Firefox 153.7.0esr");
  expect(findBrowser("firefox", { PATH: join(folder, "bin") })).toEqual({
    name: "firefox",
    path,
    version: 153,
  });
});

test("an old executable is passed over for a newer one further on in PATH", () => {
  fake("old/chromium", "Chromium 130.0.1");
  const path = fake("new/chromium", "Chromium 156.0.8078.79 built on Debian GNU/Linux 12");
  const PATH = `${join(folder, "old")}:${join(folder, "new")}`;
  expect(findBrowser("chromium", { PATH }, [])).toEqual({ name: "chromium", path, version: 156 });
});

test("an executable that a variable names is taken before PATH", () => {
  fake("bin/chromium", "Chromium 156.0.1");
  const path = fake("own/chrome", "Google Chrome 140.0.1");
  const env = { PATH: join(folder, "bin"), LUNATIC_CHROMIUM: path };
  expect(findBrowser("chromium", env, [])).toEqual({ name: "chromium", path, version: 140 });
});

test("a variable that names something unusable is an error and not silently passed over", () => {
  fake("bin/firefox", "Mozilla Firefox 153.0");
  const env = { PATH: join(folder, "bin"), LUNATIC_FIREFOX: join(folder, "nothing") };
  expect(() => findBrowser("firefox", env)).toThrow(/nothing \(LUNATIC_FIREFOX\): cannot be run/);
});

test("what Playwright downloaded serves when nothing in PATH does", () => {
  const path = fake("cache/chrome", "Chromium 141.0.1");
  expect(findBrowser("chromium", { PATH: "" }, [join(folder, "gone"), path])).toMatchObject({ path });
});

test("where there is none the error says which, what was tried and what to do", () => {
  const old = fake("bin/firefox", "Mozilla Firefox 128.0");
  const search = () => findBrowser("firefox", { PATH: join(folder, "bin") });
  expect(search).toThrow(BrowserNotFoundError);
  expect(search).toThrow(`${old} (PATH): version 128`);
  expect(search).toThrow(/^No firefox of version 153 or newer .*Install it: .* install .*LUNATIC_FIREFOX$/);
});

/** An executable that answers every call, --version among them, with one line. */
function fake(name: string, answer: string): string {
  const path = join(folder, name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, `#!/bin/sh\necho "${answer}"\n`);
  chmodSync(path, 0o755);
  return path;
}
