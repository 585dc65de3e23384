import { createProject, MAX_PROJECT_LENGTH, type Project } from "../project/project.ts";

/** What a link with a whole project says. */
export interface SharedProject {
  readonly title: string;
  readonly args: readonly string[];
  /** Variables of its environment. */
  readonly env: Readonly<Record<string, string>>;
  readonly project: Project;
}

/** The link cannot be made or read; the message says why and what to do. */
export class ProjectLinkError extends Error {
  override readonly name = "ProjectLinkError";
}

/**
 * The longest link that is made. Browsers open links of a megabyte, but what carries links (chats, mail, forums) often
 * takes no more than this.
 */
export const MAX_LINK_LENGTH = 64_000;
/** From here on some of them cut it. */
export const LONG_LINK_LENGTH = 8_000;

const VERSION = "1";
const MAX_TITLE_LENGTH = 100;

/** The text as version 1 has it, before it is compressed. */
interface Content {
  readonly title: string;
  readonly args: readonly string[];
  /** Missing where there is none, as in all links that were made before links had it. */
  readonly env?: readonly (readonly [string, string])[];
  readonly entry: string;
  readonly files: readonly (readonly [string, string])[];
}

/**
 * @returns the value of a link's `project`: letters, digits, "-", "_" and "."
 * @throws ProjectLinkError the project is too large for a link
 */
export async function encodeProject({ title, args, env, project }: SharedProject): Promise<string> {
  const variables = Object.entries(env);
  const given = variables.length === 0 ? {} : { env: variables };
  const content: Content = { title, args, ...given, entry: project.entry, files: [...project.files] };
  const packed = await pack(new TextEncoder().encode(JSON.stringify(content)));
  const text = `${VERSION}.${toBase64Url(packed)}`;
  if (text.length > MAX_LINK_LENGTH) {
    throw new ProjectLinkError(
      `The link would have ${text.length} characters, ${MAX_LINK_LENGTH} at most: download the project and share the file`,
    );
  }
  return text;
}

/** @throws ProjectLinkError the text is no project, or one of a newer playground */
export async function decodeProject(text: string): Promise<SharedProject> {
  const [version, data = ""] = text.split(".", 2);
  if (version !== VERSION) {
    throw new ProjectLinkError(
      "The link is of another version of the playground: load the page anew, or ask for a new link",
    );
  }
  try {
    const unpacked = await unpack(fromBase64Url(data));
    const content: unknown = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(unpacked));
    if (!isContent(content)) throw new Error("fields are missing");
    const { title, args, env = [], entry, files } = content;
    return {
      title: title.slice(0, MAX_TITLE_LENGTH),
      args,
      env: Object.fromEntries(env),
      project: createProject(files, entry),
    };
  } catch (thrown) {
    const reason = thrown instanceof Error ? thrown.message : String(thrown);
    throw new ProjectLinkError(
      `The project in this link cannot be read (${reason}): it was cut, most likely. Ask for it again`,
    );
  }
}

function isContent(content: unknown): content is Content {
  if (typeof content !== "object" || content === null) return false;
  const { title, args, env = [], entry, files } = content as Partial<Record<keyof Content, unknown>>;
  return (
    typeof title === "string" &&
    typeof entry === "string" &&
    isList(args, (arg) => typeof arg === "string") &&
    isList(env, isPair) &&
    isList(files, isPair)
  );
}

function isPair(value: unknown): boolean {
  return isList(value, (part) => typeof part === "string") && value.length === 2;
}

function isList(value: unknown, test: (item: unknown) => boolean): value is readonly unknown[] {
  return Array.isArray(value) && value.every(test);
}

async function pack(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array> {
  return readAll(new Blob([bytes]).stream().pipeThrough(new CompressionStream("deflate-raw")));
}

async function unpack(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array> {
  return readAll(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate-raw")));
}

/** Stops where a hostile link unpacks to more than a project may be. */
async function readAll(stream: ReadableStream<Uint8Array>): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for (const reader = stream.getReader(); ; ) {
    const { done, value } = await reader.read();
    if (done) break;
    chunks.push(value);
    length += value.length;
    if (length > 4 * MAX_PROJECT_LENGTH) {
      await reader.cancel();
      throw new Error("it is too large");
    }
  }
  const all = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    all.set(chunk, at);
    at += chunk.length;
  }
  return all;
}

function toBase64Url(bytes: Uint8Array): string {
  let text = "";
  for (const byte of bytes) text += String.fromCharCode(byte);
  return btoa(text).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

function fromBase64Url(text: string): Uint8Array<ArrayBuffer> {
  const plain = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(plain, (character) => character.charCodeAt(0));
}
