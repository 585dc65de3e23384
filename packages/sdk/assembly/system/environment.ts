import * as wasi from "../host/wasiPreview1";
import { decodeUtf8 } from "../text/utf8";

const COUNT: usize = memory.data(4, 4);
const SIZE: usize = memory.data(4, 4);

/** The arguments of the program. By custom the first is the program's own name. */
export function programArguments(): string[] {
  if (wasi.args_sizes_get(COUNT, SIZE) != 0) return [];
  const lists = new Lists();
  const code = wasi.args_get(lists.pointers, lists.texts);
  return code == 0 ? lists.read() : [];
}

/** The value of an environment variable; null: it is not set. */
export function environmentVariable(name: string): string | null {
  const all = entries();
  for (let i = 0; i < all.length; i++) {
    const equals = all[i].indexOf("=");
    if (equals == name.length && all[i].startsWith(name)) return all[i].substring(equals + 1);
  }
  return null;
}

/** All environment variables. */
export function environmentVariables(): Map<string, string> {
  const variables = new Map<string, string>();
  const all = entries();
  for (let i = 0; i < all.length; i++) {
    const equals = all[i].indexOf("=");
    if (equals > 0) variables.set(all[i].substring(0, equals), all[i].substring(equals + 1));
  }
  return variables;
}

/** Ends this process. 0: normally. Anything else: failed, so that linked processes are told. */
export function exit(code: i32 = 0): void {
  wasi.proc_exit(<u32>code);
}

function entries(): string[] {
  if (wasi.environ_sizes_get(COUNT, SIZE) != 0) return [];
  const lists = new Lists();
  const code = wasi.environ_get(lists.pointers, lists.texts);
  return code == 0 ? lists.read() : [];
}

/** What WASI writes: pointers to texts that end with a zero, and the texts. */
class Lists {
  private readonly count: i32 = load<i32>(COUNT);
  private readonly memory: StaticArray<u8> = new StaticArray<u8>((load<i32>(COUNT) << 2) + load<i32>(SIZE));

  get pointers(): usize {
    return changetype<usize>(this.memory);
  }

  get texts(): usize {
    return this.pointers + (<usize>this.count << 2);
  }

  read(): string[] {
    const texts = new Array<string>(this.count);
    for (let i = 0; i < this.count; i++) {
      const from = load<usize>(this.pointers + (<usize>i << 2));
      let end = from;
      while (load<u8>(end) != 0) end++;
      texts[i] = decodeUtf8(from, end - from);
    }
    return texts;
  }
}
