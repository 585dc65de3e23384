import { expect, it } from "vitest";
import { ProjectError } from "./path.ts";
import { createProject, writeFile } from "./project.ts";
import { createWorkspace } from "./workspace.ts";

const base = createProject([
  ["main.ts", "main"],
  ["worker.ts", "worker"],
]);

it("a workspace begins with the file that begins the program, unmodified", () => {
  const workspace = createWorkspace(base);
  expect(workspace.active.value).toBe("main.ts");
  expect(workspace.isModified.value).toBe(false);
});

it("a workspace goes on where it was left", () => {
  const project = writeFile(base, "worker.ts", "edited");
  const workspace = createWorkspace(base, { project, active: "worker.ts" });
  expect(workspace.active.value).toBe("worker.ts");
  expect([...workspace.modifiedPaths.value]).toEqual(["worker.ts"]);
});

it("an edit modifies the project, and the same text again makes it what it was", () => {
  const workspace = createWorkspace(base);
  workspace.write("main.ts", "edited");
  expect(workspace.isModified.value).toBe(true);
  expect([...workspace.modifiedPaths.value]).toEqual(["main.ts"]);
  workspace.write("main.ts", "main");
  expect(workspace.isModified.value).toBe(false);
});

it("a new and a renamed file come to the front, one renamed behind it does not", () => {
  const workspace = createWorkspace(base);
  workspace.add("new.ts");
  expect(workspace.active.value).toBe("new.ts");
  workspace.rename("worker.ts", "w.ts");
  expect(workspace.active.value).toBe("new.ts");
  workspace.rename("new.ts", " other.ts ");
  expect(workspace.active.value).toBe("other.ts");
});

it("what cannot be done changes nothing", () => {
  const workspace = createWorkspace(base);
  expect(() => workspace.add("main.ts")).toThrow(ProjectError);
  expect(() => workspace.rename("main.ts", "worker.ts")).toThrow(ProjectError);
  expect(() => workspace.remove("main.ts")).toThrow(ProjectError);
  expect(workspace.project.value).toBe(base);
  expect(workspace.undoable.value).toBeUndefined();
});

it("a deleted file comes back by undo, beside what was edited since", () => {
  const workspace = createWorkspace(base);
  workspace.open("worker.ts");
  workspace.remove("worker.ts");
  expect(workspace.active.value).toBe("main.ts");
  workspace.write("main.ts", "edited");
  workspace.undoable.value?.undo();
  expect([...workspace.project.value.files]).toEqual([
    ["main.ts", "edited"],
    ["worker.ts", "worker"],
  ]);
  expect(workspace.active.value).toBe("worker.ts");
  expect(workspace.undoable.value).toBeUndefined();
});

it("a reset brings back what it began as, and undo brings back the edits", () => {
  const workspace = createWorkspace(base);
  workspace.write("worker.ts", "edited");
  workspace.add("new.ts");
  workspace.reset();
  expect(workspace.project.value).toBe(base);
  expect(workspace.active.value).toBe("main.ts");
  workspace.undoable.value?.undo();
  expect(workspace.project.value.files.get("worker.ts")).toBe("edited");
  expect(workspace.active.value).toBe("new.ts");
});
