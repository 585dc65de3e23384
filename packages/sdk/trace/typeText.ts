/** A type as its author wrote it, taken apart. */
export interface TypeText {
  readonly name: string;
  readonly of: readonly TypeText[];
  readonly isNullable: boolean;
}

const PIECES = /\s*([\w.]+|\[\]|[<>,|()])/y;

/** @returns undefined: it is none of those that messages have */
export function parseType(text: string): TypeText | undefined {
  const pieces: string[] = [];
  PIECES.lastIndex = 0;
  let end = 0;
  for (let match = PIECES.exec(text); match !== null; match = PIECES.exec(text)) {
    pieces.push(match[1]!);
    end = PIECES.lastIndex;
  }
  if (text.slice(end).trim() !== "") return undefined;
  let at = 0;
  const take = (piece: string): boolean => {
    if (pieces[at] !== piece) return false;
    at++;
    return true;
  };

  function type(): TypeText | undefined {
    let read = take("(") ? bracketed() : named();
    while (read !== undefined) {
      if (take("[]")) read = { name: "Array", of: [read], isNullable: false };
      else if (take("|")) read = take("null") ? { ...read, isNullable: true } : undefined;
      else break;
    }
    return read;
  }

  function bracketed(): TypeText | undefined {
    const read = type();
    return take(")") ? read : undefined;
  }

  function named(): TypeText | undefined {
    const name = pieces[at];
    if (name === undefined || !/^[\w.]+$/.test(name)) return undefined;
    at++;
    const of: TypeText[] = [];
    if (!take("<")) return { name, of, isNullable: false };
    do {
      const argument = type();
      if (argument === undefined) return undefined;
      of.push(argument);
    } while (take(","));
    return take(">") ? { name, of, isNullable: false } : undefined;
  }

  const read = type();
  return at === pieces.length ? read : undefined;
}
