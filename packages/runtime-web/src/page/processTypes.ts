import type { ExitReport } from "./types.ts";

/** A compiled module, as `compile` gives it, or as it comes in a message. */
export interface ModuleReference {
  /** Given by the runtime, the same for the same bytes. */
  readonly id: number;
}

/** Bytes that a process sent. */
export interface DataMessage {
  readonly type: "data";
  /** Pid of the sender; 0 if it is not known. */
  readonly from: number;
  /** 0n: the message has none. */
  readonly tag: bigint;
  /** The payload; yours to keep. What it means is agreed between the two processes. */
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** Modules that travel with the message, in order. */
  readonly modules: readonly ModuleReference[];
}

/** A linked process failed, and this one does not die when a link dies. */
export interface LinkDiedMessage {
  readonly type: "linkDied";
  /** Pid of the process that failed. */
  readonly from: number;
  /** Tag of the link; 0n: it has none. */
  readonly tag: bigint;
}

/** A monitored process ended, normally or not. */
export interface ProcessDiedMessage {
  readonly type: "processDied";
  /** Pid of the process that ended. */
  readonly from: number;
}

/** What is in the mailbox of a process. */
export type ProcessMessage = DataMessage | LinkDiedMessage | ProcessDiedMessage;

/** Which message a `receive` takes, and how long it waits. */
export interface ReceiveOptions {
  /** Takes the oldest message with one of these tags and leaves the others; default: the oldest of all. Never 0. */
  readonly tags?: readonly (number | bigint)[];
  /** Milliseconds until it is rejected with a ReceiveTimeoutError; default: it waits for ever. */
  readonly timeoutMs?: number;
  /** Gives up: the promise is rejected with the signal's reason, and no message is lost. */
  readonly signal?: AbortSignal;
}

/** What a process may do and is given; what is left out is as for the root. */
export interface ProcessPermissions {
  /** Bytes of memory; default 4 GiB - 1. */
  readonly maxMemoryBytes?: number;
  /** Units of 100,000 instructions, after which the process fails; default: no limit. */
  readonly maxFuel?: number;
  /** Default true. */
  readonly mayCompileModules?: boolean;
  /** Default true. */
  readonly mayCreateConfigs?: boolean;
  /** Default true. */
  readonly maySpawn?: boolean;
  /** Directories it may use, by absolute path. */
  readonly preopens?: readonly string[];
  /** Its whole argv. */
  readonly args?: readonly string[];
  /** Its environment variables. */
  readonly env?: Readonly<Record<string, string>>;
}

/** How a process of a module is made. */
export interface SpawnOptions {
  /** Default: the module of the root. */
  readonly module?: ModuleReference;
  /** Arguments of the entry function: a number is an i32, a bigint an i64. */
  readonly params?: readonly (number | bigint)[];
  /** Its configuration. */
  readonly config?: ProcessPermissions;
  /** Registered for it before it runs; a name that is taken leads to the new process from then on. */
  readonly name?: string;
}

/** How a process on the page is made. */
export interface PageProcessOptions {
  /** Registered for it before anybody can know its pid. */
  readonly name?: string;
  /** What views of the system call it; default: its name, else the function's name, else "page". */
  readonly label?: string;
}

/** What a process may say of a child it makes. */
export interface LinkOptions {
  /** Links parent and child. The parent's LinkDiedMessage carries this tag; not 0. */
  readonly link?: number | bigint;
}

/** The code of a process written in TypeScript. It ends when the function returns, and fails when it throws. */
export type PageProcessFunction = (self: PageProcess) => void | Promise<void>;

/** A process whose code runs on the page and is somebody else's: only its end can be awaited. */
export interface SpawnedPageProcess {
  readonly pid: number;
  /** Settles when it has ended, with the error's text if it failed. Never rejects. */
  readonly ended: Promise<ExitReport>;
}

/**
 * A process whose code runs on the page. To every other process it is one like themselves: it has a pid and a mailbox, can be
 * looked up, sent to, linked, monitored and killed. It ends with its environment at the latest.
 *
 * Methods that do not return a promise take effect in the order of their calls, and throw a ProcessEndedError once the
 * process has ended.
 */
export interface PageProcess extends AsyncIterable<ProcessMessage>, AsyncDisposable {
  readonly pid: number;
  /** Aborted when the process ends, with a ProcessEndedError as reason: give it to `fetch` and the like. */
  readonly signal: AbortSignal;
  /** Settles when the process has ended. Never rejects. */
  readonly ended: Promise<ExitReport>;

  /**
   * Sends a message; never waits. A process that does not exist gets nothing, and nobody is told.
   * @param tag    0 = none; up to 2^64 - 1
   * @param bytes  copied
   * @param modules travel with the message; the receiver can spawn from them
   * @throws ProcessEndedError
   * @example
   * await using page = await environment.attach();
   * page.send(environment.rootPid, 7n, new TextEncoder().encode("hello"));
   */
  send(to: number, tag: number | bigint, bytes: Uint8Array, modules?: readonly ModuleReference[]): void;

