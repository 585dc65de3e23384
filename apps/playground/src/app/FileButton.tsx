import { filesIn, type PlacedFile, placed } from "./droppedEntries.ts";

export interface FileButtonProps {
  readonly label: string;
  readonly testId: string;
  readonly isMultiple?: boolean;
  /** A whole folder is asked for. */
  readonly isFolder?: boolean;
  readonly onFiles: (files: readonly PlacedFile[]) => void;
}

/** Makes a file field take a folder. Every browser has it, Preact's types do not. */
const FOLDERS = { webkitdirectory: true };

/** A button that asks the visitor for files. The same ones, changed, can be chosen again. */
export function FileButton({
  label,
  testId,
  isMultiple = false,
  isFolder = false,
  onFiles,
}: FileButtonProps) {
  return (
    <label class="button">
      {label}
      <input
        type="file"
        multiple={isMultiple}
        {...(isFolder && FOLDERS)}
        class="visually-hidden"
        data-testid={testId}
        onChange={(event) => {
          const files = [...(event.currentTarget.files ?? [])];
          event.currentTarget.value = "";
          if (files.length > 0) onFiles(placed(files));
        }}
      />
    </label>
  );
}

/**
 * Keeps files and folders that are dropped on a part of the page from the page itself, which takes them for programs.
 * @param onFiles given what is read one by one: a folder may hold much
 */
export function takeDrops(onFiles: (files: AsyncIterable<PlacedFile>) => void) {
  return {
    onDragOver: (event: DragEvent) => event.preventDefault(),
    onDrop: (event: DragEvent) => {
      // They are there only while the event is; what they lead to is there later.
      const entries = [...(event.dataTransfer?.items ?? [])].flatMap((item) => item.webkitGetAsEntry() ?? []);
      if (entries.length === 0) return;
      event.preventDefault();
      event.stopPropagation();
      onFiles(filesIn(entries));
    },
  };
}
