import { readFileSync } from "node:fs";
import { join } from "node:path";

/** A prebuilt program and what a run of it must come to; guests/README.md says what the fields mean. */
export interface Guest {
  readonly name: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly expected: Expected;
  /** The module's file. */
  readonly path: string;
  /** The page offers it by name; others reach it as files. */
  readonly isOffered: boolean;
}

export interface Expected {
  readonly stdout: Lines;
  readonly stderr?: Lines;
  /** How the root process ends; "never": not by itself. */
  readonly exit: "returned" | "trapped" | "never";
  /** How many processes the run starts, the root included; at least that many where chance plays a part. */
  readonly processes?: number;
  readonly processesAtLeast?: number;
}

export interface Lines {
  readonly match: "exact" | "contains";
  readonly lines: readonly string[];
}

/** An entry of an index.json. */
interface Entry {
  readonly name: string;
  /** guests/README.md; the page offers none that are only there to check something. */
  readonly kind?: "example" | "load" | "check";
  readonly wasm: string;
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly variants?: readonly string[];
  readonly expected: Expected;
}

const folder = join(import.meta.dirname, "../../guests");

/** Every prebuilt program: those in Rust, the same built in other ways, and those written by hand. */
export const guests: readonly Guest[] = [...listGuests("rust", true), ...listGuests("wat", false)];

/** @throws {Error} no program has that name; lists those there are */
export function findGuest(name: string): Guest {
  const guest = guests.find((one) => one.name === name);
  if (!guest)
    throw new Error(`No guest is named ${name}; there are ${guests.map((one) => one.name).join(", ")}`);
  return guest;
}

export function readGuestModule(guest: Guest): Uint8Array {
  return readFileSync(guest.path);
}

function listGuests(kind: "rust" | "wat", isOffered: boolean): Guest[] {
  const entries = JSON.parse(readFileSync(join(folder, kind, "prebuilt/index.json"), "utf8")) as Entry[];
  return entries.flatMap(({ name, kind: purpose, args, env = {}, expected, wasm, variants = [] }) => [
    {
      name,
      args,
      env,
      expected,
      path: join(folder, kind, wasm),
      isOffered: isOffered && purpose !== "check",
    },
    ...variants.map((variant) => ({
      name: variant.replace(/^.*\/|\.wasm$/g, ""),
      args,
      env,
      expected,
      path: join(folder, kind, variant),
      isOffered: false,
    })),
  ]);
}
