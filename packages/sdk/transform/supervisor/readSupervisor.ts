import type { ClassDeclaration, DecoratorNode, FieldDeclaration, Parser } from "assemblyscript";
import { NodeKind } from "../ast.ts";
import { namesOf, type ProcessModel } from "../process/processModel.ts";
import { readProcess } from "../process/readProcess.ts";
import { findDecorator, textOf } from "../syntax.ts";
import { reportError } from "../transformError.ts";

export interface Child {
  /** Of the field. */
  readonly name: string;
  /** What is known of the child from outside: `CounterRef`, `CounterRef[]`. */
  readonly ref: string;
  readonly isList: boolean;
}

export interface SupervisorModel {
  readonly process: ProcessModel;
  readonly children: readonly Child[];
}

/** The class of a child's field: what `Counter.child()` gives. */
const CHILD_TYPE = /^(.+)Child(\[\])?$/;

/**
 * What a class with `@supervisor` says.
 * @returns undefined: it is wrong, and the author has been told
 */
export function readSupervisor(
  parser: Parser,
  declaration: ClassDeclaration,
  decorator: DecoratorNode,
): SupervisorModel | undefined {
  const name = declaration.name.text;
  const process = readProcess(parser, declaration, decorator);
  if (process === undefined) return undefined;
  if (declaration.extendsType?.name.identifier.text !== "Supervisor") {
    reportError(parser, declaration.name.range, `supervisor ${name} must extend Supervisor`);
    return undefined;
  }
  if (process.handlers.length > 0 || process.linkDeath !== undefined || process.terminate !== undefined) {
    const text = `supervisor ${name} has no handlers of its own: it only starts, restarts and stops its children`;
    reportError(parser, declaration.name.range, text);
    return undefined;
  }
  const children = declaration.members.flatMap((member) => {
    if (findDecorator(member, "child") === undefined) return [];
    const type = member.kind === NodeKind.FieldDeclaration ? (member as FieldDeclaration).type : null;
    const match = CHILD_TYPE.exec(type === null ? "" : textOf(type));
    if (match === null) {
      reportError(
        parser,
        member.name.range,
        `@child ${member.name.text} is a field of a type such as CounterChild`,
      );
      return [];
    }
    const [, of, list = ""] = match;
    return [{ name: member.name.text, ref: `${namesOf({ name: of! }).ref}${list}`, isList: list !== "" }];
  });
  return { process: asProcess(process), children };
}

const CHILDREN = "/** The children as they are now: after a restart a child is another process. */\n";
const WAIT = "/** Waits until somebody shuts the supervisor down. */\n";

/** lunatic-rs' supervisors have these two handlers, host ABI 12.4. */
function asProcess(process: ProcessModel): ProcessModel {
  return {
    ...process,
    init: { ...process.init, afterwards: "__begin" },
    handlers: [
      {
        kind: "request",
        name: "children",
        comment: CHILDREN,
        parameters: [],
        answer: childrenOf(process.name),
        number: 1,
      },
      { kind: "deferred", name: "waitOnShutdown", comment: WAIT, parameters: [], answer: "void", number: 2 },
    ],
    linkDeath: "__childDied",
    terminate: "__stop",
  };
}

/** The class of what a supervisor's ref answers to `children()`. */
export function childrenOf(supervisor: string): string {
  return `${supervisor}Children`;
}
