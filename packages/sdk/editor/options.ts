import { FRAMEWORK_FOLDER } from "./libraries.ts";

/** The enumerations of the TypeScript in use, which Monaco and the package `typescript` both export. */
export interface TypeScriptEnums {
  readonly ScriptTarget: { readonly ESNext: number };
  readonly ModuleKind: { readonly ESNext: number };
  readonly ModuleResolutionKind: { readonly [name: string]: number | string | undefined };
}

/** Compiler options for a language service that shows AssemblyScript. */
export function editorOptions(ts: TypeScriptEnums) {
  const { ModuleResolutionKind: resolutions } = ts;
  // Monaco knows only the older names.
  const moduleResolution = resolutions.Bundler ?? resolutions.Node10 ?? resolutions.NodeJs;
  return {
    noLib: true,
    strict: true,
    strictPropertyInitialization: false,
    noImplicitOverride: false,
    experimentalDecorators: true,
    allowNonTsExtensions: true,
    noEmit: true,
    types: [],
    target: ts.ScriptTarget.ESNext,
    module: ts.ModuleKind.ESNext,
    moduleResolution: Number(moduleResolution),
    paths: { lunatic: [`${FRAMEWORK_FOLDER}/index.ts`], "lunatic/*": [`${FRAMEWORK_FOLDER}/*`] },
  };
}
