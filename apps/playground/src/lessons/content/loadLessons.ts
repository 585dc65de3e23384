import type { Program } from "../../programs/catalog.ts";
import { fetchFile } from "../../programs/fetchFile.ts";
import { createProject } from "../../project/project.ts";
import type { LessonContent, LessonEntry, LessonPart } from "./lesson.ts";

/** A program that belongs to a lesson, and the lesson. */
export type LessonProgram = Program & Required<Pick<Program, "lesson" | "loadProject">>;

/**
 * The programs of all lessons in their order, two of each: that of the visitor and the solution.
 * @throws CatalogError the list cannot be read
 */
export async function loadLessons(): Promise<LessonProgram[]> {
  const entries = (await (await fetchFile("lessons/index.json")).json()) as readonly LessonEntry[];
  return entries.flatMap(lessonPrograms);
}

/** The name of a lesson's program, under which what the visitor makes of it is kept. */
export function lessonProgramName(lesson: string, part: LessonPart["part"] = "start"): string {
  return part === "start" ? `lesson-${lesson}` : `lesson-${lesson}-solution`;
}

function lessonPrograms(entry: LessonEntry, index: number): LessonProgram[] {
  let content: Promise<LessonContent> | undefined;
  const loadContent = () => {
    if (content) return content;
    const loading = fetchFile(entry.content).then((response) => response.json() as Promise<LessonContent>);
    content = loading;
    loading.catch(() => {
      content = undefined;
    });
    return loading;
  };
  const { partner } = entry;
  const program = (part: LessonPart["part"]): LessonProgram => ({
    name: lessonProgramName(entry.name, part),
    group: "lesson",
    title: part === "start" ? `${index + 1} ${entry.title}` : `${index + 1} ${entry.title}: solution`,
    description: "",
    args: entry.args,
    env: {},
    loadSource: undefined,
    fetchModule: undefined,
    loadProject: async () => {
      const { [part]: project } = await loadContent();
      return createProject(project.files, project.entry);
    },
    ...(part === "solution" && { listedAs: lessonProgramName(entry.name) }),
    ...(partner && {
      partner: { name: partner.name, args: partner.args, fetchModule: () => fetchFile(partner.wasm) },
    }),
    lesson: { entry, part, loadContent },
  });
  return [program("start"), program("solution")];
}
