import { closestName } from "./closestName.ts";
import { shortenName } from "./linkError.ts";
import { namespaceSignatures, signatures } from "./signatures/index.ts";

/** Imports that tell how a module was built, and what its author can do about it. */
const FOREIGN_MODULES: readonly { readonly matches: RegExp; readonly remedy: string }[] = [
  {
    matches: /^wasi_unstable$/,
    remedy:
      "the module was built for the first WASI snapshot; build it with a newer compiler for wasm32-wasi or wasm32-wasip1",
  },
  {
    matches: /^wasi:/,
    remedy:
      "the module was built for WASI 0.2 components; build it for wasm32-wasip1 (wasm32-wasi before Rust 1.78)",
  },
  {
    matches: /^(__wbindgen_placeholder__|__wbindgen_externref_xform__|wbg|\.\/.*_bg(\.js|\.wasm)?)$/,
    remedy:
      "the module uses wasm-bindgen, which needs JavaScript glue and the DOM; leave out crates that enable it (the features js, wasm-bindgen or wasmbind) and build for wasm32-wasip1",
  },
  {
    matches: /^(go|gojs)$/,
    remedy: "the module was built by Go for JavaScript hosts; build it with GOOS=wasip1 GOARCH=wasm",
  },
  {
    matches: /^lunatic_web$/,
    remedy:
      "this name is reserved for Lunatic Web itself; give the module as the compiler wrote it, not instrumented",
  },
];

const EMSCRIPTEN_NAMES =
  /^(emscripten_|_emscripten_|invoke_|__syscall_|__cxa_|_embind_|segfault$|alignfault$)/;

/** What the author of a module can do about an import that the host does not know. */
export function unknownImportRemedy(module: string, name: string): string {
  const foreign = FOREIGN_MODULES.find(({ matches }) => matches.test(module));
  if (foreign !== undefined) return foreign.remedy;
  if (module === "env" || module === "a") return environmentRemedy(name);
  const namespace = namespaceSignatures(module);
  if (namespace !== undefined) {
    const close = closestName(name, Object.keys(namespace));
    return close === undefined
      ? "Lunatic Web provides the functions of lunatic 0.13; build the guest with a lunatic crate from 0.12 to 0.14"
      : `did you mean ${module}::${close}?`;
  }
  const close = closestName(module, Object.keys(signatures));
  return close === undefined
    ? "Lunatic Web provides the namespaces of lunatic 0.13 (lunatic::…) and wasi_snapshot_preview1 only"
    : `did you mean ${close}::${shortenName(name)}?`;
}

function environmentRemedy(name: string): string {
  if (EMSCRIPTEN_NAMES.test(name)) {
    return "the module was built with Emscripten, which needs its own JavaScript runtime; build it with wasi-sdk or rustc for wasm32-wasip1";
  }
  if (name === "abort" || name === "seed" || name === "trace") {
    return `AssemblyScript imports env.${name} unless told otherwise; compile with --use abort=… or the lunatic SDK's compiler options`;
  }
  return `the linker left ${shortenName(name)} undefined; link the library that defines it, or remove what refers to it`;
}
