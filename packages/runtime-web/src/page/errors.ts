import { InstrumentError } from "../instrument/index.ts";
import type { WireError } from "../protocol/pageHub.ts";

/** The module imports something that lunatic does not provide, or with another type. Nothing of it has run. */
export class ImportError extends Error {
  override readonly name = "ImportError";
  readonly module: string;
  readonly importName: string;

  constructor(message: string, module: string, importName: string) {
    super(message);
    this.module = module;
    this.importName = importName;
  }
}

/** The browser lacks what processes need; the message says which browsers have it. */
export class UnsupportedBrowserError extends Error {
  override readonly name = "UnsupportedBrowserError";
}

/** A run could not start: its root process could not be created, or the runtime is closed. */
export class RunError extends Error {
  override readonly name = "RunError";
}

/** The error an expected failure of the hub becomes on the page. */
export function toPageError(error: WireError): Error {
  switch (error.type) {
    case "instrument":
      return new InstrumentError(error.kind, error.finding, error.advice, error.place);
    case "import":
      return new ImportError(error.message, error.module, error.name);
    case "run":
      return new RunError(error.message);
    default:
      return error satisfies never;
  }
}
