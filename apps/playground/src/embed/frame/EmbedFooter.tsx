import type { Workbench } from "../../editor/workbench.ts";
import type { Program } from "../../programs/catalog.ts";
import { splitArguments } from "../../run/splitArguments.ts";
import { formatProgramLink } from "../../share/programLink.ts";
import { encodeProject } from "../../share/projectLink.ts";

/** What the frame is, and the way to the same program in a tab of its own. */
export function EmbedFooter({ workbench }: { readonly workbench: Workbench }) {
  const { selection, session } = workbench;
  const program = selection.selected.value;
  return (
    <footer class="embed-footer">
      <span>Lunatic Web</span>
      {program && canLeave(program) && (
        <button
          type="button"
          class="link"
          data-testid="open-playground"
          onClick={() =>
            void session.attempt(async () => {
              window.open(await linkTo(program, workbench), "_blank", "noopener");
            })
          }
        >
          Open in the playground
        </button>
      )}
    </footer>
  );
}

/** A module that the page around brought is in this frame only. */
function canLeave(program: Program): boolean {
  return program.group !== "own" || program.loadProject !== undefined;
}

/** @throws ProjectLinkError the project is too large for a link */
async function linkTo(program: Program, { selection, library }: Workbench): Promise<string> {
  const { name, title, own, loadProject } = program;
  const line = selection.args.peek();
  const workspace = loadProject && (await library.workspaceOf({ name, own, loadProject }));
  const isOwn = own !== undefined || workspace?.isModified.peek() === true;
  const hash =
    workspace && isOwn
      ? formatProgramLink({
          program: undefined,
          args: undefined,
          project: await encodeProject({
            title,
            args: splitArguments(line),
            env: program.env,
            project: workspace.project.peek(),
          }),
        })
      : formatProgramLink({ program: name, args: line });
  return new URL(hash, `${location.origin}${location.pathname}`).href;
}
