/**
 * Messages of the panics that a process has written to its stderr, in order.
 *
 * Before Rust 1.73: `thread 'NAME' panicked at 'MESSAGE', FILE:LINE:COLUMN`, and since then
 * `thread 'NAME' panicked at FILE:LINE:COLUMN:` with the message on the next lines, where newer versions put the
 * number of the thread behind its name. A message may have many lines and contain anything, so the end of the old
 * form is the last quote before a location at a line's end, and that of the new one is what the standard library
 * writes next, or the next panic.
 */
export function panicMessages(output: string): string[] {
  const heads = [...output.matchAll(HEAD)];
  return heads.flatMap((head, index) => {
    const text = output.slice(head.index + head[0].length, heads[index + 1]?.index ?? output.length);
    const message = head[1] === undefined ? oldForm(text) : newForm(text);
    return message === undefined ? [] : [message];
  });
}

/** The group is there in the new form: the location that the old form has behind the message. */
const HEAD = /^(?:\n)?thread '.*?'(?: \(\d+\))? panicked at (?:(.+:\d+:\d+):\n|(?='))/gm;

const OLD_END = /', [^\n]*:\d+:\d+$/m;
const NEW_END = /^(?:stack backtrace:|note: run with `RUST_BACKTRACE|note: panic did not)/m;

function oldForm(text: string): string | undefined {
  const end = OLD_END.exec(text);
  return end === null ? undefined : text.slice(1, end.index);
}

function newForm(text: string): string {
  const end = NEW_END.exec(text);
  return (end === null ? text : text.slice(0, end.index)).trimEnd();
}
