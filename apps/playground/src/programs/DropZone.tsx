import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import type { Session } from "../run/session.ts";
import { ownProgram } from "./catalog.ts";
import type { ProgramSelection } from "./selection.ts";

export interface DropZoneProps {
  readonly session: Session;
  readonly selection: ProgramSelection;
  /** Takes what was dropped as a project. @returns false: it is none, but a module */
  readonly onProject: (dropped: readonly FileSystemEntry[], files: readonly File[]) => boolean;
}

/** Takes a visitor's own module: chosen in a dialog, or dropped anywhere on the page, where projects may be too. */
export function DropZone({ session, selection, onProject }: DropZoneProps) {
  const isDragging = useSignal(false);
  const isBusy = useSignal(false);

  const take = async (file: File | undefined) => {
    if (!file || isBusy.value) return;
    isBusy.value = true;
    const module = await session.compile(file);
    isBusy.value = false;
    if (module) selection.add(ownProgram(module));
  };

  useEffect(() => {
    const onDragOver = (event: DragEvent) => {
      if (!event.dataTransfer?.types.includes("Files")) return;
      // Without this the browser would open the file in place of the page.
      event.preventDefault();
      isDragging.value = true;
    };
    const onDragLeave = (event: DragEvent) => {
      if (event.relatedTarget === null) isDragging.value = false;
    };
    const onDrop = (event: DragEvent) => {
      event.preventDefault();
      isDragging.value = false;
      const files = [...(event.dataTransfer?.files ?? [])];
      const entries = [...(event.dataTransfer?.items ?? [])].map((item) => item.webkitGetAsEntry());
      const found = entries.filter((entry) => entry !== null);
      if (!onProject(found, files)) void take(files[0]);
    };
    window.addEventListener("dragover", onDragOver);
    window.addEventListener("dragleave", onDragLeave);
    window.addEventListener("drop", onDrop);
    return () => {
      window.removeEventListener("dragover", onDragOver);
      window.removeEventListener("dragleave", onDragLeave);
      window.removeEventListener("drop", onDrop);
    };
  });

  return (
    <div class={isDragging.value ? "drop-zone dragging" : "drop-zone"} data-testid="drop-zone">
      <label>
        <input
          type="file"
          accept=".wasm"
          class="visually-hidden"
          onChange={(event) => {
            const input = event.currentTarget;
            void take(input.files?.[0]);
            // The same file, built anew, must be choosable again.
            input.value = "";
          }}
        />
        <span>
          {isBusy.value ? (
            "Checking and compiling…"
          ) : (
            <>
              Drop a lunatic <code>.wasm</code> or a project’s folder here, or <u>choose a module</u>
            </>
          )}
        </span>
      </label>
    </div>
  );
}
