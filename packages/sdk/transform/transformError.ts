import { DiagnosticCode, type Parser, type Range } from "assemblyscript";

/**
 * Tells the author what is wrong with his source, at his source: the compiler carries on and reports it among its own
 * errors.
 * @param range of the syntax tree's node that is wrong
 */
export function reportError(parser: Parser, range: Range, message: string): void {
  parser.error(DiagnosticCode.Transform_0_1, range, "lunatic", message);
}
