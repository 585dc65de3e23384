import {
  type Handler,
  type HandlerKind,
  namesOf,
  type Parameter,
  type ProcessModel,
} from "./processModel.ts";

/** What a class with `@process` becomes: source text that the compiler checks as if the author had written it. */
export interface GeneratedProcess {
  /** Members of his class. */
  readonly members: readonly string[];
  /** What stands beside it. */
  readonly statements: string;
}

/** The framework's part of processes, as generated code names it. */
export const PROCESS_NAMESPACE = "__process";
const P = PROCESS_NAMESPACE;

/** Source text for a model. Names with two underscores in front are for generated code alone. */
export function generateProcess(model: ProcessModel): GeneratedProcess {
  const own = model.isRemote
    ? []
    : [initFunction(model), serveFunction(model), childClass(model), builderClass(model)];
  return {
    members: model.isRemote
      ? [lookupMember(model)]
      : [...startMembers(model), lookupMember(model), ...servingMembers(model)],
    statements: [refClass(model), withTimeoutClass(model), withDelayClass(model), ...own].join("\n"),
  };
}

function refClass(model: ProcessModel): string {
  const names = namesOf(model);
  return block(`${exported(model)}class ${names.ref} extends ${P}.ProcessRef`, [
    `__typeName(): string { return ${quote(`lunatic::ap::ProcessRef<${model.typeName}>`)}; }`,
    `register(name: string): void { ${P}.registerRef(${registeredName(model)}, this); }`,
    ...model.handlers.map((handler) =>
      handler.kind === "message"
        ? method(handler, "void", `${beginMessage(handler)} this.__send();`)
        : method(handler, handler.answer, `${beginRequest(handler)} ${awaitAnswer(handler)}`),
    ),
    // Repeated here, because whether a class can be sent is seen from its own members.
    "__encode<W>(writer: W): void { super.__encode<W>(writer); }",
    "__decode<R>(reader: R): void { super.__decode<R>(reader); }",
    `withTimeout(milliseconds: u64): ${names.withTimeout} { return new ${names.withTimeout}(this, milliseconds); }`,
    `withDelay(milliseconds: u64): ${names.withDelay} { return new ${names.withDelay}(this, milliseconds); }`,
  ]);
}

function withTimeoutClass(model: ProcessModel): string {
  return block(`${exported(model)}class ${namesOf(model).withTimeout} extends ${P}.RefWithTimeout`, [
    ...handlersOf(model, "request", "deferred").map((handler) =>
      handler.answer === "void"
        ? method(handler, "bool", `${beginRequest(handler)} return this.__isDone(tag);`)
        : method(
            handler,
            `${P}.Result<${handler.answer}>`,
            `${beginRequest(handler)} return this.__answer<${handler.answer}>(tag);`,
          ),
    ),
  ]);
}

function withDelayClass(model: ProcessModel): string {
  return block(`${exported(model)}class ${namesOf(model).withDelay} extends ${P}.RefWithDelay`, [
    ...handlersOf(model, "message").map((handler) =>
      method(handler, `${P}.TimerRef`, `${beginMessage(handler)} return this.__sendLater();`),
    ),
  ]);
}

/** The init arguments, kept so that a supervisor can start the process again. */
function childClass(model: ProcessModel): string {
  const { child, ref, init, serve } = namesOf(model);
  const { parameters } = model.init;
  const fields = parameters.map(({ name, type }) => `private ${field(name)}: ${type}`);
  return block(`${exported(model)}class ${child} extends ${P}.ChildSpec`, [
    `constructor(${fields.join(", ")}) { super(); }`,
    `get ref(): ${ref} { return ${P}.refTo<${ref}>(this.__node, this.__id); }`,
    "named(name: string): this { this.__name = name; return this; }",
    `configure(config: ${P}.ProcessConfig): this { this.__config = config; return this; }`,
    "killAfter(milliseconds: u64): this { this.__killAfter = milliseconds; return this; }",
    `__serve(): u32 { return ${serve}.index; }`,
    `__init(): u32 { return ${init}.index; }`,
    `__registered(name: string): string { return ${registeredName(model)}; }`,
    `__put(): void { ${parameters.map(({ name, type }) => `${P}.put<${type}>(this.${field(name)});`).join(" ")} }`,
    `__restart(): string | null { return this.__startAgain<${errorType(model)}>(); }`,
  ]);
}

