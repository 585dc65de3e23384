import type { ClassDeclaration, Parser } from "assemblyscript";
import { addMember } from "../generatedSource.ts";
import { fieldsOf, textOf } from "../syntax.ts";
import { reportError } from "../transformError.ts";

/** The framework's part of rows, as generated code names it. */
const S = "__sqlite";

/** Where the code that `@row` generates finds the framework's part. */
export const ROW_IMPORT = `import * as ${S} from "lunatic/sqlite/generated";`;

/** Lets a database fill the fields of a class with `@row`, each from the column of its name. */
export function expandRow(parser: Parser, declaration: ClassDeclaration): void {
  const fields = fieldsOf(declaration);
  if (fields.length === 0) {
    const text = `row ${declaration.name.text} has no fields: give it one for each column, with the column's name`;
    reportError(parser, declaration.name.range, text);
    return;
  }
  const untyped = fields.find(({ type }) => type === null);
  if (untyped !== undefined) {
    const text = `field ${untyped.name.text} of row ${declaration.name.text} has no type`;
    reportError(parser, untyped.name.range, text);
    return;
  }
  const names = fields.map(({ name }) => JSON.stringify(name.text)).join(", ");
  const fills = fields.map(
    ({ name, type }, index) => `this.${name.text} = row[at[${index}]].__as<${textOf(type!)}>();`,
  );
  const origin = declaration.name.range;
  addMember(parser, declaration, `__columns(): string[] { return [${names}]; }`, origin);
  const fill = `__fill(row: ${S}.Value[], at: StaticArray<i32>): void { ${fills.join(" ")} }`;
  addMember(parser, declaration, fill, origin);
}
