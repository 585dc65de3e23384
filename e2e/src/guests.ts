import { readFileSync } from "node:fs";
import { join } from "node:path";

/** A program of guests/rust/prebuilt/index.json, and what a run of it must come to. */
export interface Guest {
  readonly name: string;
  readonly kind: "example" | "load";
  readonly title: string;
  readonly source: string;
  readonly wasm: string;
  readonly args: readonly string[];
  readonly expected: {
    /** "exact": these are all lines of stdout, in this order. "contains": each of them is among the lines. */
    readonly stdout: { readonly match: "exact" | "contains"; readonly lines: readonly string[] };
    /** How the root process ends. */
    readonly exit: "returned" | "trapped";
    /** Processes that the run has had when it is over, the root included. */
    readonly processes: number;
  };
}

const folder = join(import.meta.dirname, "../../guests/rust");

export const guests = JSON.parse(readFileSync(join(folder, "prebuilt/index.json"), "utf8")) as Guest[];

/** @throws {Error} no program has that name; lists those there are */
export function findGuest(name: string): Guest {
  const guest = guests.find((one) => one.name === name);
  if (!guest)
    throw new Error(`No guest is named ${name}; there are ${guests.map((one) => one.name).join(", ")}`);
  return guest;
}

export function guestModulePath(guest: Guest): string {
  return join(folder, guest.wasm);
}

export function readGuestModule(guest: Guest): Uint8Array {
  return readFileSync(guestModulePath(guest));
}
