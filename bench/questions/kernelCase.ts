import type { Json, Repository } from "../src/question.ts";

/** A row of guests/kernels/index.json. */
export type KernelCase = {
  readonly name: string;
  readonly source: string;
  readonly wasm: string;
  readonly size: number;
  readonly checksum: number;
} & { readonly [key: string]: Json };

/** The exports of a kernel module. */
export interface KernelExports {
  readonly run: (n: number) => number;
  /** C modules want it called once. */
  readonly _initialize?: () => void;
}

/** Reads the list of kernels. */
export async function kernelCases(repository: Repository): Promise<readonly KernelCase[]> {
  return JSON.parse(await repository.readText("guests/kernels/index.json"));
}

/** Loads a file of the repository into the page. */
export async function fetchBytes(path: string): Promise<Uint8Array<ArrayBuffer>> {
  const response = await fetch(`/${path}`);
  if (!response.ok) throw new Error(`Cannot load ${path}: the bench server answers ${response.status}`);
  return new Uint8Array(await response.arrayBuffer());
}

export function kernelBytes(kernel: KernelCase): Promise<Uint8Array<ArrayBuffer>> {
  return fetchBytes(`guests/kernels/${kernel.wasm}`);
}
