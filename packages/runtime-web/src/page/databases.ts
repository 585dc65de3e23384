import * as Comlink from "comlink";
import {
  createDatabaseBells,
  type DatabaseLinkEnds,
  linkByPort,
  linkByRings,
} from "../protocol/databaseLink.ts";
import type { PageToExecutor } from "../protocol/hubExecutor.ts";
import type {
  DatabaseOutcome,
  DatabasePlace,
  DatabaseRows,
  DatabaseService,
  DatabaseSummary,
  DatabaseValue,
} from "../protocol/pageDatabases.ts";
import type { Databases } from "./databaseTypes.ts";
import { DatabaseError, RunError } from "./errors.ts";
import { startDatabaseWorker } from "./workers.ts";

const DEFAULT_MAX_ROWS = 10_000;
/** A worker that is in the middle of a long statement is not waited for. */
const CLOSE_PATIENCE_MS = 1000;

/** What the databases of a runtime need of it. */
export interface DatabasesOptions {
  readonly executors: number;
  readonly hasRings: boolean;
  readonly persist: string | undefined;
  readonly backing: "indexedDB" | undefined;
  tellExecutor(executor: number, message: PageToExecutor): void;
}

interface Started {
  readonly worker: Worker;
  readonly service: Comlink.Remote<DatabaseService>;
  place: DatabasePlace;
}

/** The databases of a runtime. Their worker is started when somebody first wants one. */
export class PageDatabases implements Databases {
  readonly #options: DatabasesOptions;
  #persist: string | undefined;
  readonly #links = new Map<number, DatabaseLinkEnds>();
  readonly #failed = Promise.withResolvers<never>();
  #bells: SharedArrayBuffer | undefined;
  #starting: Promise<Started> | undefined;
  #isClosed = false;

  constructor(options: DatabasesOptions) {
    this.#options = options;
    this.#persist = options.persist;
    // Without a listener a failure before the first call would count as unhandled.
    this.#failed.promise.catch(() => {});
  }

  async list(): Promise<readonly DatabaseSummary[]> {
    // Without a worker there is none in memory; a store that is kept may have some.
    if (this.#starting === undefined && this.#persist === undefined) return [];
    const { service } = await this.#start();
    return this.#call(service.list());
  }

  async query(
    name: string,
    sql: string,
    parameters: readonly DatabaseValue[] | Readonly<Record<string, DatabaseValue>> = [],
    { maxRows = DEFAULT_MAX_ROWS }: { maxRows?: number } = {},
  ): Promise<DatabaseRows> {
    if (!Number.isInteger(maxRows) || maxRows < 0) {
      throw new RangeError(`maxRows must be a whole number from 0 on, not ${maxRows}`);
    }
    const { service } = await this.#start();
    return unwrap(await this.#call(service.query(name, sql, parameters, maxRows)));
  }

  async import(name: string, bytes: Uint8Array | ArrayBuffer | Blob): Promise<void> {
    const { service } = await this.#start();
    unwrap(await this.#call(service.importDatabase(name, await bytesOf(bytes))));
  }

  async download(name: string): Promise<Uint8Array<ArrayBuffer>> {
    const { service } = await this.#start();
    return unwrap(await this.#call(service.exportDatabase(name)));
  }

  async remove(name: string): Promise<void> {
    const { service } = await this.#start();
    unwrap(await this.#call(service.remove(name)));
  }

  async place(): Promise<DatabasePlace> {
    return (await this.#start()).place;
  }

  /** All later databases are those that are kept under another name, or none yet, in memory. No process may live. */
  async change(persist: string | undefined): Promise<void> {
    this.#persist = persist;
    // Before the engine is there it has nothing to let go of.
    const started = await this.#starting?.catch(() => undefined);
    if (started === undefined) return;
    const outcome = await this.#call(started.service.change(persist, this.#options.backing));
    started.place = outcome.ok ? outcome.value : { isPersistent: false, note: outcome.fault.message };
    this.#tellNote(started.place);
  }

  /** An executor has asked for the way to the databases, maybe again. */
  async wanted(executor: number): Promise<void> {
    try {
      const { service } = await this.#start();
      const known = this.#links.get(executor);
      const ends = known ?? this.#link(executor);
      if (known === undefined) {
        this.#links.set(executor, ends);
        const { ofWorker } = ends;
        const ports = ofWorker.type === "port" ? [ofWorker.port] : [];
        await this.#call(service.connect(executor, Comlink.transfer(ofWorker, ports)));
      } else if (ends.ofExecutor.type === "port") return;
      this.#options.tellExecutor(executor, { type: "databases", link: ends.ofExecutor });
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      this.#options.tellExecutor(executor, { type: "databasesLost", message, isFinal: false });
    }
  }

  /** Its processes' transactions are rolled back. */
  async executorLost(executor: number): Promise<void> {
    if (this.#isClosed || !this.#links.has(executor)) return;
    const { service } = await this.#start();
    // A worker that is gone has told so, and has no transactions left.
    await this.#call(service.executorLost(executor)).catch(() => {});
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    const started = await this.#starting?.catch(() => undefined);
    if (started === undefined) return;
    await Promise.race([started.service.close(), after(CLOSE_PATIENCE_MS)]);
    this.#failed.reject(new RunError("The runtime was closed meanwhile; make a new one"));
    started.service[Comlink.releaseProxy]();
    started.worker.terminate();
  }

  #start(): Promise<Started> {
    if (this.#isClosed) throw new RunError("The runtime is closed; make a new one");
    if (this.#starting === undefined) {
      const starting = this.#startWorker();
      this.#starting = starting;
      // What was in the way may be gone the next time: another tab, say.
      starting.catch(() => {
        this.#starting = undefined;
      });
    }
    return this.#starting;
  }

  async #startWorker(): Promise<Started> {
    const worker = await startDatabaseWorker();
    worker.onerror = (event) => this.#workerLost(event.message ?? "its worker crashed");
    const service = Comlink.wrap<DatabaseService>(worker);
    try {
      const place = unwrap(await this.#call(service.start(this.#persist, this.#options.backing)));
      this.#tellNote(place);
      return { worker, service, place };
    } catch (error) {
      worker.terminate();
      throw error;
    }
  }

  #tellNote({ note }: DatabasePlace): void {
    if (note !== undefined) console.warn(`Lunatic Web: ${note}`);
  }

  #workerLost(reason: string): void {
    const message = `The databases were lost: ${reason}. Make a new runtime to use them again`;
    console.error(`Lunatic Web: ${message}`);
    this.#failed.reject(new DatabaseError("unavailable", message));
    for (let executor = 0; executor < this.#options.executors; executor++) {
      this.#options.tellExecutor(executor, { type: "databasesLost", message, isFinal: true });
    }
  }

  #link(executor: number): DatabaseLinkEnds {
    if (!this.#options.hasRings) return linkByPort();
    this.#bells ??= createDatabaseBells(this.#options.executors);
    return linkByRings(executor, this.#bells);
  }

  /** Calls to a worker that is gone never settle (comlink). */
  #call<T>(call: T): Promise<Awaited<T>> {
    return Promise.race([call, this.#failed.promise]);
  }
}

/** @throws DatabaseError */
function unwrap<T>(outcome: DatabaseOutcome<T>): T {
  if (outcome.ok) return outcome.value;
  throw new DatabaseError(outcome.fault.kind, outcome.fault.message);
}

async function bytesOf(source: Uint8Array | ArrayBuffer | Blob): Promise<Uint8Array> {
  if (source instanceof Uint8Array) return source;
  return new Uint8Array(source instanceof ArrayBuffer ? source : await source.arrayBuffer());
}

function after(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
