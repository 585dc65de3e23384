/** The type of an imported or provided function. */
export interface FunctionType {
  readonly params: readonly string[];
  readonly results: readonly string[];
}

/**
 * A module imports something that the host does not provide, or with another type. Natively such a module does not
 * compile: compile_module returns 1 with this text, and running it is refused before any instruction runs.
 */
export class LinkError extends Error {
  override readonly name = "LinkError";
  readonly module: string;
  readonly importName: string;
  /** What the host provides under this name; undefined if nothing. */
  readonly expected: FunctionType | undefined;
  /** What the module asks for; undefined if it is not a function. */
  readonly found: FunctionType | undefined;
  /** What its author can do. */
  readonly remedy: string;

  constructor(facts: {
    module: string;
    importName: string;
    problem: string;
    expected?: FunctionType | undefined;
    found?: FunctionType | undefined;
    remedy: string;
  }) {
    super(`Cannot link ${facts.module}::${facts.importName}: ${facts.problem}; ${facts.remedy}`);
    this.module = facts.module;
    this.importName = facts.importName;
    this.expected = facts.expected;
    this.found = facts.found;
    this.remedy = facts.remedy;
  }
}

/** A function type as people read it: `(i32, i64) -> i32`. */
export function formatType(type: FunctionType): string {
  const results = type.results.length === 0 ? "()" : type.results.join(", ");
  return `(${type.params.join(", ")}) -> ${results}`;
}
