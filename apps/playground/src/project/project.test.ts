import { describe, expect, it } from "vitest";
import { checkPath, ProjectError } from "./path.ts";
import {
  addFile,
  createProject,
  deleteFile,
  isSameProject,
  MAX_FILES,
  MAX_PROJECT_LENGTH,
  renameFile,
  setEntry,
  writeFile,
} from "./project.ts";

const project = createProject([
  ["main.ts", "main"],
  ["worker.ts", "worker"],
  ["notes.txt", "notes"],
]);

describe("a path", () => {
  it.each([
    ["main.ts", "main.ts"],
    [" ./src/a b.ts ", "src/a b.ts"],
    ["é/𝄞.ts", "é/𝄞.ts"],
  ])("%j is %j", (written, path) => {
    expect(checkPath(written)).toBe(path);
  });

  it.each([
    "",
    "  ",
    "/etc/passwd",
    "a//b",
    "../up.ts",
    "a/../b.ts",
    "a\\b.ts",
    "c:d.ts",
    "a\0.ts",
    "end.",
    "a /b",
  ])("%j is refused", (written) => {
    expect(() => checkPath(written)).toThrow(ProjectError);
  });

  it("that is longer than file systems bear is refused", () => {
    expect(() => checkPath("a".repeat(201))).toThrow(/200/);
  });
});

describe("a project", () => {
  it.each([
    [["b.ts", "main.ts"], "main.ts"],
    [["b.ts", "src/index.ts"], "src/index.ts"],
    [["a.txt", "b.ts"], "b.ts"],
  ])("of %j begins with %s", (paths, entry) => {
    expect(createProject(paths.map((path) => [path, ""])).entry).toBe(entry);
  });

  it.each([
    [
      "without a source",
      [
        ["a.txt", ""],
        ["types.d.ts", ""],
      ],
    ],
    ["with too many files", Array.from({ length: MAX_FILES + 1 }, (_, index) => [`${index}.ts`, ""])],
    ["with too long texts", [["main.ts", "x".repeat(MAX_PROJECT_LENGTH + 1)]]],
    [
      "with a path that leads out of it",
      [
        ["main.ts", ""],
        ["../main.ts", ""],
      ],
    ],
  ] as [string, [string, string][]][])("%s is refused", (_, files) => {
    expect(() => createProject(files)).toThrow(ProjectError);
  });

  it("that begins with a file it does not have is refused", () => {
    expect(() => createProject([["main.ts", ""]], "other.ts")).toThrow(/other\.ts/);
  });

  it("is another one after an edit, and the same one after an edit that changes nothing", () => {
    const edited = writeFile(project, "main.ts", "new");
    expect([...edited.files]).toEqual([
      ["main.ts", "new"],
      ["worker.ts", "worker"],
      ["notes.txt", "notes"],
    ]);
    expect(project.files.get("main.ts")).toBe("main");
    expect(writeFile(project, "main.ts", "main")).toBe(project);
    expect(() => writeFile(project, "gone.ts", "")).toThrow(ProjectError);
  });

  it("gets a new file behind the others", () => {
    expect([...addFile(project, " new.ts ", "text").files.keys()].at(-1)).toBe("new.ts");
  });

  it.each(["main.ts", "Worker.ts", "main.ts/inner.ts", "notes.txt/x"])("does not get a second %s", (path) => {
    expect(() => addFile(project, path)).toThrow(ProjectError);
  });

  it("keeps a renamed file at its place, and begins with it if it did before", () => {
    const renamed = renameFile(project, "main.ts", "start.ts");
    expect([...renamed.files.keys()]).toEqual(["start.ts", "worker.ts", "notes.txt"]);
    expect(renamed.entry).toBe("start.ts");
    expect(renameFile(project, "worker.ts", "Worker.ts").entry).toBe("main.ts");
    expect(renameFile(project, "worker.ts", "worker.ts")).toBe(project);
    expect(() => renameFile(project, "worker.ts", "main.ts")).toThrow(ProjectError);
    expect(() => renameFile(project, "main.ts", "main.txt")).toThrow(ProjectError);
  });

  it("loses any file but the one it begins with", () => {
    expect([...deleteFile(project, "worker.ts").files.keys()]).toEqual(["main.ts", "notes.txt"]);
    expect(() => deleteFile(project, "main.ts")).toThrow(ProjectError);
    const turned = deleteFile(setEntry(project, "worker.ts"), "main.ts");
    expect([...turned.files.keys()]).toEqual(["worker.ts", "notes.txt"]);
    expect(() => setEntry(project, "notes.txt")).toThrow(ProjectError);
  });

  it("is the same as another with the same texts in the same order", () => {
    const again = createProject(project.files);
    expect(isSameProject(project, again)).toBe(true);
    expect(isSameProject(project, createProject([...project.files].reverse(), "main.ts"))).toBe(false);
    expect(isSameProject(project, setEntry(again, "worker.ts"))).toBe(false);
    expect(isSameProject(project, writeFile(again, "main.ts", "x"))).toBe(false);
  });
});
