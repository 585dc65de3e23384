/** An S-expression: a list, a quoted string with its quotes and escapes, or any other word. */
export type Expression = string | readonly Expression[];

const TOKEN = /\s+|;;[^\n]*|("(?:[^"\\]|\\.)*"|[()]|[^\s()";]+)/gy;

/** @throws {SyntaxError} brackets that do not match; shows where */
export function parseExpressions(text: string): Expression[] {
  const open: Expression[][] = [[]];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < text.length) {
    const at = TOKEN.lastIndex;
    const match = TOKEN.exec(text);
    if (match === null) throw new SyntaxError(`Not an expression: ${text.slice(at, at + 40)}`);
    const token = match[1];
    if (token === undefined) continue;
    if (token === "(") {
      open.push([]);
    } else if (token === ")") {
      const list = open.pop()!;
      if (open.length === 0) throw new SyntaxError(`Nothing is open before: ${text.slice(at, at + 40)}`);
      open.at(-1)!.push(list);
    } else {
      open.at(-1)!.push(token);
    }
  }
  if (open.length !== 1) throw new SyntaxError(`${open.length - 1} lists are not closed: ${text}`);
  return open[0]!;
}

export function isText(expression: Expression): expression is `"${string}"` {
  return typeof expression === "string" && expression.startsWith('"');
}

export function isNumber(expression: Expression): expression is `${number}` {
  return typeof expression === "string" && /^[-+]?(0x[\da-fA-F]+|\d+(\.\d+)?)$/.test(expression);
}

export function isVariable(expression: Expression): expression is `$${string}` {
  return typeof expression === "string" && expression.startsWith("$");
}

/** How many bytes a quoted string of the text format stands for. */
export function textLength(quoted: string): number {
  const plain = quoted.slice(1, -1).replace(/\\([\da-fA-F]{2}|[^\da-fA-F])/g, "_");
  return Buffer.byteLength(plain);
}
