import { batch, computed, type ReadonlySignal, signal } from "@preact/signals";
import {
  addFile,
  deleteFile,
  isSameProject,
  type Project,
  renameFile,
  setEntry,
  writeFile,
} from "./project.ts";

/** A change that takes more with it than a keystroke, and how to take it back. */
export interface UndoableChange {
  /** What was done, for people: "Deleted worker.ts". */
  readonly title: string;
  undo(): void;
}

/** A project being edited: its files, the one in front, what has changed. Methods throw ProjectError and change nothing then. */
export interface Workspace {
  readonly project: ReadonlySignal<Project>;
  /** Path of the file in front; always one of the project's. */
  readonly active: ReadonlySignal<string>;
  /** Whether it differs from what it began as. */
  readonly isModified: ReadonlySignal<boolean>;
  /** Files that are new or have another text than the project began with. */
  readonly modifiedPaths: ReadonlySignal<ReadonlySet<string>>;
  /** The last big change, until it is undone or another one comes. */
  readonly undoable: ReadonlySignal<UndoableChange | undefined>;
  /** What `reset` leads back to. */
  readonly base: Project;
  open(path: string): void;
  write(path: string, text: string): void;
  add(path: string): void;
  rename(from: string, to: string): void;
  remove(path: string): void;
  /** The program begins with this file from now on. */
  beginWith(path: string): void;
  reset(): void;
  dismissUndoable(): void;
}

/** @param saved where the visitor left it the last time */
export function createWorkspace(
  base: Project,
  saved?: { readonly project: Project; readonly active: string },
): Workspace {
  const project = signal(saved?.project ?? base);
  const wanted = signal(saved?.active ?? base.entry);
  const undoable = signal<UndoableChange | undefined>(undefined);
  const active = computed(() => (project.value.files.has(wanted.value) ? wanted.value : project.value.entry));
  const isModified = computed(() => !isSameProject(project.value, base));
  const modifiedPaths = computed(() => {
    const changed = [...project.value.files].filter(([path, text]) => base.files.get(path) !== text);
    return new Set(changed.map(([path]) => path));
  });

  function offerUndo(title: string, takeBack: () => void): void {
    const change: UndoableChange = {
      title,
      undo() {
        takeBack();
        if (undoable.peek() === change) undoable.value = undefined;
      },
    };
    undoable.value = change;
  }

  return {
    project,
    active,
    isModified,
    modifiedPaths,
    undoable,
    base,
    open(path) {
      wanted.value = path;
    },
    write(path, text) {
      project.value = writeFile(project.peek(), path, text);
    },
    add(path) {
      const grown = addFile(project.peek(), path);
      batch(() => {
        project.value = grown;
        wanted.value = [...grown.files.keys()].at(-1)!;
      });
    },
    rename(from, to) {
      const place = [...project.peek().files.keys()].indexOf(from);
      const renamed = renameFile(project.peek(), from, to);
      batch(() => {
        const wasActive = active.peek() === from;
        project.value = renamed;
        if (wasActive) wanted.value = [...renamed.files.keys()][place]!;
      });
    },
    remove(path) {
      const text = project.peek().files.get(path);
      const left = deleteFile(project.peek(), path);
      batch(() => {
        project.value = left;
        offerUndo(`Deleted ${path}`, () => {
          project.value = addFile(project.peek(), path, text);
          wanted.value = path;
        });
      });
    },
    beginWith(path) {
      project.value = setEntry(project.peek(), path);
    },
    reset() {
      const before = project.peek();
      const activeBefore = active.peek();
      batch(() => {
        project.value = base;
        offerUndo("All edits are taken back", () => {
          project.value = before;
          wanted.value = activeBefore;
        });
      });
    },
    dismissUndoable() {
      undoable.value = undefined;
    },
  };
}
