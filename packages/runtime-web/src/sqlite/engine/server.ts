import { isPrivateDatabase } from "../../abi/databasePath.ts";
import type { DatabaseAnswer, DatabaseCommand, DatabaseRequest } from "../../abi/databases.ts";
import { isNoSpace } from "../../storage/volume/volume.ts";
import { Authorizer } from "./authorizer.ts";
import { Binder } from "./bindings.ts";
import { BLOCKED, Connection, type Outcome, type Outcomes, type Tools } from "./connection.ts";
import { CODE, type Sqlite } from "./library.ts";
import { RowWriters } from "./rowWriter.ts";
import { SlicedSteps } from "./slicedSteps.ts";
import type { DatabaseStore } from "./store.ts";

/** Open at the same time, of all processes: each takes some 100 KB and a place in the engine's lists. */
export const MAX_CONNECTIONS = 1000;
/** How many in a row are tried in vain when a lock has become free; see `#lockReleased`. */
const TRIES_IN_VAIN = 16;
const NOTHING = new Uint8Array(0);
const ATTACHES = /\b(attach|vacuum)\b/i;

type Answer = (answer: DatabaseAnswer) => void;
type ConnectionRequest = Exclude<DatabaseRequest, { type: "open" }>;

/** A request that waits until others let go of their locks. */
interface Waiting {
  readonly connection: Connection;
  readonly request: ConnectionRequest;
  readonly answer: Answer;
  readonly timer: ReturnType<typeof setTimeout>;
}

/** Whose connections they are: an executor, or the page. */
interface Client {
  readonly connections: Map<number, Connection>;
  /** Being opened; false: closed meanwhile. */
  readonly opening: Map<number, boolean>;
}

/**
 * Runs the requests of all processes on one thread. A lock is waited for here, in a queue, while others go on; a statement
 * that takes long is suspended for them again and again.
 */
export class DatabaseServer {
  readonly sqlite: Sqlite;
  #store: DatabaseStore;
  readonly authorizer: Authorizer;
  readonly steps: SlicedSteps;
  readonly #tools: Tools;
  readonly #clients = new Map<number, Client>();
  /** By the key of their database, who came first is first. */
  readonly #waiting = new Map<string, Waiting[]>();
  /** Connections whose statement takes long, with what happens when it has ended. */
  readonly #running = new Map<Connection, Promise<void>>();
  #count = 0;

  constructor(sqlite: Sqlite, store: DatabaseStore) {
    this.sqlite = sqlite;
    this.#store = store;
    this.authorizer = new Authorizer(sqlite);
    this.steps = new SlicedSteps(sqlite);
    this.#tools = { sqlite, binder: new Binder(sqlite), rows: new RowWriters(sqlite), steps: this.steps };
  }

  get store(): DatabaseStore {
    return this.#store;
  }

  /** Takes another place for databases, after `close`. */
  use(store: DatabaseStore): void {
    this.#store = store;
  }

  /**
   * @param message the bytes in it are only valid until this returns
   * @param answer called once, now or later, and before that with "waits" for a request that waits; not for a command,
   *   nor for a request that waits and whose connection is closed
   */
  handle(client: number, message: DatabaseRequest | DatabaseCommand, tell: Answer): void {
    const own = this.#client(client);
    const answer: Answer = this.store.settle === undefined ? tell : (given) => this.#answerKept(given, tell);
    if (message.type === "open") {
      void this.#open(own, message, answer);
      return;
    }
    if (message.type === "close") {
      this.#close(own, message.connection);
      return;
    }
    const connection = own.connections.get(message.connection);
    if (connection === undefined) {
      answer({ type: "failed", code: CODE.misuse, message: "the connection is closed" });
      return;
    }
    if (message.type === "reset") connection.reset(message.statement);
    else if (message.type === "finalize") connection.finalize(message.statement);
    else if (message.type !== "step" && ATTACHES.test(message.sql))
      this.#runWithRoom(connection, message, answer);
    else this.#run(connection, message, answer);
    this.#settle(connection);
  }

  /** Closes what it has open. */
  clientLost(client: number): void {
    const own = this.#clients.get(client);
    if (own === undefined) return;
    for (const number of own.opening.keys()) own.opening.set(number, false);
    for (const number of [...own.connections.keys()]) this.#close(own, number);
    this.#clients.delete(client);
  }

