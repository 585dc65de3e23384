interface Import {
  readonly module: string;
  readonly name: string;
}

/**
 * Whether a module imports a function that opens or changes files, or looks at directories as opening a database does: its
 * processes have to be where these are.
 */
export function opensFiles(imports: readonly Import[]): boolean {
  return imports.some(
    ({ module, name }) => name.startsWith("path_") || (module === "lunatic::sqlite" && name === "open"),
  );
}

/** Whether processes of a module can come to files or databases at all; one that compiles modules, by these. */
export function usesStorage(imports: readonly Import[]): boolean {
  return (
    opensFiles(imports) ||
    imports.some(({ module, name }) => module === "lunatic::process" && name === "compile_module")
  );
}

/** Whether a module makes configs that preopen directories: a spawn with one looks whether they are there. */
export function preopensDirectories(imports: readonly Import[]): boolean {
  return imports.some(({ name }) => name === "config_preopen_dir");
}

/** Whether a module may read from stdin, which is at the home executor. */
export function readsInput(imports: readonly Import[]): boolean {
  return imports.some(({ name }) => name === "fd_read" || name === "poll_oneoff");
}
