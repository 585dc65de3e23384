/**
 * What Monaco, or another editor with TypeScript's language service, needs to show the framework and a program's errors.
 * @module @lunatic-web/sdk/editor
 */

export { ADAPTATIONS, type Adaptation } from "./adaptations.ts";
export {
  FALSE_ERRORS,
  type FalseError,
  isFalseError,
  shownDiagnostics,
  type TypeScriptDiagnostic,
} from "./falseErrors.ts";
export { type EditorLibrary, editorLibraries, FRAMEWORK_FOLDER } from "./libraries.ts";
export { editorOptions, type TypeScriptEnums } from "./options.ts";
export { withDeclarations } from "./withDeclarations.ts";
