/** A session whose order is part of its type: what is sent when, and by whom. */
import { print } from "lunatic";
import { Choose, Dual, End, Loop, Offer, Recv, Send, spawnProtocol } from "lunatic/protocol";

/** As the teller sees it: the customer chooses to deposit or to leave, any number of times. */
@loop
class Account extends Loop {
  round!: Offer<Recv<i64, Send<i64, Account>>, End>;
}

function teller(balance: i64, session: Account): void {
  let account = session;
  let sum = balance;
  while (true) {
    const choice = account.round.offer();
    if (!choice.isLeft) return;
    const deposit = choice.left.receive();
    sum += deposit.value;
    account = deposit.next.send(sum);
  }
}

/** The customer has the other end: where the teller receives, he sends. */
function pay(account: Dual<Account>, amount: i64): Dual<Account> {
  const answer = account.round.selectLeft().send(amount).receive();
  print(`the balance is ${answer.value}`);
  return answer.next;
}

/** Named ends: the one is the dual of the other. */
type Greeter = Recv<string, Choose<Send<string, End>, End>>;

function greeter(word: string, session: Greeter): void {
  const name = session.receive();
  if (name.value.length == 0) name.next.selectRight();
  else name.next.selectLeft().send(`${word}, ${name.value}`);
}

function ask(name: string): void {
  const reply = spawnProtocol(greeter, "hello").send(name).offer();
  print(reply.isLeft ? reply.left.receive().value : "no greeting");
}

export function main(): void {
  const account = spawnProtocol(teller, 100);
  pay(pay(account, 20), 3).round.selectRight();
  ask("Ada");
  ask("");
}
