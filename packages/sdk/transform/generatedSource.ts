import {
  type ClassDeclaration,
  type DeclarationStatement,
  type Parser,
  type Range,
  Source,
  Tokenizer,
  type TypeNode,
} from "assemblyscript";
import { SourceKind, Token } from "./ast.ts";

const origins = new WeakMap<Source, Range>();

/** What the author wrote that made the transform generate this source; undefined: an author wrote the source himself. */
export function originOf(source: Source): Range | undefined {
  return origins.get(source);
}

/**
 * Adds statements to a source, as if they stood at its end.
 * @param origin errors in them are reported there
 */
export function addStatements(parser: Parser, to: Source, text: string, origin: Range): void {
  const source = generated(to, text, origin);
  const tokenizer = new Tokenizer(source, parser.diagnostics);
  withSource(parser, source, () => {
    while (!tokenizer.skip(Token.EndOfFile)) {
      const statement = parser.parseTopLevelStatement(tokenizer);
      if (statement === null) throw new Error(`generated code that is no code: ${text}`);
      to.statements.push(statement);
    }
  });
}

/**
 * Adds a member to a class.
 * @param origin errors in it are reported there
 */
export function addMember(parser: Parser, to: ClassDeclaration, text: string, origin: Range): void {
  const source = generated(to.range.source, text, origin);
  const tokenizer = new Tokenizer(source, parser.diagnostics);
  withSource(parser, source, () => {
    const member = parser.parseClassMember(tokenizer, to);
    if (member === null) throw new Error(`generated code that is no code: ${text}`);
    to.members.push(member as DeclarationStatement);
  });
}

function generated(beside: Source, text: string, origin: Range): Source {
  const source = new Source(SourceKind.User, beside.normalizedPath, text);
  origins.set(source, origin);
  return source;
}

function withSource(parser: Parser, source: Source, work: () => void): void {
  const before = parser.currentSource;
  parser.currentSource = source;
  work();
  parser.currentSource = before;
}

/** The syntax tree of a type. */
export function parseTypeText(parser: Parser, beside: Source, text: string, origin: Range): TypeNode {
  const source = generated(beside, text, origin);
  let type: TypeNode | null = null;
  withSource(parser, source, () => {
    type = parser.parseType(new Tokenizer(source, parser.diagnostics));
  });
  if (type === null) throw new Error(`generated code that is no type: ${text}`);
  return type;
}
