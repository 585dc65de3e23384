import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { offerFile } from "../app/offerFile.ts";
import type { Program } from "../programs/catalog.ts";
import {
  createOwnProgram,
  emptyProject,
  isOwnProgram,
  newProgramName,
  type OwnProgram,
  renameOwnProgram,
} from "../programs/ownProgram.ts";
import { exportZip, folderName } from "../project/archive.ts";
import type { Workspace } from "../project/workspace.ts";
import { ShareDialog } from "../share/ShareDialog.tsx";
import { bringFiles } from "./bringFiles.ts";
import type { Workbench } from "./workbench.ts";

export interface ProjectMenuProps {
  readonly workbench: Workbench;
  /** The project in front, if the chosen program has one. */
  readonly open?: { readonly program: Program; readonly workspace: Workspace } | undefined;
}

/** Makes a file field take a folder. Every browser has it, Preact's types do not. */
const FOLDERS = { webkitdirectory: true };

/** Characters of a project's title. */
const MOST_TITLE = 80;

/** What can be done with a project as a whole. */
export function ProjectMenu({ workbench, open }: ProjectMenuProps) {
  const { selection, session, library } = workbench;
  const menu = useRef<HTMLDetailsElement>(null);
  const isSharing = useSignal(false);
  const own = open && isOwnProgram(open.program) ? open.program : undefined;

  useEffect(() => {
    const onPointer = (event: PointerEvent) => {
      if (event.target instanceof Node && !menu.current?.contains(event.target)) {
        menu.current?.removeAttribute("open");
      }
    };
    addEventListener("pointerdown", onPointer);
    return () => removeEventListener("pointerdown", onPointer);
  }, []);

  const close = () => {
    menu.current?.removeAttribute("open");
    menu.current?.querySelector("summary")?.focus();
  };
  const act = (action: () => unknown) => () => {
    close();
    void action();
  };
  const createNew = async () => {
    const title = `Project ${selection.programs.peek().filter(({ own }) => own !== undefined).length + 1}`;
    const program = createOwnProgram(newProgramName(), { title, project: emptyProject() });
    await library.keep(program);
    selection.add(program);
  };
  const rename = async (program: OwnProgram) => {
    const title = prompt("What shall the project be called?", program.title)?.trim();
    if (!title || title === program.title) return;
    const renamed = renameOwnProgram(program, title.slice(0, MOST_TITLE));
    selection.replace(renamed);
    await library.rename(renamed);
  };
  const bring = async (input: HTMLInputElement) => {
    const files = [...(input.files ?? [])];
    // The same files, changed, must be choosable again.
    input.value = "";
    close();
    await session.attempt(() => bringFiles(files, workbench));
  };

  return (
    <>
      {open && (
        <button
          type="button"
          data-testid="share"
          onClick={() => {
            isSharing.value = true;
          }}
        >
          Share
        </button>
      )}
      <details
        class="menu"
        ref={menu}
        data-testid="project-menu"
        onKeyDown={(event) => {
          if (event.key === "Escape") close();
        }}
        onFocusOut={(event) => {
          // A file dialog takes the focus as well, but gives none to anything of the page.
          const next = event.relatedTarget;
          if (next instanceof Node && !menu.current?.contains(next)) menu.current?.removeAttribute("open");
        }}
      >
        <summary>Project</summary>
        <div class="menu-items">
          <button type="button" onClick={act(createNew)}>
            New project
          </button>
          <label>
            Open a .zip or files…
            <input
              type="file"
              multiple
              accept=".zip,.ts,.json,.md,.txt"
              data-testid="open-files"
              onChange={(event) => void bring(event.currentTarget)}
            />
          </label>
          <label>
            Open a folder…
            <input
              type="file"
              {...FOLDERS}
              data-testid="open-folder"
              onChange={(event) => void bring(event.currentTarget)}
            />
          </label>
          {open && (
            <button
              type="button"
              data-testid="download"
              onClick={act(() => session.attempt(() => download(open)))}
            >
              Download as .zip
            </button>
          )}
          {open && (
            <button
              type="button"
              data-testid="reset"
              disabled={!open.workspace.isModified.value}
              onClick={act(() => open.workspace.reset())}
            >
              {open.program.own ? "Back to what it began as" : "Reset to the example"}
            </button>
          )}
          {own && (
            <button type="button" data-testid="rename-project" onClick={act(() => rename(own))}>
              Rename…
            </button>
          )}
          {open?.program.own && (
            <button
              type="button"
              onClick={act(() => {
                if (confirm(`Remove “${open.program.title}” from this browser? This cannot be undone.`)) {
                  selection.remove(open.program.name);
                  void session.attempt(() => workbench.storage.forget(open.program));
                  return library.remove(open.program.name);
                }
              })}
            >
              Remove from this browser…
            </button>
          )}
        </div>
      </details>
      {open && <ShareDialog isOpen={isSharing} {...open} args={selection.args} />}
    </>
  );
}

async function download({ program, workspace }: { program: Program; workspace: Workspace }): Promise<void> {
  const name = folderName(program.title);
  const bytes = await exportZip(workspace.project.peek(), name);
  offerFile(`${name}.zip`, new Blob([bytes], { type: "application/zip" }));
}
