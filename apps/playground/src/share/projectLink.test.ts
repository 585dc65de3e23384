import { expect, it } from "vitest";
import { createProject } from "../project/project.ts";
import { decodeProject, encodeProject, MAX_LINK_LENGTH, ProjectLinkError } from "./projectLink.ts";

const shared = {
  title: "Ping & pong",
  args: ["--n", "a b"],
  env: { GREETING: "hello = é", __proto: "" },
  project: createProject(
    [
      ["main.ts", 'import { print } from "lunatic"; // é𝄞\n'],
      ["src/start.ts", ""],
    ],
    "src/start.ts",
  ),
};

it("a whole project survives a link, which needs no escapes", async () => {
  const text = await encodeProject(shared);
  expect(text).toMatch(/^1\.[\w-]+$/);
  expect(await decodeProject(text)).toEqual(shared);
});

it("a link that was made once is read for good", async () => {
  const kept =
    "1.TclBCoAgEAXQq8hfFUgH8CrlQmqqARtDpyiiu4e7tu89UNZIcFgpxgSLkJcC13sLEs03HLbA0mmBxcyRavY_o2tPWc18yKicxNRpWmfOxJN53kHg_fsB";
  const { title, env, project } = await decodeProject(kept);
  expect([title, env, project.entry]).toEqual(["hello", {}, "main.ts"]);
});

it("a project that is too large for a link is refused, with what to do instead", async () => {
  // Random, since a repeated text compresses to nothing; the seed is the loop's own.
  let text = "";
  for (let state = 1; text.length < 2 * MAX_LINK_LENGTH; state = (state * 48271) % 0x7fffffff)
    text += state.toString(36);
  const project = createProject([["main.ts", text]]);
  await expect(encodeProject({ ...shared, project })).rejects.toThrow(/download/);
});

it.each(["", "1.", "1.AAAA", "1.***", "2.abc", "1.q1YqySzJSVWyUspIzcnJ"])("%j is refused", async (text) => {
  await expect(decodeProject(text)).rejects.toThrow(ProjectLinkError);
});

it("a link with a path that leads out of the project, or with other fields, is refused", async () => {
  const hostile = { ...shared, project: { files: new Map([["../x.ts", ""]]), entry: "../x.ts" } };
  await expect(decodeProject(await encodeProject(hostile))).rejects.toThrow(ProjectLinkError);
  const odd = { ...shared, title: 3 as unknown as string };
  await expect(decodeProject(await encodeProject(odd))).rejects.toThrow(ProjectLinkError);
});

it("a link that unpacks to more than a project may be is refused before it fills the memory", async () => {
  const bomb = { files: new Map([["main.ts", "x".repeat(9_000_000)]]), entry: "main.ts" };
  await expect(decodeProject(await encodeProject({ ...shared, project: bomb }))).rejects.toThrow(/too large/);
});
