/** Requests that are answered later, and from another place than where they were asked. */
import { Deferred, Mailbox, Unit, Process, print, sleep, spawn } from "lunatic";

@process
class Gate {
  private waiting: Deferred<string>[] = [];

  /** Whoever calls it waits until the gate opens. */
  @deferred
  pass(answer: Deferred<string>): void {
    this.waiting.push(answer);
    print(`${this.waiting.length} waiting`);
  }

  @message
  open(by: string): void {
    for (let i = 0; i < this.waiting.length; i++) this.waiting[i].send(`opened by ${by}`);
    this.waiting = [];
  }
}

@process
class Kitchen {
  /** The order goes to a cook of its own, who answers: the kitchen takes the next one meanwhile. */
  @deferred
  order(dish: string, answer: Deferred<string>): void {
    spawn(cook, new Order(dish, answer));
  }
}

@message
class Order {
  constructor(
    public dish: string,
    public answer: Deferred<string>,
  ) {}
}

function cook(order: Order, _: Mailbox<Unit>): void {
  sleep(order.dish == "stew" ? 600_000 : 20);
  order.answer.send(`${order.dish}, hot`);
}

function visitor(gate: GateRef, mailbox: Mailbox<Unit>): void {
  print(`a visitor: ${gate.pass()}`);
}

export function main(): void {
  const gate = Gate.start();
  const visit: Process<Unit> = spawn(visitor, gate);
  sleep(50);
  gate.open("the porter");
  while (visit.isAlive) sleep(5);

  const kitchen = Kitchen.start();
  print(kitchen.order("soup"));
  const late = kitchen.withTimeout(1).order("stew");
  print(late.ok ? "early" : "the stew takes longer than 1 ms");
}
