export interface FileButtonProps {
  readonly label: string;
  readonly testId: string;
  readonly isMultiple?: boolean;
  readonly onFiles: (files: readonly File[]) => void;
}

/** A button that asks the visitor for files. The same ones, changed, can be chosen again. */
export function FileButton({ label, testId, isMultiple = false, onFiles }: FileButtonProps) {
  return (
    <label class="button">
      {label}
      <input
        type="file"
        multiple={isMultiple}
        class="visually-hidden"
        data-testid={testId}
        onChange={(event) => {
          const files = [...(event.currentTarget.files ?? [])];
          event.currentTarget.value = "";
          if (files.length > 0) onFiles(files);
        }}
      />
    </label>
  );
}

/** Keeps files that are dropped on a part of the page from the page itself, which takes them for programs. */
export function takeDrops(onFiles: (files: readonly File[]) => void) {
  return {
    onDragOver: (event: DragEvent) => event.preventDefault(),
    onDrop: (event: DragEvent) => {
      const files = [...(event.dataTransfer?.files ?? [])];
      if (files.length === 0) return;
      event.preventDefault();
      event.stopPropagation();
      onFiles(files);
    },
  };
}
