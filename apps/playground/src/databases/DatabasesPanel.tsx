import { useSignal } from "@preact/signals";
import { useEffect, useMemo } from "preact/hooks";
import { AskButton } from "../app/AskButton.tsx";
import type { PlacedFile } from "../app/droppedEntries.ts";
import { FileButton, takeDrops } from "../app/FileButton.tsx";
import { offerFile } from "../app/offerFile.ts";
import { StorageRoom } from "../storage/StorageRoom.tsx";
import { formatBytes } from "../view/format.ts";
import type { ViewContext } from "../view/viewContext.ts";
import { DatabaseDesk, quoteName, type TableInfo } from "./databaseDesk.ts";
import { ResultTable } from "./ResultTable.tsx";
import "../style/storage.css";
import "./databases.css";

/** While somebody else has the databases. */
const ASK_AGAIN_MS = 2_000;

/** The databases of the project: tables, a box for SQL that may only read, import and download. */
export function DatabasesPanel(context: ViewContext) {
  const { storage } = context.workbench;
  const resets = useSignal(0);
  return (
    <div class="storage" data-testid="databases">
      <StorageRoom context={context} onReset={() => resets.value++}>
        <ProjectDatabases key={`${resets.value} ${storage.owner.value?.name}`} {...context} />
      </StorageRoom>
    </div>
  );
}

function ProjectDatabases({ session, workbench: { storage } }: ViewContext) {
  const desk = useMemo(
    () => new DatabaseDesk(async () => (await storage.runtime()).databases, storage.written),
    [storage],
  );
  const sql = useSignal("");
  const phase = session.phase.value;
  // A run makes databases, and lets go of them when it ends.
  useEffect(() => void desk.refresh(), [desk, phase]);
  const isTaken = desk.isTaken.value;
  useEffect(() => {
    if (!isTaken) return;
    const timer = setTimeout(() => void desk.refresh(), ASK_AGAIN_MS);
    return () => clearTimeout(timer);
  }, [desk, isTaken]);

  const run = () => void desk.query(sql.value);
  const show = (table: TableInfo) => {
    sql.value = `select * from ${quoteName(table.name)}`;
    run();
  };
  const take = async (files: Iterable<PlacedFile> | AsyncIterable<PlacedFile>) => {
    for await (const { file } of files) await desk.import(file);
  };
  const result = desk.result.value;
  const isEmpty = desk.chosen.value === undefined;
  return (
    <div class="storage-body" {...takeDrops((files) => void take(files))}>
      <div class="storage-bar">
        <DatabaseChoice desk={desk} />
        <button type="button" data-testid="database-refresh" onClick={() => void desk.refresh()}>
          Refresh
        </button>
        <FileButton label="Import" testId="database-import" onFiles={(files) => void take(files)} />
        <button
          type="button"
          data-testid="database-download"
          disabled={isEmpty}
          onClick={() => void download(desk)}
        >
          Download
        </button>
        <AskButton
          key={desk.chosen.value}
          label="Delete"
          question={`Delete “${desk.chosen.value}”?`}
          confirmLabel="Delete"
          testId="database-delete"
          isDisabled={isEmpty}
          onConfirm={() => void desk.remove()}
        />
      </div>
      {isEmpty ? (
        <p class="empty-hint">
          No database yet. Run a program that opens one, such as “A guest book”, or import a file of SQLite.
        </p>
      ) : (
        <>
          <ul class="database-tables" aria-label="Tables">
            {desk.tables.value.map((table) => (
              <li key={table.name}>
                <button type="button" class="link" onClick={() => show(table)}>
                  {table.name}
                </button>{" "}
                <span class="description">
                  {table.columns
                    .map(({ name, type }) => (type === "" ? name : `${name} ${type.toLowerCase()}`))
                    .join(", ")}
                </span>
              </li>
            ))}
          </ul>
          <form
            class="database-query"
            onSubmit={(event) => {
              event.preventDefault();
              run();
            }}
          >
            <textarea
              rows={2}
              aria-label="SQL that reads"
              placeholder="select … (Ctrl+Enter runs it; it can only read)"
              data-testid="database-sql"
              spellcheck={false}
              value={sql.value}
              onInput={(event) => {
                sql.value = event.currentTarget.value;
              }}
              onKeyDown={(event) => {
                if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
                event.preventDefault();
                run();
              }}
            />
            <button type="submit" data-testid="database-run" disabled={desk.isBusy.value}>
              Run
            </button>
          </form>
          {result && <ResultTable {...result} />}
        </>
      )}
      {desk.error.value !== undefined && (
        <p class="storage-error" role="alert" data-testid="database-error">
          {desk.error.value}
        </p>
      )}
    </div>
  );
}

function DatabaseChoice({ desk }: { readonly desk: DatabaseDesk }) {
  const list = desk.list.value;
  if (list.length === 0) return null;
  return (
    <select
      aria-label="Database"
      data-testid="database-choice"
      value={desk.chosen.value}
      onChange={(event) => void desk.choose(event.currentTarget.value)}
    >
      {list.map(({ name, sizeBytes, connections }) => (
        <option key={name} value={name}>
          {name} · {sizeBytes === undefined ? "being written" : formatBytes(sizeBytes)}
          {connections > 0 && ` · open ${connections} times`}
        </option>
      ))}
    </select>
  );
}

async function download(desk: DatabaseDesk): Promise<void> {
  const bytes = await desk.download();
  if (bytes === undefined) return;
  const name = (desk.chosen.value ?? "database.db").split("/").at(-1)!;
  offerFile(name, new Blob([bytes], { type: "application/vnd.sqlite3" }));
}