  /**
   * Takes a message out of the mailbox, or waits for one. Several receives may wait at once: a message goes to the one
   * that was asked first of those that want it.
   * @throws ReceiveTimeoutError `timeoutMs` have passed
   * @throws ProcessEndedError the process has ended, or ends meanwhile
   * @throws RangeError a tag that is not from 1 to 2^64 - 1, or a negative time
   * @throws the reason of `options.signal`
   * @example
   * await using page = await environment.attach();
   * page.send(page.pid, 7n, new Uint8Array([1, 2, 3]));
   * const message = await page.receive({ tags: [7n], timeoutMs: 1000 });
   * console.log(message.type, message.type === "data" && message.bytes.length); // data 3
   */
  receive(options?: ReceiveOptions): Promise<ProcessMessage>;

  /**
   * Every message in order of arrival. The loop ends when the process is closed or its environment ends, and throws a
   * ProcessEndedError when it is killed or dies with a link.
   * @example
   * await using page = await environment.attach();
   * page.send(page.pid, 0, new Uint8Array([42]));
   * for await (const message of page) {
   *   if (message.type === "data") console.log(message.bytes[0]); // 42
   *   break;
   * }
   */
  [Symbol.asyncIterator](): AsyncIterator<ProcessMessage>;

  /**
   * Ties two fates: when one fails, the other fails too, unless it asked not to (`dieWhenLinkDies`).
   * @param tag of the LinkDiedMessage that either gets of the other; 0 = none
   * @throws ProcessEndedError
   * @example
   * await using page = await environment.attach();
   * page.dieWhenLinkDies(false);
   * page.link(environment.rootPid, 9n);
   */
  link(to: number, tag?: number | bigint): void;

  /**
   * Ends a link, whoever made it.
   * @throws ProcessEndedError
   * @example
   * await using page = await environment.attach();
   * page.link(environment.rootPid);
   * page.unlink(environment.rootPid);
   */
  unlink(from: number): void;

  /**
   * Asks for a ProcessDiedMessage when that process ends. One that is dead already never reports.
   * @throws ProcessEndedError
   * @example
   * await using page = await environment.attach();
   * const clock = await environment.spawn(async () => {});
   * page.monitor(clock.pid);
   */
  monitor(pid: number): void;

  /**
   * Asks for no more news of that process.
   * @throws ProcessEndedError
   * @example
   * await using page = await environment.attach();
   * page.monitor(environment.rootPid);
   * page.stopMonitoring(environment.rootPid);
   */
  stopMonitoring(pid: number): void;

  /**
   * Ends another process, or this one.
   * @throws ProcessEndedError
   * @example
   * await using page = await environment.attach();
   * page.kill(await page.spawn("serve"));
   */
  kill(pid: number): void;

  /**
   * Whether a linked process that fails takes this one along (the default), or is told by a LinkDiedMessage.
   * @throws ProcessEndedError
   * @example
   * await using page = await environment.attach();
   * page.dieWhenLinkDies(false);
   * page.kill(await page.spawn("serve", { link: 5 }));
   * console.log((await page.receive()).type); // linkDied
   */
  dieWhenLinkDies(on: boolean): void;

  /**
   * Registers this process under a name, also if it is taken. Resolves when everybody finds it.
   * @throws ProcessEndedError
   * @example
   * await using page = await environment.attach();
   * await page.register("page");
   */
  register(name: string): Promise<void>;

  /**
   * Starts a process of a module as a child of this one.
   * @returns its pid
   * @throws SpawnError
   * @throws ProcessEndedError
   * @example
   * await using page = await environment.attach();
   * const child = await page.spawn("serve", { link: 3 });
   * console.log(child > page.pid); // true
   */
  spawn(entry: string, options?: SpawnOptions & LinkOptions): Promise<number>;
  /**
   * Starts a process written in TypeScript as a child of this one.
   * @throws ProcessEndedError
   * @example
   * await using page = await environment.attach();
   * page.dieWhenLinkDies(false);
   * await page.spawn(() => Promise.reject(new Error("no luck")), { link: 2 });
   * console.log((await page.receive({ tags: [2] })).type); // linkDied
   */
  spawn(body: PageProcessFunction, options?: PageProcessOptions & LinkOptions): Promise<SpawnedPageProcess>;

  /**
   * Ends the process: normally, or with a failure that takes its links along. Idempotent.
   * @example
   * const page = await environment.attach({ name: "page" });
   * await page.close(new Error("the visitor left"));
   */
  close(failure?: Error): Promise<void>;
}
