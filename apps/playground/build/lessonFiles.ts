import type { Plugin } from "vite";
import type { LessonEntry } from "../src/lessons/content/lesson.ts";
import { readLessons } from "./readLessons.ts";
import { hashedAddress, type SiteFiles, servedFiles } from "./servedFiles.ts";

/**
 * Serves the lessons as static files under lessons/: index.json, which every visitor loads, and the text and programs of
 * each, which come when it is opened.
 * @param folder with a folder for each lesson
 * @param guests the folder with prebuilt/index.json
 */
export function lessonFiles(folder: string, guests: string): Plugin {
  return servedFiles("lunatic-lesson-files", "lessons/", () => readSiteFiles(folder, guests));
}

function readSiteFiles(folder: string, guests: string): SiteFiles {
  const files = new Map<string, string | Buffer>();
  const add = (path: string, content: string | Buffer) => {
    files.set(path, content);
    return hashedAddress(path, content);
  };
  const entries = readLessons(folder, guests).map(
    ({ markdown: _, content, partner, ...entry }): LessonEntry => ({
      ...entry,
      content: add(`lessons/${entry.name}.json`, JSON.stringify(content)),
      ...(partner && {
        partner: {
          name: partner.name,
          args: partner.args,
          wasm: add(`lessons/${partner.name}.wasm`, partner.wasm),
        },
      }),
    }),
  );
  files.set("lessons/index.json", JSON.stringify(entries));
  return files;
}
