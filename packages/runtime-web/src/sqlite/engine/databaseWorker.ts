import * as Comlink from "comlink";
import type { DatabaseLink } from "../../protocol/databaseLink.ts";
import type {
  DatabaseOutcome,
  DatabasePlace,
  DatabaseRows,
  DatabaseService,
  DatabaseSummary,
} from "../../protocol/pageDatabases.ts";
import { Sqlite } from "./library.ts";
import { DatabaseLines } from "./lines.ts";
import { inMemory, openStore } from "./openStore.ts";
import { DatabaseServer } from "./server.ts";
import { DatabaseViewer, type Parameters } from "./viewer.ts";

/** The database worker, as the page speaks to it. */
export class DatabaseWorker implements DatabaseService {
  #server!: DatabaseServer;
  #release = () => {};
  #lines!: DatabaseLines;
  #viewer!: DatabaseViewer;

  async start(
    persist: string | undefined,
    backing: "indexedDB" | undefined,
  ): Promise<DatabaseOutcome<DatabasePlace>> {
    const sqlite = await Sqlite.load();
    const opened = await openStore(sqlite, persist, backing);
    if (!opened.ok) return opened;
    const { store, isPersistent, note, release } = opened.value;
    this.#release = release;
    this.#server = new DatabaseServer(sqlite, store);
    this.#lines = new DatabaseLines(this.#server);
    this.#viewer = new DatabaseViewer(this.#server);
    return { ok: true, value: { isPersistent, note } };
  }

  async change(
    persist: string | undefined,
    backing: "indexedDB" | undefined,
  ): Promise<DatabaseOutcome<DatabasePlace>> {
    const { sqlite } = this.#server;
    await this.#server.close();
    this.#release();
    const opened = await openStore(sqlite, persist, backing);
    const { store, isPersistent, note, release } = opened.ok
      ? opened.value
      : inMemory(sqlite, opened.fault.message);
    this.#release = release;
    this.#server.use(store);
    return opened.ok ? { ok: true, value: { isPersistent, note } } : opened;
  }

  async connect(executor: number, link: DatabaseLink): Promise<void> {
    this.#lines.open(executor, link);
  }

  async executorLost(executor: number): Promise<void> {
    this.#lines.close(executor);
    this.#server.clientLost(executor);
  }

  list(): Promise<DatabaseSummary[]> {
    return this.#viewer.list();
  }

  query(
    name: string,
    sql: string,
    parameters: Parameters,
    maxRows: number,
  ): Promise<DatabaseOutcome<DatabaseRows>> {
    return this.#viewer.query(name, sql, parameters, maxRows);
  }

  importDatabase(name: string, bytes: Uint8Array): Promise<DatabaseOutcome<undefined>> {
    return this.#viewer.importDatabase(name, bytes);
  }

  async exportDatabase(name: string): Promise<DatabaseOutcome<Uint8Array<ArrayBuffer>>> {
    const outcome = await this.#viewer.exportDatabase(name);
    return outcome.ok ? Comlink.transfer(outcome, [outcome.value.buffer]) : outcome;
  }

  remove(name: string): Promise<DatabaseOutcome<undefined>> {
    return this.#viewer.remove(name);
  }

  async close(): Promise<void> {
    await this.#server.close();
  }
}
