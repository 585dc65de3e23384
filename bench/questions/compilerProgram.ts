/**
 * A program of about so many lines: a process, and one after the other classes with a method and a function that uses
 * them, each a little different, all of them called.
 */
export function compilerProgram(lines: number): string {
  const parts = Math.max(1, Math.floor((lines - HEAD.length - 3) / partOf(0).length));
  const numbers = Array.from({ length: parts }, (_, number) => number);
  const calls = numbers.map((number) => `  total += use${number}(${number});`);
  return [
    ...HEAD,
    ...numbers.flatMap(partOf),
    "export function main(mailbox: Mailbox<f64>): void {",
    "  let total: f64 = 0;",
    ...calls,
    "  spawn(worker, mailbox.self).send(new Job(total));",
    "  print(mailbox.receive().toString());",
    "}",
    "",
  ].join("\n");
}

const HEAD = [
  'import { Mailbox, print, Process, spawn } from "lunatic";',
  "@message",
  "class Job {",
  "  constructor(public size: f64) {}",
  "}",
  "function worker(asker: Process<f64>, mailbox: Mailbox<Job>): void {",
  "  asker.send(mailbox.receive().size * 2);",
  "}",
];

function partOf(number: number): string[] {
  return [
    `class Shape${number} {`,
    "  private sides: f64[] = [];",
    "  names: Map<string, i32> = new Map();",
    `  constructor(public readonly name: string = "shape ${number}") {}`,
    "  add(side: f64): this {",
    "    this.sides.push(side);",
    `    if (!this.names.has(this.name)) this.names.set(this.name, ${number});`,
    "    return this;",
    "  }",
    "  sum(): f64 {",
    "    let sum: f64 = 0;",
    "    for (let i = 0; i < this.sides.length; i++) sum += this.sides[i];",
    "    return sum;",
    "  }",
    "}",
    `function use${number}(size: i32): f64 {`,
    `  const shape = new Shape${number}().add(<f64>size).add(${number}.5);`,
    `  return size % ${(number % 7) + 2} == 0 ? shape.sum() : <f64>shape.name.length;`,
    "}",
  ];
}
