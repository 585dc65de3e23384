/** A project as a file of the page holds it. */
export interface ProjectFile {
  readonly entry: string;
  readonly files: readonly (readonly [string, string])[];
}
