/**
 * The text that a language service sees of a file: the author's, with what the compiler adds behind it
 * (`Compiler.declarations`). Places in the author's text stay where they are; what lies behind its end is not to be shown.
 */
export function withDeclarations(text: string, declarations: string | undefined): string {
  // An open comment at the end of what is being typed would swallow the declarations on its line only.
  return declarations === undefined ? text : `${text}\n${declarations}`;
}
