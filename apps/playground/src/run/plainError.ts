/** An error as a visitor reads it: one line that says what is wrong, and the details for those who want them. */
export interface PlainError {
  readonly title: string;
  readonly detail: string;
}

/** Of an error that goes when the program is edited. */
export const BUILD_ERROR_TITLE = "This program has errors, so nothing runs";

/**
 * Titles by error class; names, not classes, since an error may have come from a worker. The runtime's own messages
 * say what was found and what to do, so they are the detail as they are.
 */
const TITLES: Readonly<Record<string, string>> = {
  InstrumentError: "This file cannot be run",
  ImportError: "This module needs functions that lunatic does not have",
  CompileError: "The browser does not accept this module",
  BuildError: BUILD_ERROR_TITLE,
  ProjectError: "This cannot be done",
  RecordingFileError: "This recording cannot be opened",
  CatalogError: "A file of this page is missing",
  UnsupportedBrowserError: "This browser cannot run lunatic processes",
};

/** @param subject what it was about, a file's name say; leads the detail */
export function explainError(error: unknown, subject?: string): PlainError {
  const { name, message } = error instanceof Error ? error : { name: "", message: String(error) };
  const detail = message === "" ? name || "No reason was given." : message;
  return {
    title: TITLES[name] ?? "Something went wrong in the page",
    detail: subject === undefined ? detail : `${subject}: ${detail}`,
  };
}

/** As `explainError`, of a file that a visitor brought; what is no module at all is said first. */
export function explainFileError(error: unknown, file: string, bytes: Uint8Array): PlainError {
  const explained = explainError(error, file);
  if (bytes.length === 0) return { ...explained, title: "This file is empty" };
  const isModule = WASM_MAGIC.every((byte, index) => bytes[index] === byte);
  return isModule ? explained : { ...explained, title: "This is not a WebAssembly file" };
}

/** "\0asm", with which every module begins. */
const WASM_MAGIC: readonly number[] = [0x00, 0x61, 0x73, 0x6d];