  /**
   * Closes every connection, and the place of the databases.
   * @throws VolumeError what was written last could not be kept
   */
  async close(): Promise<void> {
    for (const client of [...this.#clients.keys()]) this.clientLost(client);
    await Promise.all(this.#running.values());
    await this.#store.close();
  }

  /** Whether statements wait for their next slice, which the event loop brings. */
  get hasSuspended(): boolean {
    return this.steps.hasSuspended;
  }

  /** Connections to the database of this path. */
  connectionsTo(path: string): number {
    let count = 0;
    for (const { connections } of this.#clients.values()) {
      for (const { key } of connections.values()) if (key === path) count++;
    }
    return count;
  }

  /** Somebody outside has written: who waits for a lock may have it now. */
  lockReleased(path: string): void {
    this.#lockReleased(path);
  }

  #client(number: number): Client {
    let client = this.#clients.get(number);
    if (client === undefined) {
      client = { connections: new Map(), opening: new Map() };
      this.#clients.set(number, client);
    }
    return client;
  }

  async #open(
    client: Client,
    { connection: number, path, directories }: Extract<DatabaseRequest, { type: "open" }>,
    answer: Answer,
  ): Promise<void> {
    const fail = (message: string): void => answer({ type: "failed", code: CODE.cantOpen, message });
    if (this.#count >= MAX_CONNECTIONS) {
      fail(`there are ${MAX_CONNECTIONS} open connections already; end processes that hold some`);
      return;
    }
    this.#count++;
    client.opening.set(number, true);
    const isPrivate = isPrivateDatabase(path);
    try {
      if (!isPrivate) await this.#store.reserve(path);
    } catch (error) {
      client.opening.delete(number);
      this.#count--;
      if (isNoSpace(error)) answer(notKept(error));
      else fail(error instanceof Error ? error.message : String(error));
      return;
    }
    const isWanted = client.opening.get(number);
    client.opening.delete(number);
    const opened = isWanted ? this.sqlite.open(path, isPrivate ? undefined : this.#store.vfs) : undefined;
    if (opened === undefined || !("db" in opened)) {
      this.#count--;
      if (opened === undefined) fail("the connection was closed meanwhile");
      else answer({ type: "failed", ...opened });
      return;
    }
    const { db } = opened;
    this.authorizer.rule(db, directories);
    this.steps.watch(db);
    const connection = new Connection(db, isPrivate ? undefined : path, this.#tools, this.#store.setUp);
    client.connections.set(number, connection);
    answer({ type: "done", changes: 0 });
  }

  /** What it may attach, or write by VACUUM INTO, needs room for its files. */
  #runWithRoom(connection: Connection, request: ConnectionRequest, answer: Answer): void {
    const room = this.#store.reserveMore();
    if (room === undefined) {
      this.#run(connection, request, answer);
      return;
    }
    const run = (): void => {
      if (!connection.isClosed) this.#run(connection, request, answer);
    };
    // Where there is none sqlite says so, of the file that it cannot open.
    room.then(run, run);
  }

  #run(connection: Connection, request: ConnectionRequest, answer: Answer): void {
    const outcome = connection.attempt(request, false);
    if (outcome instanceof Promise) this.#follow(connection, request, answer, outcome);
    else if (outcome === BLOCKED) this.#wait(connection, request, answer);
    else this.#answer(connection, outcome, answer);
  }

  #wait(connection: Connection, request: ConnectionRequest, answer: Answer): void {
    answer({ type: "waits" });
    const key = connection.key ?? "";
    const queue = this.#waiting.get(key) ?? [];
    this.#waiting.set(key, queue);
    const waiting: Waiting = {
      connection,
      // It is bound already, to the statement that waits.
      request: request.type === "step" ? { ...request, reset: false, bindings: NOTHING } : request,
      answer,
      timer: setTimeout(() => this.#giveUp(key, waiting), connection.busyTimeoutMs),
    };
    queue.push(waiting);
  }

  /** A statement takes long; its answer comes when it has ended, unless its connection was closed meanwhile. */
  #follow(
    connection: Connection,
    request: ConnectionRequest,
    answer: Answer,
    outcome: Promise<Outcome>,
  ): void {
    const ended = outcome.then((late) => {
      this.#running.delete(connection);
      if (connection.isClosed) {
        this.#finish(connection);
        return;
      }
      if (late === BLOCKED) this.#wait(connection, request, answer);
      connection.takeReleased();
      // What it held while it was suspended stood in the way of others.
      this.#released(connection);
      if (late !== BLOCKED) answer(late);
    });
    this.#running.set(connection, ended);
    // The engine itself has failed: nobody's database can be used any more.
    ended.catch((error: unknown) => setTimeout(() => throwError(error)));
  }

