/** What the author's class says about a process, apart from how it is written in the syntax tree. */

export interface Parameter {
  readonly name: string;
  /** As the author wrote it. */
  readonly type: string;
  /** With its default value: `by: i32 = 1`. */
  readonly text: string;
}

export type HandlerKind = "message" | "request" | "deferred";

export interface Handler {
  readonly kind: HandlerKind;
  /** The method's name. */
  readonly name: string;
  /** Without the `Deferred` of a deferred request. */
  readonly parameters: readonly Parameter[];
  /** What the caller gets; "void": nothing, or only the news that it is done. */
  readonly answer: string;
  /** What the author wrote above it, with a line break behind; "": nothing. */
  readonly comment: string;
  /** Its place in the tag of a message, from 1. */
  readonly number: number;
}

export interface ProcessModel {
  /** Of the class. */
  readonly name: string;
  /** What Rust calls its type; part of the names under which its processes are registered. */
  readonly typeName: string;
  readonly isExported: boolean;
  /** The class only describes processes that another module runs. */
  readonly isRemote: boolean;
  readonly init: Init;
  readonly handlers: readonly Handler[];
  /** Methods of these names are called, where the author has one. */
  readonly linkDeath: string | undefined;
  readonly processDeath: string | undefined;
  readonly terminate: string | undefined;
}

export interface Init {
  /** Undefined: the constructor takes the arguments. */
  readonly method: string | undefined;
  readonly parameters: readonly Parameter[];
  /** What it returns when it fails; undefined: it cannot fail. */
  readonly error: string | undefined;
  /** A method to call when it is through. */
  readonly afterwards?: string;
}

/** As many as a lunatic process may have. */
export const MOST_HANDLERS = 16;

/** Methods that every generated ref has; a handler of such a name would hide it. */
export const REF_MEMBERS: ReadonlySet<string> = new Set([
  "constructor",
  "id",
  "nodeId",
  "isAlive",
  "kill",
  "link",
  "linkWith",
  "lookup",
  "monitor",
  "register",
  "shutdown",
  "stopMonitoring",
  "toString",
  "unlink",
  "withDelay",
  "withTimeout",
]);

/** Static methods that the class itself gets. */
export const CLASS_MEMBERS: ReadonlySet<string> = new Set([
  "child",
  "configure",
  "link",
  "linkWith",
  "lookup",
  "onNode",
  "self",
  "start",
  "startAs",
  "tryStart",
  "tryStartAs",
]);

/** The names of what is generated beside a class. */
export function namesOf({ name }: Pick<ProcessModel, "name">) {
  return {
    ref: `${name}Ref`,
    withTimeout: `${name}RefWithTimeout`,
    withDelay: `${name}RefWithDelay`,
    builder: `${name}Builder`,
    child: `${name}Child`,
    init: `__init${name}`,
    serve: `__serve${name}`,
  };
}
