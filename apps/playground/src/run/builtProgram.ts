import type { Program } from "../programs/catalog.ts";

/** A module made of a visitor's project. */
export interface BuiltProgram {
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** From the module to the project's lines, as JSON. */
  readonly sourceMap: string | undefined;
}

/**
 * Makes the module of a program with a project, of its files as they are now.
 * @returns undefined: they are as the program's prebuilt module was made of
 */
export type ProgramBuilder = (program: Program, signal: AbortSignal) => Promise<BuiltProgram | undefined>;
