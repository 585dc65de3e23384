import type { LunaticModule, Runtime } from "@lunatic-web/runtime";
import type { Program } from "../programs/catalog.ts";
import { customSectionOf } from "./customSection.ts";

/** The compiled modules of a page, each with what it says of its messages. */
export class ModuleShelf {
  readonly #runtime: Promise<Runtime>;
  /** Modules that come with the page, by their programs' names. */
  readonly #compiled = new Map<string, LunaticModule>();
  readonly #messages = new WeakMap<LunaticModule, Uint8Array>();

  constructor(runtime: Promise<Runtime>) {
    this.#runtime = runtime;
  }

  /** @throws what `Runtime.compile` throws, also for a response that is no module */
  async compile(source: Uint8Array<ArrayBuffer> | Response, name: string): Promise<LunaticModule> {
    const bytes =
      source instanceof Uint8Array || !source.ok ? source : new Uint8Array(await source.arrayBuffer());
    const module = await (await this.#runtime).compile(bytes, { name });
    const section = bytes instanceof Uint8Array ? customSectionOf(bytes, "lunatic.messages") : undefined;
    if (section) this.#messages.set(module, section);
    return module;
  }

  /** The module that a program has without being built, fetched and compiled once. */
  async moduleOf(wanted: Program): Promise<LunaticModule> {
    const known = wanted.compiled ?? this.#compiled.get(wanted.name);
    if (known) return known;
    if (!wanted.fetchModule) throw new Error(`Program ${wanted.name} has no module`);
    const module = await this.compile(await wanted.fetchModule(), wanted.name);
    this.#compiled.set(wanted.name, module);
    return module;
  }

  /** MESSAGE_SECTION of the framework; undefined: the module has none. */
  messagesOf(module: LunaticModule): Uint8Array | undefined {
    return this.#messages.get(module);
  }
}