  /** Who was waiting for its lock is answered before it: a deterministic run goes on with its answer. */
  #answer(connection: Connection, outcome: DatabaseAnswer, answer: Answer): void {
    if (!connection.takeReleased()) {
      answer(outcome);
      return;
    }
    // The rows lie where those of the next answer will.
    const kept = outcome.type === "rows" ? { ...outcome, rows: outcome.rows.slice() } : outcome;
    this.#released(connection);
    answer(kept);
  }

  /** Nobody is told of what would be gone with the tab. */
  #answerKept(given: DatabaseAnswer, tell: Answer): void {
    const settling = given.type === "waits" ? undefined : this.store.settle?.();
    if (settling === undefined) {
      tell(given);
      return;
    }
    // The rows lie where those of the next answer will.
    const kept = given.type === "rows" ? { ...given, rows: given.rows.slice() } : given;
    settling.then(
      () => tell(kept),
      (error: unknown) => tell(notKept(error)),
    );
  }

  #settle(connection: Connection): void {
    if (connection.takeReleased()) this.#released(connection);
  }

  #released({ key, attaches }: Connection): void {
    if (key !== undefined) this.#lockReleased(key);
    for (const [other, queue] of [...this.#waiting]) {
      if (attaches || queue.some(({ connection }) => connection.attaches)) this.#lockReleased(other);
    }
  }

  /**
   * Lets those go on who wait for locks of this database. Who holds a lock himself goes first, for the others wait for
   * him; then who came first. When many writers wait only one of them can go on, so after some tries in vain the others
   * are left where they are: their turn comes with the next lock that is let go.
   */
  #lockReleased(key: string): void {
    for (let hasReleased = true; hasReleased; ) {
      hasReleased = false;
      const queue = this.#waiting.get(key);
      if (queue === undefined) return;
      const order = [
        ...queue.filter(({ connection }) => connection.holdsLock),
        ...queue.filter(({ connection }) => !connection.holdsLock),
      ];
      let inVain = 0;
      for (const waiting of order) {
        const { connection, request, answer } = waiting;
        const outcome: Outcomes = connection.attempt(request, false);
        if (outcome === BLOCKED) {
          if (!connection.holdsLock && ++inVain === TRIES_IN_VAIN) break;
          continue;
        }
        this.#forget(key, waiting);
        if (outcome instanceof Promise) {
          this.#follow(connection, request, answer, outcome);
          continue;
        }
        answer(outcome);
        // A transaction of one statement has come and gone: nothing is as it was for those before.
        if (connection.takeReleased()) hasReleased = true;
      }
    }
  }

  #giveUp(key: string, waiting: Waiting): void {
    const { connection, request, answer } = waiting;
    this.#forget(key, waiting);
    const outcome = connection.attempt(request, true);
    if (outcome instanceof Promise) {
      this.#follow(connection, request, answer, outcome);
      return;
    }
    if (outcome === BLOCKED) throw new Error("the last attempt of a request was blocked");
    this.#answer(connection, outcome, answer);
  }

  #forget(key: string, waiting: Waiting): void {
    clearTimeout(waiting.timer);
    const queue = this.#waiting.get(key)!;
    queue.splice(queue.indexOf(waiting), 1);
    if (queue.length === 0) this.#waiting.delete(key);
  }

  #close(client: Client, number: number): void {
    if (client.opening.has(number)) client.opening.set(number, false);
    const connection = client.connections.get(number);
    if (connection === undefined) return;
    client.connections.delete(number);
    const key = connection.key ?? "";
    for (const waiting of [...(this.#waiting.get(key) ?? [])]) {
      if (waiting.connection === connection) this.#forget(key, waiting);
    }
    connection.isClosed = true;
    if (this.#running.has(connection)) connection.interrupt();
    else this.#finish(connection);
  }

  #finish(connection: Connection): void {
    this.authorizer.forget(connection.db);
    connection.close();
    this.#count--;
    this.#released(connection);
  }
}

function throwError(error: unknown): never {
  throw error;
}

function notKept(error: unknown): DatabaseAnswer {
  const message = error instanceof Error ? error.message : String(error);
  return { type: "failed", code: isNoSpace(error) ? CODE.full : CODE.ioError, message };
}
