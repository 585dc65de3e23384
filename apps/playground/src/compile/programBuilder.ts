import type { Library } from "../project/library.ts";
import type { ProgramBuilder } from "../run/session.ts";
import { BuildError } from "./buildError.ts";
import type { ProjectCompiler } from "./projectCompiler.ts";

/**
 * Builds programs of their projects as the visitor sees them now. An example that was not edited runs as it was built
 * before, so that nobody downloads a compiler for it.
 */
export function createProgramBuilder(library: Library, compiler: ProjectCompiler): ProgramBuilder {
  return async (program, signal) => {
    const { loadProject, own, name } = program;
    if (!loadProject) return undefined;
    const workspace = await library.workspaceOf({ name, loadProject, own });
    if (program.fetchModule && !workspace.isModified.peek()) return undefined;
    signal.throwIfAborted();
    const { wasm, sourceMap, diagnostics } = await compiler.build(workspace.project.peek(), signal);
    if (!wasm) throw new BuildError(diagnostics);
    return { bytes: wasm, sourceMap };
  };
}
