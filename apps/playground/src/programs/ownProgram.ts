import { createProject, type Project } from "../project/project.ts";
import type { OwnProject, SavedProject } from "../project/projectStore.ts";
import type { Program } from "./catalog.ts";

/** What a visitor's own project is called and began as. */
export interface OwnProgramFields {
  readonly title: string;
  readonly project: Project;
  readonly description?: string;
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

/** A program with a project of the visitor's own. */
export type OwnProgram = Program & Required<Pick<Program, "own" | "loadProject">>;

/** Whether it has a project of the visitor's own, and not a module only. */
export function isOwnProgram(program: Program): program is OwnProgram {
  return program.own !== undefined && program.loadProject !== undefined;
}

/** @param name unique on the page and for good: what is saved is saved under it */
export function createOwnProgram(name: string, fields: OwnProgramFields): OwnProgram {
  const {
    title,
    project,
    description = "Your own project. It stays in this browser.",
    args = [],
    env = {},
  } = fields;
  const own = { title, description, args, env, base: { files: [...project.files], entry: project.entry } };
  return programOf(name, own);
}

/** The same under another title; what is saved of it stays under its name. */
export function renameOwnProgram(program: OwnProgram, title: string): OwnProgram {
  return { ...program, title, own: { ...program.own, title } };
}

/** @returns undefined: it is an edited example, whose program is the page's */
export function restoreOwnProgram({ id, own }: SavedProject): Program | undefined {
  return own && programOf(id, own);
}

/** A name for a project that nobody else has. */
export function newProgramName(): string {
  return `my-${crypto.randomUUID().slice(0, 8)}`;
}

/** What a new project begins as. */
export function emptyProject(): Project {
  return createProject([
    [
      "main.ts",
      'import { print } from "lunatic";\n\nexport function main(): void {\n  print("hello from a new project");\n}\n',
    ],
  ]);
}

function programOf(name: string, own: OwnProject): OwnProgram {
  return {
    name,
    group: "own",
    title: own.title,
    description: own.description,
    args: own.args,
    env: own.env ?? {},
    loadSource: undefined,
    fetchModule: undefined,
    loadProject: async () => createProject(own.base.files, own.base.entry),
    own,
  };
}
