const SCHEME = "lunatic-declarations:";

/** Where the page leaves, among Monaco's extra libraries, what the compiler adds to a file. @param file its URI */
export function declarationsPath(file: string): string {
  return SCHEME + file;
}

export function isDeclarationsPath(path: string): boolean {
  return path.startsWith(SCHEME);
}
