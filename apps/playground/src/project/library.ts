import { effect, type ReadonlySignal, signal } from "@preact/signals";
import { createProject, type Project } from "./project.ts";
import type { OwnProject, ProjectStore, SavedProject } from "./projectStore.ts";
import { createWorkspace, type Workspace } from "./workspace.ts";

/** `failed`: the browser keeps nothing for this page; edits live as long as the tab does. */
export type SaveState = "saved" | "saving" | "failed";

/** What the library needs to know of a program that has a project. */
export interface ProjectProgram {
  readonly name: string;
  /** What the project began as. */
  readonly loadProject: () => Promise<Project>;
  /** Of a visitor's own project. */
  readonly own: OwnProject | undefined;
}

/** All projects of the page: opened where the visitor left them, saved as he edits. */
export interface Library {
  readonly saveState: ReadonlySignal<SaveState>;
  /** The same workspace each time. Rejects when the project cannot be loaded; it may then be asked for again. */
  workspaceOf(program: ProjectProgram): Promise<Workspace>;
  /** The visitor's own projects as they were saved; none where the browser keeps nothing, which `saveState` tells. */
  listOwn(): Promise<SavedProject[]>;
  /** Saves the project as it is, before any edit: a visitor's new one. */
  keep(program: ProjectProgram): Promise<void>;
  /** Saves what a visitor's own project is called from now on, and the rest as it is. */
  rename(program: ProjectProgram & { readonly own: OwnProject }): Promise<void>;
  /** Forgets a visitor's own project. */
  remove(name: string): Promise<void>;
  /** Saves what has not been saved yet, now. */
  flush(): Promise<void>;
}

/** @param delayMs from an edit to its being saved: edits come in bursts */
export function createLibrary(store: ProjectStore, delayMs = 300): Library {
  const saveState = signal<SaveState>("saved");
  const workspaces = new Map<string, Promise<Workspace>>();
  const stops = new Map<string, () => void>();
  /** What projects are called that were renamed: those who opened them before go on with the old program. */
  const renamed = new Map<string, OwnProject>();
  /** By name of the program; undefined: it is as the page has it, so what was saved goes. */
  const unsaved = new Map<string, SavedProject | undefined>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let writing = Promise.resolve();

  async function load(program: ProjectProgram): Promise<Workspace> {
    const [base, saved] = await Promise.all([program.loadProject(), restore(program.name)]);
    const workspace = createWorkspace(base, saved);
    autosave(program, workspace);
    return workspace;
  }

  async function restore(name: string): Promise<{ project: Project; active: string } | undefined> {
    try {
      const saved = await store.load(name);
      return saved && { project: createProject(saved.files, saved.entry), active: saved.active };
    } catch {
      // A project that cannot be restored must not keep the visitor from its example.
      saveState.value = "failed";
      return undefined;
    }
  }

  function autosave(program: ProjectProgram, workspace: Workspace): void {
    let isFirst = true;
    const stop = effect(() => {
      const record = recordOf(withItsName(program), workspace);
      if (!isFirst) {
        unsaved.set(program.name, record);
        if (saveState.peek() !== "failed") saveState.value = "saving";
        clearTimeout(timer);
        timer = setTimeout(() => void flush(), delayMs);
      }
      isFirst = false;
    });
    stops.set(program.name, stop);
  }

  function withItsName(program: ProjectProgram): ProjectProgram {
    return { ...program, own: renamed.get(program.name) ?? program.own };
  }

  function flush(): Promise<void> {
    clearTimeout(timer);
    // One after the other: two transactions of the same project must not overtake each other.
    writing = writing.then(write);
    return writing;
  }

  async function write(): Promise<void> {
    const batch = [...unsaved];
    unsaved.clear();
    if (batch.length === 0) return;
    try {
      await Promise.all(
        batch.map(([name, record]) => (record === undefined ? store.remove(name) : store.save(record))),
      );
      if (unsaved.size === 0) saveState.value = "saved";
    } catch {
      // The page shows this state; a later edit tries again.
      saveState.value = "failed";
    }
  }

  return {
    saveState,
    async listOwn() {
      try {
        return await store.listOwn();
      } catch {
        saveState.value = "failed";
        return [];
      }
    },
    workspaceOf(program) {
      let workspace = workspaces.get(program.name);
      if (workspace === undefined) {
        workspace = load(program);
        workspaces.set(program.name, workspace);
        workspace.catch(() => workspaces.delete(program.name));
      }
      return workspace;
    },
    async keep(program) {
      unsaved.set(program.name, recordOf(withItsName(program), await this.workspaceOf(program)));
      await flush();
    },
    async rename(program) {
      renamed.set(program.name, program.own);
      await this.keep(program);
    },
    async remove(name) {
      stops.get(name)?.();
      stops.delete(name);
      workspaces.delete(name);
      renamed.delete(name);
      unsaved.set(name, undefined);
      await flush();
    },
    flush,
  };
}

function recordOf(
  { name, own }: ProjectProgram,
  { project, active, isModified }: Workspace,
): SavedProject | undefined {
  const { files, entry } = project.value;
  const record = { id: name, files: [...files], entry, active: active.value };
  if (own !== undefined) return { ...record, own };
  return isModified.value ? record : undefined;
}
