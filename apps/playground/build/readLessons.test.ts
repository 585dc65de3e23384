import { existsSync } from "node:fs";
import { join } from "node:path";
import { formatDiagnostic } from "@lunatic-web/sdk";
import { compile } from "@lunatic-web/sdk/compile";
import { describe, expect, it } from "vitest";
import type { Goals } from "../src/lessons/check/goal.ts";
import { ScriptedRun } from "../src/lessons/check/testing/scriptedRun.ts";
import { VIEW_PARTS } from "../src/view/panels/panelRegistry.ts";
import { readLessons } from "./readLessons.ts";

const FOLDER = join(import.meta.dirname, "../lessons");
const lessons = readLessons(FOLDER, join(import.meta.dirname, "../../../guests/rust"));
const CHECKS = import.meta.glob<{ readonly goals: Goals }>("../lessons/*/check.ts", { eager: true });

it("every lesson has a name and a title of its own", () => {
  for (const key of ["name", "title"] as const) {
    expect(new Set(lessons.map((lesson) => lesson[key])).size).toBe(lessons.length);
  }
});

it("links between lessons lead to lessons", () => {
  const names = lessons.map(({ name }) => name);
  const linked = lessons.flatMap(({ markdown }) => [...markdown.matchAll(/\(#lesson=([^)]*)\)/g)]);
  for (const [, name] of linked) expect(names).toContain(name);
});

describe.each(lessons.map((lesson) => [lesson.folder, lesson] as const))("%s", (folder, lesson) => {
  const goals = CHECKS[`../lessons/${folder}/check.ts`]!.goals;

  it("has a text with an exercise and with what to look at, and shows a picture that there is", () => {
    const headings = [...lesson.markdown.matchAll(/^## (.*)$/gm)].map(([, heading]) => heading);
    expect(headings).toEqual(["Try it", "What to look at"]);
    const pictures = VIEW_PARTS.filter(({ where }) => where === "stage").map(({ id }) => id);
    expect(pictures).toContain(lesson.panel);
    expect(lesson.description.length).toBeLessThan(100);
  });

  it("has goals with ids of their own, titles and hints, a test of them, and none that is reached by doing nothing", () => {
    expect(goals.length).toBeGreaterThan(0);
    expect(new Set(goals.map(({ id }) => id)).size).toBe(goals.length);
    for (const { title, hint } of goals) expect([title, hint]).not.toContain("");
    expect(existsSync(join(FOLDER, folder, "check.test.ts"))).toBe(true);
    expect(new ScriptedRun(goals).exit(1).reached).toEqual([]);
  });

  it.each(["start", "solution"] as const)("compiles as %s", (part) => {
    const { files, entry } = lesson.content[part];
    const sources = files.filter(([path]) => path.endsWith(".ts"));
    const { diagnostics, wasm } = compile({ files: new Map(sources), entry });
    expect(diagnostics.map(formatDiagnostic)).toEqual([]);
    expect(wasm).toBeDefined();
  });

  it("has a solution that differs from the start", () => {
    expect(lesson.content.solution).not.toEqual(lesson.content.start);
  });
});
