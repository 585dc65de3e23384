/** Something that the page cannot do without. */
export interface Requirement {
  /** For people. */
  readonly name: string;
  readonly isThere: () => boolean;
}

/** What the page needs of the browser, asked of a window; written for engines that know no more than ES2015. */
export function requirementsOf(scope: typeof globalThis): readonly Requirement[] {
  const wasm = (scope as { WebAssembly?: object }).WebAssembly;
  return [
    { name: "WebAssembly", isThere: () => typeof wasm === "object" },
    {
      name: "JSPI (JavaScript Promise Integration), by which WebAssembly processes wait",
      isThere: () =>
        typeof wasm !== "object" || ("Suspending" in wasm && "promising" in wasm && "JSTag" in wasm),
    },
    { name: "web workers", isThere: () => typeof scope.Worker === "function" },
    {
      name: "JavaScript modules",
      isThere: () => "noModule" in scope.HTMLScriptElement.prototype,
    },
  ];
}

/** @returns names of what is missing */
export function findMissing(scope: typeof globalThis): string[] {
  return requirementsOf(scope)
    .filter(({ isThere }) => !isThere())
    .map(({ name }) => name);
}
