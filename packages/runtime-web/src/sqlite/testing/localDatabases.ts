import type { DatabaseAnswer, DatabaseCommand, DatabaseRequest, Databases } from "../../abi/databases.ts";
import {
  decodeDatabaseAnswer,
  decodeDatabaseRequest,
  encodeDatabaseAnswer,
  encodeDatabaseRequest,
} from "../../protocol/databaseCodec.ts";
import { Sqlite } from "../engine/library.ts";
import { DatabaseServer } from "../engine/server.ts";
import { MemoryStore } from "../engine/store.ts";

let loading: Promise<Sqlite> | undefined;

/** A server with databases in memory. The engine is loaded once for all of them, so they have to be closed. */
export async function createServer(): Promise<DatabaseServer> {
  loading ??= Sqlite.load();
  const sqlite = await loading;
  return new DatabaseServer(sqlite, new MemoryStore(sqlite));
}

/** The databases of one client of a server in the same thread; what passes between them is encoded all the same. */
export class LocalDatabases implements Databases {
  readonly directories = new Set(["/"]);
  readonly commands: DatabaseCommand[] = [];
  /** Answered so far. */
  answers = 0;
  readonly #server: DatabaseServer;
  readonly #client: number;
  #next = 1;

  constructor(server: DatabaseServer, client = 0) {
    this.#server = server;
    this.#client = client;
  }

  nextNumber(): number {
    return this.#next++;
  }

  ask(request: DatabaseRequest, answer: (answer: DatabaseAnswer) => void): number {
    const { message } = decodeDatabaseRequest(copy(encodeDatabaseRequest(1, request)));
    this.#server.handle(this.#client, message, (given) => {
      if (given.type === "waits") return;
      this.answers++;
      answer(decodeDatabaseAnswer(copy(encodeDatabaseAnswer(1, given))).answer);
    });
    return 0;
  }

  tell(command: DatabaseCommand): void {
    this.commands.push(command);
    this.#server.handle(this.#client, command, () => {});
  }

  hasDirectory(_: unknown, path: string): boolean {
    return this.directories.has(path);
  }
}

function copy(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  return bytes.slice() as Uint8Array<ArrayBuffer>;
}
