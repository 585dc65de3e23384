/** What can cross between Node and the page, and lie in a results file. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** A line of the table. */
export interface Row {
  readonly what: string;
  /** With its unit. */
  readonly value: string;
  /** Spread, or what the value was computed from. */
  readonly detail: string;
  /** Whether a target is met; absent when there is none. */
  readonly target?: { readonly text: string; readonly met: boolean };
}

/** The repository's files, as `cases` may see them. Questions also load in pages, so they import nothing of Node. */
export interface Repository {
  readText(path: string): Promise<string>;
  /** Files of a folder with their sizes; paths are from the repository's root. */
  list(folder: string): Promise<readonly { readonly path: string; readonly sizeBytes: number }[]>;
  /**
   * Compiles a program in TypeScript syntax as it would be published: at -O2, without names.
   * @returns the module in base64
   * @throws Error with what the compiler says of it
   */
  compile(path: string): Promise<string>;
  /**
   * Assembles a module in WebAssembly's text format; function names are kept.
   * @returns the module in base64
   * @throws Error the text is no module
   */
  assemble(wat: string): Promise<string>;
}

/** Where pages find the built playground, when the question asks for it. */
export const PLAYGROUND_PATH = "/playground/";
/** Below it: the bytes of the bodies that have been sent since this was read. */
export const BYTES_SENT = "bytes-sent";

/** Raw numbers of one fresh page. */
export interface Sample<Case extends Json, Raw extends Json> {
  readonly case: Case;
  readonly round: number;
  readonly raw: Raw;
}

/**
 * One thing to be measured. `cases` and `rows` run in Node, `run` in a page made for this one sample, `validate` on
 * what the page sent. Methods, not properties: lists of questions of different raw numbers need their bivariance.
 */
export interface Question<Case extends Json = Json, Raw extends Json = Json> {
  readonly name: string;
  /** The question in words. */
  readonly asks: string;
  /** Whether its pages use the playground, which takes a while to build. */
  readonly needsPlayground?: boolean;
  /** Whether its pages store on the disk, as those of visitors do. They find there what those before them left. */
  readonly storesOnDisk?: boolean;
  /** What is measured separately. Each case is visited once per round, in rotated order. */
  cases(repository: Repository): Promise<readonly Case[]>;
  /** @param round  from 0; variants within a page take turns by it */
  run(one: Case, round: number): Promise<Raw>;
  /** What is wrong with a sample, so that it must not count. */
  validate(one: Case, raw: Raw): readonly string[];
  rows(samples: readonly Sample<Case, Raw>[]): readonly Row[];
}
