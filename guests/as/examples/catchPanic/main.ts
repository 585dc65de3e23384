/** "Let it crash" mostly means a process of its own. Where that is too much, a panic can be caught on the spot. */
import { catchPanic, panic, print } from "lunatic";

class Parsing {
  value: i32 = 0;
  constructor(readonly text: string) {}
}

function parse(parsing: Parsing): void {
  for (let i = 0; i < parsing.text.length; i++) {
    const digit = parsing.text.charCodeAt(i) - 48;
    if (digit < 0 || digit > 9) panic(`"${parsing.text}" is no number`);
    parsing.value = parsing.value * 10 + digit;
  }
}

export function main(): void {
  const texts = ["42", "4x2", "7"];
  for (let i = 0; i < texts.length; i++) {
    const parsing = new Parsing(texts[i]);
    if (catchPanic(parse, parsing)) print(`${texts[i]} is ${parsing.value}`);
    else print(`${texts[i]} was refused, and we live on`);
  }
}
