import { decodeProject } from "../share/projectLink.ts";
import type { Program } from "./catalog.ts";
import { createOwnProgram } from "./ownProgram.ts";

/**
 * The program that a link holds. The same link gives the same name, so that edits of it are found again.
 * @throws ProjectLinkError it cannot be read
 */
export async function openShared(text: string): Promise<Program> {
  const { title, args, env, project } = await decodeProject(text);
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
  const name = [...new Uint8Array(digest).subarray(0, 6)]
    .map((byte) => byte.toString(16).padStart(2, "0"))
    .join("");
  const description = "A project that came by a link. Your edits of it stay in this browser.";
  return {
    ...createOwnProgram(`shared-${name}`, { title, args, env, project, description }),
    sharedAs: text,
  };
}
