import { strToU8, zipSync } from "fflate";
import { describe, expect, it } from "vitest";
import { exportZip, folderName, importFiles, importZip } from "./archive.ts";
import { ProjectError } from "./path.ts";
import { createProject } from "./project.ts";

const file = (path: string, text = "") => ({ path, bytes: strToU8(text) });

describe("an import", () => {
  it("takes off the folder around everything and leaves out what is not the program's text", () => {
    const { project, skipped } = importFiles([
      file("app/main.ts", "main"),
      file("app/lib/a.ts", "é\r\n"),
      file("app/node_modules/x/index.ts"),
      file("app/.git/HEAD"),
      { path: "app/logo.png", bytes: new Uint8Array([0x89, 0xff, 0]) },
    ]);
    expect([...project.files]).toEqual([
      ["main.ts", "main"],
      ["lib/a.ts", "é\n"],
    ]);
    expect(skipped).toEqual(["app/node_modules/x/index.ts", "app/.git/HEAD", "logo.png"]);
  });

  it("begins with what the manifest names", () => {
    const files = [file("a.ts"), file("b.ts"), file("package.json", '{"main":"./b.ts"}')];
    expect(importFiles(files).project.entry).toBe("b.ts");
    expect(importFiles([file("a.ts"), file("package.json", '{"main":"gone.ts"}')]).project.entry).toBe(
      "a.ts",
    );
    expect(importFiles([file("a.ts"), file("package.json", "{")]).project.entry).toBe("a.ts");
  });

  it("of files without a source is refused", () => {
    expect(() => importFiles([])).toThrow(ProjectError);
    expect(() => importFiles([file("README.md")])).toThrow(/\.ts/);
  });

  it("of an archive that leads out of its folder is refused", async () => {
    const archive = zipSync({ "main.ts": strToU8(""), "../evil.ts": strToU8("") });
    await expect(importZip(archive)).rejects.toThrow(ProjectError);
  });

  it("of what is no archive is refused", async () => {
    await expect(importZip(strToU8("hello"))).rejects.toThrow(ProjectError);
    await expect(importZip(new Uint8Array())).rejects.toThrow(ProjectError);
  });

  it("of an archive that unpacks to too much is refused before it is unpacked", async () => {
    const archive = zipSync({ "main.ts": new Uint8Array(20_000_000) });
    await expect(importZip(archive)).rejects.toThrow(/too large/);
  });
});

describe("a download", () => {
  it("comes back by import as the same project, with a manifest that builds it", async () => {
    const project = createProject(
      [
        ["main.ts", "é𝄞"],
        ["src/start.ts", "start"],
      ],
      "src/start.ts",
    );
    const back = (await importZip(await exportZip(project, "my-app"))).project;
    expect(back.entry).toBe("src/start.ts");
    expect([...back.files].slice(0, 2)).toEqual([...project.files]);
    expect(JSON.parse(back.files.get("package.json") ?? "")).toMatchObject({
      name: "my-app",
      scripts: { build: "lunatic-web build src/start.ts" },
    });
  });

  it("keeps a manifest of the project's own", async () => {
    const project = createProject([
      ["main.ts", ""],
      ["package.json", "{}"],
    ]);
    expect((await importZip(await exportZip(project, "x"))).project).toEqual(project);
  });

  it.each([
    ["A counter: é!", "a-counter-e"],
    ["𝄞", "project"],
  ])("of %j has a folder %s", (title, name) => {
    expect(folderName(title)).toBe(name);
  });
});
