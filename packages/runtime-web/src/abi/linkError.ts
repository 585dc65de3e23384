const MAX_SHOWN_NAME = 80;
const MAX_SHOWN_TYPES = 20;

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
    super(
      `Cannot link ${shortenName(facts.module)}::${shortenName(facts.importName)}: ${facts.problem}; ${facts.remedy}`,
    );
    this.module = facts.module;
    this.importName = facts.importName;
    this.expected = facts.expected;
    this.found = facts.found;
    this.remedy = facts.remedy;
  }
}

/** Names come from the module, which may make them as long as it likes. */
export function shortenName(name: string): string {
  return name.length <= MAX_SHOWN_NAME ? name : `${name.slice(0, MAX_SHOWN_NAME)}…`;
}

/** A function type as people read it: `(i32, i64) -> i32`. */
export function formatType(type: FunctionType): string {
  const params = type.params.slice(0, MAX_SHOWN_TYPES);
  if (type.params.length > MAX_SHOWN_TYPES) params.push(`… ${type.params.length} in all`);
  const results = type.results.length === 0 ? "()" : type.results.join(", ");
  return `(${params.join(", ")}) -> ${results}`;
}
