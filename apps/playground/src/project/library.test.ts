import { expect, it } from "vitest";
import { createLibrary, type ProjectProgram } from "./library.ts";
import { createProject } from "./project.ts";
import type { ProjectStore, SavedProject } from "./projectStore.ts";

const base = createProject([["main.ts", "main"]]);
const example: ProjectProgram = { name: "hello", loadProject: async () => base, own: undefined };
const own: ProjectProgram = {
  ...example,
  name: "mine",
  own: { title: "Mine", description: "", args: [], base: { files: [...base.files], entry: base.entry } },
};

function memoryStore(): ProjectStore & { readonly projects: Map<string, SavedProject> } {
  const projects = new Map<string, SavedProject>();
  return {
    projects,
    load: async (id) => projects.get(id),
    listOwn: async () => [...projects.values()].filter((one) => one.own !== undefined),
    save: async (project) => void projects.set(project.id, project),
    remove: async (id) => void projects.delete(id),
  };
}

it("an edited example is restored by the next page, and nothing is kept of one that was only looked at", async () => {
  const store = memoryStore();
  const library = createLibrary(store, 0);
  const workspace = await library.workspaceOf(example);
  await library.flush();
  expect(store.projects.size).toBe(0);

  workspace.write("main.ts", "edited");
  workspace.add("more.ts");
  expect(library.saveState.value).toBe("saving");
  await library.flush();
  expect(library.saveState.value).toBe("saved");

  const next = await createLibrary(store, 0).workspaceOf(example);
  expect(next.project.value.files.get("main.ts")).toBe("edited");
  expect(next.active.value).toBe("more.ts");
  next.reset();
  expect(next.project.value).toBe(base);
});

it("a project keeps its new title, also when it is edited by who opened it before", async () => {
  const store = memoryStore();
  const library = createLibrary(store, 0);
  const workspace = await library.workspaceOf(own);
  await library.rename({ ...own, own: { ...own.own!, title: "Renamed" } });
  expect(store.projects.get("mine")?.own?.title).toBe("Renamed");
  workspace.write("main.ts", "edited");
  await library.flush();
  const [saved] = await library.listOwn();
  expect([saved?.own?.title, saved?.files]).toEqual(["Renamed", [["main.ts", "edited"]]]);
});

it("an example that is again what it was leaves nothing behind", async () => {
  const store = memoryStore();
  const library = createLibrary(store, 0);
  const workspace = await library.workspaceOf(example);
  workspace.write("main.ts", "edited");
  await library.flush();
  expect(store.projects.size).toBe(1);
  workspace.reset();
  await library.flush();
  expect(store.projects.size).toBe(0);
});

it("a visitor's own project is listed once it was edited, until he removes it", async () => {
  const store = memoryStore();
  const library = createLibrary(store, 0);
  const workspace = await library.workspaceOf(own);
  workspace.write("main.ts", "edited");
  await library.flush();
  expect(await store.listOwn()).toMatchObject([{ id: "mine", own: { title: "Mine" } }]);
  await library.remove("mine");
  expect(await store.listOwn()).toEqual([]);
  workspace.write("main.ts", "typed behind its back");
  await library.flush();
  expect(await store.listOwn()).toEqual([]);
});

it("a visitor's new project is kept before he has edited it", async () => {
  const store = memoryStore();
  await createLibrary(store, 0).keep(own);
  expect(await store.listOwn()).toMatchObject([{ id: "mine", entry: "main.ts" }]);
});

it("a program has one workspace, however often it is asked for", async () => {
  const library = createLibrary(memoryStore(), 0);
  expect(await library.workspaceOf(example)).toBe(await library.workspaceOf(example));
});

it("a project that could not be loaded can be asked for again", async () => {
  let fails = true;
  const flaky: ProjectProgram = {
    ...example,
    loadProject: async () => {
      if (fails) throw new Error("offline");
      return base;
    },
  };
  const library = createLibrary(memoryStore(), 0);
  await expect(library.workspaceOf(flaky)).rejects.toThrow("offline");
  fails = false;
  expect((await library.workspaceOf(flaky)).project.value).toBe(base);
});

it("without a store projects open and can be edited, and the page says that nothing is kept", async () => {
  const refuse = async () => {
    throw new Error("denied");
  };
  const library = createLibrary({ load: refuse, listOwn: refuse, save: refuse, remove: refuse }, 0);
  const workspace = await library.workspaceOf(example);
  workspace.write("main.ts", "edited");
  await library.flush();
  expect(workspace.project.value.files.get("main.ts")).toBe("edited");
  expect(library.saveState.value).toBe("failed");
});

it("what was saved and can no longer be a project does not hide the example", async () => {
  const store = memoryStore();
  await store.save({ id: "hello", files: [["../x.ts", ""]], entry: "../x.ts", active: "" });
  expect((await createLibrary(store, 0).workspaceOf(example)).project.value).toBe(base);
});
