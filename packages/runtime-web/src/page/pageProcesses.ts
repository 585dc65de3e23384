import { createRootConfig, type ProcessConfig } from "../kernel/config.ts";
import { NO_PID, PAGE_MODULE } from "../kernel/ids.ts";
import type { PageMessage, ProcessAnswer, SpawnQuestion } from "../protocol/pageProcess.ts";
import { AttachedProcess } from "./attachedProcess.ts";
import { SpawnError } from "./errors.ts";
import type { ProcessLine } from "./processLine.ts";
import type {
  LinkOptions,
  ModuleReference,
  PageProcessFunction,
  PageProcessOptions,
  ProcessMessage,
  ProcessPermissions,
  SpawnedPageProcess,
  SpawnOptions,
} from "./processTypes.ts";
import { toTag } from "./tags.ts";

/** What the processes of one environment have in common on the page. */
export interface EnvironmentDefaults {
  /** Module of the root. */
  readonly module: ModuleReference;
  readonly preopens: readonly string[];
  /** The whole argv of the root. */
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}

/** Ids of all modules that this runtime has and the page has seen. */
export type KnownModules = Set<number>;

/** Makes processes from the page, of modules and of functions, and names them. */
export class PageProcesses {
  readonly #line: ProcessLine;
  readonly #defaults: EnvironmentDefaults;
  readonly #modules: KnownModules;

  constructor(line: ProcessLine, defaults: EnvironmentDefaults, modules: KnownModules) {
    this.#line = line;
    this.#defaults = defaults;
    this.#modules = modules;
  }

  /** A process without code of its own: the caller of this acts for it. */
  async attach(options: PageProcessOptions): Promise<AttachedProcess> {
    const label = options.label ?? options.name ?? "page";
    return this.#create(this.#pageQuestion(label, options.name), undefined);
  }

  /** @throws SpawnError */
  async spawnModule(
    entry: string,
    options: SpawnOptions & LinkOptions,
    parent: AttachedProcess | undefined,
  ): Promise<number> {
    const module = this.requireModule(options.module ?? this.#defaults.module);
    const answer = await this.#ask(
      {
        type: "spawn",
        parent: parent?.pid ?? NO_PID,
        module,
        entry,
        params: checkParams(options.params ?? []),
        config: this.#config(options.config ?? {}),
        link: toLink(options),
        name: options.name,
      },
      parent,
    );
    return spawnedPid(answer, `a process for "${entry}"`);
  }

  async spawnFunction(
    body: PageProcessFunction,
    options: PageProcessOptions & LinkOptions,
    parent: AttachedProcess | undefined,
  ): Promise<SpawnedPageProcess> {
    const label = options.label ?? options.name ?? (body.name || "page");
    const question: SpawnQuestion = {
      ...this.#pageQuestion(label, options.name),
      parent: parent?.pid ?? NO_PID,
      link: toLink(options),
    };
    const process = await this.#create(question, parent);
    void process.run(body);
    return { pid: process.pid, ended: process.ended };
  }

  async lookup(name: string): Promise<number | undefined> {
    const answer = await this.#line.ask({ type: "lookup", name });
    return answer.type === "found" ? answer.pid : undefined;
  }

  async register(name: string, pid: number): Promise<void> {
    await this.#line.ask({ type: "register", name, pid });
  }

  async unregister(name: string): Promise<void> {
    await this.#line.ask({ type: "unregister", name });
  }

  /** A message as code on the page sees it. Modules that came with it can be used from now on. */
  decode(message: PageMessage): ProcessMessage {
    if (message.kind === "linkDied") return { type: "linkDied", from: message.from, tag: message.tag };
    if (message.kind === "processDied") return { type: "processDied", from: message.from };
    const { from, tag, bytes, modules } = message;
    for (const id of modules) this.#modules.add(id);
    return { type: "data", from, tag, bytes, modules: modules.map((id) => ({ id })) };
  }

  /** @returns the module's id. @throws SpawnError it is not of this runtime */
  requireModule({ id }: ModuleReference): number {
    if (!this.#modules.has(id)) {
      throw new SpawnError(
        `from module ${id}`,
        "this runtime has not compiled it; use what compile() of the same runtime returned",
      );
    }
    return id;
  }

  async #create(question: SpawnQuestion, parent: AttachedProcess | undefined): Promise<AttachedProcess> {
    const pid = spawnedPid(await this.#ask(question, parent), "a process on the page");
    const process = new AttachedProcess(pid, this.#line, this);
    this.#line.add(process);
    return process;
  }

  #ask(question: SpawnQuestion, parent: AttachedProcess | undefined): Promise<ProcessAnswer> {
    return parent === undefined ? this.#line.ask(question) : parent.ask(question);
  }

  #pageQuestion(label: string, name: string | undefined): SpawnQuestion {
    const config = this.#config({});
    return {
      type: "spawn",
      parent: NO_PID,
      module: PAGE_MODULE,
      entry: label,
      params: [],
      config,
      link: 0n,
      name,
    };
  }

  #config(permissions: ProcessPermissions): ProcessConfig {
    const { preopens, args, env } = { ...this.#defaults, ...permissions };
    const config = createRootConfig({
      preopenedDirs: [...preopens],
      commandLineArguments: [...args],
      environmentVariables: Object.entries(env),
    });
    if (permissions.maxMemoryBytes !== undefined) config.maxMemory = BigInt(permissions.maxMemoryBytes);
    if (permissions.maxFuel !== undefined) config.maxFuel = BigInt(permissions.maxFuel);
    config.canCompileModules = permissions.mayCompileModules ?? true;
    config.canCreateConfigs = permissions.mayCreateConfigs ?? true;
    config.canSpawnProcesses = permissions.maySpawn ?? true;
    return config;
  }
}

function spawnedPid(answer: ProcessAnswer, what: string): number {
  if (answer.type === "spawned") return answer.pid;
  throw new SpawnError(what, answer.type === "failed" ? answer.message : `the answer was ${answer.type}`);
}

/** @throws RangeError a tag of 0 */
function toLink({ link }: LinkOptions): bigint {
  if (link === undefined) return 0n;
  const tag = toTag(link);
  if (tag === 0n)
    throw new RangeError("The tag of a link at spawn cannot be 0; leave `link` out for no link");
  return tag;
}

const I32_MIN = -(2 ** 31);
const U32_MAX = 2 ** 32 - 1;

/** @throws RangeError a number that no i32 holds; 64 bits are given as a bigint */
function checkParams(params: readonly (number | bigint)[]): readonly (number | bigint)[] {
  for (const param of params) {
    const isBad =
      typeof param === "number" && (!Number.isInteger(param) || param < I32_MIN || param > U32_MAX);
    if (isBad)
      throw new RangeError(`A number among params is an i32, but ${param} is none; give an i64 as bigint`);
  }
  return params.map((param) => (typeof param === "bigint" ? BigInt.asIntN(64, param) : param));
}