function builderClass(model: ProcessModel): string {
  const { builder, child, ref } = namesOf(model);
  const { parameters } = model.init;
  const started = startedType(model);
  const begun = (name: string) =>
    `return new ${child}(${argumentsOf(parameters)}).__start<${ref}, ${errorType(model)}>(this.__options, ${name}, this.__freshLink);`;
  const { named, names, as } = namedParameters(model);
  return block(`${exported(model)}class ${builder} extends ${P}.ProcessBuilder`, [
    "link(): this { this.__linkFresh(); return this; }",
    `linkWith(tag: ${P}.Tag): this { this.__linkWith(tag); return this; }`,
    `configure(config: ${P}.ProcessConfig): this { this.__options.withConfig(config); return this; }`,
    "onNode(node: u64): this { this.__options.onNode(node); return this; }",
    `tryStart(${parametersOf(parameters)}): ${started} { ${begun("null")} }`,
    `start(${parametersOf(parameters)}): ${ref} { return this.tryStart(${argumentsOf(parameters)}).ref; }`,
    `tryStartAs(${named}): ${started} { ${begun(as)} }`,
    `startAs(${named}): ${ref} { return this.tryStartAs(${names}).ref; }`,
  ]);
}

function startMembers(model: ProcessModel): string[] {
  const { builder, child, ref } = namesOf(model);
  const { parameters } = model.init;
  const { named, names } = namedParameters(model);
  const started = startedType(model);
  const plain = parametersOf(parameters);
  const values = argumentsOf(parameters);
  return [
    `static start(${plain}): ${ref} { return new ${builder}().start(${values}); }`,
    `static tryStart(${plain}): ${started} { return new ${builder}().tryStart(${values}); }`,
    `static startAs(${named}): ${ref} { return new ${builder}().startAs(${names}); }`,
    `static tryStartAs(${named}): ${started} { return new ${builder}().tryStartAs(${names}); }`,
    `static link(): ${builder} { return new ${builder}().link(); }`,
    `static linkWith(tag: ${P}.Tag): ${builder} { return new ${builder}().linkWith(tag); }`,
    `static configure(config: ${P}.ProcessConfig): ${builder} { return new ${builder}().configure(config); }`,
    `static onNode(node: u64): ${builder} { return new ${builder}().onNode(node); }`,
    `static child(${plain}): ${child} { return new ${child}(${values}); }`,
    `static self(): ${ref} { return ${P}.refToSelf<${ref}>(); }`,
  ];
}

function lookupMember(model: ProcessModel): string {
  const { ref } = namesOf(model);
  return `static lookup(name: string): ${ref} | null { return ${P}.lookupRef<${ref}>(${registeredName(model)}); }`;
}

/** How the framework's loop calls the author's methods. */
function servingMembers(model: ProcessModel): string[] {
  const cases = model.handlers.map(
    (handler) => `case ${handler.number}: { ${handling(handler)} return true; }`,
  );
  const call = (name: string | undefined, value: string) =>
    name === undefined ? "" : `this.${name}(${value});`;
  return [
    `__handle(handler: u32, tag: i64): bool { switch (handler) { ${cases.join(" ")} } return false; }`,
    `__linkDied(tag: i64): void { ${call(model.linkDeath, `new ${P}.Tag(tag)`)} }`,
    `__processDied(id: u64): void { ${call(model.processDeath, "id")} }`,
    `__terminate(): void { ${call(model.terminate, "")} }`,
  ];
}

function handling({ kind, name, parameters, answer }: Handler): string {
  const values = parameters.map((_, index) => `a${index}`);
  const takes = parameters.map(({ type }, index) => `const a${index} = ${P}.take<${type}>();`);
  const check = `${P}.checkRead(${quote(name)});`;
  const call = `this.${name}(${values.join(", ")})`;
  if (kind === "message") return [...takes, check, `${call};`].join(" ");
  const address = `const to = ${P}.takeAddress();`;
  if (kind === "deferred") {
    const deferred = `new ${P}.Deferred<${answer}>(tag, to)`;
    return [...takes, address, check, `this.${name}(${[...values, deferred].join(", ")});`].join(" ");
  }
  const reply =
    answer === "void" ? `${call}; ${P}.confirm(to, tag);` : `${P}.answer<${answer}>(to, tag, ${call});`;
  return [...takes, address, check, reply].join(" ");
}

