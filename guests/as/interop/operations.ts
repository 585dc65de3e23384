// The other side of guests/rust/load/interop.rs, which compiles this module and spawns its `_start`. The names of the
// types are those that Rust gives them, since they are part of registered names.
import { Mailbox, Process, print, spawnMailbox } from "lunatic";

@message("interop::Request")
class Request {
  constructor(
    readonly id: u64,
    readonly operation: Operation,
    readonly replyTo: Process<Reply>,
    readonly note: string | null,
    readonly weights: Map<string, f64>,
  ) {}
}

@message("interop::Operation")
abstract class Operation {}

class Add extends Operation {
  constructor(
    readonly a: i32,
    readonly b: i32,
  ) {
    super();
  }
}

class Join extends Operation {
  constructor(
    readonly parts: string[],
    readonly between: string,
  ) {
    super();
  }
}

class Sum extends Operation {
  constructor(readonly values: f64[]) {
    super();
  }
}

class Ping extends Operation {}

@message("interop::Reply")
abstract class Reply {
  abstract toString(): string;
}

class NumberReply extends Reply {
  constructor(
    readonly id: u64,
    readonly value: i64,
  ) {
    super();
  }
  toString(): string {
    return `${this.id}: number ${this.value}`;
  }
}

class TextReply extends Reply {
  constructor(
    readonly id: u64,
    readonly text: string,
  ) {
    super();
  }
  toString(): string {
    return `${this.id}: text ${this.text}`;
  }
}

class RealReply extends Reply {
  constructor(
    readonly id: u64,
    readonly value: f64,
  ) {
    super();
  }
  toString(): string {
    return `${this.id}: real ${this.value}`;
  }
}

class Pong extends Reply {
  toString(): string {
    return "pong";
  }
}

function answer(request: Request): Reply {
  const operation = request.operation;
  if (operation instanceof Add) {
    const add = operation as Add;
    return new NumberReply(request.id, <i64>add.a + <i64>add.b);
  }
  if (operation instanceof Join) {
    const join = operation as Join;
    const note = request.note;
    return new TextReply(request.id, join.parts.join(join.between) + (note === null ? "" : note));
  }
  if (operation instanceof Sum) {
    const values = (operation as Sum).values;
    const weights = request.weights.values();
    let sum: f64 = 0;
    let weight: f64 = 0;
    for (let i = 0; i < values.length; i++) sum += values[i];
    for (let i = 0; i < weights.length; i++) weight += weights[i];
    return new RealReply(request.id, sum * weight);
  }
  return new Pong();
}

function serve(mailbox: Mailbox<Request>): void {
  while (true) {
    const request = mailbox.receive();
    request.replyTo.send(answer(request));
  }
}

export function main(mailbox: Mailbox<Reply>): void {
  spawnMailbox(serve).register("other");

  const rust = Process.lookup<Request>("rust");
  if (rust === null) return print("nobody is registered as rust");
  const weights = new Map<string, f64>();
  weights.set("one", 1);
  weights.set("two", 1.5);
  const operations: Operation[] = [
    new Add(i32.MAX_VALUE, 1),
    new Join(["grün", "blau", "rot"], ", "),
    new Sum([0.5, 0.25]),
    new Ping(),
  ];
  for (let i = 0; i < operations.length; i++) {
    rust.send(new Request(100 + i, operations[i], mailbox.self, i == 1 ? "?" : null, weights));
    print(`the other got ${mailbox.receive().toString()}`);
  }
}
