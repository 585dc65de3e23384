import { expect, it } from "vitest";
import { createProject } from "../project/project.ts";
import { encodeProject } from "../share/projectLink.ts";
import { restoreOwnProgram } from "./ownProgram.ts";
import { openShared } from "./sharedProgram.ts";

const project = createProject([["main.ts", "main"]]);
const link = (title: string) => encodeProject({ title, args: ["1"], env: { NAME: "x" }, project });

it("the same link is the same program, so that edits of it are found again, and another link another one", async () => {
  const text = await link("One");
  const program = await openShared(text);
  expect((await openShared(text)).name).toBe(program.name);
  expect((await openShared(await link("Two"))).name).not.toBe(program.name);
  expect(program).toMatchObject({
    group: "own",
    title: "One",
    args: ["1"],
    env: { NAME: "x" },
    sharedAs: text,
  });
  expect(await program.loadProject?.()).toEqual(project);
});

it("a saved project is a program again; an edited example is none", async () => {
  const { own, name } = await openShared(await link("One"));
  const saved = { id: name, files: [["main.ts", "edited"]] as const, entry: "main.ts", active: "main.ts" };
  const restored = restoreOwnProgram({ ...saved, own: own! });
  expect(restored).toMatchObject({ name, title: "One", env: { NAME: "x" } });
  expect(await restored?.loadProject?.()).toEqual(project);
  expect(restoreOwnProgram(saved)).toBeUndefined();
});