function initFunction(model: ProcessModel): string {
  const { init } = namesOf(model);
  const { method: initMethod, parameters, error, afterwards } = model.init;
  const takes = parameters.map(({ type }, index) => `const a${index} = ${P}.take<${type}>();`);
  const values = parameters.map((_, index) => `a${index}`).join(", ");
  const catching = model.linkDeath === undefined ? [] : [`${P}.catchLinkDeaths();`];
  const body = [
    ...takes,
    `${P}.checkRead("its arguments");`,
    ...catching,
    `const process = new ${model.name}(${initMethod === undefined ? values : ""});`,
    "startup.process = process;",
    ...(initMethod === undefined
      ? []
      : error === undefined
        ? [`process.${initMethod}(${values});`]
        : [
            `const error = process.${initMethod}(${values});`,
            `if (error !== null) { startup.fail<${error}>(error); return; }`,
          ]),
    ...(afterwards === undefined ? [] : [`process.${afterwards}();`]),
  ];
  return block(`function ${init}(startup: ${P}.Startup<${model.name}>): void`, body);
}

function serveFunction(model: ProcessModel): string {
  const { init, serve } = namesOf(model);
  return `function ${serve}(_: u32): void { ${P}.run<${model.name}>(${quote(model.name)}, ${init}); }`;
}

function method(handler: Handler, returns: string, body: string): string {
  return `${handler.name}(${parametersOf(handler.parameters)}): ${returns} { ${body} }`;
}

function beginMessage({ number, parameters }: Handler): string {
  return [`${P}.beginMessage(${number});`, ...puts(parameters)].join(" ");
}

function beginRequest({ number, parameters }: Handler): string {
  return [`const tag = ${P}.beginMessage(${number});`, ...puts(parameters), `${P}.putOwnAddress();`].join(
    " ",
  );
}

function awaitAnswer({ answer }: Handler): string {
  return answer === "void" ? "this.__await(tag);" : `return this.__request<${answer}>(tag);`;
}

function puts(parameters: readonly Parameter[]): string[] {
  return parameters.map(({ name, type }) => `${P}.put<${type}>(${name});`);
}

function handlersOf({ handlers }: ProcessModel, ...kinds: HandlerKind[]): Handler[] {
  return handlers.filter(({ kind }) => kinds.includes(kind));
}

function errorType({ init }: ProcessModel): string {
  return init.error ?? "string";
}

/** What `tryStart` gives. */
export function startedType(model: ProcessModel): string {
  return `${P}.Started<${namesOf(model).ref}, ${errorType(model)}>`;
}

/** The parameters of `startAs`: the name to register, and the init's. */
function namedParameters({ init: { parameters } }: ProcessModel) {
  const as = parameters.some(({ name }) => name === "name") ? "registeredName" : "name";
  return {
    as,
    named: [`${as}: string`, ...parameters.map(({ text }) => text)].join(", "),
    names: [as, ...parameters.map(({ name }) => name)].join(", "),
  };
}

/** The text of an expression: the name in the registry that lunatic-rs gives to `name`, host ABI ch. 8. */
function registeredName({ typeName }: ProcessModel): string {
  return `${quote(`${typeName}/lunatic::serializer::Bincode/ProcessRef/`)} + name`;
}

function parametersOf(parameters: readonly Parameter[]): string {
  return parameters.map(({ text }) => text).join(", ");
}

function argumentsOf(parameters: readonly Parameter[]): string {
  return parameters.map(({ name }) => name).join(", ");
}

function field(parameter: string): string {
  return `__argument_${parameter}`;
}

function exported({ isExported }: ProcessModel): string {
  return isExported ? "export " : "";
}

function quote(text: string): string {
  return JSON.stringify(text);
}

function block(head: string, lines: readonly string[]): string {
  return `${head} {\n${lines.join("\n")}\n}`;
}
