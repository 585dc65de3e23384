import type { Parked } from "../../kernel/parked.ts";
import type { Process } from "../../kernel/process.ts";
import { type FakeBody, World } from "../../kernel/testing/world.ts";
import type { HostBinding } from "../binding.ts";
import type { Databases } from "../databases.ts";
import { copyIn, copyOut, readU32, readU64 } from "../guestMemory.ts";
import { linkImports, type ModuleImport } from "../linkImports.ts";
import { MetricsStore } from "../metricsStore.ts";
import { signatures } from "../signatures/index.ts";
import { type NamespaceSignatures, parameterTypes, resultTypes } from "../signatures/signature.ts";
import { encodeText } from "../text.ts";
import { TestMemory } from "./testMemory.ts";

export type Value = number | bigint;
/** What a host call of a test gives: its result, that its process has parked, or that it was ended by a signal. */
export type Answer = Value | undefined | "parked" | "stopped";

type Imports = ReturnType<typeof linkImports>["imports"];

/** Everything lunatic offers, as a module would import it. */
export const ALL_IMPORTS: readonly ModuleImport[] = Object.entries<NamespaceSignatures>(signatures)
  .filter(([module]) => module.startsWith("lunatic::"))
  .flatMap(([module, namespace]) =>
    Object.entries(namespace).map(([name, signature]) => ({
      module,
      name,
      kind: "function",
      params: parameterTypes(signature),
      results: resultTypes(signature),
    })),
  );

const NO_DATABASES: Databases = {
  nextNumber: () => 1,
  ask: (_, answer) => {
    answer({ type: "lost", message: "there are no databases in this test" });
    return 0;
  },
  tell: () => {},
  hasDirectory: () => true,
};

/** A real kernel whose guests, all of one module, call the linked host functions by hand. */
export class Host {
  readonly world = new World();
  readonly metrics = new MetricsStore();
  /** What guests have asked trap::catch for. */
  readonly caught: { functionIndex: number; pointer: number; complete: (result: number) => void }[] = [];
  /** What trap::catch answers; the late answer of PARKED is given by `caught`. */
  catchResult: number | Parked = 0;
  chargedInstructions = 0;
  readonly databases: Databases;
  /** What the caller's lunatic_alloc does; by default it has one, and room. */
  allocator: (bytes: number) => number = (bytes) => this.guest(this.binding.process).room(bytes);
  readonly root: Guest;
  readonly binding: HostBinding;
  readonly #imports: Imports;
  readonly #guests = new Map<Process, Guest>();
  #hasParked = false;

  /** @param databases by default there are none */
  constructor(databases: Databases = NO_DATABASES) {
    const root = this.world.root();
    this.databases = databases;
    this.binding = {
      kernel: this.world.kernel,
      metrics: this.metrics,
      databases: this.databases,
      process: root,
      memory: new TestMemory(),
      resume: () => {},
      catchTrap: (functionIndex, pointer, complete) => {
        this.caught.push({ functionIndex, pointer, complete });
        return this.catchResult;
      },
      parked: () => {
        this.#hasParked = true;
      },
      allocate: (bytes) => this.allocator(bytes),
      isAllocating: false,
      chargeSlice: (instructions) => {
        this.chargedInstructions += instructions;
      },
    };
    this.#imports = linkImports(ALL_IMPORTS, this.binding, {}).imports;
    this.root = this.guest(root);
  }

  /** The guest of a process that the kernel made. */
  guest(process: Process): Guest {
    let guest = this.#guests.get(process);
    if (guest === undefined) {
      guest = new Guest(this, process, this.#imports);
      this.#guests.set(process, guest);
    }
    return guest;
  }

  /** A child of the root. */
  child(options: Parameters<World["spawn"]>[1] = {}): Guest {
    return this.guest(this.world.spawn(this.root.process, options));
  }

  /** Calls a host function as guest code of `guest` would. */
  call(guest: Guest, fn: (...values: never[]) => unknown, values: readonly Value[]): Answer {
    const { binding } = this;
    binding.process = guest.process;
    binding.memory = guest.memory;
    const { body } = guest;
    binding.resume = (result) => body.resume(result);
    this.#hasParked = false;
    const result = this.world.run(guest.process, () => (fn as (...all: Value[]) => Answer)(...values));
    return this.#hasParked ? "parked" : result;
  }
}

/** One process and its memory, and how its code would use the host. */
export class Guest {
  readonly process: Process;
  readonly memory = new TestMemory();
  readonly #host: Host;
  readonly #imports: Imports;
  #free = 1024;

  constructor(host: Host, process: Process, imports: Imports) {
    this.#host = host;
    this.process = process;
    this.#imports = imports;
  }

  get pid(): bigint {
    return BigInt(this.process.pid);
  }

  get body(): FakeBody {
    return this.#host.world.body(this.process);
  }

  /** @param name as in traces, without the prefix all share: `message::send` */
  call(name: string, ...values: Value[]): Answer {
    const [namespace, functionName] = name.split("::") as [string, string];
    const fn = this.#imports[`lunatic::${namespace}`]?.[functionName];
    if (fn === undefined) throw new Error(`no import ${name}`);
    return this.#host.call(this, fn, values);
  }

  /** Address of fresh memory of this size. */
  room(size: number): number {
    const ptr = this.#free;
    this.#free += Math.ceil(size / 8) * 8 + 8;
    return ptr;
  }

  /** Puts bytes or a text into memory. @returns address and length, as arguments of a call */
  put(content: Uint8Array | string): [ptr: number, len: number] {
    const bytes = typeof content === "string" ? encodeText(content) : content;
    const ptr = this.room(bytes.length);
    copyOut(this.memory, ptr, bytes);
    return [ptr, bytes.length];
  }

  /** Puts tags into memory. */
  putTags(...tags: bigint[]): [ptr: number, count: number] {
    const [ptr] = this.put(new Uint8Array(BigInt64Array.from(tags).buffer));
    return [ptr, tags.length];
  }

  u32(ptr: number): number {
    return readU32(this.memory, ptr);
  }

  u64(ptr: number): bigint {
    return readU64(this.memory, ptr);
  }

  text(ptr: number, len: number): string {
    return new TextDecoder().decode(copyIn(this.memory, ptr, len));
  }

  /** Text of an error by its id, read as a guest would. */
  errorText(id: bigint): string {
    const size = this.call("error::string_size", id) as number;
    const ptr = this.room(size);
    this.call("error::to_string", id, ptr);
    return this.text(ptr, size);
  }

  /** Creates and sends a message. */
  sendText(to: bigint, tag: bigint, text: string): void {
    this.call("message::create_data", tag, 0n);
    this.call("message::write_data", ...this.put(text));
    this.call("message::send", to);
  }

  /** Data of the message in the scratch area from its read position on. */
  readText(): string {
    const size = Number(this.call("message::data_size"));
    const ptr = this.room(size);
    const count = this.call("message::read_data", ptr, size) as number;
    return this.text(ptr, count);
  }
}
