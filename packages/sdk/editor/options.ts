import { FRAMEWORK_FOLDER } from "./libraries.ts";

/** The enumerations of the TypeScript in use, which Monaco and the package `typescript` both export. */
export interface TypeScriptEnums {
  readonly ScriptTarget: { readonly ESNext: number };
  readonly ModuleKind: { readonly ESNext: number };
  readonly ModuleResolutionKind: { readonly [name: string]: number | string | undefined };
}

/**
 * Compiler options for a language service that shows AssemblyScript.
 * @param uriPrefix  what stands before the framework's paths where files are known by URIs: `file://` in Monaco, which else
 *   finds no `lunatic`. Default: nothing, paths as they are
 */
export function editorOptions(ts: TypeScriptEnums, uriPrefix = "") {
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
    paths: {
      lunatic: [`${uriPrefix}${FRAMEWORK_FOLDER}/index.ts`],
      "lunatic/*": [`${uriPrefix}${FRAMEWORK_FOLDER}/*`],
    },
  };
}
