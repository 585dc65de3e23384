import type { ProjectFile } from "../../project/projectFile.ts";

/** An entry of lessons/index.json, which the build makes of the folders of lessons (build/readLessons.ts). */
export interface LessonEntry {
  /** The folder without its number: what links and progress are kept by, so that lessons can change places. */
  readonly name: string;
  readonly title: string;
  readonly description: string;
  /** Id of the picture of the system that shows best what it is about; see panelRegistry.ts. */
  readonly panel: string;
  /** The file in front when it is opened first. */
  readonly open: string;
  readonly args: readonly string[];
  /** Address of its LessonContent, relative to the page. */
  readonly content: string;
  /** Relative path of its check, by which the page finds the code. */
  readonly folder: string;
  /** A program that runs beside it, in the same environment. */
  readonly partner?: LessonPartner;
}

export interface LessonPartner {
  readonly name: string;
  /** Address of its module. */
  readonly wasm: string;
  readonly args: readonly string[];
}

/** What a lesson says and begins with: loaded when it is opened. */
export interface LessonContent {
  /** Made of its Markdown at build time; no HTML of the text gets into it. */
  readonly html: string;
  readonly start: ProjectFile;
  readonly solution: ProjectFile;
  /** Source of the partner, for reading. */
  readonly partnerSource?: string;
}

/** The part of a program in its lesson. */
export interface LessonPart {
  readonly entry: LessonEntry;
  /** "start": what the visitor makes of the files that the lesson begins with. */
  readonly part: "start" | "solution";
  /** Loaded at the first call. @throws CatalogError it cannot be read; may then be called again */
  readonly loadContent: () => Promise<LessonContent>;
}
