import { type ReadonlySignal, type Signal, useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import type { Program } from "../programs/catalog.ts";
import type { Workspace } from "../project/workspace.ts";
import { explainError } from "../run/plainError.ts";
import { splitArguments } from "../run/splitArguments.ts";
import { CopyField } from "./CopyField.tsx";
import { embedSnippet } from "./embedSnippet.ts";
import { formatProgramLink } from "./programLink.ts";
import { encodeProject, LONG_LINK_LENGTH } from "./projectLink.ts";

export interface ShareDialogProps {
  readonly isOpen: Signal<boolean>;
  readonly program: Program;
  readonly workspace: Workspace;
  /** The line of the arguments field. */
  readonly args: ReadonlySignal<string>;
}

/** A link that holds the whole project, to be copied. Nothing is sent anywhere. */
export function ShareDialog({ isOpen, program, workspace, args }: ShareDialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const link = useSignal<string | undefined>(undefined);
  const failure = useSignal<string | undefined>(undefined);

  useEffect(() => {
    if (!isOpen.value) return;
    link.value = undefined;
    failure.value = undefined;
    dialog.current?.showModal();
    const content = {
      title: program.title,
      args: splitArguments(args.peek()),
      env: program.env,
      project: workspace.project.peek(),
    };
    encodeProject(content).then(
      (project) => {
        const hash = formatProgramLink({ program: undefined, args: undefined, project });
        link.value = new URL(hash, location.href).href;
      },
      (thrown: unknown) => {
        failure.value = explainError(thrown).detail;
      },
    );
  }, [isOpen.value]);
  if (!isOpen.value) return null;
  return (
    <dialog
      class="dialog share-dialog"
      ref={dialog}
      aria-labelledby="share-title"
      onClose={() => {
        isOpen.value = false;
      }}
    >
      <h3 id="share-title">Share “{program.title}”</h3>
      <p class="hint">
        The link holds all files and the arguments. Whoever opens it sees the program and runs it himself;
        nothing is sent to a server.
      </p>
      {failure.value !== undefined && (
        <p class="failure" role="alert">
          {failure.value}
        </p>
      )}
      {link.value !== undefined && (
        <>
          <CopyField label="Link" text={link.value} testId="share-link" />
          <p class="hint">
            {link.value.length.toLocaleString("en")} characters.
            {link.value.length > LONG_LINK_LENGTH &&
              " Some chats and mail programs cut links of this length."}
          </p>
          <CopyField
            label="To embed it in a page"
            text={embedSnippet(link.value, program.title, new URL("./", location.href).href)}
            testId="embed-snippet"
          />
        </>
      )}
      <div class="dialog-buttons">
        <button type="button" onClick={() => dialog.current?.close()}>
          Close
        </button>
      </div>
    </dialog>
  );
}
