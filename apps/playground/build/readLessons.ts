import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { LessonContent, LessonEntry } from "../src/lessons/content/lesson.ts";
import { LessonFormatError, readFrontMatter } from "./frontMatter.ts";
import { readProject } from "./projectPrograms.ts";
import { renderMarkdown } from "./renderMarkdown.ts";

/** A lesson as its folder has it: all of its entry but the addresses, which its files have in the site. */
export interface Lesson extends Omit<LessonEntry, "content" | "partner"> {
  readonly markdown: string;
  readonly content: LessonContent;
  readonly partner: LessonGuest | undefined;
}

/** A prebuilt program that runs beside a lesson's own. */
export interface LessonGuest {
  readonly name: string;
  readonly wasm: Buffer;
  readonly args: readonly string[];
}

interface GuestEntry {
  readonly name: string;
  readonly source: string;
  readonly wasm: string;
}

const FOLDER = /^\d\d-([a-z0-9]+(?:-[a-z0-9]+)*)$/;
const ENTRY = "main.ts";

/**
 * Reads all lessons, in the order of the numbers of their folders.
 * @param folder with a folder for each
 * @param guests the folder with prebuilt/index.json, for lessons with a program in Rust beside theirs
 * @throws LessonFormatError a folder is not as docs/lessons.md says
 */
export function readLessons(folder: string, guests: string): Lesson[] {
  const names = readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort();
  return names.map((name) => readLesson(folder, name, guests));
}

function readLesson(root: string, folder: string, guests: string): Lesson {
  const name = FOLDER.exec(folder)?.[1];
  if (name === undefined) {
    throw new LessonFormatError(`${folder}: a lesson's folder is called as "03-time-outs" is`);
  }
  const path = join(root, folder);
  for (const needed of ["lesson.md", "check.ts", `start/${ENTRY}`, `solution/${ENTRY}`]) {
    if (!existsSync(join(path, needed))) throw new LessonFormatError(`${folder}/${needed} is missing`);
  }
  const text = readFileSync(join(path, "lesson.md"), "utf8");
  const { fields, markdown } = readFrontMatter(text, `${folder}/lesson.md`);
  const { partner, partnerArgs, ...shown } = fields;
  const start = readProject(join(path, "start"), ENTRY);
  if (!start.files.some(([file]) => file === fields.open)) {
    throw new LessonFormatError(`${folder}/lesson.md opens "${fields.open}", which is not in start/`);
  }
  const guest = partner === undefined ? undefined : readGuest(guests, partner, `${folder}/lesson.md`);
  const content = {
    html: renderMarkdown(markdown),
    start,
    solution: readProject(join(path, "solution"), ENTRY),
    ...(guest && { partnerSource: guest.source }),
  };
  return {
    name,
    folder,
    ...shown,
    markdown,
    content,
    partner: guest && { name: guest.name, wasm: guest.wasm, args: partnerArgs },
  };
}

function readGuest(guests: string, name: string, reader: string) {
  const index = JSON.parse(
    readFileSync(join(guests, "prebuilt/index.json"), "utf8"),
  ) as readonly GuestEntry[];
  const entry = index.find((one) => one.name === name);
  if (!entry) throw new LessonFormatError(`${reader}: there is no guest "${name}" in guests/rust/prebuilt`);
  return {
    name,
    wasm: readFileSync(join(guests, entry.wasm)),
    source: readFileSync(join(guests, entry.source), "utf8"),
  };
}
