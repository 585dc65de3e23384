import type { PageFailure } from "../src/session/protocol.ts";

export function describeFailure(error: unknown): PageFailure {
  return error instanceof Error
    ? { name: error.name, message: error.message }
    : { name: "Error", message: String(error) };
}
