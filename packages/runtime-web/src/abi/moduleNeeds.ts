interface Import {
  readonly name: string;
}

/** Whether a module imports a function that opens or changes files: its processes have to be where these are. */
export function opensFiles(imports: readonly Import[]): boolean {
  return imports.some(({ name }) => name.startsWith("path_"));
}

/** Whether a module makes configs that preopen directories: a spawn with one looks whether they are there. */
export function preopensDirectories(imports: readonly Import[]): boolean {
  return imports.some(({ name }) => name === "config_preopen_dir");
}

/** Whether a module may read from stdin, which is at the home executor. */
export function readsInput(imports: readonly Import[]): boolean {
  return imports.some(({ name }) => name === "fd_read" || name === "poll_oneoff");
}
