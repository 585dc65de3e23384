import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { CommandError, ExitStatus } from "../errors.ts";
import { findChanges } from "../session/fileChanges.ts";
import { hostPlace, planMounts } from "./mounts.ts";
import { readMounts } from "./readMounts.ts";
import { writeBack } from "./writeBack.ts";

let root: string;
let cwd: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "lunatic-web-files-"));
  cwd = join(root, "project");
  mkdirSync(join(cwd, "data"), { recursive: true });
  mkdirSync(join(root, "other"));
  writeFileSync(join(cwd, "notes.txt"), "notes");
  writeFileSync(join(cwd, "data", "a.txt"), "a");
  writeFileSync(join(root, "other", "b.txt"), "b");
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const bytes = (text: string) => new TextEncoder().encode(text);

describe("mounts", () => {
  test("the working directory is always there, as the root", () => {
    expect(planMounts([], cwd)).toEqual([{ host: cwd, guest: ".", treePath: "", isImplied: true }]);
    expect(planMounts(["."], cwd)).toHaveLength(1);
  });

  test("one that is named as the root is there instead of it, under both names", () => {
    const mounts = planMounts(["../other::/"], cwd);
    const { treePath, host } = { treePath: "", host: join(root, "other") };
    expect(mounts).toEqual([
      { host, guest: ".", treePath, isImplied: false },
      { host, guest: "/", treePath, isImplied: false },
    ]);
    expect(planMounts([".::/"], cwd).map(({ guest }) => guest)).toEqual([".", "/"]);
    expect(hostPlace(mounts, "x/y")?.path).toBe(join(root, "other", "x", "y"));
  });

  test("a directory has its own name or another one to the guest", () => {
    expect(planMounts(["./data", "../other::/etc/conf/"], cwd).slice(1)).toEqual([
      { host: join(cwd, "data"), guest: "./data", treePath: "data", isImplied: false },
      { host: join(root, "other"), guest: "/etc/conf/", treePath: "etc/conf", isImplied: false },
    ]);
  });

  test("a path of the guest leads to the innermost directory that holds it", () => {
    const mounts = planMounts(["../other::data/inner"], cwd);
    expect(hostPlace(mounts, "data/inner/x/y")?.path).toBe(join(root, "other", "x", "y"));
    expect(hostPlace(mounts, "data/inner")?.path).toBe(join(root, "other"));
    expect(hostPlace(mounts, "data/innermost")?.path).toBe(join(cwd, "data", "innermost"));
  });

  test.for([
    ["missing", ["nowhere"], ExitStatus.failure, "does not exist"],
    ["a file", ["notes.txt"], ExitStatus.failure, "is no directory"],
    ["without a name", ["data::"], ExitStatus.usage, "HOST::GUEST"],
    ["under the name of another", ["data::x", "../other::x"], ExitStatus.usage, "give one another name"],
  ] as const)("a directory that is %s is an error", ([, options, status, text]) => {
    let thrown: unknown;
    try {
      planMounts(options, cwd);
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toBeInstanceOf(CommandError);
    expect((thrown as CommandError).status).toBe(status);
    expect((thrown as CommandError).message).toContain(text);
  });
});

async function readPaths(options: readonly string[]): Promise<string[]> {
  return [...(await readMounts(planMounts(options, cwd))).files.keys()].sort();
}

describe("reading", () => {
  test("takes the files of a directory that is the root instead of the working directory", async () => {
    expect(await readPaths(["../other::/"])).toEqual(["/b.txt"]);
  });

  test("takes files and directories, empty ones too", async () => {
    mkdirSync(join(cwd, "empty"));
    expect(await readPaths([])).toEqual(["/data/", "/data/a.txt", "/empty/", "/notes.txt"]);
  });

  test("leaves out what no program reads, unless it is named", async () => {
    for (const name of [".git", "node_modules", "target"]) {
      mkdirSync(join(cwd, name));
      writeFileSync(join(cwd, name, "big"), "");
    }
    expect(await readPaths([])).toContain("/target/big");
    writeFileSync(join(cwd, "Cargo.toml"), "");
    expect(await readPaths([])).toEqual(["/Cargo.toml", "/data/", "/data/a.txt", "/notes.txt"]);
    expect(await readPaths(["target"])).toContain("/target/big");
  });

  test("a named directory hides what lies under its name", async () => {
    expect(await readPaths(["../other::data"])).toEqual(["/data/", "/data/b.txt", "/notes.txt"]);
  });

  test("follows links to files but never to directories", async () => {
    symlinkSync(join(cwd, "data", "a.txt"), join(cwd, "link.txt"));
    symlinkSync(cwd, join(cwd, "circle"));
    symlinkSync(join(cwd, "nowhere"), join(cwd, "dangling"));
    expect(await readPaths([])).toEqual(["/data/", "/data/a.txt", "/link.txt", "/notes.txt"]);
  });

  test("leaves out links that lead out of a directory, and says so once where it was named", async () => {
    symlinkSync(join(root, "other", "b.txt"), join(cwd, "absolute.txt"));
    symlinkSync("../../other/b.txt", join(cwd, "data", "relative.txt"));
    mkdirSync(join(root, "project-secrets"));
    writeFileSync(join(root, "project-secrets", "key"), "key");
    symlinkSync(join(root, "project-secrets", "key"), join(cwd, "sibling.txt"));
    const { files, warnings } = await readMounts(planMounts([".::/"], cwd));
    expect([...files.keys()].sort()).toEqual(["/data/", "/data/a.txt", "/notes.txt"]);
    expect(warnings).toHaveLength(1);
    expect((await readMounts(planMounts([], cwd))).warnings).toEqual([]);
    expect(warnings[0]).toMatch(/absolute\.txt \(and 2 more\) leads? out of .*project and/);
  });

  test("takes the files of a directory that is a link itself", async () => {
    symlinkSync(join(root, "other"), join(root, "alias"));
    expect(await readPaths(["../alias::/"])).toEqual(["/b.txt"]);
  });

  test("a working directory too large is left out with a warning, a named one is refused", async () => {
    const tiny = { files: 0, bytes: 1000 };
    const roomy = { files: 10, bytes: 1000 };
    const { files, warnings } = await readMounts(planMounts(["data"], cwd), {
      workingDirectory: tiny,
      named: roomy,
    });
    expect([...files.keys()]).toEqual(["/data/a.txt", "/data/"]);
    expect(warnings.join()).toContain("more than 0 files");
    await expect(
      readMounts(planMounts(["data"], cwd), { workingDirectory: roomy, named: { files: 10, bytes: 0 } }),
    ).rejects.toThrow("name a smaller directory");
  });
});

describe("writing back", () => {
  test("brings changes to disk and touches nothing else", async () => {
    const mounts = planMounts(["../other::/conf"], cwd);
    const { files: before } = await readMounts(mounts);
    const after = new Map(before);
    after.delete("/data/a.txt");
    after.delete("/data/");
    after.set("/new/", bytes(""));
    after.set("/new/deep.txt", bytes("deep"));
    after.set("/conf/b.txt", bytes("changed"));
    // Somebody else works on a file that the guest has only read.
    writeFileSync(join(cwd, "notes.txt"), "theirs");
    await writeBack(mounts, findChanges(before, after));
    expect(readdirSync(cwd).sort()).toEqual(["new", "notes.txt"]);
    expect(readFileSync(join(cwd, "notes.txt"), "utf8")).toBe("theirs");
    expect(readFileSync(join(cwd, "new", "deep.txt"), "utf8")).toBe("deep");
    expect(readFileSync(join(root, "other", "b.txt"), "utf8")).toBe("changed");
  });

  test("gives files the time at which the guest last modified them, and others the one they had", async () => {
    const old = new Date("2001-02-03T04:05:06.789Z");
    utimesSync(join(cwd, "notes.txt"), old, old);
    utimesSync(join(cwd, "data", "a.txt"), old, old);
    const mounts = planMounts([], cwd);
    const { files, times } = await readMounts(mounts);
    expect(times.get("/notes.txt")).toBe(old.getTime());
    const touched = old.getTime() + 3_600_000;
    const newTimes = new Map([...times, ["/data/a.txt", touched], ["/new.txt", touched]]);
    const after = new Map([...files, ["/new.txt", bytes("new")]]);
    await writeBack(mounts, findChanges(files, after, times, newTimes));
    const modified = (name: string) => statSync(join(cwd, name)).mtimeMs;
    expect([modified("notes.txt"), modified("data/a.txt"), modified("new.txt")]).toEqual([
      old.getTime(),
      touched,
      touched,
    ]);
    expect(readFileSync(join(cwd, "data", "a.txt"), "utf8")).toBe("a");
  });

  test("keeps a directory that holds what the guest did not see", async () => {
    const mounts = planMounts([], cwd);
    const { files: before } = await readMounts(mounts);
    writeFileSync(join(cwd, "data", "later.txt"), "");
    await writeBack(mounts, findChanges(before, new Map([["/notes.txt", bytes("notes")]])));
    expect(readdirSync(join(cwd, "data"))).toEqual(["later.txt"]);
  });

  test("never lands outside, whatever links wait there that the guest did not see", async () => {
    symlinkSync(join(root, "other", "b.txt"), join(cwd, "link.txt"));
    symlinkSync(join(root, "other"), join(cwd, "folder"));
    symlinkSync(join(root, "nowhere"), join(cwd, "dangling.txt"));
    const mounts = planMounts([], cwd);
    const { files: before } = await readMounts(mounts);
    const after = new Map([
      ...before,
      ["/link.txt", bytes("escaped")],
      ["/folder/", bytes("")],
      ["/folder/new/", bytes("")],
      ["/folder/new/deep.txt", bytes("escaped")],
      ["/folder/b.txt", bytes("escaped")],
      ["/dangling.txt", bytes("escaped")],
      ["/fine.txt", bytes("fine")],
    ]);
    await expect(writeBack(mounts, findChanges(before, after))).rejects.toThrow(
      /a link leads out of .*project/,
    );
    expect(readdirSync(root).sort()).toEqual(["other", "project"]);
    expect(readdirSync(join(root, "other"))).toEqual(["b.txt"]);
    expect(readFileSync(join(root, "other", "b.txt"), "utf8")).toBe("b");
    expect(readFileSync(join(cwd, "fine.txt"), "utf8")).toBe("fine");
  });

  test("a changed file that is a link within the directory changes what it leads to", async () => {
    symlinkSync("data/a.txt", join(cwd, "link.txt"));
    const mounts = planMounts([], cwd);
    const { files: before } = await readMounts(mounts);
    await writeBack(mounts, findChanges(before, new Map([...before, ["/link.txt", bytes("new")]])));
    expect(readFileSync(join(cwd, "data", "a.txt"), "utf8")).toBe("new");
  });

  test("a file can become a directory, and a directory a file", async () => {
    const mounts = planMounts([], cwd);
    const { files: before } = await readMounts(mounts);
    const after = new Map([
      ["/notes.txt/", bytes("")],
      ["/notes.txt/page", bytes("1")],
      ["/data", bytes("flat")],
    ]);
    await writeBack(mounts, findChanges(before, after));
    expect(readFileSync(join(cwd, "notes.txt", "page"), "utf8")).toBe("1");
    expect(readFileSync(join(cwd, "data"), "utf8")).toBe("flat");
  });

  test("tells in one line what cannot be written, and writes the rest", async () => {
    const mounts = planMounts([], cwd);
    const { files: before } = await readMounts(mounts);
    const below = ["/notes.txt/x", "/notes.txt/y", "/notes.txt/z"];
    const after = new Map([
      ...before,
      ...below.map((path) => [path, bytes("")] as const),
      ["/z.txt", bytes("z")],
    ]);
    const times = new Map(below.map((path) => [path, 0] as const));
    await expect(writeBack(mounts, findChanges(before, after, new Map(), times))).rejects.toThrow(
      /^Cannot write back what the guest wrote: .*notes\.txt.x: .* \(and 2 more\)\. .*run it again$/,
    );
    expect(readFileSync(join(cwd, "z.txt"), "utf8")).toBe("z");
  });
});
