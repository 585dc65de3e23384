import { DatabaseError, type DatabaseRows, type DatabaseSummary, type Databases } from "@lunatic-web/runtime";
import { type ReadonlySignal, signal } from "@preact/signals";

/** Rows of a result that are fetched and shown. */
export const MAX_ROWS = 1000;

/** A table or view of the chosen database. */
export interface TableInfo {
  readonly name: string;
  readonly kind: string;
  readonly columns: readonly { readonly name: string; readonly type: string }[];
}

const TABLES = `
  select s.name, s.type, c.name, c.type
  from sqlite_schema s, pragma_table_info(s.name) c
  where s.type in ('table', 'view') and s.name not like 'sqlite\\_%' escape '\\'
  order by s.name, c.cid`;

/** What a visitor sees and does of the databases of a runtime. */
export class DatabaseDesk {
  readonly #databases: () => Promise<Databases>;
  readonly #written: () => Promise<void>;
  readonly #list = signal<readonly DatabaseSummary[]>([]);
  readonly #chosen = signal<string | undefined>(undefined);
  readonly #tables = signal<readonly TableInfo[]>([]);
  readonly #result = signal<DatabaseRows | undefined>(undefined);
  readonly #error = signal<string | undefined>(undefined);
  readonly #isBusy = signal(false);
  readonly #isTaken = signal(false);

  /** @param written called when the visitor has changed something, and waited for before that is shown */
  constructor(databases: () => Promise<Databases>, written: () => Promise<void> = async () => {}) {
    this.#databases = databases;
    this.#written = written;
  }

  get list(): ReadonlySignal<readonly DatabaseSummary[]> {
    return this.#list;
  }

  get chosen(): ReadonlySignal<string | undefined> {
    return this.#chosen;
  }

  get tables(): ReadonlySignal<readonly TableInfo[]> {
    return this.#tables;
  }

  get result(): ReadonlySignal<DatabaseRows | undefined> {
    return this.#result;
  }

  get error(): ReadonlySignal<string | undefined> {
    return this.#error;
  }

  /** Somebody else has the databases: a tab that was just closed, say. It is worth asking again. */
  get isTaken(): ReadonlySignal<boolean> {
    return this.#isTaken;
  }

  get isBusy(): ReadonlySignal<boolean> {
    return this.#isBusy;
  }

  /** Looks for databases and tables that are there now. The first one is chosen if none is. */
  refresh(): Promise<void> {
    return this.#attempt((databases) => this.#look(databases));
  }

  choose(name: string): Promise<void> {
    this.#chosen.value = name;
    this.#result.value = undefined;
    return this.refresh();
  }

  query(sql: string): Promise<void> {
    const name = this.#chosen.value;
    return this.#attempt(async (databases) => {
      this.#result.value = undefined;
      if (name === undefined) return;
      const result = await databases.query(name, sql, [], { maxRows: MAX_ROWS });
      if (this.#chosen.value === name) this.#result.value = result;
    });
  }

  import(file: File): Promise<void> {
    return this.#attempt(async (databases) => {
      const name = `/${file.name}`;
      await databases.import(name, file);
      await this.#written();
      this.#chosen.value = name;
      await this.#look(databases);
    });
  }

  /** The file of the chosen database; undefined after a failure, which is told. */
  async download(): Promise<Uint8Array<ArrayBuffer> | undefined> {
    let bytes: Uint8Array<ArrayBuffer> | undefined;
    await this.#attempt(async (databases) => {
      bytes = await databases.download(this.#chosen.value ?? "");
    });
    return bytes;
  }

  remove(): Promise<void> {
    return this.#attempt(async (databases) => {
      await databases.remove(this.#chosen.value ?? "");
      this.#chosen.value = undefined;
      this.#result.value = undefined;
      await this.#look(databases);
    });
  }

  async #look(databases: Databases): Promise<void> {
    this.#list.value = await databases.list();
    const names = this.#list.value.map(({ name }) => name);
    const chosen = this.#chosen.value;
    const name = chosen !== undefined && names.includes(chosen) ? chosen : names[0];
    this.#chosen.value = name;
    const tables = name === undefined ? [] : await tablesOf(databases, name);
    // Another one may have been chosen meanwhile.
    if (this.#chosen.value === name) this.#tables.value = tables;
  }

  async #attempt(action: (databases: Databases) => Promise<void>): Promise<void> {
    this.#error.value = undefined;
    this.#isBusy.value = true;
    this.#isTaken.value = false;
    try {
      await action(await this.#databases());
    } catch (thrown) {
      // Also what the browser says of a file of the visitor's that cannot be read.
      if (!(thrown instanceof DatabaseError || thrown instanceof DOMException)) throw thrown;
      this.#error.value = thrown.message;
      this.#isTaken.value = thrown instanceof DatabaseError && thrown.kind === "unavailable";
    } finally {
      this.#isBusy.value = false;
    }
  }
}

async function tablesOf(databases: Databases, name: string): Promise<TableInfo[]> {
  const { rows } = await databases.query(name, TABLES);
  const tables = new Map<string, { name: string; kind: string; columns: { name: string; type: string }[] }>();
  for (const row of rows) {
    const [table, kind, column, type] = row.map(String) as [string, string, string, string];
    const known = tables.get(table) ?? { name: table, kind, columns: [] };
    known.columns.push({ name: column, type });
    tables.set(table, known);
  }
  return [...tables.values()];
}

/** A name as SQL writes it, whatever is in it. */
export function quoteName(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
