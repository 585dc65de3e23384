import { type Handler, namesOf, type Parameter, type ProcessModel } from "./processModel.ts";

/** The framework, as generated declarations name it. */
const L = "__lunatic";

/** What the declarations of a file begin with, if it has any. */
export const DECLARATIONS_IMPORT = `import * as ${L} from "lunatic";`;

/**
 * What generateProcess adds, for an editor: TypeScript declarations that stand at the end of the author's file. They
 * have the names, types and comments of the code, and no bodies.
 */
export function declareProcess(model: ProcessModel): string {
  const own = model.isRemote ? [] : [declareChild(model), declareBuilder(model)];
  return [
    declareRef(model),
    declareWithTimeout(model),
    declareWithDelay(model),
    ...own,
    declareStatics(model),
  ].join("\n");
}

function declareRef(model: ProcessModel): string {
  const { ref, withTimeout, withDelay } = namesOf(model);
  return declareClass(model, ref, "ProcessRef", [
    ...model.handlers.map((handler) => declareMethod(handler, handler.answer)),
    "/** Gives the process a name, by which others find it with `lookup`. It keeps the name after its end. */",
    "register(name: string): void;",
    "/** The next request gives up after so many milliseconds. */",
    `withTimeout(milliseconds: u64): ${withTimeout};`,
    "/** The next message is sent after so many milliseconds. */",
    `withDelay(milliseconds: u64): ${withDelay};`,
  ]);
}

function declareWithTimeout(model: ProcessModel): string {
  const requests = model.handlers.filter(({ kind }) => kind !== "message");
  return declareClass(
    model,
    namesOf(model).withTimeout,
    "RefWithTimeout",
    requests.map((handler) => {
      const { answer } = handler;
      return declareMethod(handler, answer === "void" ? "bool" : `${L}.Result<${answer}>`);
    }),
  );
}

function declareWithDelay(model: ProcessModel): string {
  const messages = model.handlers.filter(({ kind }) => kind === "message");
  const methods = messages.map((handler) => declareMethod(handler, `${L}.TimerRef`));
  return declareClass(model, namesOf(model).withDelay, "RefWithDelay", methods);
}

function declareChild(model: ProcessModel): string {
  const { child, ref } = namesOf(model);
  return declareClass(model, child, "ChildSpec", [
    `constructor(${parametersOf(model.init.parameters)});`,
    "/** The process that runs now. */",
    `readonly ref: ${ref};`,
    "/** Registers the child under a name, also after each restart. */",
    "named(name: string): this;",
    "/** Starts the child with a config. */",
    `configure(config: ${L}.ProcessConfig): this;`,
    "/** Kills the child if it has not ended so many milliseconds after it was asked to. */",
    "killAfter(milliseconds: u64): this;",
  ]);
}

function declareBuilder(model: ProcessModel): string {
  const { builder } = namesOf(model);
  return declareClass(model, builder, "ProcessBuilder", [
    "/** Links the process with this one. */",
    "link(): this;",
    "/** Links the process with this one, under a tag. */",
    `linkWith(tag: ${L}.Tag): this;`,
    "/** Starts the process with a config. */",
    `configure(config: ${L}.ProcessConfig): this;`,
    "/** Starts the process on another node. */",
    "onNode(node: u64): this;",
    ...declareStarts(model, ""),
  ]);
}

/** Static methods of the author's class. */
function declareStatics(model: ProcessModel): string {
  const { builder, child, ref } = namesOf(model);
  const own = [
    ...declareStarts(model, "function "),
    "/** Starts the process linked with this one. */",
    `function link(): ${builder};`,
    "/** Starts the process linked with this one, under a tag. */",
    `function linkWith(tag: ${L}.Tag): ${builder};`,
    "/** Starts the process with a config. */",
    `function configure(config: ${L}.ProcessConfig): ${builder};`,
    "/** Starts the process on another node. */",
    `function onNode(node: u64): ${builder};`,
    "/** For the field of a supervisor. */",
    `function child(${parametersOf(model.init.parameters)}): ${child};`,
    "/** The handle of the process that this code runs in. */",
    `function self(): ${ref};`,
  ];
  const lookup = [
    "/** The process that has a name; null: nobody has. */",
    `function lookup(name: string): ${ref} | null;`,
  ];
  return block(`${exported(model)}declare namespace ${model.name}`, [
    ...(model.isRemote ? [] : own),
    ...lookup,
  ]);
}

function declareStarts(model: ProcessModel, prefix: string): string[] {
  const { ref } = namesOf(model);
  const { parameters, error } = model.init;
  const as = parameters.some(({ name }) => name === "name") ? "registeredName" : "name";
  const plain = parametersOf(parameters);
  const named = [`${as}: string`, ...(plain === "" ? [] : [plain])].join(", ");
  const started = `${L}.Started<${ref}, ${error ?? "string"}>`;
  return [
    "/** Starts the process and waits for its init. Panics if it cannot be started. */",
    `${prefix}start(${plain}): ${ref};`,
    "/** Starts the process and waits for its init, or tells why it cannot be started. */",
    `${prefix}tryStart(${plain}): ${started};`,
    "/** Starts the process under a name. Panics if it cannot be started. */",
    `${prefix}startAs(${named}): ${ref};`,
    "/** Starts the process under a name, or tells why it cannot be started. */",
    `${prefix}tryStartAs(${named}): ${started};`,
  ];
}

function declareMethod({ name, parameters, comment }: Handler, returns: string): string {
  return `${comment}${name}(${parametersOf(parameters)}): ${returns};`;
}

/** In a declaration a default value is a question mark. */
function parametersOf(parameters: readonly Parameter[]): string {
  return parameters
    .map(({ name, type, text }) => (text.includes("=") ? `${name}?: ${type}` : text))
    .join(", ");
}

function declareClass(model: ProcessModel, name: string, base: string, members: readonly string[]): string {
  return block(`${exported(model)}declare class ${name} extends ${L}.${base}`, members);
}

function exported({ isExported }: ProcessModel): string {
  return isExported ? "export " : "";
}

function block(head: string, lines: readonly string[]): string {
  return `${head} {\n${lines.map((line) => `  ${line}`).join("\n")}\n}`;
}
