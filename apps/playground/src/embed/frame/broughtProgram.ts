import type { Runtime } from "@lunatic-web/runtime";
import { ownProgram, type Program } from "../../programs/catalog.ts";
import { createOwnProgram } from "../../programs/ownProgram.ts";
import { createProject } from "../../project/project.ts";
import { splitArguments } from "../../run/splitArguments.ts";
import type { BroughtProgram } from "../protocol/messages.ts";

/**
 * The program that the page around the frame brings, as one of this page's.
 * @throws ProjectError its files make no project
 * @throws InstrumentError its module is none that can run
 */
export async function openBrought(brought: BroughtProgram, runtime: Promise<Runtime>): Promise<Program> {
  const args = splitArguments(brought.args);
  if (brought.kind === "module") {
    const module = await (await runtime).compile(brought.bytes, { name: brought.title });
    return { ...ownProgram(module), description: "", args };
  }
  const project = createProject(brought.files, brought.entry);
  return createOwnProgram("brought", { title: brought.title, project, description: "", args });
}
