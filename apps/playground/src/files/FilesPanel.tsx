import { useSignal } from "@preact/signals";
import { useEffect, useMemo } from "preact/hooks";
import { FileButton, takeDrops } from "../app/FileButton.tsx";
import { offerFile } from "../app/offerFile.ts";
import { StorageRoom } from "../storage/StorageRoom.tsx";
import { formatBytes, formatCount } from "../view/format.ts";
import type { ViewContext } from "../view/viewContext.ts";
import { FileContent } from "./FileContent.tsx";
import { FileTree } from "./FileTree.tsx";
import { FileDesk } from "./fileDesk.ts";
import "../style/storage.css";
import "./files.css";

const GLANCE_MS = 1_000;

/** The files of the project: tree, content, who has one open. */
export function FilesPanel(context: ViewContext) {
  const { storage } = context.workbench;
  return (
    <div class="storage" data-testid="files">
      <StorageRoom context={context} onReset={() => {}}>
        <ProjectFiles key={storage.owner.value?.name} {...context} />
      </StorageRoom>
    </div>
  );
}

function ProjectFiles({ session, workbench: { storage }, focus }: ViewContext) {
  const desk = useMemo(
    () => new FileDesk(async () => (await storage.runtime()).files, storage.written),
    [storage],
  );
  const newName = useSignal("");
  const phase = session.phase.value;
  useEffect(() => {
    let isWanted = true;
    void desk.follow(() => isWanted);
    return () => {
      isWanted = false;
    };
  }, [desk]);
  // That a run ends closes its files, which is no change of them.
  useEffect(() => void desk.refresh(), [desk, phase]);

  // Nor is that a process opens or closes one.
  useEffect(() => {
    if (phase !== "running") return;
    const timer = setInterval(() => void desk.glance(), GLANCE_MS);
    return () => clearInterval(timer);
  }, [desk, phase]);

  const upload = (files: Parameters<FileDesk["upload"]>[0]) => void desk.upload(files);
  const uploading = desk.uploading.value;
  const usage = desk.usage.value;
  const isEmpty = desk.rows.value.length === 0;
  return (
    <div class="storage-body" {...takeDrops(upload)}>
      <div class="storage-bar">
        <form
          onSubmit={(event) => {
            event.preventDefault();
            if (newName.value !== "") void desk.make(newName.value);
            newName.value = "";
          }}
        >
          <input
            type="text"
            aria-label="Path of a new file, or of a new directory with a slash at its end"
            placeholder="new/file.txt"
            data-testid="file-new"
            value={newName.value}
            onInput={(event) => {
              newName.value = event.currentTarget.value;
            }}
          />
          <button type="submit" data-testid="file-make">
            New
          </button>
        </form>
        <FileButton label="Upload" testId="file-upload" isMultiple onFiles={upload} />
        <FileButton label="Folder" testId="file-upload-folder" isFolder onFiles={upload} />
        <button
          type="button"
          data-testid="file-download"
          disabled={isEmpty}
          onClick={() => void download(desk)}
        >
          Download
        </button>
        <button type="button" data-testid="file-refresh" onClick={() => void desk.refresh()}>
          Refresh
        </button>
        {usage && (
          <span class="description">
            {usage.inodes === 2 ? "1 entry" : `${formatCount(usage.inodes - 1)} entries`},{" "}
            {formatBytes(usage.usedBytes)}
          </span>
        )}
      </div>
      {isEmpty ? (
        <p class="empty-hint">
          No files yet. Run a program that writes some, such as “A key-value store on files”, or bring files,
          a folder or a zip: by a button, or drop them here.
        </p>
      ) : (
        <div class="files-body">
          <FileTree desk={desk} />
          <FileContent desk={desk} focus={focus} />
        </div>
      )}
      {uploading && (
        <p class="description" role="status">
          {uploading.done === 0 ? "" : `${formatCount(uploading.done)} are here. `}Bringing {uploading.path}…
        </p>
      )}
      {desk.error.value !== undefined && (
        <p class="storage-error" role="alert" data-testid="file-error">
          {desk.error.value}
        </p>
      )}
    </div>
  );
}

async function download(desk: FileDesk): Promise<void> {
  const file = await desk.download();
  if (file === undefined) return;
  offerFile(file.name, new Blob([file.bytes]));
}
