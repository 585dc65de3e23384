import { expect, it } from "vitest";
import type { LessonPart } from "../lessons/content/lesson.ts";
import { createProject } from "../project/project.ts";
import { ownProgram, type Program } from "./catalog.ts";
import { createProgramSelection } from "./selection.ts";

function program(name: string, fields: Partial<Program> = {}): Program {
  return {
    name,
    group: "example",
    title: name,
    description: "",
    args: [],
    env: {},
    loadSource: undefined,
    fetchModule: undefined,
    ...fields,
  };
}

function addressBar(hash: string) {
  let listener = () => {};
  return {
    location: { hash },
    history: {
      replaceState(_data: unknown, _unused: string, url: string) {
        bar.location.hash = url;
      },
    },
    addEventListener: (_type: "hashchange", added: () => void) => {
      listener = added;
    },
    follow(this: void, link: string) {
      bar.location.hash = link;
      listener();
    },
  };
}
let bar: ReturnType<typeof addressBar>;

const offered = [program("hello"), program("ring", { args: ["100", "a b"] })];

async function selectionAt(hash: string, openShared?: (project: string) => Promise<Program>) {
  bar = addressBar(hash);
  const selection = createProgramSelection(bar, () => Promise.resolve(offered), openShared);
  await settled();
  return selection;
}

const settled = () => new Promise((resolve) => setTimeout(resolve));

it("without a link the first program is chosen and the address stays as it is", async () => {
  const selection = await selectionAt("");
  expect(selection.selected.value?.name).toBe("hello");
  expect(bar.location.hash).toBe("");
});

it("a program that is replaced keeps its place, and the arguments that were typed for it", async () => {
  const selection = await selectionAt("#program=ring");
  selection.setArgs("5 x");
  selection.replace(program("ring", { title: "Another title" }));
  expect(selection.programs.value.map(({ title }) => title)).toEqual(["hello", "Another title"]);
  expect(selection.selected.value?.title).toBe("Another title");
  expect(selection.args.value).toBe("5 x");
});

it("a link chooses its program and arguments, also while the page is open", async () => {
  const selection = await selectionAt("#program=ring&args=7");
  expect(selection.selected.value?.name).toBe("ring");
  expect(selection.args.value).toBe("7");
  bar.follow("#program=hello");
  expect(selection.selected.value?.name).toBe("hello");
});

it("a link to a program that is not offered says so and chooses the first", async () => {
  const selection = await selectionAt("#program=gone");
  expect(selection.selected.value?.name).toBe("hello");
  expect(String(selection.error.value)).toContain('"gone"');
});

it("a choice brings the program's own arguments and is in the address", async () => {
  const selection = await selectionAt("");
  selection.select("ring");
  expect(selection.args.value).toBe("100 'a b'");
  expect(bar.location.hash).toBe("#program=ring");
  selection.setArgs("5");
  expect(bar.location.hash).toBe("#program=ring&args=5");
});

it("a visitor's program is chosen, takes the place of its namesake and is in no link", async () => {
  const selection = await selectionAt("#program=ring");
  selection.add(program("mine.wasm", { group: "own", title: "old" }));
  selection.add(program("mine.wasm", { group: "own", title: "new" }));
  expect(selection.programs.value.map((one) => one.title)).toEqual(["hello", "ring", "new"]);
  expect(selection.selected.value?.title).toBe("new");
  expect(bar.location.hash).toBe("#");
});

it("a visitor's file that is called as a program of the page does not hide it", async () => {
  const selection = await selectionAt("");
  selection.add(
    ownProgram({
      id: 1,
      name: "ring",
      sizeBytes: 1,
      instrumentedSizeBytes: 2,
      entries: [],
      usesStorage: false,
      instrumentMs: 0,
    }),
  );
  expect(selection.selected.value?.group).toBe("own");
  selection.select("ring");
  expect(selection.selected.value?.group).toBe("example");
});

const shared = (text: string) =>
  program(`shared-${text}`, {
    group: "own",
    args: ["1"],
    loadProject: async () => createProject([]),
    sharedAs: text,
  });

it("a link with a project chooses it, and stays in the address with changed arguments", async () => {
  const selection = await selectionAt("#project=1.abc&args=9", async (text) => shared(text));
  expect(selection.selected.value?.name).toBe("shared-1.abc");
  expect(selection.args.value).toBe("9");
  selection.setArgs("1");
  expect(bar.location.hash).toBe("#project=1.abc");
  selection.select("ring");
  selection.select("shared-1.abc");
  expect(bar.location.hash).toBe("#project=1.abc");
});

it("a link with a project that cannot be read says so and chooses the first", async () => {
  const selection = await selectionAt("#project=1.cut", () => Promise.reject(new Error("cut")));
  expect(selection.selected.value?.name).toBe("hello");
  expect(selection.error.value).toEqual(new Error("cut"));
});

it("a program that is chosen while a project is unpacked stays chosen", async () => {
  let unpacked = (_: Program) => {};
  const selection = await selectionAt(
    "#project=1.slow",
    () => new Promise((resolve) => (unpacked = resolve)),
  );
  selection.select("ring");
  unpacked(shared("1.slow"));
  await settled();
  expect(selection.selected.value?.name).toBe("ring");
});

it("a removed program is off the list, and the first takes its place", async () => {
  const selection = await selectionAt("");
  selection.add(program("my-1", { group: "own", loadProject: async () => createProject([]) }));
  expect(bar.location.hash).toBe("#program=my-1");
  selection.remove("my-1");
  expect(selection.programs.value.map(({ name }) => name)).toEqual(["hello", "ring"]);
  expect(selection.selected.value?.name).toBe("hello");
});

it("a catalog that cannot be read leaves its error", async () => {
  bar = addressBar("");
  const selection = createProgramSelection(bar, () => Promise.reject(new Error("offline")));
  await settled();
  expect(selection.error.value).toEqual(new Error("offline"));
});

const entry = { name: "links", folder: "06-links" } as LessonPart["entry"];
const lesson = (name: string, part: LessonPart["part"]) =>
  program(name, {
    group: "lesson",
    loadProject: async () => createProject([]),
    lesson: { entry, part, loadContent: () => Promise.reject(new Error("not asked for here")) },
  });

it("a link to a lesson chooses its program, and the solution keeps the lesson's link", async () => {
  const programs = [...offered, lesson("lesson-links", "start"), lesson("lesson-links-solution", "solution")];
  bar = addressBar("#lesson=links");
  const selection = createProgramSelection(bar, () => Promise.resolve(programs));
  await settled();
  expect(selection.selected.value?.name).toBe("lesson-links");
  selection.select("lesson-links-solution");
  expect(bar.location.hash).toBe("#lesson=links");
  selection.select("ring");
  bar.follow("#lesson=links");
  expect(selection.selected.value?.name).toBe("lesson-links");
  bar.follow("#lesson=gone");
  expect(String(selection.error.value)).toContain('lesson "gone"');
});
